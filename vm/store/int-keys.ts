import { grownInts } from './column.ts'

/** Below this, groups are found by the key itself: no hash, and neighbours lie together. */
const DENSE_PER_GROUP = 4
const DENSE_AT_LEAST = 1024

/**
 * Numbers groups by one int32 key or several, from 0. Small keys address a table directly; once they
 * spread too far it becomes open addressing with linear probing, at most half full.
 */
export class IntKeys {
  readonly arity: number
  /** By group: its keys, one after the other. */
  #keys: Int32Array<ArrayBuffer>
  /** A group plus 1, or 0 where there is none. */
  #table: Int32Array<ArrayBuffer>
  #isDense: boolean
  #shift = 0
  #size = 0

  constructor(arity: number) {
    this.arity = arity
    this.#keys = new Int32Array(8 * arity)
    this.#isDense = arity === 1
    this.#table = new Int32Array(16)
    this.#shift = 28
  }

  /** Keys that were ever filed. */
  get size(): number {
    return this.#size
  }

  /** The group of a key; −1 where it has none. */
  group1(key: number): number {
    const table = this.#table
    // A key below 0 or beyond the table reads undefined.
    if (this.#isDense) return (table[key] ?? 0) - 1
    const mask = table.length - 1
    for (let at = Math.imul(key, 0x9e3779b1) >>> this.#shift; ; at = (at + 1) & mask) {
      const group = (table[at] ?? 0) - 1
      if (group < 0 || this.#keys[group] === key) return group
    }
  }

  /** The group of two keys; −1 where they have none. */
  group2(first: number, second: number): number {
    const table = this.#table
    const mask = table.length - 1
    const keys = this.#keys
    for (let at = hash2(first, second) >>> this.#shift; ; at = (at + 1) & mask) {
      const group = (table[at] ?? 0) - 1
      if (group < 0 || (keys[2 * group] === first && keys[2 * group + 1] === second)) return group
    }
  }

  /** The group of as many keys as there are. */
  group(wanted: readonly number[]): number {
    if (this.arity === 1) return this.group1(wanted[0] ?? 0)
    if (this.arity === 2) return this.group2(wanted[0] ?? 0, wanted[1] ?? 0)
    const table = this.#table
    const mask = table.length - 1
    for (let at = hashAll(wanted) >>> this.#shift; ; at = (at + 1) & mask) {
      const group = (table[at] ?? 0) - 1
      if (group < 0 || this.#isAt(group, wanted)) return group
    }
  }

  #isAt(group: number, wanted: readonly number[]): boolean {
    const from = group * this.arity
    for (let i = 0; i < wanted.length; i++) if (this.#keys[from + i] !== wanted[i]) return false
    return true
  }

  /** A group for keys that have none yet. */
  add(wanted: readonly number[]): number {
    const group = this.#size++
    const from = group * this.arity
    if (from + this.arity > this.#keys.length)
      this.#keys = grownInts(this.#keys, this.#keys.length * 2)
    for (let i = 0; i < wanted.length; i++) this.#keys[from + i] = wanted[i] ?? 0
    if (this.#isDense && !this.#fitsDense(wanted[0] ?? 0)) {
      this.#isDense = false
      this.#rehash()
    } else if (!this.#isDense && this.#size * 2 > this.#table.length) this.#rehash()
    else this.#file(group)
    return group
  }

  /** Makes room where the key is small enough for the number of groups. */
  #fitsDense(key: number): boolean {
    const most = DENSE_AT_LEAST + DENSE_PER_GROUP * this.#size
    if (key < 0 || key >= most) return false
    if (key >= this.#table.length)
      this.#table = grownInts(this.#table, Math.max(key + 1, this.#table.length * 2))
    return true
  }

  #rehash(): void {
    let bits = 4
    while (1 << bits < this.#size * 4) bits++
    this.#shift = 32 - bits
    this.#table = new Int32Array(1 << bits)
    for (let group = 0; group < this.#size; group++) this.#file(group)
  }

  #file(group: number): void {
    const from = group * this.arity
    if (this.#isDense) {
      this.#table[this.#keys[from] ?? 0] = group + 1
      return
    }
    const mask = this.#table.length - 1
    let at = this.#hashOf(from) >>> this.#shift
    while (this.#table[at] !== 0) at = (at + 1) & mask
    this.#table[at] = group + 1
  }

  #hashOf(from: number): number {
    const keys = this.#keys
    if (this.arity === 1) return Math.imul(keys[from] ?? 0, 0x9e3779b1)
    if (this.arity === 2) return hash2(keys[from] ?? 0, keys[from + 1] ?? 0)
    return hashAll(keys.subarray(from, from + this.arity))
  }

  /** Keeps only some groups, which are numbered anew in order. */
  keep(groups: readonly number[]): void {
    const { arity } = this
    const keys = new Int32Array(Math.max(8, 2 * groups.length) * arity)
    groups.forEach((group, now) => {
      for (let i = 0; i < arity; i++) keys[now * arity + i] = this.#keys[group * arity + i] ?? 0
    })
    this.#keys = keys
    this.#size = groups.length
    if (this.#isDense) {
      this.#table.fill(0)
      for (let group = 0; group < this.#size; group++) this.#file(group)
    } else this.#rehash()
  }
}

function hash2(first: number, second: number): number {
  return Math.imul(Math.imul(first, 0x9e3779b1) ^ (second + 0x7f4a7c15), 0x85ebca6b)
}

function hashAll(keys: ArrayLike<number>): number {
  let hash = 0
  for (let i = 0; i < keys.length; i++) hash = Math.imul(hash ^ (keys[i] ?? 0), 0x9e3779b1) + i
  return Math.imul(hash ^ (hash >>> 15), 0x85ebca6b)
}
