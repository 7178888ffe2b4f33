import type { CallKeys } from './call-key.ts'
import { binary as applyBinary, unary as applyUnary } from './arithmetic.ts'
import { cast } from './cast.ts'
import { indexInto } from './prelude/lists.ts'
import { append } from './append.ts'
import { ArithmeticFailure, addInt, isInfinite, multiplyInt } from './integer.ts'
import type { Int } from './integer.ts'
import { EvaluationFailure, SizeFailure } from './failures.ts'
import type { HostFunction, Surroundings } from './host.ts'
import { memberOf } from './host-value.ts'
import { List, Tuple, isInt, isRule } from './molecule.ts'
import type { Entry, Molecule } from './molecule.ts'
import { SolutionValue } from './multiset.ts'
import { ruleOf, shapeOf } from './rule.ts'
import type {
  Binding,
  Element,
  Expression,
  ListItem,
  Molecules,
  Place,
  RestSource,
} from './rule.ts'
import { checkedItems } from './size-limits.ts'
import { hasType } from './types.ts'

/** What an expression is worked out in: the variables of one reaction, and what its rule captured. */
export interface Environment {
  /** By slot. Bindings of `let` fill in their own. */
  readonly slots: (Molecule | undefined)[]
  readonly captured: readonly Molecule[]
  readonly surroundings: Surroundings
  /** Absent in conditions, rates and multiplicities, where nothing may be called that answers later. */
  readonly calls?: Calls
}

/** The calls of one product element: what has answered, and what is to be waited for. */
export interface Calls {
  /** Answers of asynchronous and impure calls, so that working the element out again calls nothing twice. */
  readonly answers: Map<Expression, Molecule>
  readonly waiting: Map<Expression, () => Promise<Molecule>>
  readonly keys: CallKeys
}

/** Thrown through an expression that needs an answer which is not there yet. */
export const SUSPENDED = new Error('an answer is awaited')

/** A failure with the place of the expression that has no value. */
export class PlacedFailure extends EvaluationFailure {
  readonly place: Place

  constructor(message: string, place: Place, options?: { readonly cause?: unknown }) {
    super(message, options)
    this.place = place
  }
}

/** A value that grew too large, with the place of the expression that makes it. */
class PlacedSizeFailure extends SizeFailure {
  readonly place: Place

  constructor(message: string, place: Place) {
    super(message)
    this.place = place
  }
}

/** Where the expression stands that has no value, if that is known. */
export function placeOfFailure(error: EvaluationFailure): Place | undefined {
  return error instanceof PlacedFailure || error instanceof PlacedSizeFailure
    ? error.place
    : undefined
}

/** The value of an expression. Fails with a `PlacedFailure`; recursion is bounded by the program's text. */
export function evaluate(expression: Expression, env: Environment): Molecule {
  switch (expression.kind) {
    case 'constant':
      return expression.value
    case 'slot':
      return bound(env.slots[expression.slot])
    case 'captured':
      return bound(env.captured[expression.index])
    case 'call':
      return call(expression, env)
    case 'method':
      return method(expression, env)
    case 'unary': {
      const operand = evaluate(expression.operand, env)
      return placed(expression.place, () => applyUnary(expression.operator, operand))
    }
    case 'binary':
      return binary(expression, env)
    case 'conditional':
      return truth(expression.test, env, expression.place)
        ? evaluate(expression.then, env)
        : evaluate(expression.else, env)
    case 'cast': {
      const operand = evaluate(expression.operand, env)
      return placed(expression.place, () => cast(operand, expression.type))
    }
    case 'instanceof':
      return hasType(evaluate(expression.operand, env), expression.type)
    case 'index': {
      const [object, index] = evaluateAll([expression.object, expression.index], env)
      return placed(expression.place, () => indexInto(bound(object), bound(index)))
    }
    case 'tuple':
      return new Tuple(evaluateAll(expression.fields, env))
    case 'list':
      return new List(expression.items.flatMap((item) => listItem(item, env)))
    case 'solution':
      return placed(expression.place, () => SolutionValue.of(produce(expression.molecules, env)))
    case 'make-rule':
      return ruleOf(expression.rule.shape(), evaluateAll(expression.captures, env))
    case 'let':
      bind(expression.bindings, env)
      return evaluate(expression.body, env)
  }
}

/** True or false; anything else fails. */
export function truth(expression: Expression, env: Environment, place: Place): boolean {
  const value = evaluate(expression, env)
  if (typeof value !== 'boolean') throw new PlacedFailure('expected `true` or `false` here', place)
  return value
}

/** Whether a condition holds: one that fails is false. */
export function holds(condition: Expression | undefined, env: Environment): boolean {
  if (condition === undefined) return true
  try {
    return evaluate(condition, env) === true
  } catch (error) {
    if (error instanceof EvaluationFailure) return false
    throw error
  }
}

/** The molecules that some text stands for, not yet added up. */
export function produce(molecules: Molecules, env: Environment): Entry[] {
  bind(molecules.bindings, env)
  const entries: Entry[] = []
  let isSuspended = false
  for (const element of molecules.elements) {
    const isThere = tolerate(() => {
      append(entries, produceElement(element, env))
    })
    isSuspended ||= !isThere
  }
  if (isSuspended) throw SUSPENDED
  return entries
}

/** The molecules of one element. */
export function produceElement(element: Element, env: Environment): Entry[] {
  switch (element.kind) {
    case 'molecule': {
      const molecule = evaluate(element.expression, env)
      return counted([[molecule, 1]], element.multiplicity, env, element.place)
    }
    case 'rest':
      return counted(
        spliced(restValue(element.rest, env)),
        element.multiplicity,
        env,
        element.place,
      )
    case 'spread':
      return spread(evaluate(element.expression, env), element.place)
    case 'group':
      return counted(produce(element.molecules, env), element.multiplicity, env, element.place)
  }
}

/** `m^n` of each molecule. `(one P by M)^∞` is the n-shot rule. */
function counted(
  entries: Entry[],
  multiplicity: Expression | undefined,
  env: Environment,
  place: Place,
): Entry[] {
  if (multiplicity === undefined) return entries
  const { calls: _, ...pure } = env
  const n = evaluate(multiplicity, pure)
  if (!isInt(n)) throw new PlacedFailure('a multiplicity is a whole number', place)
  if (n === 0) return []
  return placed(place, () => entries.map(([molecule, k]) => times(molecule, k, n)))
}

function times(molecule: Molecule, k: Int, n: Int): Entry {
  const multiplicity = multiplyInt(k, n)
  if (multiplicity === Infinity && isRule(molecule) && molecule.shape.shots === 'one')
    return [ruleOf(shapeOf(molecule).repeated(), molecule.captured), 1]
  return [molecule, multiplicity]
}

function restValue(rest: RestSource, env: Environment): Molecule {
  return bound(rest.kind === 'slot' ? env.slots[rest.slot] : env.captured[rest.index])
}

/** The molecules of a rest, or of what `...` adds, n times. */
export function splicedTimes(value: Molecule, n: Int): Entry[] {
  return n === 0 ? [] : spliced(value).map(([molecule, k]) => times(molecule, k, n))
}

/** A rest is kept as a solution or, where it came from one, as a list. */
function spliced(value: Molecule): Entry[] {
  if (typeof value === 'object' && value.kind === 'solution') return [...value.contents().sorted()]
  if (typeof value === 'object' && value.kind === 'list')
    return value.items.map((item) => [item, 1] as const)
  return [[value, 1]]
}

function spread(value: Molecule, place: Place): Entry[] {
  if (typeof value === 'object' && (value.kind === 'solution' || value.kind === 'list'))
    return spliced(value)
  throw new PlacedFailure('`...` adds the molecules of a list or solution', place)
}

function listItem(item: ListItem, env: Environment): Molecule[] {
  if (item.kind === 'item') return [evaluate(item.expression, env)]
  return [...itemsOfRest(restValue(item.rest, env))]
}

/** A rest as items of a list, each copy one; too many of them fail before any is made. */
export function itemsOfRest(rest: Molecule): readonly Molecule[] {
  if (typeof rest === 'object' && rest.kind === 'list') return rest.items
  if (typeof rest !== 'object' || rest.kind !== 'solution') return [rest]
  const entries = rest.contents().sorted()
  let count: Int = 0
  for (const [, copies] of entries) {
    if (copies < 0 || isInfinite(copies))
      throw new EvaluationFailure(
        'a list cannot hold molecules with a negative or infinite multiplicity',
      )
    count = addInt(count, copies)
  }
  checkedItems(count)
  const items: Molecule[] = []
  for (const [molecule, copies] of entries) for (let i = 0; i < copies; i++) items.push(molecule)
  return items
}

/** Works out `let`s into their slots. */
export function bind(bindings: readonly Binding[], env: Environment): void {
  for (const { slot, value } of bindings) env.slots[slot] = evaluate(value, env)
}

/** Every one is tried, so that all calls among them start together. */
function evaluateAll(expressions: readonly Expression[], env: Environment): Molecule[] {
  const values: Molecule[] = []
  let isSuspended = false
  for (const expression of expressions)
    isSuspended = !tolerate(() => values.push(evaluate(expression, env))) || isSuspended
  if (isSuspended) throw SUSPENDED
  return values
}

function tolerate(action: () => void): boolean {
  try {
    action()
    return true
  } catch (error) {
    if (error === SUSPENDED) return false
    throw error
  }
}

function binary(expression: Extract<Expression, { kind: 'binary' }>, env: Environment): Molecule {
  const { operator, left, right, place } = expression
  if (operator === '&&') return truth(left, env, place) && truth(right, env, place)
  if (operator === '||') return truth(left, env, place) || truth(right, env, place)
  const [a, b] = evaluateAll([left, right], env)
  return placed(place, () => applyBinary(operator, bound(a), bound(b)))
}

function method(expression: Method, env: Environment): Molecule {
  const { receiver, name, fallback, place } = expression
  const [self, ...args] = evaluateAll([receiver, ...(expression.arguments ?? [])], env)
  const own = memberOf(bound(self), name)
  const found = own ?? fallback
  if (found === undefined) throw new PlacedFailure(`this value has no \`${name}\``, place)
  return invoke(expression, found, [bound(self), ...args], env)
}

function call(expression: Call, env: Environment): Molecule {
  const known = env.calls?.answers.get(expression)
  if (known !== undefined) return known
  return invoke(expression, expression.function, evaluateAll(expression.arguments, env), env)
}

type Call = Extract<Expression, { kind: 'call' }>
type Method = Extract<Expression, { kind: 'method' }>

function invoke(
  expression: Call | Method,
  found: HostFunction,
  args: readonly Molecule[],
  env: Environment,
): Molecule {
  const { place } = expression
  const { calls, surroundings } = env
  const known = calls?.answers.get(expression)
  if (known !== undefined) return known
  if (found.isPure && !found.isAsync)
    return answered(
      placed(place, () => found.apply(args, surroundings)),
      place,
    )
  if (calls === undefined)
    throw new PlacedFailure(`\`${found.name}\` may not be called here`, place)
  const own: Surroundings = {
    random: () => surroundings.random(),
    callKey: calls.keys.next(),
    host: surroundings.host,
  }
  if (found.isAsync || found.answersLater?.(args) === true) {
    calls.waiting.set(expression, async () => found.apply(args, own))
    throw SUSPENDED
  }
  const result = placed(place, () => found.apply(args, own))
  if (result instanceof Promise) {
    // Whoever waits for it may begin to later, or never: until then a rejection is nobody's.
    result.catch(() => undefined)
    calls.waiting.set(expression, () => result)
    throw SUSPENDED
  }
  calls.answers.set(expression, result)
  return result
}

function answered(result: Molecule | Promise<Molecule>, place: Place): Molecule {
  if (result instanceof Promise)
    throw new PlacedFailure('a function that is called here must answer at once', place)
  return result
}

/** Gives a failure without a place the place of the expression that was being worked out. */
export function placed<T>(place: Place, work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw withPlace(error, place)
  }
}

/** What was thrown, with a place where it is a failure that has none. */
export function withPlace(error: unknown, place: Place): unknown {
  if (error instanceof ArithmeticFailure) return new PlacedFailure(error.message, place)
  if (!(error instanceof EvaluationFailure) || placeOfFailure(error) !== undefined) return error
  // What grew too large stays apart from what has no value: the run ends at its size limit.
  return error instanceof SizeFailure
    ? new PlacedSizeFailure(error.message, place)
    : new PlacedFailure(error.message, place, { cause: error })
}

/** The lowered program binds every slot before it is read. */
function bound(value: Molecule | undefined): Molecule {
  if (value === undefined) throw new Error('a variable is read before it is bound')
  return value
}
