import { fromJs } from './marshal.ts'
import { EvaluationFailure } from './failures.ts'
import { symbol } from './molecule.ts'
import type { Entry, Molecule } from './molecule.ts'
import { isAtom, moleculeIn } from './rows.ts'
import type { Block } from './rows.ts'

/** The values of one field, one for each molecule: numbers in any typed array, or what `fromJs` takes. */
export type FieldValues = ArrayLike<unknown>

/**
 * Many molecules that are alike, as columns: it costs a few nanoseconds to put one into a reactor. Arrays of
 * Ints are not copied, and must not be changed before that.
 */
export class Table implements Iterable<Entry> {
  /** One column and no tag: the molecules themselves. */
  readonly block: Block
  /** Whether all fields are atoms. */
  readonly isFlat: boolean

  private constructor(block: Block, isFlat: boolean) {
    this.block = block
    this.isFlat = isFlat
  }

  /**
   * `TAG:a:b` for each row, without a tag `a:b`, and with one column and no tag the values themselves. Throws a
   * `RangeError` where columns differ in length, and a `TypeError` for a value that is no molecule.
   */
  static of(tag: string | undefined, fields: readonly FieldValues[]): Table {
    const [first] = fields
    if (first === undefined) throw new RangeError('a table has one column at least')
    const odd = fields.findIndex(({ length }) => length !== first.length)
    if (odd >= 0)
      throw new RangeError(
        `column ${String(odd + 1)} has ${String(fields[odd]?.length)} values, and column 1 has ${String(first.length)}`,
      )
    const columns = fields.map((values, at) => columnOf(values, at + 1))
    const isFlat = columns.every((column) => !Array.isArray(column) || column.every(isAtom))
    const block = { tag: tag === undefined ? undefined : symbol(tag), columns, count: first.length }
    return new Table(block, isFlat)
  }

  *[Symbol.iterator](): Generator<Entry> {
    for (let row = 0; row < this.block.count; row++) yield [moleculeIn(this.block, row), 1]
  }
}

/**
 * Molecules in columns: `table('EDGE', from, to)` is `EDGE:from[i]:to[i]` for each i, `table(from, to)` the pairs,
 * `table(values)` the values themselves. See `Table.of`.
 */
export function table(...fields: readonly FieldValues[]): Table
export function table(tag: string, ...fields: readonly FieldValues[]): Table
export function table(first: string | FieldValues, ...others: readonly FieldValues[]): Table {
  return typeof first === 'string'
    ? Table.of(first, others)
    : Table.of(undefined, [first, ...others])
}

function columnOf(values: FieldValues, number: number): ArrayLike<Molecule> {
  if (values instanceof Int32Array) return values
  if (areInt32(values)) return Int32Array.from(values)
  if (areInts(values)) return Float64Array.from(values)
  return Array.from(values, (value, row) => {
    try {
      return fromJs(value, () => undefined, `value ${String(row + 1)} of column ${String(number)}`)
    } catch (error) {
      if (!(error instanceof EvaluationFailure)) throw error
      throw new TypeError(error.message, { cause: error })
    }
  })
}

function areInt32(values: FieldValues): values is ArrayLike<number> {
  for (let i = 0; i < values.length; i++) {
    const value = values[i]
    if (typeof value !== 'number' || (value | 0) !== value) return false
  }
  return true
}

function areInts(values: FieldValues): values is ArrayLike<number> {
  for (let i = 0; i < values.length; i++) if (!Number.isSafeInteger(values[i])) return false
  return true
}
