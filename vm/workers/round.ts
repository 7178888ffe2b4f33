import type { Outcome, RunOptions } from '../../interpreter/index.ts'
import { reduceApart } from './apart.ts'
import type { Apart, MakeApart } from './apart.ts'
import type { Batch } from './batch.ts'
import type { Costs } from './costs.ts'
import { parcelOf } from './parcel.ts'
import type { Answer, Ways, Workers } from './port.ts'
import { unparcelled } from './unparcel.ts'

/** Milliseconds between two looks at what could be handed out. */
const LOOK = 5
/** Threads are started for so many times the work of starting one. */
const WORTH_STARTING = 2

/** What a round needs beside its batches. */
export interface RoundOptions {
  /** Those of the machine that asks. */
  readonly run: RunOptions & Ways
  readonly workers: Workers | undefined
  readonly costs: Costs
  /** Whether batches are moved though it may not be worth it. */
  readonly isAlways: boolean
  readonly make: MakeApart
  /** When the time of the run is over. */
  readonly deadline: number
  /** How many reactions each batch may make. */
  readonly budget: (batch: Batch) => number
}

/** What a batch came to. */
export interface Reduced extends Pick<Apart, 'values' | 'inert'> {
  readonly reactions: number
  /** Not `inert` or `reaction-limit` where the run is to stop. */
  readonly outcome: Pick<Outcome, 'kind' | 'failure'>
  readonly isMoved: boolean
}

/**
 * Reduces batches, here and in other threads, whichever is free: what comes of a batch does not depend on
 * where. Results are taken in the order of the batches, whenever they come; after one that stops the run
 * the others stay as they were.
 */
export class Round {
  readonly #batches: readonly Batch[]
  readonly #options: RoundOptions
  readonly #take: (batch: Batch, reduced: Reduced) => void
  readonly #results: (Reduced | undefined)[] = []
  readonly #stopping = new AbortController()
  /** Batches before this one are being reduced, or have been. */
  #next = 0
  /** Came back undone. */
  readonly #again: number[] = []
  #taken = 0
  #out = 0
  /** Since when a batch is being reduced here. */
  #here: { readonly batch: Batch; readonly since: number } | undefined
  #wake: (() => void) | undefined

  constructor(
    batches: readonly Batch[],
    options: RoundOptions,
    take: (batch: Batch, reduced: Reduced) => void,
  ) {
    this.#batches = batches
    this.#options = options
    this.#take = take
  }

  /** Ends when all is reduced, or the run has to stop. */
  async run(): Promise<void> {
    const { signal } = this.#options.run
    const stop = (): void => {
      this.#stopping.abort()
    }
    signal?.addEventListener('abort', stop)
    const timer = setInterval(() => {
      this.#look()
    }, LOOK)
    try {
      for (;;) {
        this.#handOut()
        const at = this.#again.shift() ?? this.#nextHere()
        if (at !== undefined) await this.#reduceHere(at)
        else if (this.#out > 0) await this.#answered()
        else break
      }
    } finally {
      clearInterval(timer)
      signal?.removeEventListener('abort', stop)
    }
    // What a run that is stopped from outside has of later batches is not lost.
    for (; this.#taken < this.#batches.length; this.#taken++) this.#takeOne()
  }

  get #isStopping(): boolean {
    return this.#stopping.signal.aborted
  }

  #nextHere(): number | undefined {
    return this.#isStopping || this.#next >= this.#batches.length ? undefined : this.#next++
  }

  #look(): void {
    const { run, deadline } = this.#options
    if (run.clock() >= deadline) this.#stopping.abort()
    this.#handOut()
  }

  /** Gives threads that have room what is worth it. */
  #handOut(): void {
    const { workers, isAlways } = this.#options
    if (workers === undefined) return
    while (!this.#isStopping) {
      const batch = this.#batches[this.#next]
      if (batch === undefined || !this.#isWorthMoving(batch)) return
      if (isAlways || this.#expectedLeft(batch) > WORTH_STARTING * workers.startMilliseconds)
        workers.start()
      // Towards the end each thread has one batch only, so that none has two while others have none.
      const left = this.#batches.length - this.#next
      const most = left > 4 * (workers.ready + 1) ? 2 * workers.ready : workers.ready
      if (this.#out >= most) return
      void this.#send(this.#next++, batch, workers)
    }
  }

  #isWorthMoving({ rules, weight }: Batch): boolean {
    const { costs, isAlways } = this.#options
    return isAlways || costs.isWorthMoving(this.#expected(rules, weight), weight)
  }

  /** Milliseconds for so many molecules: from earlier figures, or from how long it takes just now. */
  #expected(rules: string, weight: number): number {
    const { costs, run } = this.#options
    const known = costs.expected(rules, weight) ?? 0
    if (this.#here?.batch.rules !== rules) return known
    const { batch, since } = this.#here
    return Math.max(known, ((run.clock() - since) * weight) / batch.weight)
  }

  #expectedLeft({ rules }: Batch): number {
    let weight = 0
    for (let at = this.#next; at < this.#batches.length; at++)
      weight += this.#batches[at]?.weight ?? 0
    return this.#expected(rules, weight)
  }

  async #send(at: number, batch: Batch, workers: Workers): Promise<void> {
    const { run, costs, budget } = this.#options
    const begin = run.clock()
    const parcel = parcelOf(batch.values, workers.shapes)
    const packed = run.clock()
    let answer: Answer | undefined
    if (parcel !== undefined) {
      this.#out++
      answer = await workers.reduce(
        {
          parcel,
          count: batch.values.length,
          seed: batch.seed,
          strategy: run.strategy,
          depth: depthFor(batch, run),
          reactions: budget(batch),
          ways: waysOf(run),
        },
        this.#stopping.signal,
      )
      this.#out--
    }
    if (answer === undefined) this.#again.push(at)
    else {
      const arrived = run.clock()
      const values = unparcelled(answer.parcel, batch.values.length, workers.shapes)
      costs.moved(batch.weight, packed - begin + (run.clock() - arrived))
      costs.reduced(batch.rules, batch.weight, answer.milliseconds)
      this.#done(at, {
        values,
        inert: [...answer.inert].map((flag) => flag === 1),
        reactions: answer.reactions,
        outcome: { kind: 'inert' },
        isMoved: true,
      })
      this.#handOut()
    }
    this.#wake?.()
  }

  async #reduceHere(at: number): Promise<void> {
    const batch = this.#batches[at]
    if (batch === undefined || this.#isStopping) return
    const { run, costs, make, deadline, budget } = this.#options
    const since = run.clock()
    this.#here = { batch, since }
    const limits = {
      depth: depthFor(batch, run),
      reactions: budget(batch),
      ...(deadline !== Infinity && { milliseconds: deadline - since }),
    }
    const { signal } = this.#stopping
    const options = { ...run, seed: batch.seed, limits, signal }
    const { outcome, values, inert } = await reduceApart(batch.values, options, make)
    costs.reduced(batch.rules, batch.weight, run.clock() - since)
    this.#here = undefined
    this.#done(at, { values, inert, reactions: outcome.reactions, outcome, isMoved: false })
  }

  /** Until some batch comes back. */
  async #answered(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#wake = resolve
    })
    this.#wake = undefined
  }

  #done(at: number, reduced: Reduced): void {
    this.#results[at] = reduced
    while (this.#taken < this.#batches.length && this.#results[this.#taken] !== undefined) {
      this.#takeOne()
      this.#taken++
    }
  }

  #takeOne(): void {
    const batch = this.#batches[this.#taken]
    const reduced = this.#results[this.#taken]
    this.#results[this.#taken] = undefined
    if (batch === undefined || reduced === undefined) return
    this.#take(batch, reduced)
    if (!isStopping(reduced.outcome)) return
    this.#taken = this.#batches.length
    this.#next = this.#batches.length
    this.#again.length = 0
    this.#stopping.abort()
  }
}

/** Whether a run does not go on after this: a failure, or a limit that is not that of the batch alone. */
export function isStopping({ kind }: Pick<Outcome, 'kind'>): boolean {
  return kind === 'failed' || kind === 'depth-limit' || kind === 'size-limit'
}

/** What the limit on depth leaves to solutions that stand so deep, seen from one solution around them. */
function depthFor({ level }: Batch, { limits }: RunOptions): number {
  return limits.depth - (level - 1)
}

function waysOf({ codeGeneration, kernels, awakeSolutions }: Ways): Ways {
  return {
    ...(codeGeneration !== undefined && { codeGeneration }),
    ...(kernels !== undefined && { kernels }),
    ...(awakeSolutions !== undefined && { awakeSolutions }),
  }
}
