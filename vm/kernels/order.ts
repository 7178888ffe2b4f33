import type { Comparable } from './comparable.ts'

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
  if (yield* isAscending(values, given)) return given
  return values instanceof Int32Array && given.length >= RUN
    ? yield* byRadix(values, given)
    : yield* byMerging(values, given)
}

function* isAscending(values: Comparable, order: Int32Array): Generator<undefined, boolean> {
  for (let from = 1; from < order.length; from += AT_A_TIME) {
    const to = Math.min(order.length, from + AT_A_TIME)
    const isAscending =
      values instanceof Int32Array
        ? areIntsAscending(values, order, from, to)
        : areAscending(values, order, from, to)
    if (!isAscending) return false
    yield
  }
  return true
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

/** Elements with what they are sorted by, side by side, so that no pass looks up values at random. */
interface Pairs {
  readonly keys: Uint32Array
  readonly elements: Int32Array
}

/** Least significant digit first, which keeps equal ones in order. */
function* byRadix(values: Int32Array, given: Int32Array): Generator<undefined, Int32Array> {
  const n = given.length
  const bounds = { least: Infinity, most: -Infinity }
  for (let from = 0; from < n; from += AT_A_TIME) {
    widen(bounds, values, given.subarray(from, from + AT_A_TIME))
    yield
  }
  const range = bounds.most - bounds.least
  const digits = Math.ceil(Math.log2(range + 1) / BITS)
  const counts = new Int32Array(digits * BUCKETS)
  let pairs: Pairs = { keys: new Uint32Array(n), elements: given.slice() }
  for (let from = 0; from < n; from += AT_A_TIME) {
    enter(pairs, counts, { values, least: bounds.least, digits }, from)
    yield
  }
  let free: Pairs = { keys: new Uint32Array(n), elements: new Int32Array(n) }
  for (let digit = 0; digit < digits; digit++) {
    const starts = counts.subarray(digit * BUCKETS, (digit + 1) * BUCKETS)
    accumulate(starts)
    for (let from = 0; from < n; from += AT_A_TIME) {
      distribute(pairs, free, { starts, shift: digit * BITS }, from)
      yield
    }
    ;[pairs, free] = [free, pairs]
  }
  return pairs.elements
}

function widen(
  bounds: { least: number; most: number },
  values: Int32Array,
  order: Int32Array,
): void {
  let { least, most } = bounds
  for (let i = 0; i < order.length; i++) {
    const value = values[order[i]!]!
    if (value < least) least = value
    if (value > most) most = value
  }
  bounds.least = least
  bounds.most = most
}

interface Entering {
  readonly values: Int32Array
  readonly least: number
  readonly digits: number
}

/** Fills in some keys, and counts each of their digits. */
function enter(
  { keys, elements }: Pairs,
  counts: Int32Array,
  { values, least, digits }: Entering,
  from: number,
): void {
  const to = Math.min(keys.length, from + AT_A_TIME)
  for (let i = from; i < to; i++) {
    const key = (values[elements[i]!]! - least) >>> 0
    keys[i] = key
    counts[key & (BUCKETS - 1)]!++
    if (digits > 1) counts[BUCKETS + ((key >>> BITS) & (BUCKETS - 1))]!++
    if (digits > 2) counts[2 * BUCKETS + (key >>> (2 * BITS))]!++
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
  from: Pairs,
  to: Pairs,
  { starts, shift }: { readonly starts: Int32Array; readonly shift: number },
  first: number,
): void {
  const end = Math.min(from.keys.length, first + AT_A_TIME)
  const [keys, elements, toKeys, toElements] = [from.keys, from.elements, to.keys, to.elements]
  for (let i = first; i < end; i++) {
    const key = keys[i]!
    const digit = (key >>> shift) & (BUCKETS - 1)
    const at = starts[digit]!
    starts[digit] = at + 1
    toKeys[at] = key
    toElements[at] = elements[i]!
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
