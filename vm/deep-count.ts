import { holdsSolution, isInfinite } from '../interpreter/index.ts'
import type { Entry, Int, Molecule, Solution } from '../interpreter/index.ts'
import { isChanging, solutionsIn } from './freeze.ts'

/** Molecules at every depth, anti-molecules too; ∞ copies count as one. */
export function deepCount(entries: Iterable<Entry>): number {
  const count = new DeepCount()
  for (const [molecule, copies] of entries) count.add(molecule, copies, 1)
  return count.sum()
}

/** Those inside a solution. */
export function deepCountIn(solution: Solution): number {
  const count = new DeepCount()
  count.addInside(solution, 1)
  return count.sum()
}

class DeepCount {
  #sum = 0
  readonly #waiting: { readonly molecule: Molecule; readonly copies: number }[] = []

  add(molecule: Molecule, copies: Int, times: number): void {
    const n = times * countable(copies)
    this.#sum += n
    if (holdsSolution(molecule)) this.#waiting.push({ molecule, copies: n })
  }

  addInside(solution: Solution, times: number): void {
    if (isChanging(solution))
      solution.visit((molecule, copies) => {
        this.add(molecule, copies, times)
      })
    else
      for (const [molecule, copies] of solution.contents().entries())
        this.add(molecule, copies, times)
  }

  sum(): number {
    for (let top = this.#waiting.pop(); top !== undefined; top = this.#waiting.pop())
      for (const solution of solutionsIn(top.molecule)) this.addInside(solution, top.copies)
    return this.#sum
  }
}

/** What a number of copies counts for a limit: anti-molecules too, and ∞ as one. */
export function countable(copies: Int): number {
  return isInfinite(copies) ? 1 : Math.abs(Number(copies))
}
