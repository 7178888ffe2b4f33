import { Rows } from '../interpreter/index.ts'
import type { Block, Molecule } from '../interpreter/index.ts'
import type { Column } from './store/column.ts'
import { ALIVE } from './store/store.ts'
import type { Store } from './store/store.ts'

/** Of fewer molecules a list is as small and as quick. */
const MANY = 256

/** What stores hold, in copies of their columns where that is most of it; undefined where it is not worth while. */
export function rowsOf(stores: readonly (Store | undefined)[]): Rows | undefined {
  let size = 0
  for (const store of stores) {
    if (store === undefined) continue
    size += store.size
    // Not even rules have copies nearly always.
    if (store.copies !== undefined) return undefined
  }
  if (size < MANY) return undefined
  const others: Molecule[] = []
  const blocks: Block[] = []
  for (const store of stores) {
    if (store === undefined || store.size === 0) continue
    const block = store.size < MANY ? undefined : blockOf(store)
    if (block !== undefined) blocks.push(block)
    else
      store.visit((molecule) => {
        others.push(molecule)
      })
  }
  return others.length > size / 2 ? undefined : new Rows(others, blocks)
}

/** A copy of the columns, where they hold atoms only. */
function blockOf(store: Store): Block | undefined {
  const { kind, tag } = store.class
  switch (kind) {
    case 'int':
    case 'float':
    case 'string':
    case 'boolean':
    case 'symbol':
    case 'tuple':
      break
    case 'list':
    case 'solution':
    case 'host':
    case 'rule':
      return undefined
  }
  const columns: ArrayLike<Molecule>[] = []
  for (const column of tag === undefined ? store.columns : store.columns.slice(1)) {
    const dense = store.size < store.end ? gathered(column, store) : column.slice(0, store.end)
    if (Array.isArray(dense) && !dense.every(isAtom)) return undefined
    columns.push(dense)
  }
  return { isTuple: kind === 'tuple', tag, columns, count: store.size }
}

function isAtom(molecule: Molecule): boolean {
  return typeof molecule !== 'object' || molecule.kind === 'symbol' || molecule.kind === 'float'
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
