/**
 * How many reactions there may still be in a solution all of whose nodes are in this process: they draw on it together,
 * so that a limit is not passed by one.
 */
export class Allowance {
  #left: number
  #isExceeded = false

  constructor(reactions: number) {
    this.#left = reactions
  }

  get left(): number {
    return this.#left
  }

  /** Somebody would have gone on: the limit has stopped it. */
  get isExceeded(): boolean {
    return this.#isExceeded
  }

  take(reactions: number): void {
    this.#left -= reactions
  }

  /** These are not in the log, and never will be. */
  giveBack(reactions: number): void {
    this.#left += reactions
  }

  exceed(): void {
    this.#isExceeded = true
  }
}
