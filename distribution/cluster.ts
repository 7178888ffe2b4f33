import type { Entry, Limits, Outcome, OutcomeKind, SolutionValue } from '../interpreter/index.ts'
import type { Allowance } from './allowance.ts'
import type { Blueprint } from './blueprint.ts'
import { shardOf, subjects } from './bus.ts'
import type { Bus } from './bus.ts'
import type { Copies } from './copies.ts'
import type { Ending } from './failure.ts'
import { InertnessDetector } from './inertness.ts'
import { passage } from './local-solution.ts'
import type { BoundLot } from './lots-by-home.ts'
import { logEnd, lostTail } from './lost-tail.ts'
import type { LogEnd } from './lost-tail.ts'
import { halt } from './messages.ts'
import { appendSurely, patiently } from './patience.ts'
import { readRecord } from './record-codec.ts'
import { ShardOwner } from './shard.ts'
import { emptyState } from './shard-state.ts'
import { TOGETHER } from './sizes.ts'
import { cutOf } from './solution-status.ts'

export interface ClusterOptions {
  readonly bus: Bus
  readonly solution: string
  readonly blueprint: Blueprint
  readonly limits?: Partial<Limits>
  readonly signal?: AbortSignal
  /** What all nodes draw on, where they are in this process. */
  readonly allowance?: Allowance | undefined
  /** Nobody waits for it here. */
  readonly isDetached?: boolean
  /** Milliseconds from any start, never going back. */
  readonly clock: () => number
}

/** How a distributed run ended. */
export interface ClusterOutcome extends Outcome {
  /** Why it failed, where that cannot be shown in the program. */
  readonly trouble?: string
}

/** How a distributed run stands, for people. */
export interface ClusterProgress {
  readonly reactions: number
  /** Shards that have nothing to do, of how many, and lots between two shards. */
  readonly inert: number
  readonly shards: number
  readonly onTheirWay: number
}

/**
 * A solution that nodes share, as whoever submitted it sees it: it puts molecules in, follows the logs, and tells
 * when nothing can react any more. It takes no part; nodes go on without it.
 */
export class Cluster {
  readonly #options: ClusterOptions
  readonly #detector: InertnessDetector
  readonly #stop: () => void
  /** Records that were seen are counted: a run looks again after each. */
  #wake: (() => void) | undefined
  #isSubmitted = false
  /** How far each log went, as far as was seen, and what of it was lost since. */
  readonly #seen = new Map<string, LogEnd>()
  #damage: string | undefined
  #fault: { readonly error: unknown } | undefined

  constructor(options: ClusterOptions) {
    const { bus, solution, blueprint, isDetached = false } = options
    this.#options = options
    this.#detector = new InertnessDetector(blueprint.shards + 1)
    if (isDetached) {
      this.#stop = () => undefined
      return
    }
    const stopComparing = bus.onReturn(() => {
      this.#compare().catch((error: unknown) => {
        this.fail(error)
      })
    })
    const stopFollowing = bus.follow(solution, 0, ({ log, sequence, bytes }) => {
      const shard = shardOf(log)
      if (shard === undefined) return
      this.#seen.set(log, logEnd(sequence, bytes))
      try {
        this.#detector.take(shard, readRecord(bytes))
      } catch (error) {
        this.fail(error)
      }
      this.#wake?.()
    })
    this.#stop = () => {
      stopComparing()
      stopFollowing()
    }
  }

  /** Whoever followed a log knows when its end is lost, also where no node does. */
  async #compare(): Promise<void> {
    const { bus, clock } = this.#options
    for (const [log, known] of [...this.#seen]) {
      let lost: string | undefined
      // A server of a group may not have caught up with the others yet.
      for (let look = 0; look < LOOKS && (look === 0 || lost !== undefined); look++) {
        if (look > 0) await new Promise((resolve) => setTimeout(resolve, BETWEEN_LOOKS))
        lost = await patiently(() => lostTail(bus, log, known), clock)
      }
      this.#damage ??= lost
      if (lost !== undefined) break
    }
    this.#wake?.()
  }

  get reactions(): number {
    return this.#detector.reactions
  }

  get progress(): ClusterProgress {
    const { inert, onTheirWay } = this.#detector.progress
    return {
      reactions: this.reactions,
      inert,
      shards: this.#options.blueprint.shards + 1,
      onTheirWay,
    }
  }

  /** Puts the molecules that a program starts with, and more, into the log of the outside. Once, before any node claims it. */
  async submit(
    more: Iterable<Entry> = [],
    initial: readonly Copies[] = this.#options.blueprint.initial,
  ): Promise<void> {
    const { bus, solution, blueprint, clock } = this.#options
    const log = subjects.log(solution, blueprint.outside)
    const records: Uint8Array[] = []
    const owner = new ShardOwner(emptyState(), {
      shard: blueprint.outside,
      node: 'submission',
      homeOf: blueprint.homeOf(blueprint.outside),
      solution: () => passage,
      port: {
        append: (bytes) => records.push(bytes),
        send: () => undefined,
        confirm: () => undefined,
      },
    })
    // Where all of it belongs is in the log with it: owners only send it there.
    const lots = blueprint.lots(initial, more)
    let hasMore = true
    for (let bytes = records.shift(); bytes !== undefined; bytes = records.shift()) {
      owner.appended(await appendSurely(bus, { log, bytes, expected: owner.state.last }, clock))
      while (hasMore && records.length === 0) hasMore = forwardedSome(lots, owner)
      if (records.length === 0 && owner.isOwning) owner.seal()
    }
    this.#isSubmitted = true
  }

  /** Waits until the solution is inert, or a limit, a failure or the signal ends it: then all nodes stop. */
  async run(): Promise<ClusterOutcome> {
    const { limits = {}, signal, clock } = this.#options
    const { reactions = Infinity, milliseconds = Infinity } = limits
    const end = clock() + milliseconds
    for (;;) {
      if (this.#fault !== undefined) throw this.#fault.error
      const kind = this.#ended(reactions)
      if (kind !== undefined) return await this.#outcome(kind)
      if (signal?.aborted === true) return await this.#outcome('aborted')
      if (clock() >= end) return await this.#outcome('time-limit')
      await this.#next(Math.min(end - clock(), LOOK), signal)
    }
  }

  /** Something is wrong that no node can mend, as a log that was cut: a run throws it. */
  fail(error: unknown): void {
    this.#fault ??= { error }
    this.#wake?.()
  }

  #ended(most: number): OutcomeKind | undefined {
    if (!this.#isSubmitted) return undefined
    if ((this.#detector.failure ?? this.#damage) !== undefined) return 'failed'
    if (this.#detector.isInert) return 'inert'
    // Where it is reached and nobody wants more, the solution may be inert with just so many.
    const isPassed = this.reactions > most
    const isStopped = this.reactions === most && this.#options.allowance?.isExceeded === true
    return isPassed || isStopped ? 'reaction-limit' : undefined
  }

  /** Until a record comes, or so many milliseconds have passed. */
  #next(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(done, milliseconds)
      signal?.addEventListener('abort', done, { once: true })
      this.#wake = done
      function done(): void {
        clearTimeout(timer)
        signal?.removeEventListener('abort', done)
        resolve()
      }
    })
  }

  async #outcome(kind: OutcomeKind): Promise<ClusterOutcome> {
    const { bus, solution, blueprint } = this.#options
    if (kind !== 'inert') halt(bus, solution)
    const said = this.#detector.failure ?? this.#damage
    const ending = said === undefined ? { kind } : blueprint.ending(said)
    const common = { solution: await this.solution(), reactions: this.reactions, pending: 0 }
    return { ...common, ...endOf(ending) }
  }

  /** All molecules as the logs had them at one moment. */
  async solution(): Promise<SolutionValue> {
    const { bus, solution, blueprint, clock } = this.#options
    const { molecules } = await patiently(() => cutOf(bus, solution, blueprint.shards + 1), clock)
    return blueprint.whole(molecules)
  }

  close(): void {
    this.#stop()
  }
}

/** A failure that can be shown in the program needs no other words, and a limit has its own. */
export function endOf({
  kind,
  message,
  failure,
}: Pick<Ending, 'kind'> & Partial<Ending>): Pick<ClusterOutcome, 'kind' | 'failure' | 'trouble'> {
  if (failure !== undefined) return { kind, failure }
  return kind === 'failed' && message !== undefined ? { kind, trouble: message } : { kind }
}

/** A run looks at its limits at least so often, in milliseconds. */
const LOOK = 50
/** So often a log is looked at before its end is taken for lost, with so many milliseconds in between. */
const LOOKS = 4
const BETWEEN_LOOKS = 300

/** Gives as many lots to an owner as go into one record; false when there are no more. */
function forwardedSome(lots: Iterator<BoundLot, void>, owner: ShardOwner): boolean {
  const some: BoundLot[] = []
  while (some.length < TOGETHER) {
    const next = lots.next()
    if (next.done === true) break
    some.push(next.value)
  }
  owner.forward(some)
  return some.length === TOGETHER
}

/** All entries of several rows, one after the other. */
export function* eachOf(rows: Iterable<Iterable<Entry>>): Generator<Entry> {
  for (const row of rows) yield* row
}
