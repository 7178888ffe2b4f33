import { BestFirst } from './best-first.ts'
import type { Ranking } from './best-first.ts'
import { piecewise } from './store/piecewise.ts'
import type { Store } from './store/store.ts'

const NOTHING = new Int32Array(0)

/**
 * Slots that wait to be activated, in a ring. `take` gives the oldest, `takeNewest` the newest; what was
 * taken stands in `classId` and `slot`, so that no object is made for it.
 */
export class Worklist {
  /** A class and a slot for each item. */
  #items = NOTHING
  #head = 0
  #size = 0
  #best: BestFirst | undefined
  classId = 0
  slot = 0

  get size(): number {
    return this.#size
  }

  put(classId: number, slot: number): void {
    if (this.#size * 2 === this.#items.length) this.#grow()
    const at = (this.#head + 2 * this.#size) & (this.#items.length - 1)
    this.#items[at] = classId
    this.#items[at + 1] = slot
    this.#size++
  }

  /** The same of many slots in a row. */
  putRow(classId: number, from: number, count: number): void {
    while (this.#size * 2 + 2 * count > this.#items.length) this.#grow()
    piecewise(count, (first, end) => {
      this.#putSlots(classId, from + first, from + end)
    })
  }

  #putSlots(classId: number, from: number, to: number): void {
    const items = this.#items
    const mask = items.length - 1
    let at = (this.#head + 2 * this.#size) & mask
    for (let slot = from; slot < to; slot++) {
      items[at] = classId
      items[at + 1] = slot
      at = (at + 2) & mask
    }
    this.#size += to - from
  }

  take(): void {
    this.#read(this.#head)
    this.#head = (this.#head + 2) & (this.#items.length - 1)
    this.#size--
  }

  /** The class of the oldest. */
  get oldestClass(): number {
    return this.#items[this.#head] ?? 0
  }

  /** Slots of a store in the order of a ranking; undefined where those of another class are ranked. */
  rank(store: Store, ranking: Ranking): BestFirst | undefined {
    this.#best ??= new BestFirst(store.class.id, ranking)
    return this.#best.classId === store.class.id ? this.#best : undefined
  }

  /** Slots in the order of a ranking, where some class ever had one. */
  get best(): BestFirst | undefined {
    return this.#best
  }

  set best(best: BestFirst | undefined) {
    this.#best = best
  }

  /** What waits, the oldest first: a class, a slot, and how many slots in a row wait one after the other. */
  get rows(): readonly number[] {
    const rows: number[] = []
    const mask = this.#items.length - 1
    let [classId, from, count] = [0, 0, 0]
    for (let i = 0, at = this.#head; i < this.#size; i++, at = (at + 2) & mask) {
      const [nextClass, slot] = [this.#items[at] ?? 0, this.#items[at + 1] ?? 0]
      if (count > 0 && nextClass === classId && slot === from + count) count++
      else {
        if (count > 0) rows.push(classId, from, count)
        classId = nextClass
        from = slot
        count = 1
      }
    }
    if (count > 0) rows.push(classId, from, count)
    return rows
  }

  /** Takes the oldest, or in its place the best of its class. */
  takeBest(): void {
    const best = this.#best
    if (best === undefined || best.size === 0 || best.classId !== this.oldestClass) this.take()
    else {
      this.classId = best.classId
      this.slot = best.take()
    }
  }

  takeNewest(): void {
    this.#size--
    this.#read((this.#head + 2 * this.#size) & (this.#items.length - 1))
  }

  /** The n-th oldest; the newest moves to its place. */
  takeAt(n: number): void {
    this.takeNewest()
    if (n === this.#size) return
    const { classId, slot } = this
    const at = (this.#head + 2 * n) & (this.#items.length - 1)
    this.#read(at)
    this.#items[at] = classId
    this.#items[at + 1] = slot
  }

  /** Forgets all items of a class, of which there are so many at least. The others keep their order. */
  drop(classId: number, known: number): void {
    const items = this.#items
    const mask = items.length - 1
    let others = this.#size - known
    let from = this.#head
    let to = this.#head
    let kept = 0
    for (let left = this.#size; left > 0 && others > 0; left--) {
      if (items[from] !== classId) {
        items[to] = items[from] ?? 0
        items[to + 1] = items[from + 1] ?? 0
        to = (to + 2) & mask
        kept++
        others--
      }
      from = (from + 2) & mask
    }
    this.#size = kept
  }

  /** Forgets all items of some classes. The others keep their order. */
  dropAll(isDropped: (classId: number) => boolean): void {
    let kept = 0
    piecewise(this.#size, (from, to) => {
      kept = this.#dropIn(from, to, kept, isDropped)
    })
    this.#size = kept
  }

  /** Moves what stays of some items behind so many that stay, and gives how many these are now. */
  #dropIn(from: number, to: number, kept: number, isDropped: (classId: number) => boolean): number {
    const items = this.#items
    const mask = items.length - 1
    for (let n = from; n < to; n++) {
      const at = (this.#head + 2 * n) & mask
      const classId = items[at] ?? 0
      if (isDropped(classId)) continue
      const now = (this.#head + 2 * kept++) & mask
      items[now] = classId
      items[now + 1] = items[at + 1] ?? 0
    }
    return kept
  }

  #read(at: number): void {
    this.classId = this.#items[at] ?? 0
    this.slot = this.#items[at + 1] ?? 0
  }

  #grow(): void {
    const before = this.#items
    const items = new Int32Array(Math.max(16, before.length * 2))
    const first = before.length - this.#head
    items.set(before.subarray(this.#head), 0)
    items.set(before.subarray(0, this.#head), first)
    this.#items = items
    this.#head = 0
  }
}
