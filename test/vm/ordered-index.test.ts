import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Float } from '../../interpreter/index.ts'
import type { Molecule } from '../../interpreter/index.ts'
import { OrderedIndex } from '../../vm/store/ordered-index.ts'
import type { Side } from '../../vm/store/ordered-index.ts'
import { laws } from '../support/laws.ts'

const value: fc.Arbitrary<Molecule> = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: -50, max: 50 }) },
  { weight: 1, arbitrary: fc.integer({ min: -50, max: 50 }).map((n) => new Float(n / 2)) },
  { weight: 1, arbitrary: fc.constantFrom<Molecule>('text', true, 10n ** 20n) },
)

const order = (molecule: Molecule): number =>
  typeof molecule === 'number' ? molecule : molecule instanceof Float ? molecule.value : NaN

const holds: Record<Side, (a: number, b: number) => boolean> = {
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
}

test('an ordered index finds, batch by batch, what is on one side of a bound and what has no order', () => {
  laws(
    300,
    fc.property(
      fc.array(value, { maxLength: 3_000, size: 'max' }),
      fc.array(fc.nat(), { maxLength: 1_000 }),
      fc.constantFrom<Side>('<', '<=', '>', '>='),
      fc.integer({ min: -60, max: 60 }),
      (values, removed, side, bound) => {
        const store = {
          field: (slot: number): Molecule | undefined => values[slot],
          molecule: (slot: number): Molecule => values[slot] ?? 0,
        }
        const index = new OrderedIndex({ kind: 'order', column: 0 })
        const there = new Set(values.keys())
        for (const slot of there) index.add(store, slot)
        for (const n of removed) {
          const slot = values.length === 0 ? -1 : n % values.length
          if (there.delete(slot)) index.remove(slot)
        }
        const found = { items: new Int32Array(1), count: 0, hasMore: true }
        const slots: number[] = []
        for (let batch = 0; found.hasMore; batch++) {
          index.find(side, bound, batch, found)
          slots.push(...found.items.subarray(0, found.count))
        }
        const wanted = [...there].filter((slot) => {
          const key = order(values[slot] ?? 0)
          return Number.isNaN(key) || holds[side](key, bound)
        })
        expect(slots.toSorted((a, b) => a - b)).toEqual(wanted.toSorted((a, b) => a - b))
      },
    ),
  )
})
