import { Random, boundsValues } from '../../interpreter/index.ts'
import type { MachineOptions } from '../machine-options.ts'
import type { Membrane } from '../membrane.ts'
import type { Ready } from '../ready.ts'
import type { MakeApart } from './apart.ts'
import { SIZES, SMALLEST, batchesOf } from './batch.ts'
import type { Batch } from './batch.ts'
import { Costs } from './costs.ts'
import { Movable } from './movable.ts'
import { Round, isStopping } from './round.ts'
import type { Reduced } from './round.ts'

/** After so many reactions of others, what waits is reduced though others go on. */
const PATIENCE = 65_536
/** A batch comes back after so many reactions, or so many for each molecule: others are to have their turns. */
const REACTIONS = 1_000_000
const REACTIONS_EACH = 8
/** Where solutions are always reduced apart. */
const FEW_REACTIONS = 20
/** Where a limit leaves a batch fewer, nothing is reduced apart: the limit is to be met exactly. */
const LEAST_REACTIONS = 65_536
/** Tells the seeds of batches from other numbers that are drawn from the seed of the run. */
const APART = 0x5eedb0c5

/** What was reduced apart, and where. */
export interface ApartReport {
  readonly solutions: number
  readonly batches: number
  /** Batches that were reduced by other threads. */
  readonly moved: number
  readonly reactions: number
}

/**
 * Solutions that sleep and are active: nobody looks into one before it is inert, so it can be reduced apart
 * from all others, at any time and anywhere. They wait here until nothing else is to be done, and are then
 * reduced in batches, if there are enough of them.
 */
export class SetAside {
  readonly #options: MachineOptions
  readonly #make: MakeApart
  readonly #isAlways: boolean
  readonly #movable = new Movable()
  readonly #costs = new Costs()
  readonly #seeds: Random
  #waiting: Membrane[] = []
  #batches: readonly Batch[] = []
  /** Are reduced where they are. */
  readonly #staying = new Set<Membrane>()
  #since = 0
  #budget = REACTIONS
  readonly #done = { solutions: 0, batches: 0, moved: 0, reactions: 0 }

  /** Undefined where solutions are not set aside: somebody watches, or counts what only one thread can count. */
  static of(options: MachineOptions, make: MakeApart): SetAside | undefined {
    const { workers, observe, strategy, limits } = options
    const isPossible =
      observe === undefined &&
      limits.molecules === undefined &&
      !boundsValues(limits) &&
      (strategy === 'fast' || strategy === 'random')
    return workers !== undefined && isPossible ? new SetAside(options, make) : undefined
  }

  private constructor(options: MachineOptions, make: MakeApart) {
    this.#options = options
    this.#make = make
    this.#isAlways = options.apart === 'always'
    this.#seeds = new Random(options.seed ^ APART)
  }

  get report(): ApartReport {
    return { ...this.#done }
  }

  get isEmpty(): boolean {
    return this.#waiting.length === 0 && !this.isDue
  }

  /** Whether batches are there that are to be reduced before anything else. */
  get isDue(): boolean {
    return this.#batches.length > 0
  }

  /** Whose turn it is; what is to be reduced apart waits until nothing else is to be done. */
  next(ready: Ready, reactions: number, reactionsLeft: number): Membrane | undefined {
    while (!this.isDue) {
      const next = this.#hasWaitedLong(reactions) ? undefined : ready.next()
      if (next === undefined && this.isEmpty) break
      if (next === undefined) for (const membrane of this.#sort(reactionsLeft)) ready.put(membrane)
      else if (!this.#takes(next, reactions)) return next
    }
    return undefined
  }

  /** Whether a membrane whose turn has come waits here for another one. */
  #takes(membrane: Membrane, reactions: number): boolean {
    if (membrane.sleep !== 'active' || this.#staying.delete(membrane)) return false
    if (this.#waiting.length === 0) this.#since = reactions
    this.#waiting.push(membrane)
    return true
  }

  /** Whether it is time to make batches though others have something to do. */
  #hasWaitedLong(reactions: number): boolean {
    return this.#waiting.length > 0 && reactions - this.#since > PATIENCE
  }

  /** Makes batches of what waits. Gives what is to be reduced where it is. */
  #sort(reactionsLeft: number): readonly Membrane[] {
    const waiting = this.#waiting
    this.#waiting = []
    const { batches, others } = batchesOf(waiting, {
      movable: this.#movable,
      seeds: this.#seeds,
      sizes: this.#isAlways ? SMALLEST : SIZES,
    })
    const each = Math.floor(reactionsLeft / batches.length)
    const isNear = batches.length > 0 && each < (this.#isAlways ? 1 : LEAST_REACTIONS)
    const staying = isNear ? waiting : others
    if (!isNear) this.#batches = batches
    this.#budget = each
    for (const membrane of staying) this.#staying.add(membrane)
    return staying
  }

  /** Gives all that waits: somebody wants to see each reaction. */
  release(): readonly Membrane[] {
    const all = [...this.#waiting, ...this.#batches.flatMap(({ members }) => members)]
    this.#waiting = []
    this.#batches = []
    for (const membrane of all) this.#staying.add(membrane)
    return all
  }

  /** Reduces the batches. What is not inert then has its turn again. */
  async reduce(
    deadline: number,
    ready: Ready,
  ): Promise<{ readonly reactions: number; readonly stop: Reduced['outcome'] | undefined }> {
    const batches = this.#batches
    this.#batches = []
    const { workers, apart: _, onTurn: __, ...run } = this.#options
    const options = {
      run,
      workers: workers === 'none' ? undefined : workers,
      costs: this.#costs,
      isAlways: this.#isAlways,
      make: this.#make,
      deadline,
      budget: ({ weight }: Batch) =>
        Math.min(
          this.#budget,
          this.#isAlways ? FEW_REACTIONS : Math.max(REACTIONS, REACTIONS_EACH * weight),
        ),
    }
    const left = new Set(batches)
    const before = this.#done.reactions
    let stop: Reduced['outcome'] | undefined
    const round = new Round(batches, options, (batch, reduced) => {
      left.delete(batch)
      this.#note(batch, reduced)
      for (const [at, membrane] of batch.members.entries()) settle(membrane, reduced, at, ready)
      if (isStopping(reduced.outcome)) stop = reduced.outcome
    })
    await round.run()
    for (const { members } of left) for (const membrane of members) ready.put(membrane)
    return { reactions: this.#done.reactions - before, stop }
  }

  #note({ members }: Batch, { reactions, isMoved }: Reduced): void {
    this.#done.solutions += members.length
    this.#done.batches++
    if (isMoved) this.#done.moved++
    this.#done.reactions += reactions
  }
}

/** A member of a batch is what it has come to. */
function settle(membrane: Membrane, { values, inert }: Reduced, at: number, ready: Ready): void {
  const value = values[at]
  const isInert = inert[at] === true
  // It sleeps on as what it was reduced to.
  if (value !== undefined) {
    membrane.changed()
    membrane.hold(value)
    membrane.sleep = isInert ? 'inert' : 'active'
    membrane.waiting = isInert ? 0 : 1
  }
  membrane.isScheduled = !isInert
  if (isInert) membrane.settled()
  else ready.put(membrane)
}
