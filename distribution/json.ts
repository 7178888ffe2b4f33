import { isInt } from '../interpreter/index.ts'
import type { Int } from '../interpreter/index.ts'

/*
 * What travels, as JSON: integers that are not safe and ∞ as `{"int": …}`. Nothing that comes is believed before
 * it was looked at.
 */

export function textOf(value: unknown): string {
  try {
    const text = JSON.stringify(value)
    // Where ∞ stood there is nothing now.
    if (!text.includes(',null]')) return text
  } catch {
    // A large integer: JSON has no form for it.
  }
  return JSON.stringify(value, (_, part: unknown) => written(part))
}

/** Undefined for what is no JSON. */
export function parsed(text: string): unknown {
  try {
    // Inside of a string the quotes have backslashes.
    return text.includes('{"int":')
      ? JSON.parse(text, (_, part: unknown) => read(part))
      : JSON.parse(text)
  } catch {
    return undefined
  }
}

function written(value: unknown): unknown {
  if (typeof value === 'bigint') return { int: String(value) }
  return value === Infinity ? { int: '∞' } : value === -Infinity ? { int: '-∞' } : value
}

const DIGITS = /^-?[1-9][0-9]*$/

function read(part: unknown): unknown {
  if (!isObject(part) || typeof part['int'] !== 'string') return part
  const { int } = part
  if (int === '∞') return Infinity
  if (int === '-∞') return -Infinity
  return DIGITS.test(int) ? BigInt(int) : part
}

type Fields = Readonly<Record<string, unknown>>

export function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
}

export function areAll(value: unknown, isOne: (each: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(isOne)
}

export function areCopies(value: unknown): boolean {
  return areAll(
    value,
    (each) =>
      Array.isArray(each) && each.length === 2 && typeof each[0] === 'string' && isCopies(each[1]),
  )
}

function isCopies(value: unknown): value is Int {
  if (typeof value !== 'number' && typeof value !== 'bigint') return false
  return isInt(value) && value !== 0
}
