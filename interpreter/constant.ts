import { EvaluationFailure } from './failures.ts'
import { evaluate, placeOfFailure } from './evaluate.ts'
import type { Molecule } from './molecule.ts'
import type { Element, Expression, Molecules, Place, RestSource } from './rule.ts'

/**
 * The value of an expression that depends on nothing and calls only pure functions; undefined for any
 * other. One that fails is reported, with the place where that is a part of it, and is 0.
 */
export function constantOf(
  expression: Expression,
  onFailure: (place: Place | undefined, message: string) => void,
): Molecule | undefined {
  if (!isClosed(expression, { own: new Set(), captured: [] })) return undefined
  try {
    return evaluate(expression, { slots: [], captured: [], surroundings: { random: () => 0 } })
  } catch (error) {
    if (!(error instanceof EvaluationFailure)) throw error
    onFailure(placeOfFailure(error), error.message)
    return 0
  }
}

/** What is known of the variables of a rule. */
interface KnownValues<T> {
  readonly slots: ReadonlyMap<number, Molecule>
  readonly captured: readonly (T | undefined)[]
}

/** Whether an expression depends on nothing else. */
export function isKnown(
  expression: Expression,
  { slots, captured }: KnownValues<unknown>,
): boolean {
  return isClosed(expression, { own: new Set(slots.keys()), captured })
}

/** The value of an expression that depends on nothing else; undefined for any other, and for one that fails. */
export function valueWith(
  expression: Expression,
  known: KnownValues<Molecule>,
): Molecule | undefined {
  if (!isKnown(expression, known)) return undefined
  const slots: (Molecule | undefined)[] = []
  for (const [slot, value] of known.slots) slots[slot] = value
  // Those that are not known are not read.
  const captured = known.captured.map((value) => value ?? 0)
  try {
    return evaluate(expression, { slots, captured, surroundings: { random: () => 0 } })
  } catch (error) {
    if (error instanceof EvaluationFailure) return undefined
    throw error
  }
}

/** What an expression may use and yet depend on nothing that is not known. */
interface Given {
  /** Slots, those of `let`s inside it among them. */
  readonly own: Set<number>
  /** Captured values that are known, by index. */
  readonly captured: readonly unknown[]
}

function isClosed(expression: Expression, given: Given): boolean {
  const closed = (inner: Expression): boolean => isClosed(inner, given)
  switch (expression.kind) {
    case 'constant':
      return true
    case 'slot':
      return given.own.has(expression.slot)
    case 'captured':
      return given.captured[expression.index] !== undefined
    case 'call':
      return (
        expression.function.isPure &&
        !expression.function.isAsync &&
        expression.arguments.every(closed)
      )
    case 'method':
      return false
    case 'unary':
    case 'cast':
    case 'instanceof':
      return closed(expression.operand)
    case 'binary':
      return closed(expression.left) && closed(expression.right)
    case 'conditional':
      return closed(expression.test) && closed(expression.then) && closed(expression.else)
    case 'index':
      return closed(expression.object) && closed(expression.index)
    case 'tuple':
      return expression.fields.every(closed)
    case 'list':
      return expression.items.every((item) =>
        item.kind === 'item' ? closed(item.expression) : restIsClosed(item.rest, given),
      )
    case 'solution':
      return areClosed(expression.molecules, given)
    case 'make-rule':
      return expression.rule.isRead() && expression.captures.every(closed)
    case 'let':
      return (
        expression.bindings.every((binding) => bindingIsClosed(binding, given)) &&
        closed(expression.body)
      )
  }
}

function bindingIsClosed(
  binding: { readonly slot: number; readonly value: Expression },
  given: Given,
): boolean {
  const isIt = isClosed(binding.value, given)
  given.own.add(binding.slot)
  return isIt
}

function areClosed(molecules: Molecules, given: Given): boolean {
  return (
    molecules.bindings.every((binding) => bindingIsClosed(binding, given)) &&
    molecules.elements.every((element) => elementIsClosed(element, given))
  )
}

function elementIsClosed(element: Element, given: Given): boolean {
  if (element.kind === 'rest' && !restIsClosed(element.rest, given)) return false
  if (element.kind === 'spread') return isClosed(element.expression, given)
  const isCounted = element.multiplicity === undefined || isClosed(element.multiplicity, given)
  if (element.kind === 'group') return isCounted && areClosed(element.molecules, given)
  return isCounted && (element.kind === 'rest' || isClosed(element.expression, given))
}

function restIsClosed(rest: RestSource, { captured }: Given): boolean {
  return rest.kind === 'captured' && captured[rest.index] !== undefined
}
