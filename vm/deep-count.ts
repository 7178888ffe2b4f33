import { holdsSolution, isInfinite } from '../interpreter/index.ts'
import type { Entry, Int, Molecule } from '../interpreter/index.ts'
import { isChanging, solutionsIn } from './freeze.ts'

/** Molecules at every depth, anti-molecules too; ∞ copies count as one. */
export function deepCount(entries: Iterable<Entry>): number {
  let count = 0
  const waiting: { readonly molecule: Molecule; readonly copies: number }[] = []
  const add = (inside: Iterable<Entry>, times: number): void => {
    for (const [molecule, copies] of inside) {
      const n = times * countable(copies)
      count += n
      if (holdsSolution(molecule)) waiting.push({ molecule, copies: n })
    }
  }
  add(entries, 1)
  for (let top = waiting.pop(); top !== undefined; top = waiting.pop())
    for (const solution of solutionsIn(top.molecule))
      add(isChanging(solution) ? solution.entries() : solution.contents().entries(), top.copies)
  return count
}

/** What a number of copies counts for a limit: anti-molecules too, and ∞ as one. */
export function countable(copies: Int): number {
  return isInfinite(copies) ? 1 : Math.abs(Number(copies))
}
