import type { Molecule } from '../interpreter/index.ts'
import { orderOf } from './store/ordered-index.ts'
import type { Store } from './store/store.ts'

/** Which molecules are best activated first: those with the least of a field, or the most. */
export interface Ranking {
  readonly column: number
  readonly isLeastFirst: boolean
}

/**
 * Slots of one class that wait, the best first: a binary heap. A slot whose molecule changes is put in
 * once more, so what comes out may have been activated since. They stand in the worklist too, which has
 * the last word.
 */
export class BestFirst {
  readonly classId: number
  readonly ranking: Ranking
  #keys = new Float64Array(64)
  #slots = new Int32Array(64)
  #size = 0

  constructor(classId: number, ranking: Ranking) {
    this.classId = classId
    this.ranking = ranking
  }

  get size(): number {
    return this.#size
  }

  put(store: Store, slot: number): void {
    const { column, isLeastFirst } = this.ranking
    const key = keyOf(store.columns[column]?.[slot], isLeastFirst)
    if (this.#size === this.#slots.length) this.#grow()
    let at = this.#size++
    const [keys, slots] = [this.#keys, this.#slots]
    while (at > 0) {
      const parent = (at - 1) >> 1
      const above = keys[parent] ?? 0
      if (above <= key) break
      keys[at] = above
      slots[at] = slots[parent] ?? 0
      at = parent
    }
    keys[at] = key
    slots[at] = slot
  }

  take(): number {
    const [keys, slots] = [this.#keys, this.#slots]
    const best = slots[0] ?? 0
    const size = --this.#size
    const key = keys[size] ?? 0
    let at = 0
    for (let child = 1; child < size; child = 2 * at + 1) {
      if (child + 1 < size && (keys[child + 1] ?? 0) < (keys[child] ?? 0)) child++
      if ((keys[child] ?? 0) >= key) break
      keys[at] = keys[child] ?? 0
      slots[at] = slots[child] ?? 0
      at = child
    }
    keys[at] = key
    slots[at] = slots[size] ?? 0
    return best
  }

  /** What waits, as it stands in the heap. */
  get waiting(): { readonly keys: readonly number[]; readonly slots: readonly number[] } {
    const size = this.#size
    return { keys: [...this.#keys.subarray(0, size)], slots: [...this.#slots.subarray(0, size)] }
  }

  /** The heap as it stood. */
  restore(keys: readonly number[], slots: readonly number[]): void {
    this.#keys = new Float64Array(Math.max(64, keys.length))
    this.#keys.set(keys)
    this.#slots = new Int32Array(this.#keys.length)
    this.#slots.set(slots)
    this.#size = keys.length
  }

  #grow(): void {
    const keys = new Float64Array(2 * this.#keys.length)
    keys.set(this.#keys)
    const slots = new Int32Array(keys.length)
    slots.set(this.#slots)
    this.#keys = keys
    this.#slots = slots
  }
}

/** What has no order comes first: it is soon done with. */
function keyOf(value: Molecule | undefined, isLeastFirst: boolean): number {
  const order = value === undefined ? NaN : orderOf(value)
  if (Number.isNaN(order)) return -Infinity
  return isLeastFirst ? order : -order
}
