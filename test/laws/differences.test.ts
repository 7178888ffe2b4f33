import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  SolutionValue,
  Tuple,
  difference,
  equal,
  negateInt,
  symbol,
} from '../../interpreter/index.ts'
import type { Entry, Int, Molecule } from '../../interpreter/index.ts'
import { laws } from '../support/laws.ts'

/* What came and what went leads from one solution to the other, and nothing is told that is in both. */

const molecule: fc.Arbitrary<Molecule> = fc.oneof(
  fc.integer({ min: 0, max: 3 }),
  fc.constantFrom('A', 'B').map(symbol),
  fc.integer({ min: 0, max: 12 }).map((n) => new Tuple([symbol('T'), n])),
  fc.integer({ min: 0, max: 2 }).map((n) => SolutionValue.of([[n, 1]])),
)
const copies: fc.Arbitrary<Int> = fc.integer({ min: -3, max: 3 }).filter((n) => n !== 0)
const solution = fc
  .array(fc.tuple(molecule, copies), { maxLength: 14 })
  .map((entries) => SolutionValue.of(entries))

function entries(text: readonly Entry[]): SolutionValue {
  return SolutionValue.of(text)
}

test('it leads from one to the other', () => {
  laws(
    500,
    fc.property(solution, solution, (before, after) => {
      const { added, removed } = difference(before, after)
      const gone = removed.map(([each, n]): Entry => [each, negateInt(n)])
      const reached = new SolutionValue(before.contents().plus([...gone, ...added]))
      expect(equal(reached, after)).toBe(true)
      for (const [, n] of [...added, ...removed]) expect(n > 0).toBe(true)
    }),
  )
})

test('it is told the other way round from the other side', () => {
  laws(
    300,
    fc.property(solution, solution, (before, after) => {
      const there = difference(before, after)
      const back = difference(after, before)
      expect(equal(entries(there.added), entries(back.removed))).toBe(true)
      expect(equal(entries(there.removed), entries(back.added))).toBe(true)
    }),
  )
})

test('nothing tells a solution from itself, or from an equal one', () => {
  laws(
    200,
    fc.property(solution, (before) => {
      const same = SolutionValue.of([...before.contents().entries()])
      expect(difference(before, before)).toEqual({ added: [], removed: [] })
      expect(difference(before, same)).toEqual({ added: [], removed: [] })
    }),
  )
})

test('supplies without end come and go as such', () => {
  const [none, some, all] = [0, 2, Infinity].map((n) => SolutionValue.of(n === 0 ? [] : [[7, n]]))
  if (none === undefined || some === undefined || all === undefined) throw new Error('three')
  expect(difference(some, all)).toEqual({ added: [[7, Infinity]], removed: [] })
  expect(difference(all, none)).toEqual({ added: [], removed: [[7, Infinity]] })
  expect(difference(all, some)).toEqual({ added: [[7, 2]], removed: [[7, Infinity]] })
})
