import type { Molecule } from '../../interpreter/index.ts'
import type { Column } from '../store/column.ts'
import { IntKeys } from '../store/int-keys.ts'
import { inPieces, throughout } from './pieces.ts'

/** A table by the key itself may be so much larger than there are keys. */
const DENSE_PER_KEY = 4

/** Elements that have the same key, numbered from 0 in the order in which the keys come. */
export interface Groups {
  readonly count: number
  /** By element. */
  readonly of: Int32Array
  /** By group: its first element. */
  readonly first: Int32Array
}

/**
 * Groups n elements by the values of some columns. Undefined where a key is no atom. Yields where the
 * clock is to be looked at. Measured in `bench/`, words.
 */
export function* groupsBy(
  columns: readonly Column[],
  n: number,
): Generator<undefined, Groups | undefined> {
  const [only] = columns
  if (only !== undefined && columns.length === 1) {
    if (only instanceof Int32Array) return yield* byInts(only, n)
    return yield* byAtoms(only, n)
  }
  return yield* bySeveral(columns, n)
}

function* byInts(keys: Int32Array, n: number): Generator<undefined, Groups> {
  const bounds = { least: keys[0] ?? 0, most: keys[0] ?? 0 }
  yield* inPieces(n, (from, to) => {
    widen(bounds, keys, from, to)
  })
  const { least, most } = bounds
  const of = new Int32Array(n)
  const first = new Int32Array(n)
  const range = most - least + 1
  let count = 0
  if (range <= DENSE_PER_KEY * n + 1024) {
    const table = new Int32Array(range)
    yield* inPieces(n, (from, to) => {
      count = densely({ keys, least, table, of, first }, from, to, count)
    })
  } else {
    const known = new IntKeys(1)
    yield* inPieces(n, (from, to) => {
      count = hashed(known, { keys, of, first }, from, to)
    })
  }
  return { count, of, first }
}

/** Takes some keys into account. */
export function widen(
  bounds: { least: number; most: number },
  keys: Int32Array,
  from: number,
  to: number,
): void {
  let { least, most } = bounds
  for (let i = from; i < to; i++) {
    const key = keys[i]!
    if (key < least) least = key
    if (key > most) most = key
  }
  bounds.least = least
  bounds.most = most
}

interface DenseLoop {
  readonly keys: Int32Array
  readonly least: number
  /** A group plus 1, by key. */
  readonly table: Int32Array
  readonly of: Int32Array
  readonly first: Int32Array
}

function densely(loop: DenseLoop, from: number, to: number, before: number): number {
  const { keys, least, table, of, first } = loop
  let count = before
  for (let i = from; i < to; i++) {
    const at = keys[i]! - least
    let group = table[at]!
    if (group === 0) {
      first[count] = i
      group = ++count
      table[at] = group
    }
    of[i] = group - 1
  }
  return count
}

function hashed(
  known: IntKeys,
  loop: Pick<DenseLoop, 'keys' | 'of' | 'first'>,
  from: number,
  to: number,
): number {
  const { keys, of, first } = loop
  const wanted = [0]
  for (let i = from; i < to; i++) {
    const key = keys[i]!
    let group = known.group1(key)
    if (group < 0) {
      wanted[0] = key
      group = known.add(wanted)
      first[group] = i
    }
    of[i] = group
  }
  return known.size
}

function* byAtoms(keys: ArrayLike<Molecule>, n: number): Generator<undefined, Groups | undefined> {
  const known = new AtomKeys()
  const of = new Int32Array(n)
  const areAtoms = yield* throughout(n, (from, to) => known.number(keys, of, from, to))
  if (!areAtoms) return undefined
  return { count: known.size, of, first: Int32Array.from(known.first) }
}

/** Each column gets numbers of its own, and the numbers together are the key. */
function* bySeveral(
  columns: readonly Column[],
  n: number,
): Generator<undefined, Groups | undefined> {
  const numbered: Int32Array[] = []
  for (const column of columns) {
    if (column instanceof Int32Array) {
      numbered.push(column)
      continue
    }
    const groups = yield* byAtoms(column, n)
    if (groups === undefined) return undefined
    numbered.push(groups.of)
  }
  const known = new IntKeys(columns.length)
  const of = new Int32Array(n)
  const first: number[] = []
  const wanted = new Array<number>(columns.length).fill(0)
  const [one, two] = numbered
  yield* inPieces(n, (from, to) => {
    for (let i = from; i < to; i++) {
      for (let c = 0; c < numbered.length; c++) wanted[c] = numbered[c]![i]!
      let group = numbered.length === 2 ? known.group2(one![i]!, two![i]!) : known.group(wanted)
      if (group < 0) {
        group = known.add(wanted)
        first.push(i)
      }
      of[i] = group
    }
  })
  return { count: first.length, of, first: Int32Array.from(first) }
}

/** Numbers atoms. A float and an Int are never the same, however equal they look. */
class AtomKeys {
  readonly #known = new Map<Molecule, number>()
  #floats: Map<number, number> | undefined
  readonly first: number[] = []

  get size(): number {
    return this.first.length
  }

  /** Numbers some elements; false where one is no atom. */
  number(keys: ArrayLike<Molecule>, of: Int32Array, from: number, to: number): boolean {
    const known = this.#known
    const { first } = this
    for (let i = from; i < to; i++) {
      const key = keys[i]!
      if (typeof key === 'object' && key.kind !== 'symbol') {
        if (key.kind !== 'float') return false
        of[i] = this.#float(key.value, i)
        continue
      }
      let group = known.get(key)
      if (group === undefined) {
        group = first.length
        first.push(i)
        known.set(key, group)
      }
      of[i] = group
    }
    return true
  }

  #float(value: number, at: number): number {
    this.#floats ??= new Map()
    let group = this.#floats.get(value)
    if (group === undefined) {
      group = this.first.length
      this.first.push(at)
      this.#floats.set(value, group)
    }
    return group
  }
}
