import { equal } from '../interpreter/index.ts'
import type { Int, Molecule, Pending } from '../interpreter/index.ts'
import { frozenMolecule } from './freeze.ts'
import type { Store } from './store/store.ts'
import type { World } from './world.ts'

/** The membrane that they are for. */
interface Around {
  readonly world: Pick<World<unknown>, 'counted' | 'countedInside' | 'noteInert'>
  waiting: number
  add(molecule: Molecule, copies: Int): void
}

/** What cannot be seen of a membrane. */
export interface MembraneDetails {
  readonly nested: number
  readonly pending: readonly Pending[]
  readonly reserves: Reserves['kinds']
}

/** Molecules that react apart, each on its own, of kinds whose first copy is at work. */
export class Reserves {
  readonly #around: Around
  readonly #kinds: { readonly molecule: Molecule; copies: number }[]

  constructor(around: Around, kinds: Reserves['kinds'] = []) {
    this.#around = around
    this.#kinds = [...kinds]
  }

  /** Which, and how many copies of each. The last one is the next to come. */
  get kinds(): readonly { readonly molecule: Molecule; readonly copies: number }[] {
    return this.#kinds
  }

  put(given: Molecule, copies: number): void {
    const molecule = frozenMolecule(given)
    this.#kinds.push({ molecule, copies })
    this.#count(molecule, copies)
    this.#around.waiting++
  }

  /** One copy has come out as what a slot holds: the next begins; all do, where it is how it went in. */
  next(store: Store, slot: number): void {
    const kind = this.#kinds.at(-1)
    if (kind === undefined) return
    const { molecule } = kind
    const isInert = equal(store.molecule(slot), molecule)
    const copies = isInert ? kind.copies : 1
    kind.copies -= copies
    if (kind.copies === 0) {
      this.#kinds.pop()
      this.#around.waiting--
    }
    if (isInert) this.#around.world.noteInert(molecule)
    this.#count(molecule, -copies)
    this.#around.add(molecule, copies)
  }

  #count(molecule: Molecule, copies: number): void {
    this.#around.world.counted(copies)
    this.#around.world.countedInside(molecule, copies)
  }

  visit(take: (molecule: Molecule, copies: number) => void): void {
    for (const { molecule, copies } of this.#kinds) take(molecule, copies)
  }
}
