import { SizeFailure } from './failures.ts'
import { isInfinite } from './integer.ts'
import type { Int } from './integer.ts'

/*
 * How large one value may grow inside a single operation. A run's own limits act between reactions; these
 * stop `pow(10, 1000000000)` or `range(0, 1000000000000)` before they take the memory of the machine.
 */

/** The most characters of a string, or items of a list, that one operation makes. */
export const LARGEST_COUNT = 2 ** 24

/** The most molecules that a tuple, list, solution or rule holds, at all depths together. */
export const LARGEST_EXTENT = 2 ** 24

/** The most bits of an Int: some 315,000 decimal digits. */
export const LARGEST_INT_BITS = 2 ** 20

/** The most decimal digits that are read as an Int. */
export const LARGEST_INT_DIGITS = Math.floor(LARGEST_INT_BITS * Math.log10(2))

/** The deepest nesting that a reader of data accepts, whatever a run allows later. */
export const DEEPEST_DATA = 10_000

// Comparing BigInts of different length takes no time, so the check is free where it matters.
const TOO_LARGE = 1n << BigInt(LARGEST_INT_BITS)
const TOO_SMALL = -TOO_LARGE

/** The same Int, or a failure where it has grown too large. */
export function checkedInt(value: Int): Int {
  if (typeof value === 'bigint' && (value >= TOO_LARGE || value <= TOO_SMALL)) throw tooManyBits()
  return value
}

/** Fails where `base` to the power of `exponent` would be too large, without working it out. */
export function checkPower(base: Int, exponent: Int): void {
  if (isInfinite(base) || isInfinite(exponent) || (base >= -1 && base <= 1)) return
  if (exponent > LARGEST_INT_BITS || log2(base) * Number(exponent) > LARGEST_INT_BITS + 1)
    throw tooManyBits()
}

/** A little less than the binary logarithm of the absolute value. */
function log2(value: Int): number {
  const double = Math.abs(Number(value))
  if (Number.isFinite(double)) return Math.log2(double) - 1e-9
  return (BigInt(value).toString(16).length - 2) * 4
}

/** The same count, or a failure where a list would have more items than one operation may make. */
export function checkedItems(count: Int): number {
  if (count > LARGEST_COUNT)
    throw new SizeFailure(
      `the list would have ${spelled(count)} items, more than ${spelled(LARGEST_COUNT)}`,
    )
  return Number(count)
}

/** The same length, or a failure where a string would be longer than one operation may make. */
export function checkedLength(length: Int): number {
  if (length > LARGEST_COUNT)
    throw new SizeFailure(
      `the string would have ${spelled(length)} characters, more than ${spelled(LARGEST_COUNT)}`,
    )
  return Number(length)
}

/** The failure of a molecule that would hold too much; `what` is its kind. */
export function tooLarge(what: 'tuple' | 'list' | 'solution' | 'rule'): SizeFailure {
  const most = spelled(LARGEST_EXTENT)
  return new SizeFailure(`the ${what} would hold more than ${most} molecules, all depths together`)
}

function tooManyBits(): SizeFailure {
  return new SizeFailure(`the integer would have more than ${spelled(LARGEST_INT_BITS)} bits`)
}

function spelled(count: Int): string {
  return isInfinite(count) ? '∞' : count.toLocaleString('en')
}
