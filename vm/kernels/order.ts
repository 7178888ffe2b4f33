import type { Comparable } from './comparable.ts'
import { widen } from './grouping.ts'
import { inPieces, throughout } from './pieces.ts'

/** Elements between two looks at the clock. */
const AT_A_TIME = 1 << 13

/** Bits that one pass of the radix sort looks at. */
const BITS = 11
const BUCKETS = 1 << BITS

/** Runs of so many are sorted at once and then merged. */
const RUN = 512

/** The elements in ascending order of their values; equal ones stay in the order in which they are given. */
export function* ascendingOrder(
  values: Comparable,
  given: Int32Array,
): Generator<undefined, Int32Array> {
  return (yield* inOrder(values, given)).elements
}

/** Elements in an order, and what they are ordered by in the same order, where that came about. */
export interface Ordered {
  readonly elements: Int32Array
  readonly sorted: Int32Array | undefined
}

/** The same with the values. */
export function* inOrder(values: Comparable, given: Int32Array): Generator<undefined, Ordered> {
  if (yield* isAscending(values, given)) return { elements: given, sorted: undefined }
  if (values instanceof Int32Array && given.length >= RUN) {
    if (isIdentity(given)) return yield* byRadix(values.subarray(0, given.length))
    const { elements: places, sorted } = yield* byRadix(yield* picked(values, given))
    return { elements: yield* picked(given, places), sorted }
  }
  return { elements: yield* byMerging(values, given), sorted: undefined }
}

function* isAscending(values: Comparable, order: Int32Array): Generator<undefined, boolean> {
  return yield* throughout(order.length, (from, to) =>
    values instanceof Int32Array
      ? areIntsAscending(values, order, Math.max(1, from), to)
      : areAscending(values, order, Math.max(1, from), to),
  )
}

function areIntsAscending(
  values: Int32Array,
  order: Int32Array,
  from: number,
  to: number,
): boolean {
  for (let i = from; i < to; i++) if (values[order[i]!]! < values[order[i - 1]!]!) return false
  return true
}

function areAscending(values: Comparable, order: Int32Array, from: number, to: number): boolean {
  for (let i = from; i < to; i++) if (values[order[i]!]! < values[order[i - 1]!]!) return false
  return true
}

function isIdentity(order: Int32Array): boolean {
  for (let i = 0; i < order.length; i++) if (order[i] !== i) return false
  return true
}

/** The values at some places, one after the other. */
export function* picked(
  values: Int32Array,
  places: Int32Array,
): Generator<undefined, Int32Array<ArrayBuffer>> {
  const made = new Int32Array(places.length)
  yield* inPieces(places.length, (from, to) => {
    for (let i = from; i < to; i++) made[i] = values[places[i]!]!
  })
  return made
}

/** The places of keys, least significant digit first, which keeps equal ones in order. */
function* byRadix(keys: Int32Array): Generator<undefined, Ordered> {
  const n = keys.length
  const bounds = { least: 0x7fffffff, most: -0x80000000 }
  yield* inPieces(n, (from, to) => {
    widen(bounds, keys, from, to)
  })
  const { least, most } = bounds
  const digits = Math.max(1, Math.ceil(Math.log2(most - least + 1) / BITS))
  const counts = new Int32Array(digits * BUCKETS)
  yield* inPieces(n, (from, to) => {
    count(counts, { keys, least }, from, to)
  })
  for (let digit = 0; digit < digits; digit++) accumulate(startsOf(counts, digit))
  // A key and its place stand side by side, so that both are in one cache line wherever they go.
  let pairs = new Int32Array(2 * n)
  const starts = startsOf(counts, 0)
  yield* inPieces(n, (from, to) => {
    enter(pairs, { keys, least, starts }, from, to)
  })
  let free = digits > 1 ? new Int32Array(2 * n) : pairs
  for (let digit = 1; digit < digits; digit++) {
    const starts = startsOf(counts, digit)
    const [source, target] = [pairs, free]
    yield* inPieces(n, (from, to) => {
      distribute(source, target, { starts, shift: digit * BITS }, [from, to])
    })
    pairs = target
    free = source
  }
  const ordered = { elements: new Int32Array(n), sorted: new Int32Array(n) }
  const inOrder = pairs
  yield* inPieces(n, (from, to) => {
    apart(inOrder, ordered, least, [from, to])
  })
  return ordered
}

function startsOf(counts: Int32Array, digit: number): Int32Array {
  return counts.subarray(digit * BUCKETS, (digit + 1) * BUCKETS)
}

interface Entering {
  readonly keys: Int32Array
  readonly least: number
  /** Where the next one with each digit goes. */
  readonly starts: Int32Array
}

/** Counts each digit of some keys. Less the least, a key has 32 bits and no sign. */
function count(
  counts: Int32Array,
  { keys, least }: Pick<Entering, 'keys' | 'least'>,
  from: number,
  to: number,
): void {
  const digits = counts.length >> BITS
  for (let i = from; i < to; i++) {
    const key = (keys[i]! - least) | 0
    counts[key & (BUCKETS - 1)]!++
    if (digits > 1) counts[BUCKETS + ((key >>> BITS) & (BUCKETS - 1))]!++
    if (digits > 2) counts[2 * BUCKETS + (key >>> (2 * BITS))]!++
  }
}

/** Puts some keys with their places where their last digit sends them. */
function enter(
  pairs: Int32Array,
  { keys, least, starts }: Entering,
  from: number,
  to: number,
): void {
  for (let i = from; i < to; i++) {
    const key = (keys[i]! - least) | 0
    const digit = key & (BUCKETS - 1)
    const at = starts[digit]!
    starts[digit] = at + 1
    pairs[2 * at] = key
    pairs[2 * at + 1] = i
  }
}

/** From how many there are in each bucket to where each begins. */
function accumulate(starts: Int32Array): void {
  let sum = 0
  for (let digit = 0; digit < starts.length; digit++) {
    const there = starts[digit]!
    starts[digit] = sum
    sum += there
  }
}

function distribute(
  from: Int32Array,
  to: Int32Array,
  { starts, shift }: { readonly starts: Int32Array; readonly shift: number },
  [first, end]: readonly [number, number],
): void {
  for (let i = 2 * first; i < 2 * end; i += 2) {
    const key = from[i]!
    const digit = (key >>> shift) & (BUCKETS - 1)
    const at = starts[digit]!
    starts[digit] = at + 1
    to[2 * at] = key
    to[2 * at + 1] = from[i + 1]!
  }
}

/** Takes some pairs apart. */
function apart(
  pairs: Int32Array,
  { elements, sorted }: { readonly elements: Int32Array; readonly sorted: Int32Array },
  least: number,
  [from, to]: readonly [number, number],
): void {
  for (let i = from; i < to; i++) {
    sorted[i] = (pairs[2 * i]! + least) | 0
    elements[i] = pairs[2 * i + 1]!
  }
}

function* byMerging(values: Comparable, given: Int32Array): Generator<undefined, Int32Array> {
  const n = given.length
  let order = given.slice()
  for (let from = 0; from < n; from += RUN) {
    order
      .subarray(from, from + RUN)
      .sort((a, b) => (values[a]! < values[b]! ? -1 : values[a]! > values[b]! ? 1 : 0))
    yield
  }
  for (let run = RUN; run < n; run *= 2) {
    const next = new Int32Array(n)
    for (let from = 0; from < n; from += 2 * run) {
      const middle = Math.min(n, from + run)
      const end = Math.min(n, from + 2 * run)
      let [left, right] = [from, middle]
      for (let at = from; at < end; at++) {
        const isLeft =
          left < middle && (right >= end || !(values[order[right]!]! < values[order[left]!]!))
        next[at] = order[isLeft ? left++ : right++]!
        if ((at & (AT_A_TIME - 1)) === 0) yield
      }
      yield
    }
    order = next
  }
  return order
}
