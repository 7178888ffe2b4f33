import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Float, equal, symbol } from '../../interpreter/index.ts'
import type { Molecule } from '../../interpreter/index.ts'
import { HashIndex } from '../../vm/store/hash-index.ts'
import type { IndexSpec } from '../../vm/store/hash-index.ts'
import { laws } from '../support/laws.ts'

const value: fc.Arbitrary<Molecule> = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: -20, max: 3_000 }) },
  { weight: 2, arbitrary: fc.integer() },
  { weight: 1, arbitrary: fc.integer({ min: -5, max: 5 }).map((n) => new Float(n / 2)) },
  { weight: 1, arbitrary: fc.constantFrom<Molecule>('a', 'b', true, symbol('A'), 10n ** 20n) },
)

/** Adds and removes; a slot that is there is removed, one that is not is added with the values given. */
const changes = fc.array(
  fc.tuple(fc.nat({ max: 200 }), fc.array(value, { minLength: 3, maxLength: 3 })),
  {
    maxLength: 2_000,
    size: 'max',
  },
)

/** Equal, or numbers that `==` holds equal. */
function isSame(a: Molecule, b: Molecule): boolean {
  const plain = (each: Molecule): Molecule => (each instanceof Float ? each.value : each)
  return equal(plain(a), plain(b))
}

test.each([1, 2, 3])('an index on %i fields finds just the slots with these values', (width) => {
  const columns = Array.from({ length: width }, (_, i) => i)
  const spec: IndexSpec = { kind: 'fields', text: 'some fields', columns }
  laws(
    200,
    fc.property(changes, (all) => {
      const rows: (Molecule[] | undefined)[] = []
      const store = {
        field: (slot: number, column: number): Molecule | undefined => rows[slot]?.[column],
        molecule: (): Molecule => 0,
      }
      const index = new HashIndex(spec)
      const seen: Molecule[][] = []
      for (const [slot, values] of all) {
        if (rows[slot] === undefined) {
          rows[slot] = values
          seen.push(values)
          index.add(store, slot)
        } else {
          index.remove(slot)
          rows[slot] = undefined
        }
      }
      for (const values of seen.slice(0, 50)) {
        const group = index.groupOf(values.slice(0, width))
        const start = group < 0 ? 0 : (index.starts[group] ?? 0)
        const length = group < 0 ? 0 : (index.lengths[group] ?? 0)
        const found = [...index.items.subarray(start, start + length)]
        const wanted = [...rows.keys()].filter((slot) =>
          columns.every((c) => {
            const own = rows[slot]?.[c]
            return own !== undefined && isSame(own, values[c] ?? 0)
          }),
        )
        expect(found.toSorted((a, b) => a - b)).toEqual(wanted)
      }
    }),
  )
})
