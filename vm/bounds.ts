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
  /** The reactions of the machine when the run began. */
  since = 0
  /** In membranes at most this deep a flat molecule cannot exceed the limit. */
  readonly #deepest: number
  readonly molecules: MoleculeCount
  /** Whether there is something to be looked after with each reaction. */
  readonly areOneByOne: boolean

  constructor({ limits }: RunOptions) {
    const { depth, molecules } = limits
    this.#limits = limits
    this.areOneByOne = molecules !== undefined || boundsValues(limits)
    this.#deepest = depth - 2
    this.molecules = new MoleculeCount(molecules)
  }

  /** What a machine that goes on elsewhere is told. */
  get counters(): { readonly molecules: number; readonly since: number } {
    return { molecules: this.molecules.atMost, since: this.since }
  }

  restore({ molecules, since }: Bounds['counters']): void {
    this.molecules.atMost = molecules
    this.since = since
  }

  /** When the machine has made so many reactions, the run ends. */
  get reactions(): number {
    const { reactions } = this.#limits
    return reactions === undefined ? Number.MAX_SAFE_INTEGER : this.since + reactions
  }

  /** Whether flat molecules may be made in a membrane without a look, up to so many reactions. */
  arePlain(membrane: Membrane, reactions: number): boolean {
    return (
      !this.areOneByOne &&
      reactions <= this.reactions &&
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
