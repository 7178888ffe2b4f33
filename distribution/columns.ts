import { bytesOf } from './bytes.ts'
import type { ByteReader, ByteWriter } from './bytes.ts'
import { LogError } from './errors.ts'

/*
 * Many values of one sort after the other. Integers are written as the lowest one and how far each is from it, all in
 * as many bytes as the furthest needs, so equal ones take none; those that are too far apart as doubles. Texts are
 * written once each, and which one stands where.
 */

/** Integers that are exact, or texts by their number among different ones. */
export type Column =
  | { readonly kind: 'ints'; readonly values: ArrayLike<number> }
  | {
      readonly kind: 'texts'
      readonly dictionary: readonly string[]
      readonly at: ArrayLike<number>
    }

/** No column is longer: equal integers take no bytes, and nobody is to believe that there are billions of them. */
export const LONGEST_COLUMN = 2 ** 20

const INTS = 0
const TEXTS = 1
/** The width of a column that is written as doubles. */
const DOUBLES = 8

export function writeColumn(writer: ByteWriter, column: Column): void {
  if (column.kind === 'ints') {
    writer.byte(INTS)
    writeInts(writer, column.values)
    return
  }
  const { dictionary, at } = column
  writer.byte(TEXTS)
  writer.count(dictionary.length)
  writeInts(
    writer,
    dictionary.map(({ length }) => length),
  )
  writer.sized(bytesOf(dictionary.join('')))
  writeInts(writer, at)
}

/** Throws a `LogError` for what is no column of so many values. */
export function readColumn(reader: ByteReader, count: number): Column {
  const kind = reader.byte()
  if (kind === INTS) return { kind: 'ints', values: readInts(reader, count) }
  if (kind !== TEXTS) throw new LogError(`there is no column of the kind ${String(kind)}`)
  const size = reader.count()
  if (size > count) throw new LogError('a column has more texts than places')
  const lengths = readInts(reader, size)
  const all = reader.text()
  const dictionary: string[] = []
  let end = 0
  for (let i = 0; i < size; i++) {
    const length = lengths[i] ?? 0
    if (length < 0) throw new LogError('a text is shorter than nothing')
    dictionary.push(all.slice(end, (end += length)))
  }
  if (end !== all.length) throw new LogError('texts and their lengths do not agree')
  const at = readInts(reader, count)
  for (let i = 0; i < count; i++) {
    const place = at[i] ?? 0
    if (place < 0 || place >= size) throw new LogError('a column names a text that is not there')
  }
  return { kind: 'texts', dictionary, at }
}

function writeInts(writer: ByteWriter, values: ArrayLike<number>): void {
  let [least, most] = [Infinity, -Infinity]
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? 0
    if (value < least) least = value
    if (value > most) most = value
  }
  if (values.length === 0) return
  const width = widthOf(most - least)
  writer.byte(width)
  if (width === DOUBLES) {
    const room = writer.room(8 * values.length)
    const view = new DataView(room.buffer, room.byteOffset, room.byteLength)
    for (let i = 0; i < values.length; i++) view.setFloat64(8 * i, values[i] ?? 0, true)
    return
  }
  writer.byte(least < 0 ? 1 : 0)
  writer.count(Math.abs(least))
  const room = writer.room(width * values.length)
  // bench:cluster: as many rounds as molecules travel.
  for (let i = 0, at = 0; i < values.length; i++) {
    const distance = (values[i] ?? 0) - least
    for (let shift = 0; shift < 8 * width; shift += 8) room[at++] = distance >>> shift
  }
}

/** An array of 32 bits where all values fit. */
function readInts(reader: ByteReader, count: number): ArrayLike<number> {
  if (count === 0) return []
  const width = reader.byte()
  if (width === DOUBLES) {
    const bytes = reader.bytes(8 * count)
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    const values = Float64Array.from({ length: count }, (_, i) => view.getFloat64(8 * i, true))
    if (!values.every(Number.isSafeInteger)) throw new LogError('a column of integers has others')
    return values
  }
  if (width > 4) throw new LogError('a column of integers is too wide')
  const sign = reader.byte()
  const base = reader.count()
  const least = sign === 0 ? base : -base
  const bytes = reader.bytes(width * count)
  const most = least + 2 ** (8 * width) - 1
  if (sign > 1 || !Number.isSafeInteger(most))
    throw new LogError('a column of integers has no such beginning')
  const areShort = least >= -(2 ** 31) && most < 2 ** 31
  const values = areShort ? new Int32Array(count) : new Float64Array(count)
  for (let i = 0, at = 0; i < count; i++) {
    let distance = 0
    for (let shift = 0; shift < 8 * width; shift += 8) distance |= (bytes[at++] ?? 0) << shift
    values[i] = least + (distance >>> 0)
  }
  return values
}

function widthOf(distance: number): number {
  if (distance >= 2 ** 32) return DOUBLES
  if (distance >= 2 ** 24) return 4
  if (distance >= 2 ** 16) return 3
  if (distance >= 2 ** 8) return 2
  return distance > 0 ? 1 : 0
}
