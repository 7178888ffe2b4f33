import { grownInts } from './column.ts'
import { piecewise } from './piecewise.ts'

/** Below this, groups are found by the key itself: no hash, and neighbours lie together. */
const DENSE_PER_GROUP = 4
const DENSE_AT_LEAST = 1024
const ROOM = 1.5

/**
 * Numbers groups by one int32 key or several, from 0. Small keys, and pairs of them, address a table
 * directly; while they spread too far for that it is open addressing with linear probing, at most half full.
 */
export class IntKeys {
  readonly arity: number
  /** By group: its keys, one after the other. */
  #keys: Int32Array<ArrayBuffer>
  /** A group plus 1, or 0 where there is none. */
  #table: Int32Array<ArrayBuffer>
  #isDense: boolean
  /** Of a table that pairs address: how many rows it has, and how long they are. */
  #rows = 0
  #width = 0
  /** The largest of the first keys and of the second ones; Infinity once there was one below 0. */
  #mostFirst = 0
  #mostSecond = 0
  #shift = 0
  #size = 0

  constructor(arity: number) {
    this.arity = arity
    this.#keys = new Int32Array(8 * arity)
    this.#isDense = arity <= 2
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
    if (this.#isDense)
      // As unsigned numbers keys below 0 are too large.
      return first >>> 0 < this.#rows && second >>> 0 < this.#width
        ? (table[first * this.#width + second] ?? 0) - 1
        : -1
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
    if (this.#isDense && !this.#fits(wanted[0] ?? 0, wanted[1] ?? 0)) {
      this.#isDense = false
      this.#rehash()
    } else {
      if (!this.#isDense && this.arity === 2) this.#note(wanted[0] ?? 0, wanted[1] ?? 0)
      if (!this.#isDense && this.#size * 2 > this.#table.length) this.#rehash()
      else this.#file(group)
    }
    return group
  }

  /**
   * Numbers the keys that some slots have in these columns, in order; the group of each, plus 1, is put
   * where it is asked. Only where nothing is filed yet and a table addresses all of them; false elsewhere.
   */
  addAll(columns: readonly Int32Array[], slots: Int32Array, groups: Int32Array): boolean {
    const [first, second] = columns
    if (this.#size > 0 || first === undefined || columns.length !== this.arity || this.arity > 2)
      return false
    const most = DENSE_AT_LEAST + DENSE_PER_GROUP * slots.length
    const rows = roomFor(first, slots)
    const width = second === undefined ? 1 : roomFor(second, slots)
    if (rows * width > most) return false
    this.#table = new Int32Array(rows * width)
    this.#keys = new Int32Array(slots.length * this.arity)
    if (second === undefined)
      piecewise(slots.length, (from, to) => {
        this.#numberOnes(first, slots.subarray(from, to), groups)
      })
    else {
      ;[this.#rows, this.#width, this.#mostFirst, this.#mostSecond] = [
        rows,
        width,
        rows - 1,
        width - 1,
      ]
      piecewise(slots.length, (from, to) => {
        this.#numberPairs(first, second, { slots: slots.subarray(from, to), groups })
      })
    }
    if (rows * width > DENSE_AT_LEAST + DENSE_PER_GROUP * this.#size) {
      // Of many slots there were few keys.
      this.#isDense = false
      this.#rehash()
    }
    return true
  }

  #numberOnes(column: Int32Array, slots: Int32Array, groups: Int32Array): void {
    const [table, keys] = [this.#table, this.#keys]
    let size = this.#size
    for (let i = 0; i < slots.length; i++) {
      const slot = slots[i] ?? 0
      const key = column[slot] ?? 0
      let group = table[key] ?? 0
      if (group === 0) {
        keys[size++] = key
        group = table[key] = size
      }
      groups[slot] = group
    }
    this.#size = size
  }

  #numberPairs(
    first: Int32Array,
    second: Int32Array,
    { slots, groups }: { readonly slots: Int32Array; readonly groups: Int32Array },
  ): void {
    const [table, keys, width] = [this.#table, this.#keys, this.#width]
    let size = this.#size
    for (let i = 0; i < slots.length; i++) {
      const slot = slots[i] ?? 0
      const [a, b] = [first[slot] ?? 0, second[slot] ?? 0]
      const at = a * width + b
      let group = table[at] ?? 0
      if (group === 0) {
        keys[2 * size] = a
        keys[2 * size + 1] = b
        group = table[at] = ++size
      }
      groups[slot] = group
    }
    this.#size = size
  }

  /** Makes room where the keys are small enough for the number of groups. */
  #fits(first: number, second: number): boolean {
    return this.arity === 1 ? this.#fitsOne(first) : this.#fitsTwo(first, second)
  }

  #fitsTwo(first: number, second: number): boolean {
    this.#note(first, second)
    return (this.#mostFirst < this.#rows && this.#mostSecond < this.#width) || this.#addressPairs()
  }

  #note(first: number, second: number): void {
    if (first > this.#mostFirst) this.#mostFirst = first
    else if (first < 0) this.#mostFirst = Infinity
    if (second > this.#mostSecond) this.#mostSecond = second
    else if (second < 0) this.#mostSecond = Infinity
  }

  /** Makes a table that all pairs so far address, where it is not too large for their number. The last group is still to be filed. */
  #addressPairs(): boolean {
    const rows = this.#mostFirst + 1
    const width = this.#mostSecond + 1
    const most = DENSE_AT_LEAST + DENSE_PER_GROUP * this.#size
    // There must be some room for what comes, or each new key would make another table.
    if (rows * width * ROOM > most) return false
    if (width > this.#width) this.#width = Math.min(2 * width, Math.floor(most / rows))
    if (rows > this.#rows || this.#rows * this.#width > most) {
      if (rows * this.#width * ROOM > most) this.#width = width
      this.#rows = Math.min(2 * rows, Math.floor(most / this.#width))
    }
    this.#table = new Int32Array(this.#rows * this.#width)
    this.#isDense = true
    for (let group = 0; group < this.#size - 1; group++) this.#file(group)
    return true
  }

  #fitsOne(key: number): boolean {
    const most = DENSE_AT_LEAST + DENSE_PER_GROUP * this.#size
    if (key < 0 || key >= most) return false
    if (key >= this.#table.length)
      this.#table = grownInts(this.#table, Math.max(key + 1, this.#table.length * 2))
    return true
  }

  #rehash(): void {
    if (this.arity === 2 && this.#addressPairs()) {
      if (this.#size > 0) this.#file(this.#size - 1)
      return
    }
    let bits = 4
    while (1 << bits < this.#size * 4) bits++
    this.#shift = 32 - bits
    this.#table = new Int32Array(1 << bits)
    for (let group = 0; group < this.#size; group++) this.#file(group)
  }

  #file(group: number): void {
    const from = group * this.arity
    if (this.#isDense) {
      const first = this.#keys[from] ?? 0
      const at = this.arity === 1 ? first : first * this.#width + (this.#keys[from + 1] ?? 0)
      this.#table[at] = group + 1
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

/** One more than the largest key; Infinity where one is below 0. */
function roomFor(column: Int32Array, slots: Int32Array): number {
  let [least, most] = [0, 0]
  for (let i = 0; i < slots.length; i++) {
    const key = column[slots[i] ?? 0] ?? 0
    if (key > most) most = key
    else if (key < least) least = key
  }
  return least < 0 ? Infinity : most + 1
}

function hash2(first: number, second: number): number {
  return Math.imul(Math.imul(first, 0x9e3779b1) ^ (second + 0x7f4a7c15), 0x85ebca6b)
}

function hashAll(keys: ArrayLike<number>): number {
  let hash = 0
  for (let i = 0; i < keys.length; i++) hash = Math.imul(hash ^ (keys[i] ?? 0), 0x9e3779b1) + i
  return Math.imul(hash ^ (hash >>> 15), 0x85ebca6b)
}
