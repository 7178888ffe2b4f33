import type { Key } from './key.ts'

/** What an index files a store's slots under; undefined where a slot's molecule can never be asked for. */
export interface IndexSpec {
  /** For plans: `on field 1`, `on (i + 1) % n`. */
  readonly text: string
  keyOf(store: IndexedStore, slot: number): Key | undefined
}

/** What a key is worked out from. */
export interface IndexedStore {
  field(slot: number, column: number): unknown
}

const NOTHING: readonly number[] = []

/** Slots by key: one dense list for each distinct key, so that a rare key never walks a common one's. */
export class HashIndex {
  readonly spec: IndexSpec
  readonly #buckets = new Map<Key, number[]>()
  readonly #keys: (Key | undefined)[] = []
  /** The place of a slot in its list. */
  readonly #places: number[] = []

  constructor(spec: IndexSpec) {
    this.spec = spec
  }

  get distinctKeys(): number {
    return this.#buckets.size
  }

  /** The slots under a key. Changes when slots are added or removed. */
  slots(key: Key): readonly number[] {
    return this.#buckets.get(key) ?? NOTHING
  }

  add(store: IndexedStore, slot: number): void {
    const key = this.spec.keyOf(store, slot)
    this.#keys[slot] = key
    if (key === undefined) return
    const bucket = this.#buckets.get(key)
    if (bucket === undefined) {
      this.#places[slot] = 0
      this.#buckets.set(key, [slot])
    } else {
      this.#places[slot] = bucket.length
      bucket.push(slot)
    }
  }

  remove(slot: number): void {
    const key = this.#keys[slot]
    if (key === undefined) return
    this.#keys[slot] = undefined
    const bucket = this.#buckets.get(key)
    const last = bucket?.pop()
    if (bucket === undefined || last === undefined) return
    if (bucket.length === 0) this.#buckets.delete(key)
    if (last === slot) return
    const place = this.#places[slot] ?? 0
    bucket[place] = last
    this.#places[last] = place
  }
}
