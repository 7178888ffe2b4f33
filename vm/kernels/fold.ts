import { addInt, multiplyInt } from '../../interpreter/index.ts'
import type { Int } from '../../interpreter/index.ts'
import type { Comparable, Numbers } from './comparable.ts'
import type { Groups } from './grouping.ts'
import { inPieces, throughout } from './pieces.ts'

/*
 * What two molecules of one group leave, for all molecules of a group at once. Loops over ints do not
 * look for overflow where there cannot be any. Measured in `bench/`: max, sum, words.
 */

/** So many int32 have a sum below 2^53. */
const EXACT_INTS = 1 << 21

/** The element with the largest value, or the smallest; of equal ones the first. */
export function* extremeOf(
  values: Numbers,
  n: number,
  isLargest: boolean,
): Generator<undefined, number> {
  let best = 0
  yield* inPieces(n, (from, to) => {
    if (values instanceof Int32Array)
      best = isLargest ? largestInt(values, from, to, best) : smallestInt(values, from, to, best)
    else best = isLargest ? largest(values, from, to, best) : smallest(values, from, to, best)
  })
  return best
}

function largestInt(values: Int32Array, from: number, to: number, before: number): number {
  let best = before
  let most = values[best]!
  for (let i = from; i < to; i++) {
    const value = values[i]!
    if (value > most) {
      most = value
      best = i
    }
  }
  return best
}

function smallestInt(values: Int32Array, from: number, to: number, before: number): number {
  let best = before
  let least = values[best]!
  for (let i = from; i < to; i++) {
    const value = values[i]!
    if (value < least) {
      least = value
      best = i
    }
  }
  return best
}

function largest(values: Float64Array, from: number, to: number, before: number): number {
  let best = before
  let most = values[best]!
  for (let i = from; i < to; i++) {
    const value = values[i]!
    if (value > most) {
      most = value
      best = i
    }
  }
  return best
}

function smallest(values: Float64Array, from: number, to: number, before: number): number {
  let best = before
  let least = values[best]!
  for (let i = from; i < to; i++) {
    const value = values[i]!
    if (value < least) {
      least = value
      best = i
    }
  }
  return best
}

/** By group: the element with the largest value, or the smallest; of equal ones the first. */
export function* extremesOf(
  values: Numbers,
  { count, of, first }: Groups,
  isLargest: boolean,
): Generator<undefined, Int32Array> {
  const best = first.slice(0, count)
  yield* inPieces(of.length, (from, to) => {
    for (let i = from; i < to; i++) {
      const group = of[i]!
      const value = values[i]!
      const other = values[best[group]!]!
      if (isLargest ? value > other : value < other) best[group] = i
    }
  })
  return best
}

/** The exact sum, each value as often as there are copies. Undefined where it has none: ∞ and −∞. */
export function* sumOf(
  values: Numbers,
  n: number,
  copies: readonly number[] | undefined,
): Generator<undefined, Int | undefined> {
  let total: Int | undefined = 0
  yield* throughout(n, (from, to) => {
    const before = total ?? 0
    if (copies !== undefined) total = sumOfCopies(values, copies, [from, to, before])
    else if (values instanceof Int32Array) total = addInt(before, sumOfInts(values, from, to))
    else total = sumOfNumbers(values, from, to, before)
    return total !== undefined
  })
  return total
}

function sumOfInts(values: Int32Array, from: number, to: number): number {
  let sum = 0
  for (let i = from; i < to; i++) sum += values[i]!
  return sum
}

function sumOfNumbers(
  values: Float64Array,
  from: number,
  to: number,
  before: Int,
): Int | undefined {
  let total = before
  for (let i = from; i < to; i++) {
    const sum = plus(total, values[i]!)
    if (sum === undefined) return undefined
    total = sum
  }
  return total
}

function sumOfCopies(
  values: Numbers,
  copies: readonly number[],
  [from, to, before]: readonly [number, number, Int],
): Int | undefined {
  let total = before
  for (let i = from; i < to; i++) {
    const sum = plus(total, values[i] === 0 ? 0 : multiplyInt(values[i]!, copies[i]!))
    if (sum === undefined) return undefined
    total = sum
  }
  return total
}

/** The exact sum; undefined for ∞ − ∞. */
function plus(a: Int, b: Int): Int | undefined {
  if (typeof a === 'number' && typeof b === 'number') {
    const sum = a + b
    if (sum <= Number.MAX_SAFE_INTEGER && sum >= Number.MIN_SAFE_INTEGER) return sum
    if (Number.isNaN(sum)) return undefined
  }
  return addInt(a, b)
}

/** The exact sums by group. Undefined where one has none. */
export function* sumsOf(
  values: Numbers,
  { count, of }: Groups,
  copies: readonly number[] | undefined,
): Generator<undefined, ArrayLike<Int> | undefined> {
  const n = of.length
  if (values instanceof Int32Array && copies === undefined && n <= EXACT_INTS) {
    const sums = new Float64Array(count)
    yield* inPieces(n, (from, to) => {
      addUp(values, of, sums, [from, to])
    })
    return sums
  }
  const sums: Int[] = new Array<Int>(count).fill(0)
  const isAdded = yield* throughout(n, (from, to) => {
    for (let i = from; i < to; i++) {
      const value = values[i]!
      const times = copies === undefined || value === 0 ? value : multiplyInt(value, copies[i]!)
      const sum = plus(sums[of[i]!]!, times)
      if (sum === undefined) return false
      sums[of[i]!] = sum
    }
    return true
  })
  return isAdded ? sums : undefined
}

function addUp(
  values: Int32Array,
  of: Int32Array,
  sums: Float64Array,
  [from, to]: readonly [number, number],
): void {
  for (let i = from; i < to; i++) sums[of[i]!]! += values[i]!
}

/** Elements that are marked, in order. */
export function marked(marks: Uint8Array, count: number): Int32Array {
  const elements = new Int32Array(count)
  let at = 0
  for (let i = 0; i < marks.length && at < count; i++) if (marks[i] === 1) elements[at++] = i
  return elements
}

/** Elements in ascending order. */
export function ascending(elements: Int32Array, n: number): Int32Array {
  if (elements.length * 32 < n) return elements.toSorted()
  const marks = new Uint8Array(n)
  for (let i = 0; i < elements.length; i++) marks[elements[i]!] = 1
  return marked(marks, elements.length)
}

/** Elements whose value is neither above nor below that of the best one of their group. */
export function* equalToBest(
  values: Comparable,
  groups: Groups | undefined,
  best: Int32Array,
  n: number,
): Generator<undefined, Int32Array> {
  const marks = new Uint8Array(n)
  let count = 0
  yield* inPieces(n, (from, to) => {
    for (let i = from; i < to; i++) {
      const other = values[best[groups === undefined ? 0 : groups.of[i]!]!]!
      if (values[i]! < other || values[i]! > other) continue
      marks[i] = 1
      count++
    }
  })
  return marked(marks, count)
}
