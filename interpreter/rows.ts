import { Tuple } from './molecule.ts'
import type { Molecule } from './molecule.ts'

/** Atoms of one kind, or tuples of as many atoms each, column by column. Nobody changes the columns. */
export interface Block {
  readonly isTuple: boolean
  /** What all tuples begin with, and is in no column. */
  readonly tag: Molecule | undefined
  readonly columns: readonly ArrayLike<Molecule>[]
  readonly count: number
}

/**
 * Many molecules of which nearly all are in columns: an object is made for a tuple only when somebody looks
 * at it, and another one each time. There is one copy of each.
 */
export class Rows implements Iterable<Molecule> {
  /** Those that are in no column. */
  readonly others: readonly Molecule[]
  readonly blocks: readonly Block[]

  constructor(others: readonly Molecule[], blocks: readonly Block[]) {
    this.others = others
    this.blocks = blocks
  }

  get length(): number {
    return this.blocks.reduce((sum, { count }) => sum + count, this.others.length)
  }

  /** What those in columns add to the extent of a solution; see `extentOf`. */
  get extent(): number {
    let extent = 0
    for (const { isTuple, tag, columns, count } of this.blocks)
      extent += count * (isTuple ? 1 + columns.length + (tag === undefined ? 0 : 1) : 1)
    return extent
  }

  visit(take: (molecule: Molecule) => void): void {
    for (const molecule of this.others) take(molecule)
    for (const block of this.blocks)
      for (let row = 0; row < block.count; row++) take(moleculeOf(block, row))
  }

  [Symbol.iterator](): Iterator<Molecule> {
    return new Cursor(this)
  }
}

/** Goes through rows: a result is read in one pass, and a generator takes half as long again. */
class Cursor implements Iterator<Molecule> {
  readonly #rows: Rows
  #block: Block
  #nextBlock = 0
  /** Of the block: an object that is looked into for each molecule takes time. */
  #first: ArrayLike<Molecule>
  #second: ArrayLike<Molecule> | undefined
  #count: number
  #row = 0

  constructor(rows: Rows) {
    this.#rows = rows
    const { others } = rows
    this.#block = { isTuple: false, tag: undefined, columns: [others], count: others.length }
    this.#first = others
    this.#count = others.length
  }

  next(): IteratorResult<Molecule> {
    const row = this.#row++
    if (row >= this.#count) return this.#advance()
    const second = this.#second
    if (second !== undefined)
      return {
        value: new Tuple([this.#first[row] ?? 0, second[row] ?? 0], Infinity),
        done: false,
      }
    return { value: moleculeOf(this.#block, row), done: false }
  }

  #advance(): IteratorResult<Molecule> {
    const block = this.#rows.blocks[this.#nextBlock]
    if (block === undefined) return { value: undefined, done: true }
    this.#nextBlock++
    this.#block = block
    this.#count = block.count
    this.#row = 0
    const { isTuple, tag, columns } = block
    const [first = NOTHING, second] = columns
    this.#first = first
    const isPair = isTuple && tag === undefined && columns.length === 2
    this.#second = isPair ? second : undefined
    return this.next()
  }
}

const NOTHING: readonly Molecule[] = []

function moleculeOf({ isTuple, tag, columns }: Block, row: number): Molecule {
  const first = columns[0]?.[row] ?? 0
  if (!isTuple) return first
  if (columns.length === 1 && tag !== undefined) return new Tuple([tag, first], Infinity)
  if (columns.length === 2) {
    const second = columns[1]?.[row] ?? 0
    return new Tuple(tag === undefined ? [first, second] : [tag, first, second], Infinity)
  }
  const fields = columns.map((column) => column[row] ?? 0)
  return new Tuple(tag === undefined ? fields : [tag, ...fields], Infinity)
}
