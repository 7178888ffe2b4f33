import { grownInts } from './column.ts'
import { IntKeys } from './int-keys.ts'
import { joinedKey, keyOf } from './key.ts'
import type { Key } from './key.ts'
import { piecewise } from './piecewise.ts'
import type { Expression, Molecule, Pattern, Rule } from '../../interpreter/index.ts'

/** What an index files a store's slots under. */
export type IndexSpec =
  /** The values of some fields. */
  | { readonly kind: 'fields'; readonly text: string; readonly columns: readonly number[] }
  /** A key that is worked out; undefined where a slot's molecule can never be asked for. */
  | {
      readonly kind: 'computed'
      readonly text: string
      keyOf(store: IndexedStore, slot: number): Key | undefined
      /** The expression of a rule that gives it, and the instance whose captured values it reads. */
      readonly origin?: KeyOrigin
    }

/** Where a key that is worked out is written; `anatomy` is that of the rule. */
export interface KeyOrigin {
  readonly anatomy: object
  readonly own: Expression
  readonly pattern: Pattern
  /** Undefined where all instances have one index. */
  readonly rule: Rule | undefined
}

/** What a key is worked out from. */
export interface IndexedStore {
  field(slot: number, column: number): Molecule | undefined
  molecule(slot: number): Molecule
}

/** Whole molecules. */
export const WHOLE: IndexSpec = {
  kind: 'computed',
  text: 'the whole molecule',
  keyOf: (store, slot) => keyOf(store.molecule(slot)),
}

/** Every column matters. */
const ALL_COLUMNS = -1

/**
 * Slots by key. Each distinct key has a group of its own, so that a rare key never walks a common one's.
 * A group of several slots is a dense run of `items`; that of one, as of a key that is unique, stands where
 * the run would be told.
 */
export class HashIndex {
  readonly spec: IndexSpec
  /** Whether all that was ever filed had ints for its fields: what is found by ints then has just these. */
  isExact: boolean
  /** Bit c: a change of column c can change the key. */
  readonly reads: number
  items = new Int32Array(16)
  /** By group, two numbers: where its run starts, or its only slot, and how many slots it has. */
  runs = new Int32Array(16)
  /** By group: the run has room for 2^this; 0 where there is none. */
  #rooms = new Uint8Array(8)
  /** By slot, two numbers beside each other, as they are read together: its group plus 1, or 0, and its place in the run. */
  #seats = new Int32Array(32)
  readonly #ints: IntKeys
  /** Groups of keys that are not int32; numbered together with the others through `#numbers`. */
  #others: Map<Key, number> | undefined
  /** From a group of `#ints` to a group; the same while there are no others. */
  #numbers: Int32Array<ArrayBuffer> | undefined
  #count = 0
  #used = 0
  #emptied = 0
  readonly #freeRuns: number[][] = []
  readonly #wanted: number[]

  constructor(spec: IndexSpec) {
    this.spec = spec
    this.isExact = spec.kind === 'fields'
    const columns = spec.kind === 'fields' ? spec.columns : undefined
    this.reads = columns?.reduce((bits, column) => bits | (1 << column), 0) ?? ALL_COLUMNS
    this.#ints = new IntKeys(columns?.length ?? 1)
    this.#wanted = new Array<number>(this.#ints.arity).fill(0)
  }

  /** Keys that have a slot now. */
  get distinctKeys(): number {
    return this.#count - this.#emptied
  }

  /** The array that a group's slots stand in one after the other. */
  listOf(group: number): Int32Array {
    return this.lengthOf(group) === 1 ? this.runs : this.items
  }

  /** Where in it they begin. */
  startOf(group: number): number {
    return this.lengthOf(group) === 1 ? 2 * group : (this.runs[2 * group] ?? 0)
  }

  lengthOf(group: number): number {
    return this.runs[2 * group + 1] ?? 0
  }

  /** The group of one key; −1 where it has none. */
  group1(key: Key): number {
    if (typeof key !== 'number' || (key | 0) !== key) return this.#others?.get(key) ?? -1
    return this.#numbered(this.#ints.group1(key))
  }

  /** The group of two values. */
  group2(first: Molecule, second: Molecule): number {
    if (
      typeof first === 'number' &&
      typeof second === 'number' &&
      (first | 0) === first &&
      (second | 0) === second
    )
      return this.#numbered(this.#ints.group2(first, second))
    return this.#groupOfKeys([keyOf(first), keyOf(second)])
  }

  /** The group of as many values as the index has columns. */
  groupOf(values: readonly Molecule[]): number {
    const [first, second] = values
    if (first !== undefined && values.length === 1) return this.group1(keyOf(first))
    if (first !== undefined && second !== undefined && values.length === 2)
      return this.group2(first, second)
    return this.#groupOfKeys(values.map(keyOf))
  }

  #groupOfKeys(keys: readonly Key[]): number {
    for (let i = 0; i < keys.length; i++) {
      const key = keys[i]
      if (typeof key !== 'number' || (key | 0) !== key)
        return this.#others?.get(joinedKey(keys)) ?? -1
      this.#wanted[i] = key
    }
    return this.#numbered(this.#ints.group(this.#wanted))
  }

  #numbered(group: number): number {
    return group < 0 || this.#numbers === undefined ? group : (this.#numbers[group] ?? -1)
  }

  add(store: IndexedStore, slot: number): void {
    if (2 * slot >= this.#seats.length)
      this.#seats = grownInts(this.#seats, 2 * Math.max(slot + 1, this.#seats.length))
    const group = this.#groupFor(store, slot)
    this.#seats[2 * slot] = group + 1
    if (group >= 0) this.#append(group, slot)
  }

  /** Files many slots at once, ascending, whose fields stand in these columns; false where they must be added one by one. */
  addAll(columns: readonly Int32Array[], slots: Int32Array): boolean {
    const room = 1 + (slots.at(-1) ?? 0)
    const groups = new Int32Array(Math.max(16, room))
    if (this.#count > 0 || !this.#ints.addAll(columns, slots, groups)) return false
    const count = this.#ints.size
    const runs = new Int32Array(Math.max(16, 2 * count))
    piecewise(slots.length, (from, to) => {
      countSlots(slots.subarray(from, to), groups, runs)
    })
    this.#rooms = new Uint8Array(runs.length / 2)
    for (let group = 0; group < count; group++) {
      const length = runs[2 * group + 1] ?? 0
      runs[2 * group + 1] = 0
      if (length < 2) continue
      const bits = 32 - Math.clz32(length - 1)
      runs[2 * group] = this.#used
      this.#used += 1 << bits
      this.#rooms[group] = bits
    }
    this.items = new Int32Array(Math.max(16, this.#used))
    this.runs = runs
    this.#count = count
    this.#seats = new Int32Array(2 * groups.length)
    piecewise(slots.length, (from, to) => {
      this.#fillRuns(slots.subarray(from, to), groups)
    })
    return true
  }

  #fillRuns(slots: Int32Array, groups: Int32Array): void {
    const { runs, items } = this
    const rooms = this.#rooms
    const seats = this.#seats
    for (let i = 0; i < slots.length; i++) {
      const slot = slots[i] ?? 0
      const group = (groups[slot] ?? 0) - 1
      const place = runs[2 * group + 1] ?? 0
      runs[2 * group + 1] = place + 1
      seats[2 * slot] = group + 1
      seats[2 * slot + 1] = place
      if (rooms[group] === 0) runs[2 * group] = slot
      else items[(runs[2 * group] ?? 0) + place] = slot
    }
  }

  #groupFor(store: IndexedStore, slot: number): number {
    const { spec } = this
    if (spec.kind === 'computed') {
      const key = spec.keyOf(store, slot)
      if (key === undefined) return -1
      if (typeof key !== 'number' || (key | 0) !== key) return this.#otherGroup(key)
      this.#wanted[0] = key
      return this.#intGroup(this.#ints.group1(key))
    }
    const wanted = this.#wanted
    const { columns } = spec
    for (let i = 0; i < columns.length; i++) {
      const value = store.field(slot, columns[i] ?? 0)
      if (value === undefined) return -1
      // 1 and 1.0 are looked up together.
      if (typeof value !== 'number') this.isExact = false
      const key = typeof value === 'object' ? keyOf(value) : value
      if (typeof key !== 'number' || (key | 0) !== key)
        return this.#otherGroup(keyFrom(store, slot, columns))
      wanted[i] = key
    }
    if (wanted.length === 1) return this.#intGroup(this.#ints.group1(wanted[0] ?? 0))
    if (wanted.length === 2)
      return this.#intGroup(this.#ints.group2(wanted[0] ?? 0, wanted[1] ?? 0))
    return this.#intGroup(this.#ints.group(wanted))
  }

  #intGroup(known: number): number {
    if (known >= 0) {
      const group = this.#numbered(known)
      if (this.lengthOf(group) === 0) this.#emptied--
      return group
    }
    this.#tidy()
    const made = this.#ints.add(this.#wanted)
    const group = this.#newGroup()
    if (this.#numbers !== undefined || made !== group) this.#number(made, group)
    return group
  }

  /** From now on groups of ints and of other keys are not numbered alike. */
  #number(made: number, group: number): void {
    let numbers = this.#numbers
    if (numbers === undefined) {
      numbers = new Int32Array(Math.max(16, 2 * made))
      for (let i = 0; i < made; i++) numbers[i] = i
    } else if (made >= numbers.length) numbers = grownInts(numbers, 2 * made + 16)
    numbers[made] = group
    this.#numbers = numbers
  }

  #otherGroup(key: Key): number {
    this.#others ??= new Map()
    const known = this.#others.get(key)
    if (known !== undefined) {
      if (this.lengthOf(known) === 0) this.#emptied--
      return known
    }
    this.#tidy()
    const group = this.#newGroup()
    this.#others.set(key, group)
    return group
  }

  /** Instead of growing, groups whose last slot went are forgotten where they are many. */
  #tidy(): void {
    if (2 * this.#count === this.runs.length && this.#emptied * 2 > this.#count) this.#dropEmpty()
  }

  #newGroup(): number {
    const group = this.#count++
    if (2 * group >= this.runs.length) {
      this.runs = grownInts(this.runs, 4 * group)
      const rooms = new Uint8Array(2 * group)
      rooms.set(this.#rooms)
      this.#rooms = rooms
    }
    this.runs[2 * group + 1] = 0
    this.#rooms[group] = 0
    return group
  }

  /** A run with room for 2^bits slots. */
  #newRun(bits: number): number {
    const free = this.#freeRuns[bits]?.pop()
    if (free !== undefined) return free
    const start = this.#used
    this.#used += 1 << bits
    if (this.#used > this.items.length)
      this.items = grownInts(this.items, Math.max(this.#used, this.items.length * 2))
    return start
  }

  #freeRun(start: number, bits: number): void {
    while (this.#freeRuns.length <= bits) this.#freeRuns.push([])
    this.#freeRuns[bits]?.push(start)
  }

  #append(group: number, slot: number): void {
    const { runs } = this
    const length = runs[2 * group + 1] ?? 0
    runs[2 * group + 1] = length + 1
    this.#seats[2 * slot + 1] = length
    if (length === 0) {
      runs[2 * group] = slot
      return
    }
    const from = runs[2 * group] ?? 0
    const bits = this.#rooms[group] ?? 0
    if (length === 1) {
      const start = this.#newRun(1)
      this.items[start] = from
      this.items[start + 1] = slot
      runs[2 * group] = start
      this.#rooms[group] = 1
      return
    }
    if (length === 1 << bits) {
      const to = this.#newRun(bits + 1)
      this.items.copyWithin(to, from, from + length)
      this.#freeRun(from, bits)
      runs[2 * group] = to
      this.#rooms[group] = bits + 1
    }
    this.items[(runs[2 * group] ?? 0) + length] = slot
  }

  remove(slot: number): void {
    const seats = this.#seats
    const group = (seats[2 * slot] ?? 0) - 1
    if (group < 0) return
    seats[2 * slot] = 0
    const { runs, items } = this
    const last = (runs[2 * group + 1] ?? 0) - 1
    runs[2 * group + 1] = last
    if (last === 0) {
      this.#emptied++
      return
    }
    const start = runs[2 * group] ?? 0
    const moved = items[start + last] ?? 0
    if (moved !== slot) {
      const place = seats[2 * slot + 1] ?? 0
      items[start + place] = moved
      seats[2 * moved + 1] = place
    }
    if (last > 1) return
    runs[2 * group] = items[start] ?? 0
    this.#freeRun(start, this.#rooms[group] ?? 0)
    this.#rooms[group] = 0
  }

  /** Numbers all slots from 0 on anew, so that those of a group stand side by side in their order; gives what each was. */
  gather(slots: number): Int32Array {
    const gathering: Gathering = {
      order: new Int32Array(slots),
      seats: new Int32Array(2 * slots),
      slot: 0,
    }
    piecewise(this.#count, (from, to) => {
      this.#gatherGroups(gathering, from, to)
    })
    this.#seats = gathering.seats
    return gathering.order
  }

  #gatherGroups(gathering: Gathering, from: number, to: number): void {
    const { runs, items } = this
    const { order, seats } = gathering
    let { slot } = gathering
    for (let group = from; group < to; group++) {
      const length = runs[2 * group + 1] ?? 0
      const list = length === 1 ? runs : items
      const start = length === 1 ? 2 * group : (runs[2 * group] ?? 0)
      for (let i = start; i < start + length; i++) {
        order[slot] = list[i] ?? 0
        seats[2 * slot] = group + 1
        seats[2 * slot + 1] = i - start
        list[i] = slot++
      }
    }
    gathering.slot = slot
  }

  /** An order in which slots could have been filed to stand as they do; undefined where the order of their numbers is one. */
  get order(): readonly number[] | undefined {
    const order: number[] = []
    let isAscending = true
    for (let group = 0; group < this.#count; group++) {
      const length = this.lengthOf(group)
      const [list, start] = [this.listOf(group), this.startOf(group)]
      for (let i = 0; i < length; i++) {
        const slot = list[start + i] ?? 0
        if (i > 0 && slot < (list[start + i - 1] ?? 0)) isAscending = false
        order.push(slot)
      }
    }
    return isAscending ? undefined : order
  }

  /** Groups whose last slot went are forgotten, and the others numbered anew. */
  #dropEmpty(): void {
    const renumbered = new Int32Array(this.#count).fill(-1)
    let count = 0
    for (let group = 0; group < this.#count; group++) {
      const length = this.lengthOf(group)
      if (length === 0) continue
      renumbered[group] = count
      // Before its numbers go where they may overwrite those of a group that was dropped.
      const [list, start] = [this.listOf(group), this.startOf(group)]
      for (let i = 0; i < length; i++) this.#seats[2 * (list[start + i] ?? 0)] = count + 1
      this.runs[2 * count] = this.runs[2 * group] ?? 0
      this.runs[2 * count + 1] = length
      this.#rooms[count] = this.#rooms[group] ?? 0
      count++
    }
    this.#count = count
    this.#emptied = 0
    this.#renumberKeys(renumbered)
  }

  #renumberKeys(renumbered: Int32Array): void {
    const kept: number[] = []
    const numbers: number[] = []
    for (let made = 0; made < this.#ints.size; made++) {
      const group = renumbered[this.#numbered(made)] ?? -1
      if (group < 0) continue
      kept.push(made)
      numbers.push(group)
    }
    this.#ints.keep(kept)
    const isSame = numbers.every((group, made) => group === made)
    this.#numbers = isSame ? undefined : Int32Array.from(numbers)
    for (const [key, group] of this.#others ?? []) {
      const now = renumbered[group] ?? -1
      if (now < 0) this.#others?.delete(key)
      else this.#others?.set(key, now)
    }
  }
}

/** What stands where while all groups are gone through, and the next slot. */
interface Gathering {
  readonly order: Int32Array
  readonly seats: Int32Array<ArrayBuffer>
  slot: number
}

/** Adds to the lengths of the runs what is in some slots. */
function countSlots(slots: Int32Array, groups: Int32Array, runs: Int32Array): void {
  for (let i = 0; i < slots.length; i++) {
    const length = 2 * ((groups[slots[i] ?? 0] ?? 0) - 1) + 1
    runs[length] = (runs[length] ?? 0) + 1
  }
}

function keyFrom(store: IndexedStore, slot: number, columns: readonly number[]): Key {
  const keys = columns.map((column) => {
    const value = store.field(slot, column)
    return value === undefined ? undefined : keyOf(value)
  })
  const [only] = keys
  return only !== undefined && keys.length === 1 ? only : joinedKey(keys)
}
