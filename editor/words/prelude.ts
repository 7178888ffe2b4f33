import type { HostFunction } from '../../interpreter/index.ts'

/** What is said of a function: how it is called, one way a line, and what it gives. */
export interface FunctionWords {
  readonly signatures: readonly Signature[]
  readonly text: string
}

/** One way to call a function. */
export interface Signature {
  /** `substring(s, from, to)`. */
  readonly label: string
  readonly parameters: readonly string[]
}

/** The parameters of each way to call it, and what it gives. */
type Words = readonly [calls: string, text: string]

/** The functions that need no import, by their plain names. */
const plain: ReadonlyMap<string, Words> = new Map<string, Words>([
  [
    'size',
    [
      'x',
      'How many: items of a list, fields of a tuple, characters of a string, or the sum of the multiplicities of a solution.',
    ],
  ],
  ['length', ['x', 'The same as `size`.']],
  ['isEmpty', ['x', 'Whether a string, list or solution holds nothing.']],
  [
    'list',
    [
      'x',
      'The molecules of a solution in canonical order, the fields of a tuple, or the characters of a string, as a list.',
    ],
  ],
  ['tuple', ['list', 'The tuple of a list’s items, two at least.']],
  [
    'range',
    ['to|from, to|from, to, step', 'A list of Ints from `from`, or 0, up to but without `to`.'],
  ],
  ['sort', ['x', 'A list or solution as a list in canonical order.']],
  ['reverse', ['x', 'A list or string the other way round.']],
  ['sum', ['x', 'The sum of the numbers of a list or solution.']],
  [
    'min',
    [
      'x|a, b, …',
      'The least of the numbers or strings of a list or solution, or of two or more arguments.',
    ],
  ],
  [
    'max',
    [
      'x|a, b, …',
      'The greatest of the numbers or strings of a list or solution, or of two or more arguments.',
    ],
  ],
  [
    'get',
    ['x, i', 'An item of a list, a field of a tuple or a character of a string, from 0: `x[i]`.'],
  ],
  ['contains', ['x, y', 'Whether a string has another in it, or a list or solution a molecule.']],
  ['indexOf', ['x, y|s, t, from', 'Where something begins in a string or list, from 0, or −1.']],
  ['lastIndexOf', ['s, t', 'Where a string stands last in another, from 0, or −1.']],
  ['concat', ['x, y', 'Two lists or two strings, one after the other.']],
  ['abs', ['n', 'A number without its sign.']],
  ['pow', ['x, n', 'A power; of Ints with an exponent from 0 on it is an exact Int.']],
  ['sqrt', ['x', 'The square root, a Float.']],
  ['round', ['x', 'The nearest Int.']],
  ['floor', ['x', 'The greatest Int that is not above a number.']],
  ['ceil', ['x', 'The least Int that is not below a number.']],
  ['string', ['x', 'Any value as text; a string stays as it is.']],
  ['toString', ['x', 'Any value as text; a string stays as it is.']],
  ['int', ['x', 'The Int of a number, without its fraction, or of a string of digits.']],
  ['float', ['x', 'The Float of a number, or of a string that reads as one.']],
  ['intValue', ['x', 'The Int of a number, as Java names it. It is never cut to a size.']],
  ['longValue', ['x', 'The Int of a number, as Java names it. It is never cut to a size.']],
  ['shortValue', ['x', 'The Int of a number, as Java names it. It is never cut to a size.']],
  ['byteValue', ['x', 'The Int of a number, as Java names it. It is never cut to a size.']],
  ['doubleValue', ['x', 'The Float of a number, as Java names it.']],
  ['floatValue', ['x', 'The Float of a number, as Java names it.']],
  ['booleanValue', ['x', 'A Bool, as Java names it.']],
  ['charValue', ['x', 'A character, as Java names it.']],
  ['equals', ['a, b', 'Whether two values are equal through and through: `1` and `1.0` are not.']],
  [
    'compareTo',
    ['a, b', 'Java’s comparison of two numbers, strings or booleans: negative, 0 or positive.'],
  ],
  [
    'substring',
    ['s, from|s, from, to', 'The part of a string from an index on, up to but without another.'],
  ],
  ['charAt', ['s, i', 'The character at an index, from 0.']],
  [
    'startsWith',
    ['s, t|s, t, from', 'Whether a string begins with another, or has it at an index.'],
  ],
  ['endsWith', ['s, t', 'Whether a string ends with another.']],
  ['toUpperCase', ['s', 'A string in capitals.']],
  ['toLowerCase', ['s', 'A string in small letters.']],
  ['trim', ['s', 'A string without spaces and control characters at its ends.']],
  ['strip', ['s', 'A string without any white space at its ends.']],
  ['isBlank', ['s', 'Whether a string holds nothing but white space.']],
  ['repeat', ['s, n', 'A string so many times.']],
  ['equalsIgnoreCase', ['s, t', 'Whether two strings are equal but for capitals.']],
  [
    'split',
    [
      's, regex|s, regex, limit',
      'The parts of a string as a list; empty ones at the end are dropped unless a limit is given.',
    ],
  ],
  ['join', ['list, separator', 'The items of a list as text, with a separator between them.']],
  ['matches', ['s, regex', 'Whether all of a string matches a regular expression.']],
  [
    'replaceAll',
    ['s, regex, by', 'A string with all that matches replaced; `$1` in `by` is a group.'],
  ],
  [
    'replaceFirst',
    ['s, regex, by', 'A string with the first that matches replaced; `$1` in `by` is a group.'],
  ],
  [
    'replace',
    [
      's, t, by',
      'A string with every `t` replaced, which is plain text. As `replace` is a keyword, it is called as `s.replace(t, by)`.',
    ],
  ],
  ['random', ['', 'A Float from 0 up to but without 1, drawn with the seed of the run.']],
  [
    'invoke',
    [
      'name, arguments',
      'What the function of that name gives; the items of a list are its arguments. Where it throws, the molecule becomes `ERROR:"message":<…>`.',
    ],
  ],
])

/** What `Math` has beyond the plain functions. */
const math: ReadonlyMap<string, Words> = new Map<string, Words>([
  ['floor', ['x', 'The greatest whole number that is not above a number, as a Float.']],
  ['ceil', ['x', 'The least whole number that is not below a number, as a Float.']],
  ['rint', ['x', 'The nearest whole number, to the even one from the middle, as a Float.']],
  ['floorMod', ['a, b', 'The remainder with the sign of the divisor.']],
  ['floorDiv', ['a, b', 'The quotient of two Ints, rounded down.']],
  ['addExact', ['a, b', 'The sum of two Ints, which are exact in any case.']],
  ['subtractExact', ['a, b', 'The difference of two Ints, which are exact in any case.']],
  ['multiplyExact', ['a, b', 'The product of two Ints, which are exact in any case.']],
  ['negateExact', ['n', 'An Int with its sign turned.']],
  ['signum', ['x', 'The sign of a number: −1.0, 0.0 or 1.0.']],
  ['cbrt', ['x', 'The cube root.']],
  ['exp', ['x', 'e to a power.']],
  ['expm1', ['x', 'e to a power, less 1.']],
  ['log', ['x', 'The natural logarithm.']],
  ['log10', ['x', 'The logarithm to base 10.']],
  ['log1p', ['x', 'The natural logarithm of 1 more.']],
  ['sin', ['angle', 'The sine of an angle in radians.']],
  ['cos', ['angle', 'The cosine of an angle in radians.']],
  ['tan', ['angle', 'The tangent of an angle in radians.']],
  ['asin', ['x', 'The angle of a sine, in radians.']],
  ['acos', ['x', 'The angle of a cosine, in radians.']],
  ['atan', ['x', 'The angle of a tangent, in radians.']],
  ['sinh', ['x', 'The hyperbolic sine.']],
  ['cosh', ['x', 'The hyperbolic cosine.']],
  ['tanh', ['x', 'The hyperbolic tangent.']],
  ['atan2', ['y, x', 'The angle of a point, in radians.']],
  ['hypot', ['x, y', 'How far a point is from the origin.']],
  ['toRadians', ['degrees', 'An angle in radians.']],
  ['toDegrees', ['radians', 'An angle in degrees.']],
  ['min', ['a, b', 'The lesser of two numbers.']],
  ['max', ['a, b', 'The greater of two numbers.']],
])

/** What is said of a function of the prelude, or of any other from what it declares. */
export function functionWords({
  name,
  arity,
  types,
  isPure,
  isAsync,
}: HostFunction): FunctionWords {
  const [last = name, namespace] = name.split('.').reverse()
  const known =
    namespace === undefined
      ? plain.get(last)
      : namespace === 'Math'
        ? (math.get(last) ?? plain.get(last))
        : boxed(last)
  const [calls, text] = known ?? [placeholders(arity, types?.takes.length ?? 0), '']
  const notes = [
    ...(text === '' ? [] : [text]),
    ...(isAsync ? ['It answers later: it can be called in products only.'] : []),
    ...(isPure || isAsync
      ? []
      : ['It is not pure: conditions, rates and multiplicities cannot call it.']),
  ]
  const signatures = calls.split('|').map((each) => signatureOf(name, each))
  return { signatures, text: notes.join(' ') }
}

/** A call with these parameters, separated by commas. */
export function signatureOf(name: string, parameters: string): Signature {
  const words = parameters === '' ? [] : parameters.split(', ')
  return { label: `${name}(${parameters})`, parameters: words }
}

/** Whether something is said of a function of the prelude that has no other words. */
export function isDescribed(name: string): boolean {
  const [last = name, namespace] = name.split('.').reverse()
  if (namespace === undefined) return plain.has(last)
  return namespace === 'Math' ? math.has(last) || plain.has(last) : boxed(last) !== undefined
}

/** Java's statics of `Integer`, `Double` and the others. */
function boxed(name: string): Words | undefined {
  if (/^parse(Int|Long|Short|Byte)$/.test(name))
    return ['s|s, base', 'The Int that a string of digits stands for, in base 10 or another.']
  if (name.startsWith('parse')) return ['s', 'The value that a string stands for.']
  if (name.startsWith('is')) return ['x', 'Java’s test of that name.']
  switch (name) {
    case 'valueOf':
      return ['x', 'The plain value: a box is never a value of its own.']
    case 'toString':
      return ['x|n, base', 'As text, an Int in base 10 or another.']
    case 'compare':
      return ['a, b', 'Java’s comparison: negative, 0 or positive.']
    case 'max':
      return ['a, b', 'The greater of two.']
    case 'min':
      return ['a, b', 'The lesser of two.']
    case 'sum':
      return ['a, b', 'The sum of two.']
    case 'signum':
      return ['n', 'The sign of a number: −1, 0 or 1.']
    case 'join':
      return ['separator, list', 'The items of a list as text, with a separator between them.']
    case 'toUpperCase':
      return ['c', 'A character as a capital.']
    case 'toLowerCase':
      return ['c', 'A character as a small letter.']
    case 'getNumericValue':
      return ['c', 'The number that a digit stands for, or −1.']
    default:
      return undefined
  }
}

/** Of a function that says nothing but how many arguments it takes. */
function placeholders([least, most]: HostFunction['arity'], declared: number): string {
  const count = Math.max(least, declared)
  const words = Array.from({ length: count }, (_, i) => String.fromCharCode(97 + (i % 26)))
  return [...words, ...(most > count ? ['…'] : [])].join(', ')
}
