import { EvaluationFailure } from './failures.ts'
import { evaluate, placeOfFailure } from './evaluate.ts'
import type { Molecule } from './molecule.ts'
import type { Element, Expression, Molecules, Place } from './rule.ts'

/**
 * The value of an expression that depends on nothing and calls only pure functions; undefined for any
 * other. One that fails is reported, with the place where that is a part of it, and is 0.
 */
export function constantOf(
  expression: Expression,
  onFailure: (place: Place | undefined, message: string) => void,
): Molecule | undefined {
  if (!isClosed(expression, new Set())) return undefined
  try {
    return evaluate(expression, { slots: [], captured: [], surroundings: { random: () => 0 } })
  } catch (error) {
    if (!(error instanceof EvaluationFailure)) throw error
    onFailure(placeOfFailure(error), error.message)
    return 0
  }
}

function isClosed(expression: Expression, own: Set<number>): boolean {
  const closed = (inner: Expression): boolean => isClosed(inner, own)
  switch (expression.kind) {
    case 'constant':
      return true
    case 'slot':
      return own.has(expression.slot)
    case 'captured':
      return false
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
      return expression.items.every((item) => item.kind === 'item' && closed(item.expression))
    case 'solution':
      return areClosed(expression.molecules, own)
    case 'make-rule':
      return expression.rule.isRead() && expression.captures.every(closed)
    case 'let':
      return (
        expression.bindings.every((binding) => bindingIsClosed(binding, own)) &&
        closed(expression.body)
      )
  }
}

function bindingIsClosed(
  binding: { readonly slot: number; readonly value: Expression },
  own: Set<number>,
): boolean {
  const isIt = isClosed(binding.value, own)
  own.add(binding.slot)
  return isIt
}

function areClosed(molecules: Molecules, own: Set<number>): boolean {
  return (
    molecules.bindings.every((binding) => bindingIsClosed(binding, own)) &&
    molecules.elements.every((element) => elementIsClosed(element, own))
  )
}

function elementIsClosed(element: Element, own: Set<number>): boolean {
  if (element.kind === 'rest') return false
  if (element.kind === 'spread') return isClosed(element.expression, own)
  const isCounted = element.multiplicity === undefined || isClosed(element.multiplicity, own)
  if (element.kind === 'group') return isCounted && areClosed(element.molecules, own)
  return isCounted && isClosed(element.expression, own)
}
