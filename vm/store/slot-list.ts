import { grownInts } from './column.ts'

/** Some slots of a store in a dense run, in no order that means anything. */
export class SlotList {
  items = new Int32Array(16)
  /** By slot. */
  #places = new Int32Array(16)
  length = 0

  static of(slots: Iterable<number>): SlotList {
    const list = new SlotList()
    for (const slot of slots) list.add(slot)
    return list
  }

  /** As they stand. */
  get slots(): readonly number[] {
    return [...this.items.subarray(0, this.length)]
  }

  add(slot: number): void {
    if (slot >= this.#places.length)
      this.#places = grownInts(this.#places, Math.max(slot + 1, this.#places.length * 2))
    if (this.length === this.items.length) this.items = grownInts(this.items, this.length * 2)
    this.#places[slot] = this.length
    this.items[this.length++] = slot
  }

  remove(slot: number): void {
    const last = this.items[--this.length] ?? 0
    if (last === slot) return
    const place = this.#places[slot] ?? 0
    this.items[place] = last
    this.#places[last] = place
  }
}
