import type { Membrane } from './membrane.ts'

/** Membranes that have something to activate, in the order in which their turns come. */
export class Ready {
  #queue: Membrane[] = []
  #first = 0

  get isEmpty(): boolean {
    return this.#first === this.#queue.length
  }

  /** All that wait, the first one first. */
  get waiting(): readonly Membrane[] {
    return this.#queue.slice(this.#first)
  }

  put(membrane: Membrane): void {
    this.#queue.push(membrane)
  }

  next(): Membrane | undefined {
    if (this.isEmpty) return undefined
    const membrane = this.#queue[this.#first++]
    if (this.#first > 1024 && this.#first * 2 > this.#queue.length) {
      this.#queue = this.#queue.slice(this.#first)
      this.#first = 0
    }
    return membrane
  }
}
