import {
  BugError,
  Float,
  List,
  SolutionValue,
  Tuple,
  isInt,
  ruleOf,
  symbol,
} from '../../interpreter/index.ts'
import type { Int, Molecule } from '../../interpreter/index.ts'
import {
  BOOLEANS,
  FLOATS,
  INTS,
  LARGE_INTS,
  LISTS,
  NUMBERS,
  RULES,
  RUNS,
  SOLUTIONS,
  STRINGS,
  SYMBOL,
  SYMBOLS,
  TUPLES,
} from './parcel.ts'
import type { Parcel } from './parcel.ts'
import type { ShapeTable } from './shape-table.ts'

/** The solutions in a parcel, so many, their molecules in the order in which they were sent. */
export function unparcelled(parcel: Parcel, count: number, shapes: ShapeTable): SolutionValue[] {
  return new Reader(parcel, shapes).column(count).map((molecule) => {
    if (molecule instanceof SolutionValue) return molecule
    throw malformed()
  })
}

function malformed(): BugError {
  return new BugError('a parcel from another thread does not hold what it says')
}

class Reader {
  readonly #parcel: Parcel
  readonly #shapes: ShapeTable
  #at = 0
  #double = 0

  constructor(parcel: Parcel, shapes: ShapeTable) {
    this.#parcel = parcel
    this.#shapes = shapes
  }

  column(count: number): Molecule[] {
    if (count === 0 && this.#parcel.ints[this.#at] !== RUNS) throw malformed()
    const kind = this.#int()
    switch (kind) {
      case INTS:
        return this.#each(count, () => this.#int())
      case NUMBERS:
        return this.#each(count, () => this.#nextDouble())
      case FLOATS:
        return this.#each(count, () => new Float(this.#nextDouble()))
      case STRINGS:
        return this.#each(count, () => this.#text())
      case SYMBOLS:
        return this.#each(count, () => symbol(this.#text()))
      case SYMBOL:
        return new Array<Molecule>(count).fill(symbol(this.#text()))
      case BOOLEANS:
        return this.#each(count, () => this.#int() === 1)
      case LARGE_INTS:
        return this.#each(count, () => largeInt(this.#text()))
      case TUPLES:
        return this.#tuples(count)
      case LISTS:
        return this.#lists(count)
      case SOLUTIONS:
        return this.#solutions(count)
      case RULES:
        return this.#rules(count)
      case RUNS:
        return this.#runs()
      default:
        throw malformed()
    }
  }

  #runs(): Molecule[] {
    const all: Molecule[] = []
    for (let left = this.#int(); left > 0; left--) {
      const length = this.#int()
      for (const molecule of this.column(length)) all.push(molecule)
    }
    return all
  }

  #tuples(count: number): Molecule[] {
    const arity = this.#int()
    const fields = this.#columns(arity, count)
    return this.#each(count, (at) => new Tuple(across(fields, at), Infinity))
  }

  #lists(count: number): Molecule[] {
    const lengths = this.#each(count, () => this.#int())
    const inside = this.column(sum(lengths))
    let start = 0
    return lengths.map((length) => new List(inside.slice(start, (start += length)), Infinity))
  }

  #solutions(count: number): Molecule[] {
    const lengths = this.#each(count, () => this.#int())
    const areSingle = this.#int() === 0
    const total = sum(lengths)
    const inside = this.column(total)
    const copies = areSingle ? undefined : this.column(total).map(copiesOf)
    let start = 0
    return lengths.map((length) => {
      const end = start + length
      const value = SolutionValue.listing(
        inside.slice(start, end),
        copies?.slice(start, end),
        Infinity,
      )
      start = end
      return value
    })
  }

  #rules(count: number): Molecule[] {
    const shape = this.#shapes.at(this.#int())
    if (shape === undefined) throw malformed()
    const captured = this.#columns(this.#int(), count)
    return this.#each(count, (at) => ruleOf(shape, across(captured, at)))
  }

  #columns(columns: number, count: number): readonly (readonly Molecule[])[] {
    return this.#each(columns, () => this.column(count))
  }

  #each<T>(count: number, read: (at: number) => T): T[] {
    const all: T[] = []
    for (let at = 0; at < count; at++) all.push(read(at))
    return all
  }

  #int(): number {
    const value = this.#parcel.ints[this.#at++]
    if (value === undefined) throw malformed()
    return value
  }

  #nextDouble(): number {
    const value = this.#parcel.doubles[this.#double++]
    if (value === undefined) throw malformed()
    return value
  }

  #text(): string {
    const text = this.#parcel.texts[this.#int()]
    if (text === undefined) throw malformed()
    return text
  }
}

function across(columns: readonly (readonly Molecule[])[], at: number): readonly Molecule[] {
  return columns.map((column) => {
    const molecule = column[at]
    if (molecule === undefined) throw malformed()
    return molecule
  })
}

function copiesOf(molecule: Molecule): Int {
  if (isInt(molecule)) return molecule
  throw malformed()
}

function largeInt(text: string): bigint {
  return text.startsWith('-') ? -BigInt(`0x${text.slice(1)}`) : BigInt(`0x${text}`)
}

function sum(numbers: readonly number[]): number {
  let total = 0
  for (const each of numbers) total += each
  return total
}
