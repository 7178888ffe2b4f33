import { Tuple, isAtom, jsonText } from '../interpreter/index.ts'
import type { Entry, Molecule } from '../interpreter/index.ts'
import type { Copies } from './copies.ts'
import { fieldsOf, intIn } from './fields.ts'
import { Lot } from './lot.ts'
import type { Alike, Form } from './lot.ts'
import type { Homes } from './placement/homes.ts'
import type { ShardId } from './record.ts'
import type { Sizes } from './sizes.ts'

/** Molecules that are written already, and where they go. */
export interface BoundLot {
  readonly to: ShardId
  readonly molecules: Lot
}

/** Molecules for one shard that are not written yet. */
interface Growing {
  readonly to: ShardId
  readonly byArity: Map<number, Alike>
  count: number
  size: number
}

/** So many forms of texts are remembered. */
const REMEMBERED = 100_000
/** What an integer takes in a column, about. */
const INT = 4

/**
 * Molecules that come in, sorted by where they go: a million of them are written as columns without ever being text
 * one by one. What is no tuple of atoms is.
 */
export class LotsByHome {
  readonly #homes: Pick<Homes, 'firstOf' | 'firstOfAtoms'>
  readonly #sizes: Pick<Sizes, 'bytes' | 'molecules'>
  readonly #growing = new Map<ShardId, Growing>()
  readonly #forms = new Map<string, string>()

  constructor(
    homes: Pick<Homes, 'firstOf' | 'firstOfAtoms'>,
    sizes: Pick<Sizes, 'bytes' | 'molecules'>,
  ) {
    this.#homes = homes
    this.#sizes = sizes
  }

  /** Gives a lot when there are enough for one. */
  add([molecule, copies]: Entry): BoundLot | undefined {
    if (molecule instanceof Tuple && molecule.fields.every(isAtom)) {
      const to = this.#homes.firstOfAtoms(molecule, this.#formOf)
      if (to !== undefined) return this.#put(to, molecule.fields.map(this.#written), copies)
    }
    return this.addWritten([jsonText(molecule), copies])
  }

  /** The same for a molecule in its exchange form. */
  addWritten([text, copies]: Copies): BoundLot | undefined {
    const fields = fieldsOf(text)
    const to = this.#homes.firstOf(text)
    if (fields === undefined) return this.#put(to, text, copies)
    return this.#put(
      to,
      fields.map((form) => intIn(form) ?? form),
      copies,
    )
  }

  /** All that is left. */
  *rest(): Generator<BoundLot> {
    for (const growing of this.#growing.values()) if (growing.count > 0) yield lotOf(growing)
    this.#growing.clear()
  }

  /** Fields of a tuple, or any other molecule as it is written. */
  #put(to: ShardId, fields: readonly Form[] | string, copies: Copies[1]): BoundLot | undefined {
    if (copies === 0) return undefined
    let growing = this.#growing.get(to)
    if (growing === undefined)
      this.#growing.set(to, (growing = { to, byArity: new Map(), count: 0, size: 0 }))
    const row = typeof fields === 'string' ? [fields] : fields
    const arity = typeof fields === 'string' ? 0 : fields.length
    let alike = growing.byArity.get(arity)
    if (alike === undefined) {
      alike = { arity, columns: row.map(() => []), copies: [] }
      growing.byArity.set(arity, alike)
    }
    for (let i = 0; i < row.length; i++) {
      const form = row[i] ?? 0
      growing.size += typeof form === 'number' ? INT : form.length
      alike.columns[i]?.push(form)
    }
    alike.copies.push(copies)
    growing.count++
    const { bytes, molecules } = this.#sizes
    if (growing.size < bytes && growing.count < molecules) return undefined
    this.#growing.delete(to)
    return lotOf(growing)
  }

  readonly #formOf = (atom: Molecule): string => {
    if (typeof atom === 'number') return String(atom)
    if (typeof atom !== 'string') return jsonText(atom)
    let form = this.#forms.get(atom)
    if (form === undefined) {
      if (this.#forms.size >= REMEMBERED) this.#forms.clear()
      this.#forms.set(atom, (form = jsonText(atom)))
    }
    return form
  }

  readonly #written = (atom: Molecule): Form =>
    typeof atom === 'number' ? atom : this.#formOf(atom)
}

function lotOf({ to, byArity }: Growing): BoundLot {
  return { to, molecules: Lot.ofAlike([...byArity.values()]) }
}
