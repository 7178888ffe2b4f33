import { Table, Tuple, isAtom, isSymbol } from '../interpreter/index.ts'
import type { Entry, Int, Molecule } from '../interpreter/index.ts'
import { ByteReader, ByteWriter } from './bytes.ts'
import { LONGEST_COLUMN, readColumn, writeColumn } from './columns.ts'
import type { Column } from './columns.ts'
import type { Copies } from './copies.ts'
import { LogError } from './errors.ts'
import { fieldsOf, intIn, joined } from './fields.ts'

/** Molecules that are alike: tuples of as many fields, or any by their exchange forms, as one field is. */
interface Block {
  /** 0 for molecules that are written as they are. */
  readonly arity: number
  readonly count: number
  /** One for each field, of the exchange forms of its values. */
  readonly columns: readonly Column[]
  /** Undefined where there is one copy of each. */
  readonly copies: Column | undefined
}

/** A field: an integer that is exact, or any value by its exchange form. */
export type Form = number | string

/** Tuples of as many fields, by fields; with 0 fields any molecules as they are written, in one column. */
export interface Alike {
  readonly arity: number
  readonly columns: readonly Form[][]
  readonly copies: Int[]
}

/**
 * Molecules that are written and travel together, in columns of bytes. Whoever passes them on passes on the bytes;
 * whoever wants to know looks into them. Molecules that are alike stand together, whatever their order was.
 */
export class Lot {
  #bytes: Uint8Array | undefined
  #blocks: readonly Block[] | undefined

  private constructor(bytes: Uint8Array | undefined, blocks?: readonly Block[]) {
    this.#bytes = bytes
    this.#blocks = blocks
  }

  static of(molecules: readonly Copies[]): Lot {
    return molecules.length === 0 ? Lot.EMPTY : new Lot(undefined, blocksOf(molecules))
  }

  /** Of molecules that are in columns already. */
  static ofAlike(all: readonly Alike[]): Lot {
    return new Lot(undefined, all.map(blockOfAlike))
  }

  /** As it was written. What is no lot is noticed when somebody looks: see `confirm`. */
  static from(bytes: Uint8Array): Lot {
    return new Lot(bytes)
  }

  /** No molecules. */
  static readonly EMPTY = new Lot(new Uint8Array(0), [])

  /** Throws a `LogError` where these bytes are no lot. */
  confirm(): this {
    this.#blocks ??= read(this.bytes)
    return this
  }

  get bytes(): Uint8Array {
    this.#bytes ??= written(this.#all)
    return this.#bytes
  }

  /** Of different molecules. */
  get size(): number {
    return this.#all.reduce((sum, { count }) => sum + count, 0)
  }

  /** The molecules by their exchange forms. */
  copies(): Copies[] {
    const all: Copies[] = []
    for (const block of this.#all)
      for (let row = 0; row < block.count; row++)
        all.push([textAt(block, row), copiesAt(block, row)])
    return all
  }

  /** The molecules themselves, in groups that go into a machine at once. `read` makes one of its exchange form. */
  *entries(read: (text: string) => Molecule): Generator<Iterable<Entry>> {
    for (const block of this.#all) yield entriesOf(block, read)
  }

  get #all(): readonly Block[] {
    this.#blocks ??= read(this.#bytes ?? new Uint8Array(0))
    return this.#blocks
  }
}

// — between molecules and columns

interface Growing {
  readonly rows: (readonly string[])[]
  readonly copies: Int[]
}

function blocksOf(molecules: readonly Copies[]): readonly Block[] {
  const byArity = new Map<number, Growing>()
  const blocks: Block[] = []
  for (const [text, copies] of molecules) {
    const fields = fieldsOf(text)
    const arity = fields?.length ?? 0
    let block = byArity.get(arity)
    if (block === undefined) byArity.set(arity, (block = { rows: [], copies: [] }))
    block.rows.push(fields ?? [text])
    block.copies.push(copies)
    if (block.rows.length === LONGEST_COLUMN) {
      blocks.push(blockOf(arity, block))
      byArity.delete(arity)
    }
  }
  for (const [arity, block] of byArity) blocks.push(blockOf(arity, block))
  return blocks
}

function blockOf(arity: number, { rows, copies }: Growing): Block {
  return {
    arity,
    count: rows.length,
    columns: Array.from({ length: Math.max(arity, 1) }, (_, i) =>
      columnOf(rows.map((fields) => fields[i] ?? '')),
    ),
    copies: copies.every((each) => each === 1) ? undefined : copiesColumn(copies),
  }
}

function blockOfAlike({ arity, columns, copies }: Alike): Block {
  return {
    arity,
    count: copies.length,
    columns: columns.map((column) =>
      areNumbers(column) ? { kind: 'ints', values: column } : textColumn(column.map(String)),
    ),
    copies: copies.every((each) => each === 1) ? undefined : copiesColumn(copies),
  }
}

function areNumbers(column: readonly Form[]): column is readonly number[] {
  return column.every((form) => typeof form === 'number')
}

function columnOf(texts: readonly string[]): Column {
  const values = new Float64Array(texts.length)
  for (const [i, text] of texts.entries()) {
    const value = intIn(text)
    if (value === undefined) return textColumn(texts)
    values[i] = value
  }
  return { kind: 'ints', values }
}

function textColumn(texts: readonly string[]): Column {
  const places = new Map<string, number>()
  const at = new Int32Array(texts.length)
  for (const [i, text] of texts.entries()) {
    let place = places.get(text)
    if (place === undefined) places.set(text, (place = places.size))
    at[i] = place
  }
  return { kind: 'texts', dictionary: [...places.keys()], at }
}

function copiesColumn(copies: readonly Int[]): Column {
  const values: number[] = []
  for (const each of copies) if (typeof each === 'number') values.push(each)
  if (values.length === copies.length && values.every(Number.isSafeInteger))
    return { kind: 'ints', values }
  return textColumn(copies.map(String))
}

function textAt({ arity, columns }: Block, row: number): string {
  if (arity === 0) return fieldAt(columns[0], row)
  return joined(columns.map((column) => fieldAt(column, row)))
}

function fieldAt(column: Column | undefined, row: number): string {
  if (column?.kind === 'texts') return column.dictionary[column.at[row] ?? 0] ?? ''
  return String(column?.values[row] ?? 0)
}

function copiesAt({ copies }: Block, row: number): Int {
  if (copies === undefined) return 1
  if (copies.kind === 'ints') return copies.values[row] ?? 0
  const text = copies.dictionary[copies.at[row] ?? 0] ?? ''
  if (text.endsWith('Infinity')) return Number(text)
  const value = BigInt(text)
  return value === BigInt(Number(value)) && Number.isSafeInteger(Number(value))
    ? Number(value)
    : value
}

// — for a machine

function entriesOf(block: Block, read: (text: string) => Molecule): Iterable<Entry> {
  const { arity, count, copies } = block
  const values = block.columns.map((column) => valuesOf(column, read))
  const [first] = values
  const areAlike =
    copies === undefined && count > 1 && arity !== 1 && values.every(({ isFlat }) => isFlat)
  if (!areAlike || first === undefined) return single(block, values)
  const columns = values.map(({ column }) => column)
  const tag = first.only
  return tag !== undefined && isSymbol(tag) && arity > 1
    ? Table.of(tag.name, columns.slice(1))
    : Table.of(undefined, columns)
}

function* single(block: Block, columns: readonly Values[]): Generator<Entry> {
  for (let row = 0; row < block.count; row++) {
    const fields = columns.map(({ column }) => column[row] ?? 0)
    const molecule = block.arity === 0 ? (fields[0] ?? 0) : new Tuple(fields)
    yield [molecule, copiesAt(block, row)]
  }
}

interface Values {
  readonly column: ArrayLike<Molecule>
  /** Whether all are atoms. */
  readonly isFlat: boolean
  /** Where all are the same. */
  readonly only?: Molecule | undefined
}

function valuesOf(column: Column, read: (text: string) => Molecule): Values {
  if (column.kind === 'ints') return { column: column.values, isFlat: true }
  const known = column.dictionary.map(read)
  return {
    column: Array.from(column.at, (place) => known[place] ?? 0),
    isFlat: known.every(isAtom),
    ...(known.length === 1 ? { only: known[0] } : {}),
  }
}

// — as bytes

function written(blocks: readonly Block[]): Uint8Array {
  const writer = new ByteWriter()
  for (const { arity, count, columns, copies } of blocks) {
    writer.count(2 * arity + (copies === undefined ? 0 : 1))
    writer.count(count)
    for (const column of columns) writeColumn(writer, column)
    if (copies !== undefined) writeColumn(writer, copies)
  }
  return writer.done()
}

function read(bytes: Uint8Array): readonly Block[] {
  const reader = new ByteReader(bytes)
  const blocks: Block[] = []
  while (!reader.isAtEnd) {
    const head = reader.count()
    const arity = Math.floor(head / 2)
    const count = reader.count()
    if (count === 0 || count > LONGEST_COLUMN || arity > reader.left)
      throw new LogError('a lot has a part without molecules')
    const columns = Array.from({ length: Math.max(arity, 1) }, () => readColumn(reader, count))
    const copies = head % 2 === 0 ? undefined : readColumn(reader, count)
    if (copies !== undefined && !areCopies(copies))
      throw new LogError('a lot has molecules of which there are no copies')
    blocks.push({ arity, count, columns, copies })
  }
  return blocks
}

function areCopies(column: Column): boolean {
  if (column.kind === 'ints') return Array.from(column.values).every((each) => each !== 0)
  return column.dictionary.every((text) => /^(-?[1-9][0-9]*|-?Infinity)$/.test(text))
}
