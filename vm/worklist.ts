/**
 * Slots that wait to be activated, in a ring. `take` gives the oldest, `takeNewest` the newest; an item
 * is a class and a slot in one number, so that no object is made for it.
 */
export class Worklist {
  #items: number[] = []
  #head = 0
  #size = 0

  get size(): number {
    return this.#size
  }

  put(classId: number, slot: number): void {
    if (this.#size === this.#items.length) this.#grow()
    this.#items[(this.#head + this.#size) & (this.#items.length - 1)] = classId * SLOTS + slot
    this.#size++
  }

  take(): number {
    const item = this.#items[this.#head] ?? 0
    this.#head = (this.#head + 1) & (this.#items.length - 1)
    this.#size--
    return item
  }

  takeNewest(): number {
    this.#size--
    return this.#items[(this.#head + this.#size) & (this.#items.length - 1)] ?? 0
  }

  /** The n-th oldest; the newest moves to its place. */
  takeAt(n: number): number {
    const mask = this.#items.length - 1
    const at = (this.#head + n) & mask
    const item = this.#items[at] ?? 0
    const newest = this.takeNewest()
    if (n < this.#size) this.#items[at] = newest
    return item
  }

  #grow(): void {
    const length = Math.max(8, this.#items.length * 2)
    const items = new Array<number>(length).fill(0)
    for (let i = 0; i < this.#size; i++)
      items[i] = this.#items[(this.#head + i) & (this.#items.length - 1)] ?? 0
    this.#items = items
    this.#head = 0
  }
}

/** More slots than a store can have; a class and a slot together stay a safe integer. */
const SLOTS = 2 ** 31

export function classOf(item: number): number {
  return Math.floor(item / SLOTS)
}

export function slotOf(item: number): number {
  return item % SLOTS
}
