import { HostCalls, PendingElement } from '../interpreter/index.ts'
import type { Entry, Pending, Random, RunOptions, Surroundings } from '../interpreter/index.ts'
import type { MachineOptions } from './machine-options.ts'
import type { Membrane } from './membrane.ts'

/** An answer that has come and is not yet in its membrane. */
export interface Answered {
  readonly element: PendingElement
  readonly membrane: Membrane
  readonly entries: readonly Entry[]
}

/** An element that waits for calls that were not made yet. */
type Held = Pick<Answered, 'element' | 'membrane'>

/** The calls that answer later: which wait, and what has come. */
export class Answers {
  /** Elements that wait, and those whose answers are not added yet. */
  pending = 0
  /** How many were added. */
  arrived = 0
  readonly #answered: Answered[] = []
  /** Calls that somebody wants to start himself. */
  readonly #held: Held[] = []
  readonly #onAnswer: (() => void) | undefined
  #wake: (() => void) | undefined
  #hasMore = false
  readonly #options: RunOptions
  /** What the calls are made with. */
  readonly host: HostCalls

  constructor(options: Pick<MachineOptions, 'onAnswer'> & RunOptions, reactions: () => number) {
    this.#options = options
    this.#onAnswer = options.onAnswer
    this.host = new HostCalls(options.calls ?? {}, options.signal, reactions)
  }

  /** What expressions of the run may draw on. */
  around(random: Random): Surroundings {
    return { random: () => random.float(), host: this.host }
  }

  await(element: Pending, membrane: Membrane): void {
    if (!(element instanceof PendingElement)) return
    this.pending++
    if (this.#onAnswer === undefined) this.#call({ element, membrane })
    else this.#held.push({ element, membrane })
  }

  /** Makes the calls that were held back. */
  start(): void {
    for (const held of this.#held.splice(0)) this.#call(held)
  }

  #call({ element, membrane }: Held): void {
    void element.answer(this.host).then((entries) => {
      // What is answered to a run that was aborted is dropped: the element is still waiting, and can be saved so.
      if (this.host.isAborted) return
      this.#answered.push({ element, membrane, entries })
      this.wake()
      this.#onAnswer?.()
    })
  }

  /** What has come and is not added yet. */
  get answered(): readonly Answered[] {
    return this.#answered
  }

  /** An answer that came before and is still to be added. */
  restore(answered: Answered): void {
    this.pending++
    this.#answered.push(answered)
  }

  /** Puts what has come where it belongs. */
  add(): void {
    for (const { element, membrane, entries } of this.#answered.splice(0)) {
      this.pending--
      this.arrived++
      membrane.answer(element, entries)
    }
  }

  /** Whoever waits for an answer, or is about to, is to look again: something else came. */
  wake(): void {
    this.#hasMore = true
    this.#wake?.()
  }

  /** Until an answer, an abort, the deadline, or something else that came. */
  async next(deadline: number): Promise<void> {
    if (!this.#hasMore) await this.#waiting(deadline)
    this.#hasMore = false
  }

  async #waiting(deadline: number): Promise<void> {
    const { signal, clock } = this.#options
    await new Promise<void>((resolve) => {
      const left = deadline - clock()
      const stop = left === Infinity ? undefined : this.host.timer(Math.max(0, left), resolve)
      const done = (): void => {
        stop?.()
        signal?.removeEventListener('abort', done)
        resolve()
      }
      this.#wake = done
      signal?.addEventListener('abort', done)
    })
    this.#wake = undefined
  }
}
