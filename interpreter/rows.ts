import { Tuple } from './molecule.ts'
import type { Molecule } from './molecule.ts'

/** Tuples of as many atoms each, column by column; one column and no tag are the atoms themselves. Nobody changes the columns. */
export interface Block {
  /** What all tuples begin with, and is in no column. */
  readonly tag: Molecule | undefined
  readonly columns: readonly ArrayLike<Molecule>[]
  readonly count: number
}

/**
 * Many molecules, one copy of each, of which nearly all are tuples in columns: an object is made for one
 * only when somebody looks at it, and another one each time.
 */
export class Rows implements Iterable<Molecule> {
  /** Those that are in no column: first what is no atom. */
  readonly others: readonly Molecule[]
  readonly #compounds: number
  readonly blocks: readonly Block[]

  /** Of others, so many may be no atoms. */
  constructor(others: readonly Molecule[], compounds: number, blocks: readonly Block[]) {
    this.others = others
    this.#compounds = compounds
    this.blocks = blocks
  }

  /** What others hold that may be no atoms. */
  get compounds(): readonly Molecule[] {
    return this.others.slice(0, this.#compounds)
  }

  /** What all but the compounds add to the extent of a solution; see `extentOf`. */
  get flatExtent(): number {
    let extent = this.others.length - this.#compounds
    for (const { tag, columns, count } of this.blocks)
      extent += count * (1 + columns.length + (tag === undefined ? 0 : 1))
    return extent
  }

  get isEmpty(): boolean {
    return this.others.length === 0 && this.blocks.length === 0
  }

  visit(take: (molecule: Molecule) => void): void {
    for (const molecule of this.others) take(molecule)
    for (const block of this.blocks)
      for (let row = 0; row < block.count; row++) take(moleculeIn(block, row))
  }

  [Symbol.iterator](): Iterator<Molecule> {
    return new Cursor(this)
  }
}

/** Goes through rows: a result is read in one pass, and a generator takes half as long again. */
class Cursor implements Iterator<Molecule> {
  readonly #rows: Rows
  #block: Block | undefined
  #nextBlock = 0
  #row = 0

  constructor(rows: Rows) {
    this.#rows = rows
  }

  next(): IteratorResult<Molecule> {
    const block = this.#block
    const row = this.#row++
    if (block === undefined) {
      const value = this.#rows.others[row]
      if (value !== undefined) return { value, done: false }
    } else if (row < block.count) return { value: moleculeIn(block, row), done: false }
    this.#block = this.#rows.blocks[this.#nextBlock++]
    this.#row = 0
    return this.#block === undefined ? { value: undefined, done: true } : this.next()
  }
}

/** The molecule in one row. A tuple is made anew. */
export function moleculeIn({ tag, columns }: Block, row: number): Molecule {
  const [first, second] = columns
  if (columns.length === 1 && tag === undefined) return first?.[row] ?? 0
  if (columns.length === 1 && tag !== undefined)
    return new Tuple([tag, first?.[row] ?? 0], Infinity)
  if (columns.length === 2 && tag === undefined)
    return new Tuple([first?.[row] ?? 0, second?.[row] ?? 0], Infinity)
  if (columns.length === 2 && tag !== undefined)
    return new Tuple([tag, first?.[row] ?? 0, second?.[row] ?? 0], Infinity)
  const fields = columns.map((column) => column[row] ?? 0)
  return new Tuple(tag === undefined ? fields : [tag, ...fields], Infinity)
}

/** Whether a molecule has no parts and is no rule. */
export function isAtom(molecule: Molecule): boolean {
  return typeof molecule !== 'object' || molecule.kind === 'symbol' || molecule.kind === 'float'
}

/**
 * The fields of all tuples that `isWanted`, one array for each: from a block as it is, where all of them are in one.
 */
export function columnsOf(
  rows: Rows,
  { tag, width }: { readonly tag: Molecule | undefined; readonly width: number },
  isWanted: (molecule: Molecule) => boolean,
): readonly ArrayLike<Molecule>[] | undefined {
  const arity = tag === undefined ? width : width + 1
  const [block, another] = rows.blocks.filter(
    (each) =>
      each.columns.length + (each.tag === undefined ? 0 : 1) === arity && mayHold(each, tag),
  )
  if (block === undefined || another !== undefined || block.tag !== tag) return undefined
  return rows.others.some(isWanted) ? undefined : block.columns
}

/** Whether tuples with a tag can be in a block: one without a tag can have any in its first column. */
function mayHold(block: Block, tag: Molecule | undefined): boolean {
  if (tag === undefined || block.tag === tag) return true
  return block.tag === undefined && Array.isArray(block.columns[0])
}
