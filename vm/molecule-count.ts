import type { Entry, Molecule } from '../interpreter/index.ts'
import { deepCount, deepCountIn } from './deep-count.ts'
import { solutionsIn } from './freeze.ts'
import { Membrane } from './membrane.ts'
import type { Product } from './residual.ts'

/** How many molecules there are at all depths, and how many there may be. */
export class MoleculeCount {
  /** At least as many as there are: what went with a solution that was dropped is not counted off at once. */
  atMost = 0
  readonly #limit: number | undefined

  constructor(limit: number | undefined) {
    this.#limit = limit
  }

  /** So many times what is inside a molecule came or went: in membranes that are awake it counts by itself. */
  addInside(molecule: Molecule, times: number): void {
    if (this.#limit === undefined) return
    for (const solution of solutionsIn(molecule))
      if (!(solution instanceof Membrane)) this.atMost += times * deepCountIn(solution)
  }

  /** Whether the limit is passed already. */
  isPassed(root: Membrane): boolean {
    const limit = this.#limit
    return limit !== undefined && this.atMost > limit && this.#recount(root) > limit
  }

  /** Whether a product can be added. Near the limit it is counted exactly; before, what goes may stay uncounted. */
  hasRoom(root: Membrane, product: Product, gone: () => readonly Entry[]): boolean {
    const limit = this.#limit
    if (limit === undefined) return true
    const coming = deepCount(product.allEntries())
    return (
      this.atMost + coming <= limit || this.#recount(root) + coming - deepCount(gone()) <= limit
    )
  }

  #recount(root: Membrane): number {
    this.atMost = deepCountIn(root)
    return this.atMost
  }
}
