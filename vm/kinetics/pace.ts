/** Steps between two looks at the clock. */
const STEPS = 256

/** Tells long work when to stop for a while. It asks after each small step. */
export interface Pace {
  isOver(): boolean
}

/** So many steps. */
export class Steps implements Pace {
  #left: number

  constructor(most: number) {
    this.#left = most
  }

  isOver(): boolean {
    return --this.#left < 0
  }
}

/** Turns of some milliseconds, after which the host may breathe. The clock is asked now and then. */
export class Turns implements Pace {
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
