import { Tuple, equal } from '../../interpreter/index.ts'
import type { Int, Molecule } from '../../interpreter/index.ts'
import { HashIndex } from './hash-index.ts'
import type { IndexSpec } from './hash-index.ts'
import { keyOf } from './key.ts'
import type { MoleculeClass } from './molecule-class.ts'

/** A slot's state. A slot is free when it is 0. */
export const ALIVE = 1
/** In the list of candidates and in every index: it has been activated. */
export const LINKED = 2
/** On the worklist. */
export const PENDING = 4
/** Something inside it is still active: nobody can take it. */
export const HIDDEN = 8

/**
 * The molecules of one class in one solution, a struct of arrays: a molecule is a slot, and a column
 * holds one field of every slot. A tagged class does not store its first column.
 *
 * Invariants: `linked` holds exactly the LINKED slots; LINKED and HIDDEN never meet; in a counted store
 * no two slots that are neither HIDDEN nor free hold equal molecules.
 */
export class Store {
  readonly class: MoleculeClass
  readonly columns: Molecule[][]
  readonly state: number[] = []
  /** This store in an array, for whoever looks through several. */
  readonly alone: readonly Store[] = [this]
  /** Multiplicities by slot; absent while every one is 1. */
  copies: Int[] | undefined
  readonly linked: number[] = []
  /** How many active solutions a HIDDEN slot holds. */
  readonly active = new Map<number, number>()
  /** Whether some molecule was put here that holds a machine's own solution. */
  holdsMembranes = false
  readonly #places: number[] = []
  readonly #free: number[] = []
  #indexes: HashIndex[] = []
  /** By whole molecule, of all slots that are neither HIDDEN nor free; present in a counted store only. */
  #whole: HashIndex | undefined
  #size = 0

  constructor(moleculeClass: MoleculeClass) {
    this.class = moleculeClass
    this.columns = Array.from({ length: moleculeClass.arity }, () => [])
  }

  /** Whether equal molecules share a slot. */
  get isCounted(): boolean {
    return this.#whole !== undefined
  }

  /** Slots in use. */
  get size(): number {
    return this.#size
  }

  /** One past the last slot that was ever used. */
  get end(): number {
    return this.state.length
  }

  field(slot: number, column: number): Molecule | undefined {
    if (column === 0 && this.class.tag !== undefined) return this.class.tag
    return this.columns[column]?.[slot]
  }

  /** The molecule in a slot. A tuple is put together anew. */
  molecule(slot: number): Molecule {
    const { class: moleculeClass, columns } = this
    if (moleculeClass.kind !== 'tuple') return found(columns[0]?.[slot])
    const fields: Molecule[] = new Array<Molecule>(moleculeClass.arity)
    for (let i = 0; i < fields.length; i++) fields[i] = found(this.field(slot, i))
    return new Tuple(fields)
  }

  copiesOf(slot: number): Int {
    return this.copies === undefined ? 1 : (this.copies[slot] ?? 1)
  }

  setCopies(slot: number, copies: Int): void {
    if (this.copies === undefined) {
      if (copies === 1) return
      this.copies = new Array<Int>(this.state.length).fill(1)
    }
    this.copies[slot] = copies
  }

  /** Puts a molecule of this class into a free slot. */
  add(molecule: Molecule, copies: Int, state: number): number {
    const slot = this.#free.pop() ?? this.state.length
    this.state[slot] = ALIVE | state
    this.#fill(slot, molecule)
    if (this.copies !== undefined || copies !== 1) this.setCopies(slot, copies)
    this.#size++
    if ((state & HIDDEN) === 0) this.#whole?.add(this, slot)
    return slot
  }

  #fill(slot: number, molecule: Molecule): void {
    const { columns } = this
    if (typeof molecule !== 'object' || molecule.kind !== 'tuple') {
      const [only] = columns
      if (only !== undefined) only[slot] = molecule
      return
    }
    const { fields } = molecule
    for (let i = this.class.tag === undefined ? 0 : 1; i < fields.length; i++) {
      const column = columns[i]
      const field = fields[i]
      if (column !== undefined && field !== undefined) column[slot] = field
    }
  }

  /** Takes a slot out of the list, every index, and use. */
  remove(slot: number): void {
    this.unlink(slot)
    this.#whole?.remove(slot)
    this.state[slot] = 0
    if (this.active.size > 0) this.active.delete(slot)
    this.#free.push(slot)
    this.#size--
    // Nothing may be kept alive by a slot that is free.
    for (const column of this.columns) if (typeof column[slot] === 'object') column[slot] = 0
  }

  link(slot: number): void {
    const state = this.state[slot] ?? 0
    if ((state & LINKED) !== 0) return
    this.state[slot] = state | LINKED
    this.#places[slot] = this.linked.length
    this.linked.push(slot)
    for (const index of this.#indexes) index.add(this, slot)
  }

  unlink(slot: number): void {
    const state = this.state[slot] ?? 0
    if ((state & LINKED) === 0) return
    this.state[slot] = state & ~LINKED
    const last = this.linked.pop()
    if (last !== undefined && last !== slot) {
      const place = this.#places[slot] ?? 0
      this.linked[place] = last
      this.#places[last] = place
    }
    for (const index of this.#indexes) index.remove(slot)
  }

  /** The index that a plan asks for; built when it is first wanted. */
  index(spec: IndexSpec): HashIndex {
    for (const index of this.#indexes) if (index.spec === spec) return index
    const index = new HashIndex(spec)
    for (const slot of this.linked) index.add(this, slot)
    this.#indexes.push(index)
    return index
  }

  /** The slot that holds an equal molecule, in a counted store; −1 where there is none. */
  find(molecule: Molecule): number {
    for (const slot of this.#whole?.slots(keyOf(molecule)) ?? [])
      if (equal(this.molecule(slot), molecule)) return slot
    return -1
  }

  /** From now on equal molecules share a slot. The slots that hold equal ones now come back, to be merged. */
  count(): [kept: number, merged: number][] {
    if (this.#whole !== undefined) return []
    this.#whole = new HashIndex(WHOLE)
    const merges: [number, number][] = []
    for (let slot = 0; slot < this.state.length; slot++) {
      const state = this.state[slot] ?? 0
      if (state === 0 || (state & HIDDEN) !== 0) continue
      const same = this.find(this.molecule(slot))
      if (same < 0) this.#whole.add(this, slot)
      else merges.push([same, slot])
    }
    return merges
  }

  /** A HIDDEN slot whose molecule is there now. In a counted store it must have been merged before if it could be. */
  reveal(slot: number): void {
    this.state[slot] = (this.state[slot] ?? 0) & ~HIDDEN
    this.#whole?.add(this, slot)
  }
}

const WHOLE: IndexSpec = {
  text: 'on the whole molecule',
  keyOf: (store, slot) => (store instanceof Store ? keyOf(store.molecule(slot)) : undefined),
}

/** Every column of a slot that is in use holds a molecule. */
function found(molecule: Molecule | undefined): Molecule {
  if (molecule === undefined) throw new Error('a slot that is not in use was read')
  return molecule
}
