import fc from 'fast-check'
import { expect, test } from 'vitest'
import { SolutionValue, symbol, Tuple } from '../../interpreter/index.ts'
import type { Molecule } from '../../interpreter/index.ts'
import { ContentIndex } from '../../vm/store/content-index.ts'
import { keyOf } from '../../vm/store/key.ts'
import { laws } from '../support/laws.ts'

const K = symbol('K')
const spec = { kind: 'content', path: [1], tag: K, arity: 2, column: 1 } as const

const inside: fc.Arbitrary<Molecule> = fc.oneof(
  fc.nat(20).map((n) => new Tuple([K, n])),
  fc.nat(20).map((n) => new Tuple([symbol('V'), n])),
  fc.nat(20).map((n) => new Tuple([K, n, n])),
  fc.nat(20),
)

test('an index on what is inside finds the solutions that hold a tuple, and those that are large', () => {
  laws(
    300,
    fc.property(
      fc.array(fc.array(inside, { maxLength: 6 }), { maxLength: 60 }),
      fc.array(fc.nat(), { maxLength: 40 }),
      fc.nat({ max: 3 }),
      fc.nat(20),
      (contents, removed, large, wanted) => {
        const range = Array.from({ length: 1_000 }, (_, n) => n)
        const all = [...contents, ...Array.from({ length: large }, () => range)]
        const molecules = all.map((held) => {
          const entries = held.map((molecule): readonly [Molecule, number] => [molecule, 1])
          return new Tuple([symbol('S'), SolutionValue.of(entries)])
        })
        const store = {
          field: (slot: number): Molecule | undefined => molecules[slot]?.fields[1],
          molecule: (slot: number): Molecule => molecules[slot] ?? 0,
        }
        const index = new ContentIndex(spec)
        const there = new Set(molecules.keys())
        for (const slot of there) index.add(store, slot)
        for (const n of removed) {
          const slot = molecules.length === 0 ? -1 : n % molecules.length
          if (there.delete(slot)) index.remove(slot)
        }
        const found = { items: new Int32Array(1), count: 0, hasMore: false }
        index.find(keyOf(wanted), found)
        const text = `K:${String(wanted)}`
        const holds = (slot: number): boolean =>
          slot >= contents.length ||
          (contents[slot] ?? []).some(
            (molecule) =>
              molecule instanceof Tuple &&
              molecule.fields.length === 2 &&
              textOf(molecule) === text,
          )
        const slots = [...found.items.subarray(0, found.count)].toSorted((a, b) => a - b)
        expect(slots).toEqual([...there].filter(holds))
      },
    ),
  )
})

function textOf({ fields }: Tuple): string {
  return fields
    .map((field) => (typeof field === 'number' ? String(field) : field === K ? 'K' : ''))
    .join(':')
}
