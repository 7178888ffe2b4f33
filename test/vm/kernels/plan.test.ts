import { expect, test } from 'vitest'
import { planText, plansOf } from '../../../vm/index.ts'
import { lowered } from '../../support/runs.ts'

/** What plans say of a rule: what it does in one go, or why it does nothing so. */
function said(rule: string): string {
  const [plan] = plansOf(lowered(`<${rule}>`))
  if (plan === undefined) throw new Error(`${rule} has no plan`)
  return 'does' in plan.kernel ? `${plan.kernel.name}: ${plan.kernel.does}` : plan.kernel.reason
}

test.each([
  ['replace x, y by y if y <= x', 'fold: leaves the smallest'],
  ['replace V:a, V:b by V:a if a > b', 'fold: leaves the one with the largest field 2'],
  ['replace x::Int, y::Int by x + y', 'fold: adds up all'],
  ['replace a:b, c:d by max(a, c):(b * d)', 'fold: takes the largest field 1, multiplies field 2'],
  ['replace w:a, w:b by w:(a + b)', 'keyed fold: adds up field 2 for each field 1'],
  ['replace x, x by x', 'duplicates: leaves one of each'],
  ['replace x, y by x if x divides y', 'divides: crosses out multiples in ascending order'],
  ['replace i:a, j:b by i:b, j:a if i < j && a > b', 'exchange: sorts field 2 by field 1'],
  [
    'replace i:a, j:b by i:b, j:a if i < j && a < b',
    'exchange: sorts field 2 by field 1, the largest first',
  ],
  ['replace A by B', 'counted batch: lets all copies of a molecule react at once'],
  ['replace A, A by B', 'counted batch: lets all copies of a molecule react at once, 2 by 2'],
  [
    'replace x::Int, y::Int by x, y - x if x < y',
    'subtraction: finds the greatest common divisor by division',
  ],
])('of %s: %s', (rule, text) => {
  expect(said(rule)).toBe(text)
})

test.each([
  ['one x, y by x', 'it is one-shot'],
  ['replace <x, ω>, y by y', 'it looks into solutions'],
  ['replace [x, ω], y by y', 'it looks into a field'],
  ['replace x^2 by x', 'it counts copies'],
  ['replace x, y by x^2', 'its product is counted'],
  ['replace x, y by ...[x, y]', 'its product is more than single molecules'],
  ['replace x, y by random()', 'its product has effects or random numbers'],
  ['replace x:x by A', 'a variable stands twice in one molecule'],
  ['replace x, y, z by x', 'it takes three molecules or more'],
  ['replace A:x, B:y by A:x', 'it takes molecules of two forms'],
  ['replace a:b, b:c by a:c', 'a variable stands in two different fields'],
  ['replace x, y by ∅', 'it gives neither one molecule nor two'],
  [
    'replace x, y by x, x + y',
    'it neither puts fields in order by exchanging them nor takes the smaller from the larger',
  ],
  [
    'replace x, y by x if x > y + 1',
    'its condition compares more, or otherwise, than one field of both',
  ],
  ['replace x, y by x + y if x > 3', 'it makes a new molecule under a condition'],
  ['replace x, y by x - y', 'what it makes is no sum, product, largest or smallest of both'],
  [
    'replace x::Int, y::Int by x, y - x if x <= y',
    'to subtract 0 never ends; in one go only beside a rule that drops 0',
  ],
])('of %s why not: %s', (rule, reason) => {
  expect(said(rule)).toBe(reason)
})

test('rules that do something together are named', () => {
  const text = planText(
    lowered(
      'let less = replace x::Int, y::Int by x, y - x if x <= y in let zero = replace 0 by ∅ in <less, zero>',
    ),
  )
  expect(text).toContain(
    'where many are new, in one go (subtraction): finds the greatest common divisor by division, where zero is beside it',
  )
})

test('one-shot rules are not told why', () => {
  expect(planText(lowered('<one x by A>'))).not.toContain('one by one')
  expect(planText(lowered('<replace x:x by A>'))).toContain(
    'always one by one: a variable stands twice in one molecule',
  )
})
