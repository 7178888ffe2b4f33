import {
  Float,
  LARGEST_DEPTH,
  LARGEST_EXTENT,
  List,
  Multiset,
  Rows,
  SolutionValue,
  Tuple,
  isAtom,
  isInt,
  isSymbol,
  symbol,
} from '../../interpreter/index.ts'
import type { Block, Entry, Int, Molecule, Pending } from '../../interpreter/index.ts'
import type { Membrane } from '../membrane.ts'
import type { Program } from '../reactor/program.ts'
import { SnapshotError } from './error.ts'
import type { Field } from './field.ts'
import { COPIES, INERT, MAP, PLAIN, ROWS } from './molecule-writer.ts'
import type { ShapeReader } from './shapes.ts'

/** Where what molecules refer to comes from. */
interface Sources {
  readonly program: Program
  readonly shapes: ShapeReader
  /** The machine, as values know it that it found to be inert. */
  readonly machine: object
  readonly membranes: readonly Membrane[]
}

/** Reads molecules from one list; see `molecule-writer.ts`. */
export class MoleculeReader {
  readonly #sources: Sources
  readonly #molecules: Molecule[] = []
  /** How deep each of them nests. */
  readonly #depths: number[] = []
  #deepest = 0

  constructor(list: Field, sources: Sources) {
    this.#sources = sources
    // One after the other: what is inside stands before what it is in.
    const { length } = list.list()
    for (let at = 0; at < length; at++) {
      this.#deepest = 0
      const form = list.item(at)
      this.#molecules.push(this.#read(form))
      if (this.#deepest >= LARGEST_DEPTH)
        form.fail(`molecules nest ${String(LARGEST_DEPTH)} levels deep at most`)
      this.#depths.push(this.#deepest + 1)
    }
  }

  /** A molecule that stands somewhere: itself, or its place in the list. */
  of(field: Field): Molecule {
    return this.ofValue(field.value, () => field)
  }

  /** The same of what a field holds, which is only made where something is wrong. */
  ofValue(value: unknown, field: () => Field): Molecule {
    switch (typeof value) {
      case 'string':
      case 'boolean':
        return value
      case 'number':
        return Number.isSafeInteger(value) ? value : field().fail('a molecule is expected here')
      case 'object':
        break
      default:
        field().fail('a molecule is expected here')
    }
    const place: unknown = Array.isArray(value) && value.length === 1 ? value[0] : undefined
    if (typeof place !== 'number') return field().fail('a molecule is expected here')
    this.#deepest = Math.max(this.#deepest, this.#depths[place] ?? 0)
    return this.#molecules[place] ?? field().fail('this molecule does not stand before it')
  }

  all(field: Field, from = 0): Molecule[] {
    const list = field.list()
    const molecules: Molecule[] = []
    for (let at = from; at < list.length; at++)
      molecules.push(this.ofValue(list[at], () => field.item(at)))
    return molecules
  }

  int(field: Field): Int {
    const molecule = this.of(field)
    return isInt(molecule) ? molecule : field.fail('an integer is expected here')
  }

  /** A molecule and how many copies of it. */
  entries(field: Field, from = 0): Entry[] {
    const molecules = this.all(field, from)
    const entries: Entry[] = []
    for (let at = 0; at < molecules.length; at += 2)
      entries.push([molecules[at] ?? 0, copiesOf(molecules[at + 1], field)])
    return entries
  }

  value(field: Field): SolutionValue {
    const molecule = this.of(field)
    return molecule instanceof SolutionValue ? molecule : field.fail('a solution is expected here')
  }

  pending(field: Field): Pending {
    const molecule = this.of(field)
    if (typeof molecule === 'object' && molecule.kind === 'pending') return molecule
    return field.fail('a call that waits is expected here')
  }

  #read(form: Field): Molecule {
    switch (form.item(0).value) {
      case 'int':
        return largeInt(form.item(1))
      case 'float':
        return new Float(floatOf(form.item(1)))
      case 'symbol':
        return symbol(form.item(1).text())
      case 'tuple':
        return this.#tuple(form)
      case 'list':
        return new List(this.all(form, 1))
      case 'rule':
        return this.#sources.shapes.rule(form.item(1), this.all(form, 2))
      case 'text':
        return this.#sources.shapes.foreign(
          form.item(1).maybe((field) => field.text()),
          form.item(2).text(),
        )
      case 'host':
        return this.#host(form)
      case 'pending':
        return this.#pending(form)
      case 'solution':
        return this.#solution(form)
      case 'membrane':
        return (
          this.#sources.membranes[form.item(1).int(1)] ?? form.fail('there is no such solution')
        )
      default:
        return form.fail('this is no kind of molecule')
    }
  }

  #tuple(form: Field): Tuple {
    const fields = this.all(form, 1)
    if (fields.length < 2) form.fail('a tuple has two fields at least')
    return new Tuple(fields)
  }

  #host(form: Field): Molecule {
    const name = form.item(1).text()
    const made = this.#sources.program.host.classes
      .get(name)
      ?.make.apply(this.all(form, 2), { random: () => 0 })
    if (made === undefined || made instanceof Promise)
      throw new SnapshotError('unknown-host', `the host has no class \`${name}\``, {
        place: form.path,
      })
    return made
  }

  #pending(form: Field): Pending {
    const [, id, text, key] = form.items()
    if (id === undefined || text === undefined || key === undefined)
      return form.fail('a call has a number, a text and a key')
    const element = this.#sources.program.pending(text.text(), {
      id: id.int(Number.MIN_SAFE_INTEGER),
      key: key.text(),
      reactants: this.entries(form, 4),
    })
    return element ?? form.fail('the call does not fit this program')
  }

  #solution(form: Field): SolutionValue {
    const marks = form.item(1).int(0, 2 * INERT - 1)
    const value = this.#contents(form, marks & (INERT - 1))
    if ((marks & INERT) !== 0) value.inertFor = this.#sources.machine
    return value
  }

  #contents(form: Field, kind: number): SolutionValue {
    const molecules = this.all(form.item(2))
    if (molecules.some(isMembrane)) form.fail('a solution that reacts stands in no value')
    switch (kind) {
      case PLAIN:
        return SolutionValue.listing(molecules)
      case COPIES:
        return SolutionValue.listing(molecules, this.#copies(form.item(3), molecules.length))
      case MAP: {
        const copies = this.#copies(form.item(3), molecules.length)
        const entries = molecules.map((molecule, at) => [molecule, copies[at] ?? 1] as const)
        return new SolutionValue(Multiset.empty.plus(entries))
      }
      case ROWS: {
        const compounds = form.item(3).int(0, molecules.length)
        if (!molecules.slice(compounds).every(isAtom)) form.fail('an atom is expected here')
        const blocks = form
          .items()
          .slice(4)
          .map((block) => this.#block(block))
        return new SolutionValue(Multiset.inRows(new Rows(molecules, compounds, blocks)))
      }
      default:
        return form.fail('this is no form of a solution')
    }
  }

  #copies(field: Field, count: number): Int[] {
    const copies = this.all(field).map((molecule) => copiesOf(molecule, field))
    if (copies.length !== count) field.fail('a number of copies is expected for each molecule')
    return copies
  }

  #block(form: Field): Block {
    const tag = form.item(0).maybe((field) => this.of(field))
    const count = form.item(1).int()
    const columns = form
      .items()
      .slice(2)
      .map((column) => {
        const values = this.all(column)
        if (values.length !== count || !values.every(isAtom))
          column.fail(`${String(count)} atoms are expected here`)
        return values
      })
    if (columns.length === 0 || (tag !== undefined && !isSymbol(tag)))
      form.fail('these are no tuples, and no atoms')
    return { tag, columns, count }
  }
}

export function isMembrane(molecule: Molecule): boolean {
  return (
    typeof molecule === 'object' &&
    molecule.kind === 'solution' &&
    !(molecule instanceof SolutionValue)
  )
}

export function copiesOf(molecule: Molecule | undefined, field: Field): Int {
  if (molecule !== undefined && isInt(molecule) && molecule !== 0) return molecule
  return field.fail('a number of copies is expected here')
}

const LARGE_INT = /^-?[1-9][0-9]*$/

function largeInt(field: Field): Int {
  const text = field.text()
  if (text === 'Infinity') return Infinity
  if (text === '-Infinity') return -Infinity
  if (!LARGE_INT.test(text) || text.length > LARGEST_EXTENT)
    field.fail('an integer is expected here')
  const value = BigInt(text)
  const isSmall = value <= Number.MAX_SAFE_INTEGER && value >= Number.MIN_SAFE_INTEGER
  return isSmall ? field.fail('a large integer is expected here') : value
}

export function floatOf(field: Field): number {
  const { value } = field
  switch (value) {
    case '-0':
      return -0
    case 'NaN':
    case 'Infinity':
    case '-Infinity':
      return Number(value)
    default:
      return field.number()
  }
}
