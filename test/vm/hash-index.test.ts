import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Float, equal, symbol } from '../../interpreter/index.ts'
import type { Molecule } from '../../interpreter/index.ts'
import { HashIndex } from '../../vm/store/hash-index.ts'
import type { IndexSpec } from '../../vm/store/hash-index.ts'
import { IntKeys } from '../../vm/store/int-keys.ts'
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
        const start = group < 0 ? 0 : index.startOf(group)
        const length = group < 0 ? 0 : index.lengthOf(group)
        const list = group < 0 ? index.items : index.listOf(group)
        const found = [...list.subarray(start, start + length)]
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

/** Pairs that lie close together, in order or not, and now and then one that does not. */
const pairs = fc
  .record({
    rows: fc.integer({ min: 1, max: 60 }),
    width: fc.integer({ min: 1, max: 60 }),
    order: fc.constantFrom('rows', 'columns', 'mixed'),
    far: fc.array(fc.tuple(fc.integer(), fc.integer()), { maxLength: 3 }),
    at: fc.nat({ max: 3_000 }),
    first: fc.constantFrom(0, 0, 7, -3, 1_000),
  })
  .map(({ rows, width, order, far, at, first }): [number, number][] => {
    const all = Array.from({ length: rows * width }, (_, i): [number, number] =>
      order === 'columns'
        ? [first + (i % rows), Math.floor(i / rows)]
        : [first + Math.floor(i / width), i % width],
    )
    // A stride without a common divisor goes through all of them.
    const mixed = all.map((pair, i) =>
      order === 'mixed' ? (all[(i * 7_919) % all.length] ?? pair) : pair,
    )
    return mixed.toSpliced(at % mixed.length, 0, ...far)
  })

test('pairs of keys that address a table are told apart like others', () => {
  laws(
    150,
    fc.property(pairs, (all) => {
      const keys = new IntKeys(2)
      const groups = new Map<string, number>()
      for (const [first, second] of all) {
        const name = `${String(first)}:${String(second)}`
        const known = groups.get(name)
        expect(keys.group2(first, second)).toBe(known ?? -1)
        if (known === undefined) groups.set(name, keys.add([first, second]))
      }
      for (const [first, second] of all) {
        expect(keys.group2(first, second)).toBe(groups.get(`${String(first)}:${String(second)}`))
        for (const [a, b] of [
          [first + 1, second],
          [first, second - 1],
          [first - 1, second + 60],
        ] as const)
          expect(keys.group2(a, b)).toBe(groups.get(`${String(a)}:${String(b)}`) ?? -1)
      }
    }),
  )
})

/** Small keys of which many meet, with holes between the slots; now and then one that no table addresses. */
const filed = fc.record({
  width: fc.integer({ min: 1, max: 3 }),
  most: fc.constantFrom(3, 40, 1_000),
  far: fc.constantFrom(undefined, undefined, -1, 2 ** 30),
  raw: fc.array(fc.tuple(fc.nat(), fc.nat(), fc.nat(), fc.integer({ min: 1, max: 3 })), {
    minLength: 1,
    maxLength: 400,
  }),
})

test('slots that are filed at once stand as if each had been added', () => {
  let together = 0
  laws(
    300,
    fc.property(filed, ({ width, most, far, raw }) => {
      const columns = Array.from({ length: width }, () => new Int32Array(1_300))
      const slots: number[] = []
      let last = -1
      for (const [a, b, c, step] of raw) {
        slots.push((last += step))
        ;[a, b, c].forEach((key, i) => {
          const column = columns[i]
          if (column !== undefined) column[last] = key % most
        })
      }
      const middle = columns[0]
      if (far !== undefined && middle !== undefined) middle[slots[slots.length >> 1] ?? 0] = far
      const spec: IndexSpec = { kind: 'fields', text: 'all', columns: columns.map((_, i) => i) }
      const store = {
        field: (slot: number, column: number): Molecule | undefined => columns[column]?.[slot],
        molecule: (): Molecule => 0,
      }
      const [one, all] = [new HashIndex(spec), new HashIndex(spec)]
      for (const slot of slots) one.add(store, slot)
      if (!all.addAll(columns, Int32Array.from(slots))) {
        expect(width === 3 || far !== undefined || (width === 2 && most > 3)).toBe(true)
        return
      }
      together++
      const alike = (): void => {
        expect(all.distinctKeys).toBe(one.distinctKeys)
        for (const slot of slots) {
          const key = columns.map((column) => column[slot] ?? 0)
          expect(listed(all, key)).toEqual(listed(one, key))
        }
      }
      alike()
      // What comes and goes later finds everything in its place.
      slots.forEach((slot, i) => {
        if (i % 3 === 0) for (const index of [one, all]) index.remove(slot)
      })
      alike()
      slots.forEach((slot, i) => {
        if (i % 6 !== 0) return
        for (const column of columns) column[slot] = (column[slot] ?? 0) + 1_500
        for (const index of [one, all]) index.add(store, slot)
      })
      alike()
    }),
  )
  expect(together).toBeGreaterThan(60)
})

/** The slots of a key, in the order in which they stand. */
function listed(index: HashIndex, key: readonly number[]): readonly number[] {
  const group = index.groupOf(key)
  if (group < 0) return []
  const start = index.startOf(group)
  return [...index.listOf(group).subarray(start, start + index.lengthOf(group))]
}
