import type { Molecule } from '../interpreter/index.ts'
import { frozenMolecule } from './freeze.ts'
import type { Machine } from './machine.ts'
import { HIDDEN } from './store/store.ts'

/**
 * The molecules of the outermost solution in which something may still react, as they are now: nobody can take them
 * yet. One of which there are several copies may stand there more than once.
 */
export function activeMolecules({ outermost }: Machine): Molecule[] {
  const active: Molecule[] = []
  for (const store of outermost.stores) {
    if (store === undefined) continue
    for (let slot = 0; slot < store.end; slot++)
      if (((store.state[slot] ?? 0) & HIDDEN) !== 0)
        active.push(frozenMolecule(store.molecule(slot)))
  }
  for (const { molecule } of outermost.details.reserves) active.push(molecule)
  return active
}
