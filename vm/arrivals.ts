import { holdsSolution } from '../interpreter/index.ts'
import type { Molecule } from '../interpreter/index.ts'
import type { Arriving } from './arriving.ts'
import type { Membrane } from './membrane.ts'
import type { Glance } from './plan/glance.ts'
import type { Anatomy } from './plan/heads.ts'
import { liveRules } from './rules.ts'
import { LINKED, PENDING, SPARED } from './store/store.ts'
import type { Store } from './store/store.ts'

/*
 * What a reaction makes waits to be activated, unless a glance tells that nothing which has been activated
 * can react with it: then it is put at once where others find it.
 */

/** Where what reactions make goes. */
export class Arrivals implements Arriving {
  readonly #mayRest: boolean

  constructor(mayRest: boolean) {
    this.#mayRest = mayRest
  }

  arrive(membrane: Membrane, store: Store, slot: number): void {
    if (this.#mayRest && canRest(membrane, store, slot, undefined)) store.link(slot)
    else membrane.wake(store, slot)
  }

  arriveAnew(membrane: Membrane, store: Store, slot: number, harder: Anatomy | undefined): void {
    const before = store.state[slot] ?? 0
    const ranking =
      harder !== undefined &&
      this.#mayRest &&
      ((before & (LINKED | PENDING)) === LINKED || (before & SPARED) !== 0)
        ? liveRules(membrane).spares(store.class, harder)
        : undefined
    const spared = ranking === undefined ? undefined : harder
    store.state[slot] = spared === undefined ? before & ~SPARED : before
    if ((before & PENDING) === 0) {
      if (this.#mayRest && canRest(membrane, store, slot, spared)) {
        store.link(slot)
        return
      }
      if (spared !== undefined) store.state[slot] = before | SPARED
      membrane.wake(store, slot)
    }
    if (ranking !== undefined) membrane.worklist.rank(store, ranking)?.put(store, slot)
  }

  bring(membrane: Membrane, molecule: Molecule): void {
    const store =
      this.#mayRest && !holdsSolution(molecule)
        ? membrane.store(membrane.world.classOf(molecule))
        : undefined
    if (store?.isPlain !== true) {
      membrane.add(molecule, 1)
      return
    }
    membrane.changed()
    membrane.deepen(molecule)
    membrane.world.counted(1)
    this.arrive(membrane, store, store.add(molecule, 1, 0))
  }
}

/** Whether no search for a molecule could find anything now; the search of one rule that changed it need not be made. */
function canRest(
  membrane: Membrane,
  store: Store,
  slot: number,
  spared: Anatomy | undefined,
): boolean {
  const { dispatch } = liveRules(membrane)
  const { stores, activeClass } = membrane
  const occurrences = dispatch.occurrences(store.class)
  for (let i = 0; i < occurrences.length; i++) {
    const occurrence = occurrences[i]
    if (occurrence === undefined) break
    if (occurrence.hardening !== undefined && occurrence.code.anatomy === spared) continue
    if (!isHopeless(occurrence.glance, store, slot)) {
      const { partners } = occurrence.glance
      let isAlone = false
      for (let p = 0; p < partners.length && !isAlone; p++) {
        const id = partners[p] ?? 0
        const partner = stores[id]
        // What is being activated is in no list, and is gone on with.
        isAlone = (partner === undefined || partner.linkedCount === 0) && activeClass !== id
      }
      if (!isAlone) return false
    }
  }
  return true
}

function isHopeless({ constants }: Glance, store: Store, slot: number): boolean {
  for (let i = 0; i < constants.length; i++) {
    const constant = constants[i]
    if (constant === undefined) break
    const there = store.columns[constant.column]?.[slot]
    if (typeof there !== 'object' && there !== constant.value) return true
  }
  return false
}
