import { Rows, isAtom } from '../interpreter/index.ts'
import type { Block, Molecule } from '../interpreter/index.ts'
import type { Column } from './store/column.ts'
import { ALIVE } from './store/store.ts'
import type { Store } from './store/store.ts'

/** Of fewer molecules a list is as small and as quick. */
const MANY = 256

/**
 * What stores hold, one copy of each, as it is quickest read later: tuples in copies of their columns, all
 * else listed. Undefined where there are copies, or too few molecules to be worth while.
 */
export function rowsOf(stores: readonly (Store | undefined)[]): Rows | undefined {
  let size = 0
  for (const store of stores) {
    if (store === undefined) continue
    size += store.size
    if (store.copies !== undefined) return undefined
  }
  if (size < MANY) return undefined
  const compounds: Molecule[] = []
  const blocks: Block[] = []
  let ints: Store | undefined
  for (const store of stores) {
    if (store === undefined || store.size === 0) continue
    if (store.class.kind === 'int') ints = store
    else {
      const block = store.size < MANY ? undefined : blockOf(store)
      if (block !== undefined) blocks.push(block)
      else
        store.visit((molecule) => {
          compounds.push(molecule)
        })
    }
  }
  const others = ints === undefined ? compounds : withInts(compounds, ints)
  return new Rows(others, compounds.length, blocks)
}

/** Some molecules and after them the Ints, of which there is one store. */
function withInts(first: readonly Molecule[], store: Store): Molecule[] {
  const { end, state, size } = store
  const molecules = new Array<Molecule>(first.length + size)
  let at = 0
  for (const molecule of first) molecules[at++] = molecule
  const [column] = store.columns
  if (column instanceof Int32Array && size === end)
    for (let slot = 0; slot < end; slot++) molecules[at++] = column[slot] ?? 0
  else
    for (let slot = 0; slot < end; slot++)
      if (((state[slot] ?? 0) & ALIVE) !== 0) molecules[at++] = column?.[slot] ?? 0
  return molecules
}

/** A copy of the columns of tuples, where they hold atoms only. */
function blockOf(store: Store): Block | undefined {
  const { kind, tag } = store.class
  if (kind !== 'tuple') return undefined
  const columns: ArrayLike<Molecule>[] = []
  for (const column of tag === undefined ? store.columns : store.columns.slice(1)) {
    const dense = store.size < store.end ? gathered(column, store) : column.slice(0, store.end)
    if (Array.isArray(dense) && !dense.every(isAtom)) return undefined
    columns.push(dense)
  }
  return { tag, columns, count: store.size }
}

/** A column of the slots that are in use. */
function gathered(column: Column, { size, end, state }: Store): ArrayLike<Molecule> {
  const dense =
    column instanceof Int32Array
      ? new Int32Array(size)
      : column instanceof Float64Array
        ? new Float64Array(size)
        : new Array<Molecule>(size)
  let at = 0
  for (let slot = 0; slot < end; slot++)
    if (((state[slot] ?? 0) & ALIVE) !== 0) dense[at++] = column[slot] ?? 0
  return dense
}
