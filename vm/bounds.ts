import type { Entry, Limits, OutcomeKind, RunOptions } from '../interpreter/index.ts'
import type { Membrane } from './membrane.ts'
import { MoleculeCount } from './molecule-count.ts'
import { passedLimit } from './product-limits.ts'
import type { Product } from './residual.ts'

/** What the limits of a run mean for reactions. */
export class Bounds {
  readonly #limits: Limits
  /** Up to so many reactions, no limit is to be looked after. */
  readonly #mostPlain: number
  /** In membranes at most this deep a flat molecule cannot exceed the limit. */
  readonly #deepest: number
  readonly molecules: MoleculeCount

  constructor({ limits }: RunOptions) {
    const { depth, molecules, reactions } = limits
    this.#limits = limits
    // The number of molecules is looked after one reaction at a time.
    this.#mostPlain = molecules === undefined ? (reactions ?? Infinity) : 0
    this.#deepest = depth - 2
    this.molecules = new MoleculeCount(molecules)
  }

  /** So many reactions may happen. */
  get reactions(): number {
    return this.#limits.reactions ?? Number.MAX_SAFE_INTEGER
  }

  /** Whether flat molecules may be made in a membrane without a look, up to so many reactions. */
  arePlain(membrane: Membrane, reactions: number): boolean {
    return (
      reactions <= this.#mostPlain &&
      (membrane.parent === undefined ? this.#deepest > 0 : membrane.level < this.#deepest)
    )
  }

  /** The limit that a product would pass in a membrane, `gone` being gone. */
  passedBy(
    product: Product,
    membrane: Membrane,
    { root, gone }: { readonly root: Membrane; readonly gone: () => readonly Entry[] },
  ): OutcomeKind | undefined {
    const tooLarge = passedLimit(product, membrane, this.#limits.depth)
    if (tooLarge !== undefined) return tooLarge
    return this.molecules.hasRoom(root, product, gone) ? undefined : 'molecule-limit'
  }
}
