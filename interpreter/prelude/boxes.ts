import type { HostClass, HostFunction, Namespace } from '../host.ts'
import { hashText } from '../hash.ts'
import type { Int } from '../integer.ts'
import { demote, parseInt10, signOf } from '../integer.ts'
import { Float } from '../molecule.ts'
import type { HostValue, Molecule } from '../molecule.ts'
import { printBriefly, textOf } from '../print.ts'
import { add } from '../arithmetic.ts'
import { comparison, readFloat, readInt, toBoolean, toFloat, toInt } from './conversions.ts'
import { functionsOf, pure } from './define.ts'
import type { Arguments, Definition } from './define.ts'
import { extreme, mathConstants, mathFunctions } from './math.ts'
import { join } from './text.ts'

/*
 * Java's box classes. `new Integer(5)` is the Int 5: a box makes a plain molecule, and is never a value of
 * its own. Their limits are constants to compare with; Ints themselves have none.
 */

/** What `Integer.` or `String.` reaches, and what `new Integer(x)` makes. */
interface Box {
  readonly name: string
  readonly functions: readonly Definition[]
  readonly constants: ReadonlyMap<string, Molecule>
  readonly make: (args: Arguments) => Molecule
}

function integerBox(name: string, bits: bigint): Box {
  const half = 1n << (bits - 1n)
  return {
    name,
    functions: [
      [`parse${name === 'Integer' ? 'Int' : name}`, [1, 2], parse],
      [
        'valueOf',
        [1, 2],
        (args) => (args.count === 2 ? parse(args) : toInt(args.at(0), args.name)),
      ],
      ['toString', [1, 2], inBase],
      ['compare', 2, comparison],
      ['max', 2, (args) => extreme('>', args.int(0), args.int(1))],
      ['min', 2, (args) => extreme('<', args.int(0), args.int(1))],
      ['sum', 2, (args) => add(args.int(0), args.int(1))],
      ['signum', 1, (args) => signOf(args.int(0))],
    ],
    constants: new Map([
      ['MAX_VALUE', demote(half - 1n)],
      ['MIN_VALUE', demote(-half)],
    ]),
    make: (args) => (typeof args.at(0) === 'string' ? parse(args) : args.int(0)),
  }
}

const DIGITS = '0123456789abcdefghijklmnopqrstuvwxyz'
/** Reading them takes time with the square of their number. */
const MOST_DIGITS = 10_000

/** Digits in a base, 10 if not given. */
function parse(args: Arguments): Int {
  const text = args.text(0)
  const base = args.count === 2 ? args.small(1) : 10
  if (base === 10) return readInt(text, args.name)
  checkBase(args, base)
  const digits = text.replace(/^[+-]/, '').toLowerCase()
  const worths = [...digits].map((digit) => DIGITS.indexOf(digit))
  const isSound = digits !== '' && worths.every((worth) => worth >= 0 && worth < base)
  if (!isSound || digits.length > MOST_DIGITS)
    throw args.fail(`${printBriefly(text)} is no integer in base ${String(base)}`)
  const value = worths.reduce((sum, worth) => sum * BigInt(base) + BigInt(worth), 0n)
  return demote(text.startsWith('-') ? -value : value)
}

function inBase(args: Arguments): Molecule {
  if (args.count === 1) return textOf(args.int(0))
  const base = args.small(1)
  checkBase(args, base)
  return args.int(0).toString(base)
}

function checkBase(args: Arguments, base: number): void {
  if (base < 2 || base > 36) throw args.fail(`the base ${String(base)} is not between 2 and 36`)
}

function floatBox(name: string, largest: number, smallest: number): Box {
  return {
    name,
    functions: [
      [`parse${name}`, 1, (args) => readFloat(args.text(0).trim(), args.name)],
      ['valueOf', 1, (args) => toFloat(args.at(0), args.name)],
      ['toString', 1, (args) => textOf(toFloat(args.at(0), args.name))],
      ['compare', 2, comparison],
      ['max', 2, (args) => extreme('>', args.number(0), args.number(1))],
      ['min', 2, (args) => extreme('<', args.number(0), args.number(1))],
      ['sum', 2, (args) => add(toFloat(args.number(0)), args.number(1))],
      // A Float is always a finite number.
      ['isNaN', 1, (args) => Number.isNaN(args.double(0))],
      ['isInfinite', 1, (args) => !Number.isFinite(args.double(0))],
    ],
    constants: new Map([
      ['MAX_VALUE', new Float(largest)],
      ['MIN_VALUE', new Float(smallest)],
    ]),
    make: (args) => toFloat(args.at(0), args.name),
  }
}

const booleanBox: Box = {
  name: 'Boolean',
  functions: [
    ['parseBoolean', 1, (args) => toBoolean(args.text(0), args.name)],
    ['valueOf', 1, (args) => toBoolean(args.at(0), args.name)],
    ['toString', 1, (args) => textOf(toBoolean(args.at(0), args.name))],
    ['compare', 2, comparison],
  ],
  constants: new Map([
    ['TRUE', true],
    ['FALSE', false],
  ]),
  make: (args) => toBoolean(args.at(0), args.name),
}

const stringBox: Box = {
  name: 'String',
  functions: [
    ['valueOf', 1, (args) => textOf(args.at(0))],
    ['join', 2, join],
  ],
  constants: new Map(),
  make: (args) => (args.count === 0 ? '' : textOf(args.at(0))),
}

/** The one character that an argument is. */
function character(args: Arguments, index = 0): string {
  const text = args.text(index)
  const [first, ...others] = text
  if (first === undefined || others.length > 0) throw args.refusal(index, 'one character')
  return first
}

// A regular expression with a category is expensive to make: each is made where it is asked for.
function characterTest(name: string, test: (text: string) => boolean): Definition {
  return [name, 1, (args) => test(character(args))]
}

const characterBox: Box = {
  name: 'Character',
  functions: [
    characterTest('isDigit', (text) => /^\p{Nd}$/u.test(text)),
    characterTest('isLetter', (text) => /^\p{L}$/u.test(text)),
    characterTest('isLetterOrDigit', (text) => /^[\p{L}\p{Nd}]$/u.test(text)),
    characterTest('isAlphabetic', (text) => /^\p{Alphabetic}$/u.test(text)),
    characterTest('isUpperCase', (text) => /^\p{Uppercase}$/u.test(text)),
    characterTest('isLowerCase', (text) => /^\p{Lowercase}$/u.test(text)),
    characterTest('isWhitespace', (text) => /^\s$/u.test(text)),
    characterTest('isSpaceChar', (text) => /^[\p{Z}]$/u.test(text)),
    ['toUpperCase', 1, (args) => character(args).toUpperCase()],
    ['toLowerCase', 1, (args) => character(args).toLowerCase()],
    ['getNumericValue', 1, (args) => parseInt10(character(args)) ?? -1],
    ['compare', 2, comparison],
    ['valueOf', 1, (args) => character(args)],
    ['toString', 1, (args) => character(args)],
  ],
  constants: new Map(),
  make: (args) => character(args),
}

const boxes: readonly Box[] = [
  integerBox('Integer', 32n),
  integerBox('Long', 64n),
  integerBox('Short', 16n),
  integerBox('Byte', 8n),
  floatBox('Double', Number.MAX_VALUE, Number.MIN_VALUE),
  floatBox('Float', 3.4028234663852886e38, 1.401298464324817e-45),
  booleanBox,
  stringBox,
  characterBox,
]

/** No value is ever an instance: boxes make plain molecules. */
abstract class Boxed {
  abstract readonly boxed: never
}

function boxClass(box: Box): HostClass {
  return {
    name: box.name,
    class: Boxed,
    make: pure(`new ${box.name}`, box.name === 'String' ? [0, 1] : 1, box.make),
    functions: functionsOf(box.functions, box.name),
    constants: box.constants,
    members: new Map<string, HostFunction>(),
  }
}

/** `new Object()`: equal only to itself. */
class DistinctObject implements HostValue {
  readonly kind = 'host'
  readonly className = 'Object'
  readonly value = {}

  toHocl(): readonly Molecule[] {
    return []
  }

  equals(other: unknown): boolean {
    return this === other
  }

  // The same for all: a number of its own would differ from one run to the next in the same process.
  hashCode(): number {
    return hashText('new Object()')
  }
}

const objectClass: HostClass = {
  name: 'Object',
  class: Object,
  make: pure('new Object', 0, () => new DistinctObject()),
  functions: new Map(),
  constants: new Map(),
  members: new Map(),
}

/** The classes that every program can make values of. */
export const boxClasses: ReadonlyMap<string, HostClass> = new Map(
  [...boxes.map(boxClass), objectClass].map((each) => [each.name, each]),
)

/** `Math`, and each box by its name. */
export const boxNamespaces: ReadonlyMap<string, Namespace> = new Map<string, Namespace>([
  ['Math', { functions: mathFunctions, constants: mathConstants, classes: new Map() }],
  ...boxes.map(({ name, constants, functions }) => {
    const namespace: Namespace = {
      functions: functionsOf(functions, name),
      constants,
      classes: new Map(),
    }
    return [name, namespace] as const
  }),
])
