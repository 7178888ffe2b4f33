import type { Column } from './column.ts'
import type { HashIndex } from './hash-index.ts'
import type { MoleculeClass } from './molecule-class.ts'

/** What is read of a store. */
interface Filed {
  readonly class: MoleculeClass
  readonly columns: readonly Column[]
  readonly state: Uint8Array
  readonly end: number
  readonly linkedCount: number
}

/** From so many slots on, what files them all at once is worth its preparations. */
const MANY = 64

/**
 * Files every slot of a store whose state has a bit in a new index at once, where there are many and all
 * that is to be read are small ints; false where nothing was filed.
 */
export function fileAll(index: HashIndex, store: Filed, linked: number): boolean {
  const { spec } = index
  if (spec.kind !== 'fields' || store.linkedCount < MANY) return false
  const columns = spec.columns.flatMap((at) => {
    const column = at === 0 && store.class.tag !== undefined ? undefined : store.columns[at]
    return column instanceof Int32Array ? [column] : []
  })
  return columns.length === spec.columns.length && index.addAll(columns, slotsWith(store, linked))
}

/** Ascending. */
function slotsWith({ state, end, linkedCount }: Filed, bit: number): Int32Array {
  const slots = new Int32Array(linkedCount)
  let count = 0
  for (let slot = 0; slot < end; slot++) if (((state[slot] ?? 0) & bit) !== 0) slots[count++] = slot
  return slots
}
