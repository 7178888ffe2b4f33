import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Multiset, SolutionValue, Tuple, equal, hashOf, symbol } from '../../interpreter/index.ts'
import type { Entry, Int, Molecule } from '../../interpreter/index.ts'
import { laws } from '../support/laws.ts'

/* The algebra of multisets with signed multiplicities: a commutative group as long as nothing is infinite. */

const molecule: fc.Arbitrary<Molecule> = fc.oneof(
  fc.integer({ min: 0, max: 3 }),
  fc.constantFrom('A', 'B').map(symbol),
  fc.constantFrom('a', 'b'),
  fc.integer({ min: 0, max: 2 }).map((n) => new Tuple([symbol('T'), n])),
  fc.integer({ min: 0, max: 2 }).map((n) => SolutionValue.of([[n, 1]])),
)
const finite = fc.integer({ min: -3, max: 3 })
const big = fc.constantFrom(10n ** 20n, -(10n ** 20n))
const multiplicity: fc.Arbitrary<Int> = fc.oneof(
  { weight: 9, arbitrary: finite },
  { weight: 1, arbitrary: big },
)
const entries: fc.Arbitrary<Entry[]> = fc.array(fc.tuple(molecule, multiplicity), { maxLength: 8 })
const multiset = entries.map((each) => Multiset.of(each))

function same(a: Multiset, b: Multiset): void {
  expect([new SolutionValue(a)]).toSatisfy(([one]: SolutionValue[]) => {
    return one !== undefined && equal(one, new SolutionValue(b))
  })
  expect(hashOf(new SolutionValue(a))).toBe(hashOf(new SolutionValue(b)))
}

const examples = 1_000

describe('multisets', () => {
  test('never change, whatever is made of them', () => {
    // Three different molecules, of which Immutable takes two to have one hash.
    const few = fc.constantFrom<Molecule>(1, new SolutionValue(Multiset.empty), symbol('A'))
    const changes = fc.array(fc.tuple(few, finite), { maxLength: 6 })
    laws(
      300,
      fc.property(changes, changes, changes, (first, second, third) => {
        const others = Array.from({ length: 9 }, (_, n): Entry => [n + 10, 1])
        const before = Multiset.of(others).plus(first).plus(second)
        const listed = [...before.listed()].map(([each, copies]) => [each, copies] as const)
        before.plus(third)
        expect([...before.listed()]).toEqual(listed)
      }),
    )
  })

  test('add up in any order', () => {
    laws(
      examples,
      fc.property(multiset, multiset, (a, b) => {
        same(a.plus(b.entries()), b.plus(a.entries()))
      }),
    )
  })

  test('add up in any grouping', () => {
    laws(
      examples,
      fc.property(multiset, multiset, multiset, (a, b, c) => {
        same(a.plus(b.entries()).plus(c.entries()), a.plus(b.plus(c.entries()).entries()))
      }),
    )
  })

  test('have the empty one as their zero', () => {
    laws(
      examples,
      fc.property(multiset, (a) => {
        same(a.plus([]), a)
        same(Multiset.empty.plus(a.entries()), a)
      }),
    )
  })

  test('cancel with their negative', () => {
    laws(
      examples,
      fc.property(multiset, (a) => {
        expect(a.plus(a.times(-1).entries()).distinct).toBe(0)
      }),
    )
  })

  test('are multiplied as they are added', () => {
    laws(
      examples,
      fc.property(multiset, fc.integer({ min: 0, max: 4 }), (a, n) => {
        let sum = Multiset.empty
        for (let i = 0; i < n; i++) sum = sum.plus(a.entries())
        same(a.times(n), sum)
      }),
    )
  })

  test('are multiplied one sum at a time', () => {
    laws(
      examples,
      fc.property(multiset, multiset, finite, (a, b, n) => {
        same(a.plus(b.entries()).times(n), a.times(n).plus(b.times(n).entries()))
      }),
    )
  })

  test('do not depend on the order in which they are listed', () => {
    const listed = entries.chain((each) =>
      fc.tuple(fc.constant(each), fc.shuffledSubarray(each, { minLength: each.length })),
    )
    laws(
      examples,
      fc.property(listed, ([one, other]) => {
        same(Multiset.of(one), Multiset.of(other))
      }),
    )
  })

  test('never hold a molecule with multiplicity 0', () => {
    laws(
      examples,
      fc.property(multiset, (a) => {
        for (const [, n] of a.entries()) expect(n === 0).toBe(false)
      }),
    )
  })

  test('have as their size the sum of multiplicities', () => {
    laws(
      examples,
      fc.property(multiset, multiset, (a, b) => {
        const sum = BigInt(a.size()) + BigInt(b.size())
        expect(BigInt(a.plus(b.entries()).size())).toBe(sum)
      }),
    )
  })

  test('are listed in one order', () => {
    const listed = entries.chain((each) =>
      fc.tuple(fc.constant(each), fc.shuffledSubarray(each, { minLength: each.length })),
    )
    laws(
      examples,
      fc.property(listed, ([one, other]) => {
        const [a, b] = [Multiset.of(one).sorted(), Multiset.of(other).sorted()]
        expect(a.length).toBe(b.length)
        a.forEach(([m, n], i) => {
          const [other, k] = b[i] ?? [0, 0]
          expect(equal(m, other) && n === k).toBe(true)
        })
      }),
    )
  })

  test('swallow a finite number of copies where they hold an infinite one', () => {
    laws(
      examples,
      fc.property(multiset, molecule, multiplicity, (a, m, n) => {
        for (const infinite of [Infinity, -Infinity]) {
          const swallowing = a.without(m).add(m, infinite)
          same(swallowing.add(m, n), swallowing)
        }
      }),
    )
  })

  test('cannot hold both infinities of one molecule', () => {
    laws(
      examples,
      fc.property(molecule, (m) => {
        const all = Multiset.of([[m, Infinity]])
        expect(() => all.add(m, -Infinity)).toThrow('∞')
      }),
    )
  })
})
