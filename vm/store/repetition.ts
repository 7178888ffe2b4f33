import type { Molecule } from '../../interpreter/index.ts'
import { keyOf } from './key.ts'
import type { Key } from './key.ts'

/** So many molecules tell enough of a store. */
const SAMPLE = 64

/** Molecules in slots, of which those with state 0 are free. */
interface Slots {
  readonly end: number
  readonly state: Uint8Array
  molecule(slot: number): Molecule
}

/** Looks at some molecules, evenly spread: whether most have an equal one among them. */
export function seemsRepetitive(slots: Slots): boolean {
  const stride = Math.floor(slots.end / SAMPLE)
  const keys = new Set<Key>()
  let repeated = 0
  for (let slot = 0; slot < stride * SAMPLE; slot += stride) {
    if (slots.state[slot] === 0) continue
    const key = keyOf(slots.molecule(slot))
    if (keys.has(key)) repeated++
    else keys.add(key)
  }
  return repeated * 2 > SAMPLE
}
