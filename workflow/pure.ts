/*
 * What expressions of a function may call besides its host: functions that depend on their arguments only,
 * and change none of them, so that it does not matter where and when they are called.
 */

type Callable = (this: unknown, ...args: unknown[]) => unknown

/** Functions and constants that need no host, by the names that functions use. */
export const globals: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ['undefined', undefined],
  ['NaN', NaN],
  ['Infinity', Infinity],
  ['Number', Number],
  ['String', String],
  ['Boolean', Boolean],
  ['parseInt', parseInt],
  ['parseFloat', parseFloat],
  ['isNaN', isNaN],
  ['isFinite', isFinite],
])

const namespaces: ReadonlyMap<string, readonly [object, readonly string[] | undefined]> = new Map([
  ['Math', [Math, undefined]],
  ['JSON', [JSON, ['parse', 'stringify']]],
  ['Object', [Object, ['keys', 'values', 'entries', 'fromEntries']]],
  ['Array', [Array, ['from', 'of', 'isArray']]],
  [
    'Number',
    [
      Number,
      [
        'isInteger',
        'isSafeInteger',
        'isNaN',
        'isFinite',
        'parseInt',
        'parseFloat',
        'MAX_SAFE_INTEGER',
        'MIN_SAFE_INTEGER',
        'EPSILON',
      ],
    ],
  ],
  ['String', [String, ['fromCharCode', 'fromCodePoint']]],
])

/** `Math.max`, `JSON.parse`: what stands there, if it may be used. */
export function memberOfGlobal(
  name: string,
  member: string,
): { readonly value: unknown } | undefined {
  const [object, allowed] = namespaces.get(name) ?? []
  if (object === undefined || !Object.hasOwn(object, member)) return undefined
  if (allowed !== undefined && !allowed.includes(member)) return undefined
  if (name === 'Math' && member === 'random') return undefined
  return { value: Reflect.get(object, member) as unknown }
}

/** Whether a name stands for one of these. */
export function isNamespace(name: string): boolean {
  return namespaces.has(name)
}

/** Methods of lists that leave them as they are. */
const LIST_METHODS: ReadonlySet<string> = new Set(
  (
    'at concat entries every filter find findIndex findLast findLastIndex flat flatMap includes indexOf join ' +
    'keys lastIndexOf map reduce reduceRight slice some toReversed toSorted toSpliced toString values with'
  ).split(' '),
)

/** Methods of lists that change them. */
export const CHANGING: ReadonlySet<string> = new Set(
  'push pop shift unshift splice sort reverse fill copyWithin'.split(' '),
)

/** Calls a method of a value, if it is one that changes nothing. */
export function callMethod(self: unknown, name: string, args: readonly unknown[]): unknown {
  const method = Array.isArray(self)
    ? LIST_METHODS.has(name) && (Array.prototype as unknown as Record<string, Callable>)[name]
    : methodOfAtom(self, name)
  if (typeof method !== 'function')
    throw new TypeError(`${kindOf(self)} has no method \`${name}\` here`)
  return method.apply(self, [...args])
}

function methodOfAtom(self: unknown, name: string): Callable | undefined {
  const prototype: unknown =
    typeof self === 'string'
      ? String.prototype
      : typeof self === 'number'
        ? Number.prototype
        : typeof self === 'boolean'
          ? Boolean.prototype
          : self instanceof RegExp && (name === 'test' || name === 'exec')
            ? RegExp.prototype
            : undefined
  if (typeof prototype !== 'object' || prototype === null) return undefined
  if (name === 'constructor' || !Object.hasOwn(prototype, name)) return undefined
  return Reflect.get(prototype, name) as Callable
}

/** A field of a value: its own, and the length of texts and lists. Nothing inherited can be reached. */
export function fieldOf(object: unknown, key: unknown): unknown {
  if (object === null || object === undefined)
    throw new TypeError(`${String(object)} has no \`${String(key)}\``)
  if (typeof object === 'string')
    return key === 'length' ? object.length : typeof key === 'number' ? object[key] : undefined
  if (typeof object !== 'object') return undefined
  const name = typeof key === 'number' ? String(key) : key
  return typeof name === 'string' && Object.hasOwn(object, name)
    ? (Reflect.get(object, name) as unknown)
    : undefined
}

function kindOf(value: unknown): string {
  return value === null
    ? 'null'
    : Array.isArray(value)
      ? 'a list'
      : `a value of type ${typeof value}`
}
