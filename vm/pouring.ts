import { Table, isAtom, moleculeIn } from '../interpreter/index.ts'
import type { Entry, Int, Molecule, SolutionValue } from '../interpreter/index.ts'
import { visitOthers, visitRules } from './freeze.ts'
import type { MoleculeClass } from './store/molecule-class.ts'
import type { Store } from './store/store.ts'

/** So many molecules are looked at together. */
const AT_A_TIME = 512

/** Fewer of one class in a row are added one by one. */
const FEW = 8

/** A solution that molecules come into. */
interface Vessel {
  readonly world: { classOf(molecule: Molecule): MoleculeClass }
  add(molecule: Molecule, copies: Int): void
  store(moleculeClass: MoleculeClass): Store
  /** Flat molecules of one class were put into so many slots of a store, from one on. */
  poured(store: Store, from: number, count: number): void
}

/** Puts molecules into a solution, in this order; those that came before the entries failed are there. */
export function pour(vessel: Vessel, entries: Iterable<Entry>): void {
  if (entries instanceof Table && pourTable(vessel, entries)) return
  const pouring = new Pouring(vessel)
  try {
    for (const [molecule, copies] of entries) pouring.put(molecule, copies)
  } finally {
    pouring.end()
  }
}

/** Puts columns into the columns of their store; false where the molecules have to be looked at one by one. */
function pourTable(vessel: Vessel, { block, isFlat }: Table): boolean {
  const { tag, columns, count } = block
  const [kinds] = columns
  // What a tuple begins with, and an atom is, tells its class.
  if (!isFlat || count < FEW || (tag === undefined && Array.isArray(kinds))) return false
  const store = vessel.store(vessel.world.classOf(moleculeIn(block, 0)))
  if (!store.isPlain || store.hasHoles) return false
  const slot = store.end
  store.pourBlock(block)
  vessel.poured(store, slot, count)
  return true
}

/** The same with what a value holds, rules first. */
export function pourValue(vessel: Vessel, value: SolutionValue): void {
  visitRules(value, (rule, copies) => {
    vessel.add(rule, copies)
  })
  const pouring = new Pouring(vessel)
  visitOthers(value, (molecule, copies) => {
    pouring.put(molecule, copies)
  })
  pouring.end()
}

/**
 * Molecules that come in a row and are alike, which nearly all data is, go into the columns of their store
 * together. `end` puts in the last ones. Measured in `bench/`: loading.
 */
class Pouring {
  readonly #vessel: Vessel
  readonly #waiting: Molecule[] = []
  #count = 0

  constructor(vessel: Vessel) {
    this.#vessel = vessel
  }

  put(molecule: Molecule, copies: Int): void {
    if (copies !== 1) {
      this.end()
      this.#vessel.add(molecule, copies)
      return
    }
    this.#waiting[this.#count++] = molecule
    if (this.#count === AT_A_TIME) this.end()
  }

  /** Puts in what waits. */
  end(): void {
    const count = this.#count
    this.#count = 0
    for (let from = 0; from < count;) from = this.#putRow(from, count)
  }

  /** Puts in what is alike from one on, and gives where that ends. */
  #putRow(from: number, count: number): number {
    const molecules = this.#waiting
    const first = molecules[from]
    if (first === undefined) return count
    const row = count - from < FEW || !isFlat(first) ? undefined : this.#vessel.world.classOf(first)
    const end = row === undefined ? from + 1 : endOfRow(row, molecules, from + 1, count)
    let next = from
    if (row !== undefined && end - from >= FEW) {
      const store = this.#vessel.store(row)
      while (next < end && store.isPlain && !store.hasHoles) {
        const slot = store.end
        const poured = store.pour(molecules, next, end)
        this.#vessel.poured(store, slot, poured)
        next += poured
      }
    }
    for (; next < end; next++) {
      const molecule = molecules[next]
      if (molecule !== undefined) this.#vessel.add(molecule, 1)
    }
    return end
  }
}

/** Whether a molecule is an atom, or a tuple of nothing else. */
function isFlat(molecule: Molecule): boolean {
  if (typeof molecule !== 'object') return true
  return molecule.kind === 'tuple' ? areAtoms(molecule.fields) : isAtom(molecule)
}

function areAtoms(fields: readonly Molecule[]): boolean {
  for (let i = 0; i < fields.length; i++) {
    const field = fields[i]
    if (typeof field === 'object' && !isAtom(field)) return false
  }
  return true
}

/** Where the flat molecules of a class end. */
function endOfRow(
  row: MoleculeClass,
  molecules: readonly Molecule[],
  from: number,
  count: number,
): number {
  let at = from
  switch (row.kind) {
    case 'int':
      while (at < count && typeof molecules[at] === 'number') at++
      return at
    case 'string':
      while (at < count && typeof molecules[at] === 'string') at++
      return at
    case 'tuple':
      for (; at < count; at++) {
        const molecule = molecules[at]
        if (typeof molecule !== 'object' || molecule.kind !== 'tuple') return at
        const { fields } = molecule
        if (fields.length !== row.arity || !isTaggedAs(row, fields[0]) || !areAtoms(fields))
          return at
      }
      return at
    case 'symbol':
    case 'float':
      for (; at < count; at++) {
        const molecule = molecules[at]
        if (typeof molecule !== 'object' || molecule.kind !== row.kind) return at
      }
      return at
    case 'boolean':
    case 'list':
    case 'solution':
    case 'host':
    case 'rule':
      return from
  }
}

/** Whether tuples with this first field, and as many fields, are of a class. */
function isTaggedAs({ tag, apart }: MoleculeClass, first: Molecule | undefined): boolean {
  if (tag !== undefined) return first === tag
  return typeof first !== 'object' || first.kind !== 'symbol' || !apart.has(first)
}
