import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { diagnosticsOf } from '../../interpreter/index.ts'
import { planChecks } from '../../vm/index.ts'
import { root } from '../../scripts/tools.ts'
import { lowered } from '../support/runs.ts'

/*
 * `docs/performance.md` lists what is slow, what `hocl check` says of it, and a way out. Each row is true: the
 * slow program is told, and what is to be written instead is not.
 */

const hundred = Array.from({ length: 100 }, (_, i) => `S${String(i)}`).join(', ')

const cliffs: readonly (readonly [code: string, slow: string, wayOut: string])[] = [
  [
    'HOCL308',
    '<3, 4, 5, replace x::Int, y::Int, z::Int by x:y:z if x < y && y < z && z < x + y>',
    '<A:3, B:3, C:3, replace A:x, B:x, C:x by D:x>',
  ],
  [
    'HOCL315',
    '<4, 9, replace x::Int, y::Int by OF:x:y if x * y == 36>',
    '<4, 9, replace x::Int, y::Int by OF:x:y if 36 / x == y>',
  ],
  [
    'HOCL316',
    '<<A, 1>, <B, 2>, replace <A, x::Int>, <B, y::Int> by x:y>',
    '<K:<A, 1>, K:<B, 2>, replace k:<A, x::Int>, k:<B, y::Int> by x:y>',
  ],
  [
    'HOCL317',
    '<ALL:[], ITEM:3, ITEM:5, replace ALL:[?items], ITEM:x by ALL:[items, x]>',
    '<<3, 5>, replace-one <?items> by ALL:list(items)>',
  ],
  ['HOCL318', `<${hundred}, replace ${hundred} by DONE>`, '<S0, S1, replace S0, S1 by DONE>'],
  ['HOCL305', '<1, replace x::Int by x + 1>', '<1, replace x::Int by x + 1 if x < 9>'],
  ['HOCL306', '<9^∞, 5, replace x, y by x if x >= y>', '<9, 5, replace x, y by x if x >= y>'],
]

function codesOf(text: string): readonly string[] {
  return diagnosticsOf(lowered(text), { checks: planChecks }).map(({ code }) => code)
}

describe('what is slow is told, and the way out is not', () => {
  test.each(cliffs)('%s', (code, slow, wayOut) => {
    expect(codesOf(slow)).toContain(code)
    const codes = new Set(cliffs.map(([each]) => each))
    expect(codesOf(wayOut).filter((each) => codes.has(each))).toEqual([])
  })
})

test('every message that the page names is among these', () => {
  const page = readFileSync(join(root, 'docs/performance.md'), 'utf8')
  const [, table = ''] = page.split('## What is not')
  const named = new Set(table.match(/HOCL[0-9]+/g))
  expect(named.size).toBeGreaterThan(5)
  for (const code of named) expect(cliffs.map(([each]) => each)).toContain(code)
})
