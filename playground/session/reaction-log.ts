import type { Reaction, SolutionValue } from '../../interpreter/index.ts'
import type { Recorded } from './course.ts'

/** Reactions one after another, the oldest dropped when there are too many: what can be looked at again. */
export class ReactionLog {
  readonly #most: number
  #entries: Recorded[] = []
  /** After this many reactions the log begins. */
  #first = 0

  constructor(most: number) {
    this.#most = most
  }

  get first(): number {
    return this.#first
  }

  get last(): number {
    return this.#first + this.#entries.length
  }

  get isFull(): boolean {
    return this.#entries.length >= this.#most
  }

  /** Forgets everything; what comes now comes after so many reactions. */
  begin(at: number): void {
    this.#entries = []
    this.#first = at
  }

  put(reaction: Reaction, before: SolutionValue): void {
    this.#entries.push({ reaction, before })
    // Some at once, as the others have to move.
    if (this.#entries.length < this.#most * 1.25) return
    const dropped = this.#entries.length - this.#most
    this.#entries = this.#entries.slice(dropped)
    this.#first += dropped
  }

  /** The reaction that happened after so many others, and what was there before it. */
  at(position: number): Recorded | undefined {
    return this.#entries[position - this.#first]
  }

  /** Forgets what came after so many reactions. */
  cut(position: number): void {
    this.#entries.length = Math.max(0, position - this.#first)
  }
}
