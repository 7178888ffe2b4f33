import { isInt, isRule, shapeOf } from '../../interpreter/index.ts'
import type { Int, Molecule, Rule, SolutionValue } from '../../interpreter/index.ts'
import type { ShapeTable } from './shape-table.ts'

/**
 * Molecules as flat arrays, which are moved from thread to thread and not copied. They stand in columns: a
 * column is its kind and then all of one kind at once, the first fields of all tuples, the molecules of all
 * solutions. Where kinds alternate, a column is made of runs. `unparcel.ts` reads what is written here.
 */
export interface Parcel {
  /** The columns, one after the other, each with its kind before it. */
  readonly ints: Int32Array<ArrayBuffer>
  /** Numbers that are no 32-bit integers, in the order in which columns ask for them. */
  readonly doubles: Float64Array<ArrayBuffer>
  /** Strings, names and large integers, each once. */
  readonly texts: readonly string[]
}

/** What a column holds; arities, numbers of rules and lengths follow it. */
export const INTS = 0
export const NUMBERS = 1
export const FLOATS = 2
export const STRINGS = 3
export const SYMBOLS = 4
/** The same one each time. */
export const SYMBOL = 5
export const BOOLEANS = 6
export const LARGE_INTS = 7
export const TUPLES = 8
export const LISTS = 9
export const SOLUTIONS = 10
export const RULES = 11
export const RUNS = 12

/** Columns are within columns as deep as molecules nest; what is deeper stays where it is. */
const DEEPEST = 200

/** Solutions as one parcel; undefined where there is something in them that only this thread knows. */
export function parcelOf(values: readonly SolutionValue[], shapes: ShapeTable): Parcel | undefined {
  const writer = new Writer(shapes)
  writer.column(values, 0)
  return writer.isSendable ? writer.parcel() : undefined
}

class Writer {
  /** False once something was met that cannot be sent. */
  isSendable = true
  readonly #shapes: ShapeTable
  #ints = new Int32Array(1024)
  #intCount = 0
  #doubles = new Float64Array(0)
  #doubleCount = 0
  readonly #texts: string[] = []
  readonly #textNumbers = new Map<string, number>()

  constructor(shapes: ShapeTable) {
    this.#shapes = shapes
  }

  parcel(): Parcel {
    return {
      ints: this.#ints.slice(0, this.#intCount),
      doubles: this.#doubles.slice(0, this.#doubleCount),
      texts: this.#texts,
    }
  }

  /** Writes molecules; whoever reads them knows how many there are. */
  column(items: readonly Molecule[], depth: number): void {
    if (depth > DEEPEST) this.isSendable = false
    if (!this.isSendable) return
    const ends = runsIn(items)
    if (ends.length === 1) {
      this.#run(items, depth)
      return
    }
    this.#int(RUNS)
    this.#int(ends.length)
    let start = 0
    for (const end of ends) {
      this.#int(end - start)
      this.#run(items.slice(start, end), depth)
      start = end
    }
  }

  /** Writes molecules that are alike. */
  #run(items: readonly Molecule[], depth: number): void {
    const [first] = items
    switch (typeof first) {
      case 'undefined':
        return
      case 'number':
        this.#numbers(items)
        return
      case 'bigint':
        this.#int(LARGE_INTS)
        for (const item of items) if (isInt(item)) this.#text(largeText(item))
        return
      case 'string':
        this.#int(STRINGS)
        for (const item of items) if (typeof item === 'string') this.#text(item)
        return
      case 'boolean':
        this.#int(BOOLEANS)
        for (const item of items) this.#int(item === true ? 1 : 0)
        return
      case 'object':
        this.#objects(first, items, depth)
    }
  }

  #objects(first: object & Molecule, items: readonly Molecule[], depth: number): void {
    switch (first.kind) {
      case 'float':
        this.#int(FLOATS)
        for (const item of items)
          if (typeof item === 'object' && item.kind === 'float') this.#double(item.value)
        return
      case 'symbol':
        this.#symbols(first.name, items)
        return
      case 'tuple':
        this.#tuples(first.fields.length, items, depth)
        return
      case 'list':
        this.#lists(items, depth)
        return
      case 'solution':
        this.#solutions(items, depth)
        return
      case 'rule':
        this.#rules(first, items, depth)
        return
      case 'host':
      case 'pending':
        this.isSendable = false
    }
  }

  #numbers(items: readonly Molecule[]): void {
    const areSmall = items.every((item) => typeof item === 'number' && (item | 0) === item)
    this.#int(areSmall ? INTS : NUMBERS)
    for (const item of items) {
      if (typeof item !== 'number') continue
      if (areSmall) this.#int(item)
      else this.#double(item)
    }
  }

  #symbols(name: string, items: readonly Molecule[]): void {
    const [first] = items
    const isOne = items.every((item) => item === first)
    this.#int(isOne ? SYMBOL : SYMBOLS)
    if (isOne) this.#text(name)
    else
      for (const item of items)
        if (typeof item === 'object' && item.kind === 'symbol') this.#text(item.name)
  }

  #tuples(arity: number, items: readonly Molecule[], depth: number): void {
    this.#int(TUPLES)
    this.#int(arity)
    for (let at = 0; at < arity; at++) {
      const fields: Molecule[] = []
      for (const item of items) {
        const field =
          typeof item === 'object' && item.kind === 'tuple' ? item.fields[at] : undefined
        if (field !== undefined) fields.push(field)
      }
      this.column(fields, depth + 1)
    }
  }

  #lists(items: readonly Molecule[], depth: number): void {
    this.#int(LISTS)
    const inside: Molecule[] = []
    for (const item of items) {
      if (typeof item !== 'object' || item.kind !== 'list') continue
      this.#int(item.items.length)
      for (const inner of item.items) inside.push(inner)
    }
    this.column(inside, depth + 1)
  }

  #solutions(items: readonly Molecule[], depth: number): void {
    this.#int(SOLUTIONS)
    const inside: Molecule[] = []
    const copies: Int[] = []
    for (const item of items) {
      if (typeof item !== 'object' || item.kind !== 'solution') continue
      const before = inside.length
      item.contents().visit((molecule, times) => {
        inside.push(molecule)
        copies.push(times)
      })
      this.#int(inside.length - before)
    }
    const areSingle = copies.every((times) => times === 1)
    this.#int(areSingle ? 0 : 1)
    this.column(inside, depth + 1)
    if (!areSingle) this.column(copies, depth + 1)
  }

  #rules(first: Rule, items: readonly Molecule[], depth: number): void {
    const number = this.#shapes.numberOf(shapeOf(first))
    if (number === undefined) {
      this.isSendable = false
      return
    }
    const count = first.captured.length
    this.#int(RULES)
    this.#int(number)
    this.#int(count)
    for (let at = 0; at < count; at++) {
      const values: Molecule[] = []
      for (const item of items) {
        const value = isRule(item) ? item.captured[at] : undefined
        if (value !== undefined) values.push(value)
      }
      this.column(values, depth + 1)
    }
  }

  #int(value: number): void {
    if (this.#intCount === this.#ints.length) {
      const larger = new Int32Array(this.#ints.length * 2)
      larger.set(this.#ints)
      this.#ints = larger
    }
    this.#ints[this.#intCount++] = value
  }

  #double(value: number): void {
    if (this.#doubleCount === this.#doubles.length) {
      const larger = new Float64Array(Math.max(64, this.#doubles.length * 2))
      larger.set(this.#doubles)
      this.#doubles = larger
    }
    this.#doubles[this.#doubleCount++] = value
  }

  #text(text: string): void {
    let number = this.#textNumbers.get(text)
    if (number === undefined) {
      number = this.#texts.length
      this.#texts.push(text)
      this.#textNumbers.set(text, number)
    }
    this.#int(number)
  }
}

/** Where each run of like molecules ends. */
function runsIn(items: readonly Molecule[]): readonly number[] {
  const ends: number[] = []
  let last = items[0]
  for (let at = 1; at < items.length; at++) {
    const item = items[at]
    if (last === undefined || item === undefined || areAlike(last, item)) continue
    ends.push(at)
    last = item
  }
  if (items.length > 0) ends.push(items.length)
  return ends
}

/** Whether two molecules can stand in one column without runs. */
function areAlike(a: Molecule, b: Molecule): boolean {
  if (typeof a !== 'object' || typeof b !== 'object') return typeof a === typeof b
  if (a.kind !== b.kind) return false
  if (a.kind === 'tuple') return b.kind === 'tuple' && a.fields.length === b.fields.length
  return a.kind !== 'rule' || (b.kind === 'rule' && a.shape === b.shape)
}

function largeText(value: Int): string {
  return value.toString(16)
}
