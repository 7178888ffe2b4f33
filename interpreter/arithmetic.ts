import { EvaluationFailure, SizeFailure } from './failures.ts'
import {
  addInt,
  ArithmeticFailure,
  divideInt,
  multiplyInt,
  negateInt,
  remainderInt,
  subtractInt,
} from './integer.ts'
import type { Int } from './integer.ts'
import { equal, Float, isInt } from './molecule.ts'
import type { Molecule } from './molecule.ts'
import { printBriefly, textOf } from './print.ts'
import type { BinaryOperator, UnaryOperator } from './rule.ts'
import { checkedInt, checkedLength } from './size-limits.ts'

/*
 * The operators on molecules. Ints are exact; an Int with a Float gives a Float, which must be finite.
 * All throw an `EvaluationFailure` where there is no result.
 */

/** Sum of numbers, or join as soon as one side is a string. */
export function add(a: Molecule, b: Molecule): Molecule {
  if (typeof a === 'number' && typeof b === 'number') {
    const sum = a + b
    if (Number.isSafeInteger(sum)) return sum
  }
  if (typeof a === 'string' || typeof b === 'string') return joined(a, b)
  return calculated('+', a, b)
}

export function subtract(a: Molecule, b: Molecule): Molecule {
  if (typeof a === 'number' && typeof b === 'number') {
    const difference = a - b
    if (Number.isSafeInteger(difference)) return difference
  }
  return calculated('-', a, b)
}

export function multiply(a: Molecule, b: Molecule): Molecule {
  return calculated('*', a, b)
}

/** Between Ints it truncates toward zero. */
export function divide(a: Molecule, b: Molecule): Molecule {
  return calculated('/', a, b)
}

/** The sign is the dividend's. */
export function remainder(a: Molecule, b: Molecule): Molecule {
  return calculated('%', a, b)
}

/** Whether `b % a` is zero. */
export function divides(a: Molecule, b: Molecule): boolean {
  if (!isNumber(a) || !isNumber(b)) throw notTwoNumbers('divides', a, b)
  return looseEquals(remainder(b, a), 0)
}

export function negate(a: Molecule): Molecule {
  if (isInt(a)) return negateInt(a)
  if (isFloat(a)) return new Float(-a.value)
  throw new EvaluationFailure(`\`-\` takes a number, not ${printBriefly(a)}`)
}

/** `==`: 1 and 1.0 are equal, but only at the top; else structural. */
export function looseEquals(a: Molecule, b: Molecule): boolean {
  if (a === b) return true
  if (isNumber(a) && isNumber(b)) {
    // Exact between number and bigint, which `===` is not.
    return plain(a) <= plain(b) && plain(a) >= plain(b)
  }
  return equal(a, b)
}

export type Comparison = '<' | '<=' | '>' | '>='

/** Between two numbers, by exact value, or two strings, by UTF-16 code units. */
export function holds(operator: Comparison, a: Molecule, b: Molecule): boolean {
  if (isNumber(a) && isNumber(b)) return isInOrder(operator, plain(a), plain(b))
  if (typeof a === 'string' && typeof b === 'string') return isInOrder(operator, a, b)
  throw new EvaluationFailure(
    `\`${operator}\` compares two numbers or two strings, not ${both(a, b)}`,
  )
}

/** Whether two molecules can be compared by order at all. */
export function areComparable(a: Molecule, b: Molecule): boolean {
  return (isNumber(a) && isNumber(b)) || (typeof a === 'string' && typeof b === 'string')
}

function isInOrder<T extends number | bigint | string>(operator: Comparison, a: T, b: T): boolean {
  switch (operator) {
    case '<':
      return a < b
    case '<=':
      return a <= b
    case '>':
      return a > b
    case '>=':
      return a >= b
  }
}

/** The boolean that a condition, `!`, `&&`, `||` or `? :` needs; anything else fails. */
export function truth(molecule: Molecule, operator: string): boolean {
  if (typeof molecule === 'boolean') return molecule
  throw new EvaluationFailure(`\`${operator}\` takes true or false, not ${printBriefly(molecule)}`)
}

/** An operator with both operands worked out. `&&` and `||` should not come here with a costly right side. */
export function binary(operator: BinaryOperator, a: Molecule, b: Molecule): Molecule {
  switch (operator) {
    case '+':
      return add(a, b)
    case '-':
      return subtract(a, b)
    case '*':
      return multiply(a, b)
    case '/':
      return divide(a, b)
    case '%':
      return remainder(a, b)
    case '==':
      return looseEquals(a, b)
    case '!=':
      return !looseEquals(a, b)
    case '<':
    case '<=':
    case '>':
    case '>=':
      return holds(operator, a, b)
    case 'divides':
      return divides(a, b)
    case '&&':
      return truth(a, operator) && truth(b, operator)
    case '||':
      return truth(a, operator) || truth(b, operator)
  }
}

/** The value of a unary operator; fails where the operand is of the wrong type. */
export function unary(operator: UnaryOperator, a: Molecule): Molecule {
  switch (operator) {
    case '!':
      return !truth(a, operator)
    case '-':
      return negate(a)
    case '+':
      if (isNumber(a)) return a
      throw new EvaluationFailure(`\`+\` takes a number, not ${printBriefly(a)}`)
  }
}

/** An Int or a Float. */
export function isNumber(molecule: Molecule): molecule is Int | Float {
  return typeof molecule === 'number' || typeof molecule === 'bigint' || isFloat(molecule)
}

export function isFloat(molecule: Molecule): molecule is Float {
  return typeof molecule === 'object' && molecule.kind === 'float'
}

/** A Float, or a failure where the result is not finite. `what` names the calculation in the message. */
export function finite(value: number, what: () => string): Float {
  if (Number.isFinite(value)) return new Float(value)
  throw new EvaluationFailure(`\`${what()}\`: the result is not a finite number`)
}

/** Int arithmetic whose failures say what was calculated, and whose results do not grow without bound. */
export function exactly(what: () => string, calculate: () => Int): Int {
  try {
    return checkedInt(calculate())
  } catch (error) {
    if (error instanceof SizeFailure) throw new SizeFailure(`\`${what()}\`: ${error.message}`)
    if (error instanceof ArithmeticFailure)
      throw new EvaluationFailure(`\`${what()}\`: ${error.message}`)
    throw error
  }
}

type Calculation = '+' | '-' | '*' | '/' | '%'

const onInts: Readonly<Record<Calculation, (a: Int, b: Int) => Int>> = {
  '+': addInt,
  '-': subtractInt,
  '*': multiplyInt,
  '/': divideInt,
  '%': remainderInt,
}

const onDoubles: Readonly<Record<Calculation, (a: number, b: number) => number>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '%': (a, b) => a % b,
}

function calculated(operator: Calculation, a: Molecule, b: Molecule): Molecule {
  const what = () => `${printBriefly(a)} ${operator} ${printBriefly(b)}`
  if (isInt(a) && isInt(b)) return exactly(what, () => onInts[operator](a, b))
  if (!isNumber(a) || !isNumber(b)) throw notTwoNumbers(operator, a, b)
  const divisor = asDouble(b)
  if (divisor === 0 && (operator === '/' || operator === '%'))
    throw new EvaluationFailure(`\`${what()}\`: division by zero`)
  return finite(onDoubles[operator](asDouble(a), divisor), what)
}

function joined(a: Molecule, b: Molecule): string {
  const left = textOf(a)
  const right = textOf(b)
  checkedLength(left.length + right.length)
  return left + right
}

function plain(number: Int | Float): number | bigint {
  return typeof number === 'object' ? number.value : number
}

function asDouble(number: Int | Float): number {
  return Number(plain(number))
}

function notTwoNumbers(operator: string, a: Molecule, b: Molecule): EvaluationFailure {
  const takes = operator === '+' ? 'adds two numbers, or joins with a string' : 'takes two numbers'
  return new EvaluationFailure(`\`${operator}\` ${takes}, not ${both(a, b)}`)
}

function both(a: Molecule, b: Molecule): string {
  return `${printBriefly(a)} and ${printBriefly(b)}`
}
