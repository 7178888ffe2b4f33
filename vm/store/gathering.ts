import type { Column } from './column.ts'
import type { HashIndex, IndexSpec } from './hash-index.ts'
import { piecewise } from './piecewise.ts'
import { ALIVE, LINKED } from './store.ts'
import type { Store } from './store.ts'

/** Fewer slots are near one another however they stand. */
const MANY = 64

/**
 * Puts molecules with the same key side by side, where that is not known to be so already: whoever looks
 * for one mostly looks at all of them, and each is read at several places. Only in a store that nobody has
 * looked at yet, as all slots change; false where it stays as it is. Measured in `bench/`: dag, paths.
 */
export function gather(store: Store, spec: IndexSpec): boolean {
  if (spec.kind !== 'fields' || !isUntouched(store) || isInOrder(store, spec.columns)) return false
  const index: HashIndex = store.index(spec)
  if (4 * index.distinctKeys > 3 * store.end) return false
  const order = index.gather(store.end)
  store.columns = store.columns.map((column) => reordered(column, order))
  return true
}

/** Whether everything in a plain store can be found, and nobody has asked for anything. */
function isUntouched(store: Store): boolean {
  const { end, state } = store
  if (end < MANY || !store.isPlain || store.copies !== undefined) return false
  if (store.size !== end || store.linkedCount !== end) return false
  const { indexes, listed } = store.details
  if (indexes.length > 0 || listed !== undefined) return false
  for (let slot = 0; slot < end; slot++) if (state[slot] !== (ALIVE | LINKED)) return false
  return true
}

/** Whether equal keys stand side by side as far as the first field tells; also where the fields are no small ints. */
function isInOrder({ columns, end, class: { tag } }: Store, [at = 0]: readonly number[]): boolean {
  const column = at === 0 && tag !== undefined ? undefined : columns[at]
  if (!(column instanceof Int32Array)) return true
  for (let slot = 1; slot < end; slot++)
    if ((column[slot] ?? 0) < (column[slot - 1] ?? 0)) return false
  return true
}

function reordered(column: Column, order: Int32Array): Column {
  if (column instanceof Int32Array) return reorderedInts(column, order)
  if (column instanceof Float64Array) {
    const moved = new Float64Array(column.length)
    for (let slot = 0; slot < order.length; slot++) moved[slot] = column[order[slot] ?? 0] ?? 0
    return moved
  }
  return column.length === 0 ? column : Array.from(order, (slot) => column[slot] ?? 0)
}

function reorderedInts(column: Int32Array, order: Int32Array): Int32Array<ArrayBuffer> {
  const moved = new Int32Array(column.length)
  piecewise(order.length, (from, to) => {
    reorder(column, order.subarray(from, to), moved.subarray(from, to))
  })
  return moved
}

function reorder(column: Int32Array, order: Int32Array, into: Int32Array): void {
  for (let i = 0; i < order.length; i++) into[i] = column[order[i] ?? 0] ?? 0
}
