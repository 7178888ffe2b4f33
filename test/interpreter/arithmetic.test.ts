import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as arithmetic from '../../interpreter/arithmetic.ts'
import { powerInt } from '../../interpreter/integer.ts'
import { print } from '../../interpreter/print.ts'
import { exact, ints, molecule } from '../support/molecules.ts'
import type { BinaryOperator } from '../../interpreter/rule.ts'

/** What an operation gives, or why it has no value. */
function result(left: string, operator: BinaryOperator, right: string): string {
  try {
    return print(arithmetic.binary(operator, molecule(left), molecule(right)))
  } catch (error) {
    return error instanceof Error ? error.message : 'nothing'
  }
}

describe('integers are exact at any size', () => {
  const cases = [
    ['+', arithmetic.add, (a: bigint, b: bigint) => a + b],
    ['-', arithmetic.subtract, (a: bigint, b: bigint) => a - b],
    ['*', arithmetic.multiply, (a: bigint, b: bigint) => a * b],
    ['/', arithmetic.divide, (a: bigint, b: bigint) => a / b],
    ['%', arithmetic.remainder, (a: bigint, b: bigint) => a % b],
  ] as const

  test.each(cases)('%s agrees with BigInt', (operator, ours, theirs) => {
    fc.assert(
      fc.property(ints, ints, (a, b) => {
        fc.pre(b !== 0 || (operator !== '/' && operator !== '%'))
        expect(ours(a, b)).toBe(exact(theirs(BigInt(a), BigInt(b))))
      }),
    )
  })

  test('comparison agrees with BigInt', () => {
    fc.assert(
      fc.property(ints, ints, (a, b) => {
        expect(arithmetic.holds('<', a, b)).toBe(BigInt(a) < BigInt(b))
        expect(arithmetic.holds('>=', a, b)).toBe(BigInt(a) >= BigInt(b))
        expect(arithmetic.looseEquals(a, b)).toBe(BigInt(a) === BigInt(b))
      }),
    )
  })

  test('a power agrees with BigInt', () => {
    fc.assert(
      fc.property(ints, fc.nat(40), (a, b) => {
        expect(powerInt(a, b)).toBe(exact(BigInt(a) ** BigInt(b)))
      }),
    )
    expect(powerInt(-1, 2n ** 60n + 1n)).toBe(-1)
  })
})

test('division truncates toward zero, and the remainder has the sign of the dividend', () => {
  expect(result('-7', '/', '2')).toBe('-3')
  expect(result('-7', '%', '2')).toBe('-1')
  expect(result('7', '%', '-2')).toBe('1')
})

test('an Int with a Float gives a Float', () => {
  expect(result('1', '+', '2.0')).toBe('3.0')
  expect(result('7', '/', '2.0')).toBe('3.5')
  expect(result('0', '*', '-1.0')).toBe('0.0')
})

test('1 and 1.0 are equal at the top only', () => {
  expect(result('1', '==', '1.0')).toBe('true')
  expect(result('1:2', '==', '1.0:2')).toBe('false')
  expect(result('9007199254740993', '==', '9007199254740992.0')).toBe('false')
})

test('infinity is above all other numbers', () => {
  expect(result('∞', '>', '1e308')).toBe('true')
  expect(result('∞', '-', '5')).toBe('∞')
  expect(result('∞', '*', '-2')).toBe('-∞')
  expect(result('5', '/', '∞')).toBe('0')
})

test('a string takes everything else in canonical form', () => {
  expect(result('"a"', '+', '1')).toBe('"a1"')
  expect(result('1.0', '+', '"a"')).toBe('"1.0a"')
  expect(result('"a"', '+', '["b", X:1]')).toBe(String.raw`"a[\"b\", X:1]"`)
})

describe('what has no value says why', () => {
  test.each([
    ['1', '/', '0', '`1 / 0`: division by zero'],
    ['1.5', '%', '0', '`1.5 % 0`: division by zero'],
    ['0', 'divides', '4', '`4 % 0`: division by zero'],
    ['∞', '-', '∞', '`∞ - ∞`: ∞ − ∞ has no value'],
    ['0', '*', '∞', '`0 * ∞`: 0 · ∞ has no value'],
    ['∞', '%', '2', '`∞ % 2`: ∞ % n has no value'],
    ['1e308', '*', '10', '`1e308 * 10`: the result is not a finite number'],
    ['1', '<', '"a"', '`<` compares two numbers or two strings, not 1 and "a"'],
    ['true', '+', '1', '`+` adds two numbers, or joins with a string, not true and 1'],
    ['A', '*', '2', '`*` takes two numbers, not A and 2'],
    ['1', '&&', 'true', '`&&` takes true or false, not 1'],
  ] as const)('%s %s %s', (left, operator, right, message) => {
    expect(result(left, operator, right)).toBe(message)
  })

  test('an integer of more than a million bits', () => {
    const huge = powerInt(2, 2 ** 20 - 1)
    expect(() => arithmetic.multiply(huge, huge)).toThrow('more than 1,048,576 bits')
    expect(() => arithmetic.add(arithmetic.multiply(huge, 1), huge)).toThrow(
      'more than 1,048,576 bits',
    )
  })

  test('a string of more than sixteen million characters', () => {
    const long = 'a'.repeat(2 ** 24)
    expect(() => arithmetic.add(long, 'a')).toThrow('more than 16,777,216')
  })
})
