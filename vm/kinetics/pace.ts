/** Steps between two looks at the clock. */
const STEPS = 256

/**
 * Tells long work when to let the host breathe. Work asks after each small step, and the clock is asked
 * now and then.
 */
export class Pace {
  readonly #clock: () => number
  #steps = 0
  #end = Infinity

  constructor(clock: () => number) {
    this.#clock = clock
  }

  /** A turn of so many milliseconds begins; without an end the work is never interrupted. */
  begin(milliseconds: number): void {
    this.#end = milliseconds === Infinity ? Infinity : this.#clock() + milliseconds
  }

  /** After a small step. */
  isOver(): boolean {
    if (this.#end === Infinity || ++this.#steps < STEPS) return false
    this.#steps = 0
    return this.isDue()
  }

  /** After a large one. */
  isDue(): boolean {
    return this.#end !== Infinity && this.#clock() >= this.#end
  }
}
