import type { Molecule } from '../../interpreter/index.ts'
import { append } from './found.ts'
import type { Found } from './found.ts'
import type { IndexedStore } from './hash-index.ts'
import { SlotList } from './slot-list.ts'

/** Which side of a bound is wanted. */
export type Side = '<' | '<=' | '>' | '>='

/** The index on one field, in the order of its values. */
export interface OrderSpec {
  readonly kind: 'order'
  readonly column: number
}

const CHUNK = 512
const FIRST_BATCH = 16

/** A run of neighbours: by key, those with one key by slot. */
interface Chunk {
  readonly keys: Float64Array<ArrayBuffer>
  readonly slots: Int32Array<ArrayBuffer>
  length: number
}

/**
 * Slots by the numeric order of one field: sorted chunks, so that a change moves one chunk's worth at
 * most. What is no number that a double holds exactly stands aside and is always found.
 */
export class OrderedIndex {
  readonly spec: OrderSpec
  readonly reads: number
  #chunks: Chunk[] = []
  readonly #aside = new SlotList()
  /** By slot; NaN for what stands aside or is not here. */
  #keys = new Float64Array(16).fill(NaN)

  constructor(spec: OrderSpec) {
    this.spec = spec
    this.reads = 1 << spec.column
  }

  add(store: IndexedStore, slot: number): void {
    const key = orderOf(store.field(slot, this.spec.column) ?? '')
    if (slot >= this.#keys.length) {
      const larger = new Float64Array(Math.max(slot + 1, this.#keys.length * 2)).fill(NaN)
      larger.set(this.#keys)
      this.#keys = larger
    }
    this.#keys[slot] = key
    if (Number.isNaN(key)) this.#aside.add(slot)
    else this.#insert(key, slot)
  }

  #insert(key: number, slot: number): void {
    let at = this.#chunkOf(key, slot)
    let chunk = this.#chunks[at]
    if (chunk === undefined) {
      chunk = emptyChunk()
      this.#chunks.push(chunk)
      at = this.#chunks.length - 1
    }
    if (chunk.length === CHUNK) {
      const later = emptyChunk()
      const half = CHUNK / 2
      later.keys.set(chunk.keys.subarray(half))
      later.slots.set(chunk.slots.subarray(half))
      later.length = chunk.length = half
      this.#chunks.splice(at + 1, 0, later)
      if (comesBefore(later, 0, key, slot)) chunk = later
    }
    const place = placeIn(chunk, key, slot)
    chunk.keys.copyWithin(place + 1, place, chunk.length)
    chunk.slots.copyWithin(place + 1, place, chunk.length)
    chunk.keys[place] = key
    chunk.slots[place] = slot
    chunk.length++
  }

  remove(slot: number): void {
    const key = this.#keys[slot] ?? NaN
    if (Number.isNaN(key)) {
      this.#aside.remove(slot)
      return
    }
    this.#keys[slot] = NaN
    const at = this.#chunkOf(key, slot)
    const chunk = this.#chunks[at]
    if (chunk === undefined) return
    const place = placeIn(chunk, key, slot)
    chunk.keys.copyWithin(place, place + 1, chunk.length)
    chunk.slots.copyWithin(place, place + 1, chunk.length)
    chunk.length--
    if (chunk.length === 0) this.#chunks.splice(at, 1)
  }

  /** What stands aside, as it stands; all else is in order. */
  get order(): readonly number[] {
    return this.#aside.slots
  }

  /** The last chunk that begins before a key, or the first. */
  #chunkOf(key: number, slot: number): number {
    let low = 0
    let high = this.#chunks.length
    while (low < high) {
      const middle = (low + high) >> 1
      const chunk = this.#chunks[middle]
      if (chunk !== undefined && comesBefore(chunk, 0, key, slot)) low = middle + 1
      else high = middle
    }
    return Math.max(0, low - 1)
  }

  /** A batch of what is on one side of a bound, in order, what stands aside last. Batches grow, so that the first of many costs little. */
  find(side: Side, bound: number, batch: number, found: Found): void {
    const first = FIRST_BATCH * ((4 ** batch - 1) / 3)
    const wanted = FIRST_BATCH * 4 ** batch
    found.count = 0
    found.hasMore = false
    let seen = 0
    const isBelow = side === '<' || side === '<='
    for (const chunk of this.#chunks) {
      const least = chunk.keys[0] ?? NaN
      const greatest = chunk.keys[chunk.length - 1] ?? NaN
      if (isBelow && !isOn(side, least, bound)) break
      if (!isBelow && !isOn(side, greatest, bound)) continue
      const isWhole = isOn(side, isBelow ? greatest : least, bound)
      const cut = isWhole ? 0 : cutIn(chunk, side, bound)
      const from = isBelow ? 0 : cut
      const to = isBelow && !isWhole ? cut : chunk.length
      const skipped = Math.max(0, Math.min(to - from, first - seen))
      const taken = Math.min(to - from - skipped, wanted - found.count)
      append(found, chunk.slots, from + skipped, from + skipped + taken)
      seen += to - from
      if (seen > first + wanted) {
        found.hasMore = true
        return
      }
    }
    // What stands aside comes with the last batch.
    append(found, this.#aside.items, 0, this.#aside.length)
  }
}

/** The number by which a molecule stands in order; NaN where it has none that is exact. */
export function orderOf(molecule: Molecule): number {
  if (typeof molecule === 'number') return molecule
  return typeof molecule === 'object' && molecule.kind === 'float' ? molecule.value : NaN
}

function emptyChunk(): Chunk {
  return { keys: new Float64Array(CHUNK), slots: new Int32Array(CHUNK), length: 0 }
}

function comesBefore(chunk: Chunk, at: number, key: number, slot: number): boolean {
  const own = chunk.keys[at] ?? NaN
  return own < key || (own === key && (chunk.slots[at] ?? 0) <= slot)
}

/** Where in a chunk a key and slot stand, or would. */
function placeIn(chunk: Chunk, key: number, slot: number): number {
  let low = 0
  let high = chunk.length
  while (low < high) {
    const middle = (low + high) >> 1
    const own = chunk.keys[middle] ?? NaN
    if (own < key || (own === key && (chunk.slots[middle] ?? 0) < slot)) low = middle + 1
    else high = middle
  }
  return low
}

function isOn(side: Side, key: number, bound: number): boolean {
  switch (side) {
    case '<':
      return key < bound
    case '<=':
      return key <= bound
    case '>':
      return key > bound
    case '>=':
      return key >= bound
  }
}

/** The first place whose key is on the other side than the first key's. */
function cutIn(chunk: Chunk, side: Side, bound: number): number {
  const isFirstOn = isOn(side, chunk.keys[0] ?? NaN, bound)
  let low = 0
  let high = chunk.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (isOn(side, chunk.keys[middle] ?? NaN, bound) === isFirstOn) low = middle + 1
    else high = middle
  }
  return low
}
