import { describe, expect, test } from 'vitest'
import { print, standalone } from '../../interpreter/index.ts'
import { firstOf, lowered } from '../support/runs.ts'

/* How a rule is written out: with the fewest parentheses that read back the same, as `test/laws/readings.test.ts` holds. */

function printed(text: string): string {
  const first = firstOf(lowered(text))
  if (first === undefined) throw new Error(`${text} has no value`)
  return print(first)
}

describe('parentheses stand only where they are needed', () => {
  test.each([
    ['one X:x by x if ((1 / x) > 0)', 'replace-one X:x by x if 1 / x > 0'],
    ['one X:x by x if (2 divides x) && (x > 1)', 'replace-one X:x by x if 2 divides x && x > 1'],
    ['one X:x by (x - (1 - x))', 'replace-one X:x by x - (1 - x)'],
    ['one X:x by ((x - 1) - x)', 'replace-one X:x by x - 1 - x'],
    ['one X:x by ((x + 1)):2', 'replace-one X:x by (x + 1):2'],
    ['one X:x by ((1:2)):x', 'replace-one X:x by (1:2):x'],
    ['one X:x by T:(size((x + 1)))', 'replace-one X:x by T:size(x + 1)'],
    ['one X:x by T:(size((x:1)))', 'replace-one X:x by T:size(x:1)'],
    ['one X:x by [(x:1), (x + 1)]', 'replace-one X:x by [x:1, x + 1]'],
    ['one X:x by (x + 1)^2', 'replace-one X:x by (x + 1)^2'],
    ['one X:x by (-(-x))', 'replace-one X:x by - -x'],
    ['one X:x by (x instanceof Int) < 1', 'replace-one X:x by (x instanceof Int) < 1'],
    ['one X:x by (x > 1 ? (x) : (2))', 'replace-one X:x by x > 1 ? x : 2'],
  ])('%s', (rule, expected) => {
    expect(printed(`<(${rule})>`)).toBe(`<(${expected})>`)
  })
})

test('a rule that stays where it matched, in endless copies, gives back what it takes', () => {
  expect(printed('<(with A:_, <x, ω> inject B)^∞>')).toBe(
    '<(replace A:any, <x, ω> by A:any, <x, ω>, B)>',
  )
})

test('a rule that is named among molecules sees the definitions before it', () => {
  const first = firstOf(lowered('<let n = 2 in (add = replace x::Int by x + n if x < 0)>'))
  expect(first && standalone(first).definitions).toBe(
    'let add = replace x::Int by x + 2 if x < 0 in\n',
  )
})
