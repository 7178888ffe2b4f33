import type { Molecule } from '../interpreter/index.ts'
import type { Membrane } from './membrane.ts'
import type { Anatomy } from './plan/heads.ts'
import type { Store } from './store/store.ts'

/** What plain reactions do with what they make. */
export interface Arriving {
  /** The molecule in a slot is new. */
  arrive(membrane: Membrane, store: Store, slot: number): void
  /** It is another one now; `harder` is the rule that changed it so that it need not be tried with it so again. */
  arriveAnew(membrane: Membrane, store: Store, slot: number, harder: Anatomy | undefined): void
  /** The same as `Membrane.add` for one copy. */
  bring(membrane: Membrane, molecule: Molecule): void
}
