import { EvaluationFailure, SizeFailure } from './failures.ts'
import type { HostClass } from './host.ts'
import { HostObject } from './host-value.ts'
import { demote } from './integer.ts'
import type { Int } from './integer.ts'
import { Float, List, NULL, Tuple, symbol } from './molecule.ts'
import type { Entry, Molecule } from './molecule.ts'
import { SolutionValue } from './multiset.ts'
import { DEEPEST_DATA, LARGEST_EXTENT } from './size-limits.ts'

/*
 * Between molecules and the values of JavaScript. An Int is a number while it is safe, else a BigInt, and
 * ±Infinity for ±∞; a Float is a number, a list an array, a host value itself; strings and booleans are
 * themselves. All other molecules (tuples, symbols, solutions, rules) arrive as they are. On the way back
 * a number without a fraction is an Int. Nothing here recurses.
 */

/** The registered class that a JavaScript object is an instance of, or undefined. */
export type ClassOf = (value: object) => HostClass | undefined

/** A molecule as a host function gets it. */
export function toJs(molecule: Molecule): unknown {
  if (!(molecule instanceof List)) return flatToJs(molecule)
  const root: unknown[] = []
  const waiting: { readonly list: List; readonly array: unknown[] }[] = [
    { list: molecule, array: root },
  ]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    for (const item of next.list.items) {
      if (!(item instanceof List)) {
        next.array.push(flatToJs(item))
        continue
      }
      const array: unknown[] = []
      next.array.push(array)
      waiting.push({ list: item, array })
    }
  }
  return root
}

function flatToJs(molecule: Molecule): unknown {
  if (molecule instanceof Float) return molecule.value
  return molecule instanceof HostObject ? molecule.value : molecule
}

/** A compound in the making: its parts are read one by one. */
interface Building extends Compound {
  readonly value: object
  readonly molecules: Molecule[]
}

/** What an object is made of, and how. */
interface Compound {
  readonly parts: readonly unknown[]
  readonly finish: (molecules: readonly Molecule[]) => Molecule
  /** How a part is written after its whole; `[3]` unless given. */
  readonly step?: (index: number) => string
}

/** A value of JavaScript that is being read, and all around it. */
interface Read {
  readonly classOf: ClassOf
  readonly what: string
  readonly stack: Building[]
  /** What is on the stack. */
  around: Set<object> | undefined
}

/** A value that is no molecule. `path` says which part of it is to blame, as `.list[2].name`; it is empty for the whole. */
export class ConversionError extends EvaluationFailure {
  readonly path: string

  constructor(message: string, path: string) {
    super(message)
    this.path = path
  }

  override get name(): string {
    return 'ConversionError'
  }
}

function refusal({ what, stack }: Read, is: string): ConversionError {
  const steps = stack.map(({ molecules, step = indexed }) => step(molecules.length))
  const shown = steps.length > 40 ? [...steps.slice(0, 20), '…', ...steps.slice(-10)] : steps
  const path = shown.join('')
  return new ConversionError(`${what}${path === '' ? '' : `, at \`${path}\`,`} ${is}`, path)
}

function indexed(index: number): string {
  return `[${String(index)}]`
}

/**
 * The molecule of a JavaScript value. Beside what `toJs` gives: nothing is `NULL`, a `Set` a solution, a
 * `Map` or plain object the solution of its `key:value` tuples. What is no molecule fails, named by `what`.
 */
export function fromJs(value: unknown, classOf: ClassOf, what = 'the value'): Molecule {
  // Most are atoms, and many are read.
  if (typeof value === 'string' || typeof value === 'boolean') return value
  if (typeof value === 'number' && Number.isSafeInteger(value)) return value + 0
  const stack: Building[] = []
  const read: Read = { classOf, what, stack, around: undefined }
  let molecule = begin(value, read)
  let count = 0
  for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
    if (molecule !== undefined) top.molecules.push(molecule)
    if (stack.length > DEEPEST_DATA)
      throw refusal(read, `nests deeper than ${String(DEEPEST_DATA)} levels`)
    // Objects that stand in many places, or in themselves, could keep this going for ever.
    if (++count > 2 * LARGEST_EXTENT) throw new SizeFailure(`${what} is too large`)
    if (top.molecules.length < top.parts.length) {
      molecule = begin(top.parts[top.molecules.length], read)
    } else {
      stack.pop()
      read.around?.delete(top.value)
      molecule = top.finish(top.molecules)
    }
  }
  // The last compound that was finished is the outermost one.
  return molecule ?? NULL
}

/** The molecule of a value without parts; one with parts is put on the stack. */
function begin(value: unknown, read: Read): Molecule | undefined {
  switch (typeof value) {
    case 'number':
      return numberFromJs(value, read)
    case 'bigint':
      return demote(value)
    case 'string':
    case 'boolean':
      return value
    case 'undefined':
      return NULL
    case 'function':
      throw refusal(read, 'is a function, which is no molecule')
    case 'symbol':
      throw refusal(read, "is a symbol of JavaScript; one of HOCL is `symbol('NAME')`")
    case 'object':
      return value === null ? NULL : objectFromJs(value, read)
  }
}

function numberFromJs(value: number, read: Read): Molecule {
  if (Number.isNaN(value)) throw refusal(read, 'is not a number (NaN)')
  if (!Number.isInteger(value)) return Number.isFinite(value) ? new Float(value) : value
  return Number.isSafeInteger(value) ? value + 0 : demote(BigInt(value))
}

function objectFromJs(value: object, read: Read): Molecule | undefined {
  if (isOwnMolecule(value)) return value
  const found = Array.isArray(value) ? undefined : read.classOf(value)
  if (found !== undefined) return new HostObject(found, value)
  const atom = foreignAtom(value)
  if (atom !== undefined) return atom
  const compound = compoundOf(value)
  if (compound === undefined) {
    const reason =
      value instanceof Promise
        ? 'holds a promise: only the whole answer may come later'
        : `is a \`${value.constructor.name}\`, a class that no host module exports`
    throw refusal(read, reason)
  }
  if (read.around?.has(value) === true)
    throw refusal(read, 'is what it stands in: it would never end')
  read.around ??= new Set()
  read.around.add(value)
  read.stack.push({ ...compound, value, molecules: [] })
  return undefined
}

/** Undefined for one of a class that nobody knows. */
function compoundOf(value: object): Compound | undefined {
  if (Array.isArray(value)) return { parts: value, finish: (items) => new List(items) }
  if (value instanceof Set) return { parts: [...value], finish: solutionOf }
  if (value instanceof Map)
    return pairsCompound([...(value as ReadonlyMap<unknown, unknown>)], (key, i) =>
      typeof key === 'string' ? `[${JSON.stringify(key)}]` : `[${String(i)}]`,
    )
  const foreign = jsCompound(value) ?? foreignCompound(value)
  if (foreign !== undefined) return foreign
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== null && prototype !== Object.prototype) return undefined
  return pairsCompound(Object.entries(value), (key) =>
    /^[\p{L}_$][\p{L}\p{Nd}_$]*$/u.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`,
  )
}

function pairsCompound<Key>(
  pairs: readonly (readonly [Key, unknown])[],
  step: (key: Key, index: number) => string,
): Compound {
  return {
    parts: pairs.flat(),
    finish: solutionOfPairs,
    step: (index) => {
      const pair = pairs[index >> 1]
      return pair === undefined ? '' : step(pair[0], index >> 1)
    },
  }
}

/** What `toJS` makes of tuples and solutions, be it of this copy of the package or of another. */
function jsCompound(value: object): Compound | undefined {
  if (!('kind' in value)) return undefined
  if (value.kind === 'js-tuple' && 'fields' in value && Array.isArray(value.fields))
    return { parts: value.fields, finish: (fields) => new Tuple(fields) }
  if (value.kind !== 'js-solution' || !('entries' in value) || !Array.isArray(value.entries))
    return undefined
  const entries = value.entries as readonly (readonly [unknown, Int])[]
  return {
    parts: entries.map(([inner]) => inner),
    finish: (molecules) =>
      SolutionValue.of(molecules.map((molecule, i) => [molecule, demoted(entries[i]?.[1] ?? 0)])),
  }
}

function demoted(copies: Int): Int {
  return typeof copies === 'bigint' ? demote(copies) : copies
}

/** A molecule that was made with the constructors below, or has come in as an argument. */
function isOwnMolecule(value: object): value is Molecule & object {
  return (
    value instanceof Float ||
    value instanceof Tuple ||
    value instanceof List ||
    value instanceof SolutionValue ||
    ('kind' in value && value.kind === 'host' && 'className' in value) ||
    ('kind' in value && value.kind === 'rule' && 'shape' in value && 'captured' in value) ||
    ('kind' in value && value.kind === 'symbol' && 'name' in value && isInterned(value)) ||
    ('kind' in value && value.kind === 'solution' && 'contents' in value && 'molecules' in value)
  )
}

function isInterned(value: object & { readonly name: unknown }): boolean {
  return typeof value.name === 'string' && symbol(value.name) === value
}

/*
 * A host module may have a copy of this package of its own: the molecules that it makes are rebuilt.
 */

function foreignAtom(value: object): Molecule | undefined {
  if (!('kind' in value) || !('hashCode' in value)) return undefined
  if (value.kind === 'float' && 'value' in value) return new Float(Number(value.value))
  if (value.kind === 'symbol' && 'name' in value) return symbol(String(value.name))
  return undefined
}

function foreignCompound(value: object): Compound | undefined {
  if (!('kind' in value) || !('hashCode' in value)) return undefined
  if (value.kind === 'tuple' && 'fields' in value && Array.isArray(value.fields))
    return { parts: value.fields, finish: (fields) => new Tuple(fields) }
  if (value.kind === 'list' && 'items' in value && Array.isArray(value.items))
    return { parts: value.items, finish: (items) => new List(items) }
  return undefined
}

function solutionOf(molecules: readonly Molecule[]): Molecule {
  return SolutionValue.of(molecules.map((molecule) => [molecule, 1]))
}

/** From keys and values that take turns. */
function solutionOfPairs(flat: readonly Molecule[]): Molecule {
  const pairs: Molecule[] = []
  for (let i = 0; i + 1 < flat.length; i += 2) pairs.push(new Tuple(flat.slice(i, i + 2)))
  return solutionOf(pairs)
}

/** Values of host classes have a class only where a program registered it. */
const noClass: ClassOf = () => undefined

/** `a:b:c` for a host function to return: `tuple(1, 'a')`. At least two fields. */
export function tuple(...fields: readonly [unknown, unknown, ...unknown[]]): Tuple {
  return new Tuple(fields.map((field) => fromJs(field, noClass, 'a field of the tuple')))
}

/** A Float that may be whole: `float(2)` is `2.0`, where the number 2 would be the Int 2. */
export function float(value: number): Float {
  if (!Number.isFinite(value)) throw new RangeError(`a Float is finite, not ${String(value)}`)
  return new Float(value)
}

/** A solution of molecules, or of molecules with multiplicities: `solution([1, 2])`, `solution(new Map([['a', 3]]))`. */
export function solution(molecules: Iterable<unknown> | ReadonlyMap<unknown, Int>): SolutionValue {
  const read = (value: unknown): Molecule => fromJs(value, noClass, 'a molecule of the solution')
  if (molecules instanceof Map) {
    const counted = molecules as ReadonlyMap<unknown, Int>
    return SolutionValue.of([...counted].map(([value, n]): Entry => [read(value), n]))
  }
  return SolutionValue.of([...molecules].map((value): Entry => [read(value), 1]))
}
