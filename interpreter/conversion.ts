import { isInfinite } from './integer.ts'
import type { Int } from './integer.ts'
import { fromJs } from './marshal.ts'
import type { List, Tuple } from './molecule.ts'
import type { Float, HostValue, Molecule, Pending, Rule, Solution, Symbol } from './molecule.ts'

/*
 * Between molecules and values of JavaScript without loss: what comes out of `toJS` goes into `fromJS` as the
 * same molecule. Host functions get less careful values (see `marshal.ts`), as they know what they ask for.
 */

/** A value that `toJS` gives. */
export type JsValue =
  | Int
  | string
  | boolean
  | Float
  | Symbol
  | Rule
  | HostValue
  | Pending
  | readonly JsValue[]
  | JsTuple
  | JsSolution

/** `a:b:c` in JavaScript. It can be taken apart as an array can: `const [key, value] = tuple`. */
export class JsTuple<Fields extends readonly unknown[] = readonly JsValue[]> {
  readonly kind = 'js-tuple'
  readonly fields: Fields

  constructor(fields: Fields) {
    if (fields.length < 2) throw new RangeError('a tuple has two fields or more')
    this.fields = fields
  }

  [Symbol.iterator](): Iterator<Fields[number]> {
    return this.fields[Symbol.iterator]()
  }
}

/** A solution in JavaScript: values with the numbers of their copies, which may be negative or infinite. */
export class JsSolution<Value = JsValue> {
  readonly kind = 'js-solution'
  readonly entries: readonly (readonly [Value, Int])[]

  constructor(entries: Iterable<readonly [Value, Int]>) {
    this.entries = [...entries]
  }

  [Symbol.iterator](): Iterator<readonly [Value, Int]> {
    return this.entries[Symbol.iterator]()
  }

  /** Each value so often as there are copies of it. Throws where that is less than none, or has no end. */
  *values(): Generator<Value> {
    for (const [value, copies] of this.entries) {
      if (copies < 0 || isInfinite(copies))
        throw new RangeError(`there are ${String(copies)} copies of a molecule`)
      for (let i = 0; i < copies; i++) yield value
    }
  }
}

/** What `toJS` gives for a molecule of such a type. */
export type ToJS<M> = M extends number | bigint
  ? number | bigint
  : M extends string | boolean | Float | Symbol | Rule | HostValue | Pending
    ? M
    : M extends List
      ? readonly JsValue[]
      : M extends Tuple
        ? JsTuple
        : M extends Solution
          ? JsSolution
          : never

/** What `fromJS` gives for a value of such a type; `never` for what is no molecule. */
export type FromJS<Value> = Value extends bigint
  ? number | bigint
  : Value extends number
    ? number | bigint | Float
    : Value extends string | boolean | Float | Symbol | Rule | HostValue | Tuple | List | Solution
      ? Value
      : Value extends null | undefined
        ? Symbol
        : Value extends JsTuple<readonly unknown[]>
          ? Tuple
          : Value extends readonly unknown[]
            ? List
            : Value extends symbol | ((...args: never[]) => unknown)
              ? never
              : Value extends
                    JsSolution<unknown> | ReadonlySet<unknown> | ReadonlyMap<unknown, unknown>
                ? Solution
                : unknown extends Value
                  ? Molecule
                  : Value extends object
                    ? Solution
                    : never

/** A compound in the making. */
interface Building {
  readonly molecules: readonly Molecule[]
  readonly values: JsValue[]
  readonly finish: (values: readonly JsValue[]) => JsValue
}

/**
 * A molecule as a value of JavaScript: a list is an array, a tuple a `JsTuple`, a solution a `JsSolution`, an
 * Int a number while it is safe and else a BigInt. All others are themselves, Floats too, as `2.0` is not `2`.
 */
export function toJS<M extends Molecule>(molecule: M): ToJS<M> {
  const stack: Building[] = []
  let value = begin(molecule, stack)
  for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
    if (value !== undefined) top.values.push(value)
    const next = top.molecules[top.values.length]
    if (next === undefined) {
      stack.pop()
      value = top.finish(top.values)
    } else value = begin(next, stack)
  }
  // `begin` follows the cases of `ToJS`.
  return value as ToJS<M>
}

function begin(molecule: Molecule, stack: Building[]): JsValue | undefined {
  if (typeof molecule !== 'object') return molecule
  switch (molecule.kind) {
    case 'list':
      stack.push({ molecules: molecule.items, values: [], finish: (items) => items })
      return undefined
    case 'tuple':
      stack.push({
        molecules: molecule.fields,
        values: [],
        finish: (fields) => new JsTuple(fields),
      })
      return undefined
    case 'solution': {
      const entries = molecule.contents().sorted()
      stack.push({
        molecules: entries.map(([inner]) => inner),
        values: [],
        finish: (values) => new JsSolution(values.map((each, i) => [each, entries[i]?.[1] ?? 0])),
      })
      return undefined
    }
    case 'float':
    case 'symbol':
    case 'rule':
    case 'host':
    case 'pending':
      return molecule
  }
}

/**
 * The molecule of a value of JavaScript. Beside what `toJS` gives: a number without a fraction is an Int and
 * any other a Float, nothing is `NULL`, a `Set` a solution, a `Map` or plain object the solution of its
 * `key:value` tuples. Throws a `ConversionError` with the path to what is no molecule.
 */
export function fromJS<const Value>(
  value: Value & (FromJS<Value> extends never ? never : unknown),
): FromJS<Value> {
  // `fromJs` follows the cases of `FromJS`.
  return fromJs(value, () => undefined) as FromJS<Value>
}
