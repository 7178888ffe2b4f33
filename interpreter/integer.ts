/*
 * Exact integers of any size. An Int is a JavaScript number while it is a safe integer, a BigInt
 * beyond, and ±Infinity for ±∞; every function here returns that canonical form, so `===` is equality.
 * There is no negative zero.
 */

/** An exact integer in canonical form: a safe integer, a BigInt that is not one, or ±Infinity. */
export type Int = number | bigint

/** An operation on integers that has no result: ∞ − ∞, 0·∞, division by zero. */
export class ArithmeticFailure extends Error {
  override readonly name = 'ArithmeticFailure'
}

const SMALLEST = BigInt(Number.MIN_SAFE_INTEGER)
const LARGEST = BigInt(Number.MAX_SAFE_INTEGER)

/** The canonical form of a BigInt. */
export function demote(value: bigint): Int {
  return value >= SMALLEST && value <= LARGEST ? Number(value) : value
}

/** Whether an Int is ∞ or −∞. */
export function isInfinite(value: Int): boolean {
  return value === Infinity || value === -Infinity
}

/** −1, 0 or 1. */
export function signOf(value: Int): -1 | 0 | 1 {
  return value > 0 ? 1 : value < 0 ? -1 : 0
}

/** The sum. ∞ and −∞ have none: an `ArithmeticFailure`. */
export function addInt(a: Int, b: Int): Int {
  if (typeof a === 'number' && typeof b === 'number') {
    const sum = a + b
    if (Number.isSafeInteger(sum)) return sum
  }
  if (isInfinite(a) || isInfinite(b)) {
    if (isInfinite(a) && isInfinite(b) && a !== b) throw new ArithmeticFailure('∞ − ∞ has no value')
    return isInfinite(a) ? a : b
  }
  return demote(BigInt(a) + BigInt(b))
}

/** The Int with the other sign. */
export function negateInt(value: Int): Int {
  return typeof value === 'number' ? 0 - value : demote(-value)
}

export function subtractInt(a: Int, b: Int): Int {
  if (typeof a === 'number' && typeof b === 'number') {
    const difference = a - b
    if (Number.isSafeInteger(difference)) return difference
  }
  return addInt(a, negateInt(b))
}

/** The product. 0 and ±∞ have none: an `ArithmeticFailure`. */
export function multiplyInt(a: Int, b: Int): Int {
  if (typeof a === 'number' && typeof b === 'number') {
    const product = a * b
    if (Number.isSafeInteger(product)) return product + 0
  }
  if (isInfinite(a) || isInfinite(b)) {
    const sign = signOf(a) * signOf(b)
    if (sign === 0) throw new ArithmeticFailure('0 · ∞ has no value')
    return sign * Infinity
  }
  return demote(BigInt(a) * BigInt(b))
}

/** Truncates toward zero. A finite number divided by ∞ is 0. */
export function divideInt(a: Int, b: Int): Int {
  if (b === 0) throw new ArithmeticFailure('division by zero')
  if (isInfinite(a)) {
    if (isInfinite(b)) throw new ArithmeticFailure('∞ / ∞ has no value')
    return signOf(a) * signOf(b) * Infinity
  }
  if (isInfinite(b)) return 0
  if (typeof a === 'number' && typeof b === 'number')
    return Math.trunc(a / b) + 0 === a / b ? a / b + 0 : truncated(a, b)
  return demote(BigInt(a) / BigInt(b))
}

/** `a / b` as a double can round up to the next integer for large operands; the remainder cannot. */
function truncated(a: number, b: number): number {
  return (a - (a % b)) / b + 0
}

/** The sign is the dividend's. */
export function remainderInt(a: Int, b: Int): Int {
  if (b === 0) throw new ArithmeticFailure('division by zero')
  if (isInfinite(a)) throw new ArithmeticFailure('∞ % n has no value')
  if (isInfinite(b)) return a
  if (typeof a === 'number' && typeof b === 'number') return (a % b) + 0
  return demote(BigInt(a) % BigInt(b))
}

/** A finite double without its fraction, exactly. */
export function truncateToInt(value: number): Int {
  const whole = Math.trunc(value)
  return Number.isSafeInteger(whole) ? whole + 0 : demote(BigInt(whole))
}

/** Decimal digits with an optional sign, or undefined where the text is something else. */
export function parseInt10(text: string): Int | undefined {
  if (!/^[+-]?[0-9]+$/.test(text)) return undefined
  const number = Number(text)
  return Number.isSafeInteger(number)
    ? number + 0
    : demote(BigInt(text.startsWith('+') ? text.slice(1) : text))
}

/** `a` to the power of a non-negative `b`. */
export function powerInt(a: Int, b: Int): Int {
  if (b < 0) throw new ArithmeticFailure('a negative exponent needs a Float base')
  if (isInfinite(a) || isInfinite(b)) return infinitePower(a, b)
  // A double cannot tell whether a large exponent is odd.
  if (a === -1) return remainderInt(b, 2) === 0 ? 1 : -1
  const quick = Number(a) ** Number(b)
  if (Number.isSafeInteger(quick)) return quick + 0
  return demote(BigInt(a) ** BigInt(b))
}

function infinitePower(a: Int, b: Int): Int {
  if (b === 0 || a === 1) return 1
  if (isInfinite(b)) {
    if (a === 0) return 0
    if (a > 1) return Infinity
    throw new ArithmeticFailure(`${String(a)} to the power of ∞ has no value`)
  }
  return a === Infinity || remainderInt(b, 2) === 0 ? Infinity : -Infinity
}
