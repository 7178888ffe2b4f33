import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  compare,
  equal,
  hashOf,
  List,
  Multiset,
  SolutionValue,
  Tuple,
} from '../../interpreter/index.ts'
import type { Entry, Molecule } from '../../interpreter/index.ts'
import { print } from '../../interpreter/print.ts'
import { applied } from '../support/calls.ts'
import { data, nested, readHocl } from '../support/molecules.ts'

test('the order is antisymmetric, and only equal molecules have the same place', () => {
  fc.assert(
    fc.property(data, data, (a, b) => {
      expect(Math.sign(compare(a, b)) + Math.sign(compare(b, a))).toBe(0)
      expect(compare(a, b) === 0).toBe(equal(a, b))
      expect(compare(a, a)).toBe(0)
    }),
  )
})

test('the order is transitive', () => {
  fc.assert(
    fc.property(data, data, data, (a, b, c) => {
      const [x, y, z] = [a, b, c].sort(compare)
      if (x === undefined || y === undefined || z === undefined) return
      expect(compare(x, y)).toBeLessThanOrEqual(0)
      expect(compare(y, z)).toBeLessThanOrEqual(0)
      expect(compare(x, z)).toBeLessThanOrEqual(0)
    }),
  )
})

test('equal molecules have equal hashes, however they were made', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(data, fc.constantFrom(1, 2, 7)), { maxLength: 12 }),
      (entries) => {
        const map = new SolutionValue(Multiset.empty.plus(entries))
        const small = SolutionValue.of(entries.toReversed())
        expect(equal(map, small) && equal(small, map)).toBe(true)
        expect(map.equals(small) && small.equals(map)).toBe(true)
        expect(hashOf(map)).toBe(hashOf(small))
        expect(compare(map, small)).toBe(0)
        for (const [molecule] of entries as readonly Entry[])
          expect(small.contents().multiplicityOf(molecule)).toBe(
            map.contents().multiplicityOf(molecule),
          )
      },
    ),
  )
})

test('molecules stand in canonical order: kind by kind, then by what they hold', () => {
  const text =
    '[2], true, "b", [1, 1], B, 1.0, A:1:1, 2, <1>, "a", -∞, 1, false, B:1, <>, A, ∞, 1e3, B:0'
  expect(print(readHocl(text))).toBe(
    '<-∞, 1, 1.0, 2, 1000.0, ∞, "a", "b", false, true, A, B, B:0, B:1, A:1:1, [2], [1, 1], <>, <1>>',
  )
})

test.each<[string, (inner: Molecule) => Molecule]>([
  ['tuples', (inner) => new Tuple([1, inner])],
  ['lists', (inner) => new List([inner])],
  ['solutions', (inner) => SolutionValue.of([[inner, 1]])],
])('%s 10,000 deep compare and hash', (_, around) => {
  const one = nested(10_000, around)
  const other = nested(10_000, around)
  const deeper = nested(10_001, around)
  expect(hashOf(one)).toBe(hashOf(other))
  expect(equal(one, other)).toBe(true)
  expect(compare(one, other)).toBe(0)
  expect(equal(one, deeper)).toBe(false)
  expect(Math.sign(compare(one, deeper))).toBe(-Math.sign(compare(deeper, one)))
})

test('equal host values stand side by side, also where different ones print alike', () => {
  const [a, b, c] = [applied('new Object'), applied('new Object'), applied('new Object')]
  const solution = SolutionValue.of([a, b, c, a, b, a].map((each) => [each, 1] as const))
  expect(solution.contents().sorted()).toHaveLength(3)
  expect(solution.contents().multiplicityOf(a)).toBe(3)
  expect(compare(a, b) + compare(b, a)).toBe(0)
  expect(compare(a, b)).not.toBe(0)
})
