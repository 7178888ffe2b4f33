import type { Int } from '../../interpreter/index.ts'
import type { Column } from './column.ts'
import type { ContentIndex } from './content-index.ts'
import type { HashIndex, IndexedStore } from './hash-index.ts'
import type { OrderedIndex } from './ordered-index.ts'

/** What is told of each slot that is linked, changed and unlinked. */
export interface SlotIndex {
  readonly spec: object
  /** Bit c: a change of column c matters to it. */
  readonly reads: number
  add(store: IndexedStore, slot: number): void
  remove(slot: number): void
}

/** What stays of a store: which slots, ascending, the first ones where there is no list, with how many copies if not one of each. */
export interface Retained {
  readonly slots: Int32Array | undefined
  readonly count: number
  readonly copies: readonly number[] | undefined
  /** Whether nothing there can react with it; else it is to be activated. */
  readonly isAtRest: boolean
}

/** What a store is restored from. Whoever makes one has checked that its parts fit each other. */
export interface StoreState {
  readonly columns: Column[]
  readonly state: Uint8Array<ArrayBuffer>
  readonly end: number
  readonly capacity: number
  readonly copies: Int[] | undefined
  /** The last one is taken first. */
  readonly free: readonly number[]
  /** How many active solutions are in which slot. */
  readonly active: readonly (readonly [slot: number, count: number])[]
  /** How many slots are LINKED. */
  readonly linkedCount: number
  readonly isCounted: boolean
  readonly isPlain: boolean
  readonly holdsMembranes: boolean
  readonly isRepetitive: boolean
  /** Every linked slot in the order in which it is listed; undefined where no list was ever asked for. */
  readonly listed: readonly number[] | undefined
}

/** What cannot be seen of a store otherwise. */
export interface StoreDetails extends Pick<StoreState, 'capacity' | 'free' | 'active' | 'listed'> {
  readonly indexes: readonly (HashIndex | OrderedIndex | ContentIndex)[]
}
