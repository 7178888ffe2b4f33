import type { Molecule, Solution } from '../interpreter/index.ts'
import type { Store } from './store/store.ts'

/** A membrane, to whoever has it. */
export interface Owned extends Solution {
  parent: Owned | undefined
  parentStore: Store | undefined
  parentSlot: number
}

function isOwned(molecule: object): molecule is Owned {
  return 'parentSlot' in molecule
}

/** The membranes directly inside a molecule, through tuples and lists. */
export function membranesIn(molecule: Molecule): Owned[] {
  const found: Owned[] = []
  const stack: Molecule[] = [molecule]
  for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
    if (typeof top !== 'object') continue
    if (isOwned(top)) found.push(top)
    else if ((top.kind === 'tuple' || top.kind === 'list') && top.holdsSolution)
      for (const inner of top.kind === 'tuple' ? top.fields : top.items)
        if (typeof inner === 'object') stack.push(inner)
  }
  return found
}

/** A slot's molecule is taken for good: the membranes in it are nobody's until they are put somewhere. */
export function release(store: Store, slot: number): void {
  for (const column of store.columns) {
    const field = column[slot]
    if (typeof field !== 'object') continue
    if (isOwned(field)) field.parent = undefined
    else if ((field.kind === 'tuple' || field.kind === 'list') && field.holdsSolution)
      for (const inner of membranesIn(field)) inner.parent = undefined
  }
}

/** A molecule was put into a store that holds a solution of the machine, or a value that may become one. */
export function mayHoldMembranes(store: Store): void {
  store.holdsMembranes = true
  store.isPlain = false
}

/** The membranes in a molecule that was put into a slot belong to the membrane around. */
export function own(membrane: Owned, store: Store, slot: number): void {
  for (const inner of membranesIn(store.molecule(slot))) {
    mayHoldMembranes(store)
    inner.parent = membrane
    inner.parentStore = store
    inner.parentSlot = slot
  }
}
