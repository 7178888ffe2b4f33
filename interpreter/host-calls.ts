import { hashNumber, mix } from './hash.ts'
import type { HostCallError } from './host-call-error.ts'
import { hashOf } from './molecule.ts'
import type { Entry } from './molecule.ts'

/** Calls back after so many milliseconds, once; what it gives ends that. */
export type Timer = (milliseconds: number, then: () => void) => () => void

/** What the calls of a run are made with. */
export interface CallOptions {
  /** Time for time-outs and pauses between attempts; the host's own unless given. */
  readonly timer?: Timer
  /**
   * What idempotency keys begin with: a run that is made again from the same beginning calls with the same
   * keys. Drawn by chance unless given, as two runs of one program mean different calls.
   */
  readonly run?: string
  /** Told of each call that ends in an `ERROR:…`. */
  readonly onCallFailure?: (error: HostCallError) => void
}

/** The host's own time. */
export const hostTimer: Timer = (milliseconds, then) => {
  const timer = setTimeout(then, milliseconds)
  return () => {
    clearTimeout(timer)
  }
}

/** The calls of one run: what they are made with, and which of them are to be told when it ends. */
export class HostCalls {
  readonly timer: Timer
  readonly onCallFailure: ((error: HostCallError) => void) | undefined
  readonly #run: string | undefined
  readonly #signal: AbortSignal | undefined
  readonly #reactions: () => number
  readonly #open = new Set<() => void>()
  #lastReaction = -1
  #elements = 0
  #isListening = false

  constructor(
    { timer = hostTimer, run, onCallFailure }: CallOptions,
    signal: AbortSignal | undefined,
    reactions: () => number,
  ) {
    this.timer = timer
    this.onCallFailure = onCallFailure
    this.#run = run
    this.#signal = signal
    this.#reactions = reactions
  }

  /** Whether nobody waits for answers any more. */
  get isAborted(): boolean {
    return this.#signal?.aborted === true
  }

  /** Calls back when the run is aborted, until what it gives is called. One listener serves all calls. */
  whenAborted(stop: () => void): () => void {
    if (!this.#isListening) {
      this.#isListening = true
      this.#signal?.addEventListener('abort', () => {
        for (const each of [...this.#open]) each()
      })
    }
    this.#open.add(stop)
    return () => {
      this.#open.delete(stop)
    }
  }

  /**
   * What the keys of one product element begin with, or undefined where they are drawn by chance. What the
   * reaction took is a part of it: where answers come in another order, another call has another key.
   */
  elementKey(reactants: readonly Entry[]): string | undefined {
    if (this.#run === undefined) return undefined
    const reaction = this.#reactions() + 1
    if (reaction !== this.#lastReaction) this.#elements = 0
    this.#lastReaction = reaction
    const element = ++this.#elements
    const taken = hashOfAll(reactants).toString(36)
    return `${this.#run}/${String(reaction)}.${String(element)}-${taken}`
  }
}

/** In whatever order they come. */
function hashOfAll(entries: readonly Entry[]): number {
  let hash = 0
  for (const [molecule, copies] of entries)
    hash = (hash + mix(hashOf(molecule), hashNumber(Number(copies)))) | 0
  return hash >>> 0
}
