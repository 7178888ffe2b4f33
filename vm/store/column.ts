import type { Molecule } from '../../interpreter/index.ts'

/**
 * One field of every slot of a store. Ints that fit take 4 bytes, safe and infinite ones 8; anything
 * else is kept as it is.
 */
export type Column = Int32Array<ArrayBuffer> | Float64Array<ArrayBuffer> | Molecule[]

/** What a column can hold; each kind holds all that the ones before it do. */
export const INT32 = 0
export const NUMBER = 1
export const ANY = 2
export type ColumnKind = typeof INT32 | typeof NUMBER | typeof ANY

/** The narrowest kind that holds a molecule. */
export function kindOf(molecule: Molecule): ColumnKind {
  if (typeof molecule !== 'number') return ANY
  return (molecule | 0) === molecule ? INT32 : NUMBER
}

/** The kind of a column. */
export function kindOfColumn(column: Column): ColumnKind {
  if (column instanceof Int32Array) return INT32
  return column instanceof Float64Array ? NUMBER : ANY
}

/** An empty column with room for so many slots. */
export function columnOf(kind: ColumnKind, capacity: number): Column {
  if (kind === INT32) return new Int32Array(capacity)
  return kind === NUMBER ? new Float64Array(capacity) : []
}

/** The same column with room for more. */
export function grown(column: Column, capacity: number): Column {
  if (column instanceof Int32Array) return grownInts(column, capacity)
  if (!(column instanceof Float64Array)) return column
  const larger = new Float64Array(capacity)
  larger.set(column)
  return larger
}

/** The same column as one that holds more kinds of molecules. */
export function widened(column: Column, kind: ColumnKind, end: number): Column {
  if (kind === NUMBER) return Float64Array.from(column as Int32Array)
  const wide: Molecule[] = []
  for (let slot = 0; slot < end; slot++) wide.push(column[slot] ?? 0)
  return wide
}

/** The same numbers with room for more. */
export function grownInts(
  ints: Int32Array<ArrayBuffer>,
  capacity: number,
): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(capacity)
  larger.set(ints)
  return larger
}

/** Some molecules of one class in a row, one field of which is to be written: −1 for the molecules themselves. */
export interface Row {
  readonly molecules: ArrayLike<Molecule>
  readonly from: number
  readonly count: number
  readonly field: number
}

/** Writes a field of each, from a slot on that has room for all of them; gives the first that the column cannot hold. */
export function written(column: Column, first: number, row: Row): Molecule | undefined {
  if (column instanceof Int32Array) return writtenInts(column, first, row)
  if (column instanceof Float64Array) return writtenNumbers(column, first, row)
  while (column.length < first) column.push(0)
  const { molecules, from, count, field } = row
  for (let i = 0; i < count; i++) column[first + i] = fieldOf(molecules[from + i], field)
  return undefined
}

function writtenInts(
  column: Int32Array,
  first: number,
  { molecules, from, count, field }: Row,
): Molecule | undefined {
  for (let i = 0; i < count; i++) {
    const value = fieldOf(molecules[from + i], field)
    if (typeof value !== 'number' || (value | 0) !== value) return value
    column[first + i] = value
  }
  return undefined
}

function writtenNumbers(
  column: Float64Array,
  first: number,
  { molecules, from, count, field }: Row,
): Molecule | undefined {
  for (let i = 0; i < count; i++) {
    const value = fieldOf(molecules[from + i], field)
    if (typeof value !== 'number') return value
    column[first + i] = value
  }
  return undefined
}

function fieldOf(molecule: Molecule | undefined, field: number): Molecule {
  if (field < 0 || typeof molecule !== 'object' || molecule.kind !== 'tuple') return molecule ?? 0
  return molecule.fields[field] ?? 0
}

/** Writes values from a slot on that has room for all of them; gives the first that the column cannot hold. */
export function appended(
  column: Column,
  first: number,
  values: ArrayLike<Molecule>,
): Molecule | undefined {
  if (Array.isArray(column)) {
    while (column.length < first) column.push(0)
    for (let i = 0; i < values.length; i++) column[first + i] = values[i] ?? 0
    return undefined
  }
  const row = { molecules: values, from: 0, count: values.length, field: -1 }
  if (values instanceof Int32Array || (values instanceof Float64Array && !isInt32(column)))
    column.set(values, first)
  else return isInt32(column) ? writtenInts(column, first, row) : writtenNumbers(column, first, row)
  return undefined
}

function isInt32(column: Column): column is Int32Array<ArrayBuffer> {
  return column instanceof Int32Array
}

/** Moves what some slots hold, ascending, to the first ones. */
export function retainIn(column: Column, slots: Int32Array, count: number): void {
  if (column instanceof Int32Array)
    for (let i = 0; i < count; i++) column[i] = column[slots[i] ?? 0] ?? 0
  else if (column instanceof Float64Array)
    for (let i = 0; i < count; i++) column[i] = column[slots[i] ?? 0] ?? 0
  else for (let i = 0; i < count; i++) column[i] = column[slots[i] ?? 0] ?? 0
}

/** Writes numbers over the first ones; false where one of them does not fit, and then some are written. */
export function overwritten(column: Column, values: ArrayLike<Molecule>, count: number): boolean {
  if (Array.isArray(column) || !ArrayBuffer.isView(values)) return false
  const numbers = values as ArrayLike<number>
  if (column instanceof Float64Array || numbers instanceof Int32Array) {
    for (let i = 0; i < count; i++) column[i] = numbers[i] ?? 0
    return true
  }
  for (let i = 0; i < count; i++) {
    const value = numbers[i] ?? 0
    if ((value | 0) !== value) return false
    column[i] = value
  }
  return true
}
