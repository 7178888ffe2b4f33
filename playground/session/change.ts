import { holdsSolution, solutionsIn } from '../../interpreter/index.ts'
import type { Entry, Reaction } from '../../interpreter/index.ts'
import type { ChangeForm } from './messages.ts'
import { briefly, groupOf } from './molecule-words.ts'

/** A reaction that moves more than that is not looked into. */
const MOST = 200

/** What came and what went in a reaction, with what is inside of it; undefined where that is much, or without end. */
export function changeOf({ reactants, products }: Reaction): readonly ChangeForm[] | undefined {
  const changes = new Map<string, { group: string; text: string; copies: number }>()
  let left = MOST
  const note = (entries: Iterable<Entry>, times: number): void => {
    for (const [molecule, copies] of entries) {
      if (left-- <= 0) return
      const n = Number(copies) * times
      const group = groupOf(molecule)
      // Rules are not counted, and what is in them is not there yet.
      if (typeof molecule === 'object' && molecule.kind === 'rule') continue
      const text = briefly(molecule)
      const known = changes.get(group + text)
      if (known === undefined) changes.set(group + text, { group, text, copies: n })
      else known.copies += n
      if (!holdsSolution(molecule)) continue
      for (const { solution } of solutionsIn(molecule)) note(solution.contents().entries(), n)
    }
  }
  note(reactants, -1)
  note(products, 1)
  const all = [...changes.values()].filter(({ copies }) => copies !== 0)
  return left < 0 || !all.every(({ copies }) => Number.isFinite(copies)) ? undefined : all
}
