import { boundsValues, passedValueLimit } from '../interpreter/index.ts'
import type { Entry, Limits, Molecule, RunOptions, Solution } from '../interpreter/index.ts'
import { isChanging } from './freeze.ts'
import type { Membrane } from './membrane.ts'
import { MoleculeCount } from './molecule-count.ts'
import { passedLimit } from './product-limits.ts'
import { Draft } from './residual.ts'
import type { Product } from './residual.ts'
import type { Stop } from './stop.ts'

/** What the limits of a run mean for reactions. */
export class Bounds {
  readonly #limits: Limits
  /** Up to so many reactions, no limit is to be looked after. */
  readonly #mostPlain: number
  /** In membranes at most this deep a flat molecule cannot exceed the limit. */
  readonly #deepest: number
  readonly molecules: MoleculeCount
  /** Whether there is something to be looked after with each reaction. */
  readonly areOneByOne: boolean

  constructor({ limits }: RunOptions) {
    const { depth, molecules, reactions } = limits
    this.#limits = limits
    this.areOneByOne = molecules !== undefined || boundsValues(limits)
    this.#mostPlain = this.areOneByOne ? 0 : (reactions ?? Infinity)
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

  /** Whether single values are bounded: then nothing reacts in one go. */
  get areValuesBounded(): boolean {
    return boundsValues(this.#limits)
  }

  /** What is passed by what is there already. */
  passedIn(root: Membrane): Stop | undefined {
    if (this.molecules.isPassed(root)) return { kind: 'molecule-limit' }
    if (!this.areValuesBounded) return undefined
    const limit = passedValueLimit(root.molecules(), this.#limits)
    return limit && { kind: 'size-limit', limit }
  }

  /** The limit that a product would pass in a membrane. */
  passedBy(
    product: Product,
    membrane: Membrane,
    { root, gone, calls, pending }: Coming,
  ): Stop | undefined {
    const tooLarge = passedLimit(product, membrane, this.#limits.depth)
    if (tooLarge !== undefined) return { kind: tooLarge }
    const limit = passedValueLimit(product.molecules, this.#limits, madeIn)
    if (limit !== undefined) return { kind: 'size-limit', limit }
    if (!this.molecules.hasRoom(root, product, gone)) return { kind: 'molecule-limit' }
    const { calls: most = Infinity } = this.#limits
    return calls > 0 && calls + pending > most ? { kind: 'call-limit' } : undefined
  }
}

/** What comes and goes with a product. */
interface Coming {
  readonly root: Membrane
  readonly gone: () => readonly Entry[]
  /** Elements of it that will wait for answers, beside those that do. */
  readonly calls: number
  readonly pending: number
}

/** What a product makes in a solution: its rests were there before. */
function madeIn(solution: Solution): Iterable<Molecule> {
  if (solution instanceof Draft) return solution.product.molecules
  return isChanging(solution) ? [] : solution.molecules()
}
