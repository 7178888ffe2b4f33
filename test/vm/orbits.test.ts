import { expect, test } from 'vitest'
import { plansOf } from '../../vm/index.ts'
import { lowered } from '../support/runs.ts'

/*
 * A molecule is not tried as a head that is just like another one of its rule. That nothing is lost by
 * it is held by the laws of `test/laws`.
 */

function repeated(rule: string): string {
  const [plan] = plansOf(lowered(`let f = ${rule} in <f, A:1, 1>`))
  return (plan?.searches ?? [])
    .filter(({ steps }) => steps[0]?.startsWith('nothing: ') === true)
    .map(({ as = '' }) => as)
    .join()
}

test.each([
  ['replace x::Int, y::Int by x + y', 'y::Int'],
  ['replace x, y by x:y, y:x', 'y'],
  ['replace x, y by 0 if x != y', 'y'],
  ['replace A:x:u, A:x:v by A:x:(u * v) if u == v || v == u', 'A:x:v'],
  ['replace A:x::Int, A:y::Int, A:z::Int by A:(x * y * z)', 'A:y::Int,A:z::Int'],
  ['replace A:x, A:y, A:z by A:(x * y * z) if x != y', 'A:y'],
  ['replace x, x by x', 'x'],
])('%s', (rule, heads) => {
  expect(repeated(rule)).toBe(heads)
})

test.each([
  'replace x, y by x + y',
  'replace x, y by x if x >= y',
  'replace x::Int, y by 0',
  'replace A:x, B:y by x * y',
  'replace A:x:u, A:y:v by A:u:v if x != y',
  'replace A:0:x, A:y:1 by x * y',
])('%s has no two heads alike', (rule) => {
  expect(repeated(rule)).toBe('')
})
