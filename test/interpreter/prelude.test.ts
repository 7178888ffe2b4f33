import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { equal, prelude } from '../../interpreter/index.ts'
import { applied, call, constant, functionNamed } from '../support/calls.ts'
import { ints } from '../support/molecules.ts'

describe('numbers', () => {
  test.each([
    ['abs(-5)', '5'],
    ['abs(-2.5)', '2.5'],
    ['Math.abs(-9007199254740993)', '9007199254740993'],
    ['pow(2, 100)', '1267650600228229401496703205376'],
    ['Math.pow(2, 3)', '8'],
    ['pow(2, -1)', '0.5'],
    ['pow(2.0, 3)', '8.0'],
    ['pow(0, 0)', '1'],
    ['sqrt(16)', '4.0'],
    ['floor(-2.5)', '-3'],
    ['ceil(-2.5)', '-2'],
    ['round(2.5)', '3'],
    ['round(-2.5)', '-2'],
    ['round(1e20)', '100000000000000000000'],
    ['Math.floor(-2.5)', '-3.0'],
    ['Math.round(2.5)', '3'],
    ['Math.rint(2.5)', '2.0'],
    ['Math.rint(3.5)', '4.0'],
    ['Math.floorMod(-7, 3)', '2'],
    ['Math.floorMod(7, -3)', '-2'],
    ['Math.floorDiv(-7, 2)', '-4'],
    ['Math.max(1, 2.5)', '2.5'],
    ['Math.max(3, 2.5)', '3.0'],
    ['min(3, 1, 2)', '1'],
    ['max([3, 1, 2])', '3'],
    ['max("a", "b")', '"b"'],
    ['max(<1^5, 4^∞>)', '4'],
    ['Math.signum(-3)', '-1.0'],
    ['Math.hypot(3, 4)', '5.0'],
    ['Math.toDegrees(0)', '0.0'],
  ])('%s is %s', (text, result) => {
    expect(call(text)).toBe(result)
  })

  test('have constants', () => {
    expect(constant('Math.PI')).toBe('3.141592653589793')
    expect(constant('Integer.MAX_VALUE')).toBe('2147483647')
    expect(constant('Long.MIN_VALUE')).toBe('-9223372036854775808')
    expect(constant('Byte.MIN_VALUE')).toBe('-128')
    expect(constant('Double.MAX_VALUE')).toBe('1.7976931348623157e308')
  })

  test('floor division and its remainder make up the dividend', () => {
    fc.assert(
      fc.property(ints, ints, (a, b) => {
        fc.pre(b !== 0)
        const quotient = applied('Math.floorDiv', a, b)
        const rest = applied('Math.floorMod', a, b)
        if (typeof quotient === 'object' || typeof rest === 'object') throw new Error('no Int')
        expect(BigInt(quotient) * BigInt(b) + BigInt(rest)).toBe(BigInt(a))
        expect(BigInt(rest) === 0n || BigInt(rest) > 0n === b > 0).toBe(true)
      }),
    )
  })

  test('grow no larger than a million bits', () => {
    expect(call('pow(2, 1000000000)')).toBe(
      '`pow(2, 1000000000)`: the integer would have more than 1,048,576 bits',
    )
    expect(call('pow(10, 9007199254740993)')).toMatch(/more than 1,048,576 bits$/)
    expect(call('pow(-1, 9007199254740993)')).toBe('-1')
  })

  test.each([
    ['sqrt(-1)', '`sqrt(-1)`: the result is not a finite number'],
    ['Math.log(0)', '`Math.log(0)`: the result is not a finite number'],
    ['Math.floorMod(1, 0)', '`1 % 0`: division by zero'],
    ['abs("x")', '`abs` takes a number, not "x"'],
    ['Math.max(1, A)', '`Math.max` takes a number as argument 2, not A'],
    ['min([])', '`min`: there is nothing to choose from'],
    ['max(1, "a")', '`>` compares two numbers or two strings, not "a" and 1'],
    ['max(<1^-1>)', '`max`: the solution holds anti-molecules'],
  ])('%s fails: %s', (text, message) => {
    expect(call(text)).toBe(message)
  })
})

describe('lists and solutions', () => {
  test.each([
    ['size(<A, B^3, C^-2>)', '2'],
    ['size(<A^∞, B>)', '∞'],
    ['size([1, 2])', '2'],
    ['size("abc")', '3'],
    ['size(1:2:3)', '3'],
    ['length("abc")', '3'],
    ['list(<3, 1, 2, 1>)', '[1, 1, 2, 3]'],
    ['list("añ😀")', '["a", "ñ", "😀"]'],
    ['list(A:1)', '[A, 1]'],
    ['tuple([1, 2])', '1:2'],
    ['range(3)', '[0, 1, 2]'],
    ['range(2, 5)', '[2, 3, 4]'],
    ['range(5, 0, -2)', '[5, 3, 1]'],
    ['range(5, 2)', '[]'],
    ['sort(["b", 2, 1.0, A, 1])', '[1, 1.0, 2, "b", A]'],
    ['sort(<2, 1^2>)', '[1, 1, 2]'],
    ['reverse([1, 2])', '[2, 1]'],
    ['reverse("ab😀")', '"😀ba"'],
    ['sum([1, 2.5])', '3.5'],
    ['sum(<2^3, 1^-1>)', '5'],
    ['sum([])', '0'],
    ['get([5, 6], 1)', '6'],
    ['contains([1, 2:3], 2:3)', 'true'],
    ['contains(<1>, 1.0)', 'false'],
    ['contains(<1^-1>, 1)', 'false'],
    ['contains("hello", "ell")', 'true'],
    ['indexOf([A, B], B)', '1'],
    ['indexOf([A, B], C)', '-1'],
    ['concat([1], [2])', '[1, 2]'],
    ['isEmpty(<>)', 'true'],
    ['isEmpty([0])', 'false'],
    ['join([1, "a", X], "-")', '"1-a-X"'],
    ['String.join("-", [1, 2])', '"1-2"'],
  ])('%s is %s', (text, result) => {
    expect(call(text)).toBe(result)
  })

  test.each([
    ['list(<A^-2>)', '`list` cannot list A^-2: a list holds each copy'],
    ['list(<A^∞>)', '`list` cannot list A^∞: a list holds each copy'],
    ['list(<A^20000000>)', 'the list would have 20,000,000 items, more than 16,777,216'],
    ['size(<A^∞, B^-∞>)', '`size`: ∞ − ∞ has no value'],
    ['size(5)', '`size` takes a solution, list, tuple or string, not 5'],
    ['range(1, 1000000000000)', 'the list would have 999,999,999,999 items, more than 16,777,216'],
    ['range(0, 5, 0)', '`range`: the step is 0'],
    ['get([5, 6], 2)', 'index 2 is outside [5, 6], of size 2'],
    ['get("ab", -1)', 'index -1 is outside "ab", of size 2'],
    ['get([5], "a")', 'an index is an integer, not "a"'],
    ['get(5, 0)', 'an index looks into a list, tuple or string, not into 5'],
    ['sum(["a"])', '`sum` takes a number, not "a"'],
    ['tuple([1])', '`tuple`: a tuple has two fields or more'],
  ])('%s fails: %s', (text, message) => {
    expect(call(text)).toBe(message)
  })
})

describe('conversions and boxes', () => {
  test.each([
    ['string([1, "a"])', String.raw`"[1, \"a\"]"`],
    ['string("a")', '"a"'],
    ['int("-42")', '-42'],
    ['int(2.9)', '2'],
    ['int(-2.9)', '-2'],
    ['int(1e20)', '100000000000000000000'],
    ['float(2)', '2.0'],
    ['float("1e3")', '1000.0'],
    ['intValue(5.7)', '5'],
    ['doubleValue(5)', '5.0'],
    ['equals(1, 1.0)', 'false'],
    ['equals(<1, 2>, <2, 1>)', 'true'],
    ['compareTo("apple", "banana")', '-1'],
    ['compareTo("abc", "ab")', '1'],
    ['compareTo(2, 10)', '-1'],
    ['compareTo(true, false)', '1'],
    ['Integer.parseInt("12")', '12'],
    ['Integer.parseInt("-ff", 16)', '-255'],
    ['Integer.toString(255, 16)', '"ff"'],
    ['Integer.compare(1, 2)', '-1'],
    ['Long.parseLong("123456789012345678901")', '123456789012345678901'],
    ['Double.parseDouble(" 2.5 ")', '2.5'],
    ['Boolean.parseBoolean("TRUE")', 'true'],
    ['String.valueOf(1.0)', '"1.0"'],
    ['Character.isDigit("5")', 'true'],
    ['Character.isLetter("é")', 'true'],
    ['Character.getNumericValue("7")', '7'],
    ['new Integer(5)', '5'],
    ['new Integer("5")', '5'],
    ['new Double(5)', '5.0'],
    ['new Boolean("true")', 'true'],
    ['new String("a")', '"a"'],
    ['new String()', '""'],
    ['new Character("a")', '"a"'],
    ['new Object()', 'new Object()'],
  ])('%s is %s', (text, result) => {
    expect(call(text)).toBe(result)
  })

  test.each([
    ['int("1x")', '`int` cannot read "1x" as an integer'],
    ['int(A)', '`int` takes a number or a string, not A'],
    ['float("")', '`float` cannot read "" as a number'],
    ['float("1e999")', '`float`: "1e999" is beyond the largest Float'],
    ['Integer.parseInt("2", 2)', '`Integer.parseInt`: "2" is no integer in base 2'],
    ['Integer.parseInt("2", 99)', '`Integer.parseInt`: the base 99 is not between 2 and 36'],
    ['new Integer(2.5)', '`new Integer` takes an integer, not 2.5'],
    ['new Character("ab")', '`new Character` takes one character, not "ab"'],
    ['compareTo(A, B)', '`compareTo` takes a number as argument 1, not A'],
  ])('%s fails: %s', (text, message) => {
    expect(call(text)).toBe(message)
  })

  test('each new Object() is equal to itself alone', () => {
    const one = applied('new Object')
    const other = applied('new Object')
    expect(equal(one, one)).toBe(true)
    expect(equal(one, other)).toBe(false)
  })
})

test('random() draws on the run, and no condition may call it', () => {
  expect(call('random()')).toBe('0.25')
  expect(call('Math.random()')).toBe('0.25')
  const impure = [
    ...prelude.functions.values(),
    ...[...prelude.namespaces.values()].flatMap((each) => [...each.functions.values()]),
  ]
    .filter((each) => !each.isPure)
    .map((each) => each.name)
  // `invoke` calls whatever it is told to.
  expect(impure).toEqual(['random', 'invoke', 'Math.random'])
})

test('the names that programs use are all there', () => {
  const names =
    'equals compareTo contains startsWith endsWith indexOf length substring concat toUpperCase toLowerCase trim ' +
    'isEmpty charAt split join replaceAll matches list size range sort reverse sum min max abs pow sqrt floor round ' +
    'string int float intValue doubleValue floatValue longValue random'
  for (const name of names.split(' ')) expect(functionNamed(name).name).toBe(name)
  expect([...prelude.namespaces.keys()].sort()).toEqual(
    'Boolean Byte Character Double Float Integer Long Math Short String'.split(' '),
  )
})
