import { isFloat } from '../arithmetic.ts'
import { EvaluationFailure } from '../failures.ts'
import { parseInt10, truncateToInt } from '../integer.ts'
import type { Int } from '../integer.ts'
import { equal, Float, isInt } from '../molecule.ts'
import type { Molecule } from '../molecule.ts'
import { printBriefly, textOf } from '../print.ts'
import { LARGEST_INT_DIGITS } from '../size-limits.ts'
import type { Arguments, Definition } from './define.ts'

const FLOAT = /^[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?$/

/** A Float without its fraction, a string of decimal digits, or an Int as it is; anything else fails. */
export function toInt(molecule: Molecule, name = 'int'): Int {
  if (isInt(molecule)) return molecule
  if (isFloat(molecule)) return truncateToInt(molecule.value)
  if (typeof molecule === 'string') return readInt(molecule, name)
  throw new EvaluationFailure(
    `\`${name}\` takes a number or a string, not ${printBriefly(molecule)}`,
  )
}

/** The nearest Float of a number, or of a string that reads as one; anything else fails. */
export function toFloat(molecule: Molecule, name = 'float'): Float {
  if (isFloat(molecule)) return molecule
  if (isInt(molecule)) return finiteFloat(Number(molecule), molecule, name)
  if (typeof molecule === 'string') return readFloat(molecule, name)
  throw new EvaluationFailure(
    `\`${name}\` takes a number or a string, not ${printBriefly(molecule)}`,
  )
}

/** Decimal digits with an optional sign. */
export function readInt(text: string, name: string): Int {
  const value = text.length > LARGEST_INT_DIGITS ? undefined : parseInt10(text)
  if (value !== undefined) return value
  throw new EvaluationFailure(`\`${name}\` cannot read ${printBriefly(text)} as an integer`)
}

/** Digits with an optional sign, fraction and exponent. */
export function readFloat(text: string, name: string): Float {
  if (FLOAT.test(text)) return finiteFloat(Number(text), text, name)
  throw new EvaluationFailure(`\`${name}\` cannot read ${printBriefly(text)} as a number`)
}

/** `true` in any case is true, as in Java; every other string is false. */
export function toBoolean(molecule: Molecule, name: string): boolean {
  if (typeof molecule === 'boolean') return molecule
  if (typeof molecule === 'string') return molecule.toLowerCase() === 'true'
  throw new EvaluationFailure(
    `\`${name}\` takes true, false or a string, not ${printBriefly(molecule)}`,
  )
}

function finiteFloat(value: number, from: Molecule, name: string): Float {
  if (Number.isFinite(value)) return new Float(value)
  throw new EvaluationFailure(`\`${name}\`: ${printBriefly(from)} is beyond the largest Float`)
}

/** Java's `compareTo`: for strings the difference of the first characters that differ, or of the lengths. */
export function comparison(args: Arguments): Molecule {
  const a = args.at(0)
  const b = args.at(1)
  if (typeof a === 'string') return compareStrings(a, args.text(1))
  if (typeof a === 'boolean') {
    if (typeof b !== 'boolean') throw args.refusal(1, 'true or false')
    return Number(a) - Number(b)
  }
  const left = comparable(args, 0)
  const right = comparable(args, 1)
  return left < right ? -1 : left > right ? 1 : 0
}

function comparable(args: Arguments, index: number): number | bigint {
  const value = args.number(index)
  return typeof value === 'object' ? value.value : value
}

function compareStrings(a: string, b: string): number {
  const shorter = Math.min(a.length, b.length)
  for (let i = 0; i < shorter; i++) {
    const difference = a.charCodeAt(i) - b.charCodeAt(i)
    if (difference !== 0) return difference
  }
  return a.length - b.length
}

/** From one type to another, and comparing two values of any type. */
export const conversions: readonly Definition[] = [
  ['string', 1, (args) => textOf(args.at(0))],
  ['toString', 1, (args) => textOf(args.at(0))],
  ['int', 1, (args) => toInt(args.at(0))],
  ['float', 1, (args) => toFloat(args.at(0))],
  ...['intValue', 'longValue', 'shortValue', 'byteValue'].map((name): Definition => [
    name,
    1,
    (args) => toInt(args.number(0), name),
  ]),
  ...['doubleValue', 'floatValue'].map((name): Definition => [
    name,
    1,
    (args) => toFloat(args.number(0), name),
  ]),
  ['booleanValue', 1, (args) => toBoolean(args.at(0), 'booleanValue')],
  ['charValue', 1, (args) => args.text(0)],
  ['equals', 2, (args) => equal(args.at(0), args.at(1))],
  ['compareTo', 2, comparison],
]
