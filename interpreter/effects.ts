import type { Element, Expression, Molecules } from './rule.ts'

/** Whether a product calls something that is not pure: the host, or a generator of random numbers. */
export function hasEffects(molecules: Molecules): boolean {
  return (
    molecules.bindings.some(({ value }) => isEffect(value)) ||
    molecules.elements.some(elementHasEffects)
  )
}

function elementHasEffects(element: Element): boolean {
  const isCounted =
    element.kind !== 'spread' &&
    element.multiplicity !== undefined &&
    isEffect(element.multiplicity)
  switch (element.kind) {
    case 'molecule':
      return isCounted || isEffect(element.expression)
    case 'spread':
      return isEffect(element.expression)
    case 'rest':
      return isCounted
    case 'group':
      return isCounted || hasEffects(element.molecules)
  }
}

function isEffect(expression: Expression): boolean {
  switch (expression.kind) {
    case 'call':
      return (
        !expression.function.isPure ||
        expression.function.isAsync ||
        expression.arguments.some(isEffect)
      )
    case 'method':
      return true
    case 'constant':
    case 'slot':
    case 'captured':
      return false
    case 'unary':
    case 'cast':
    case 'instanceof':
      return isEffect(expression.operand)
    case 'binary':
      return isEffect(expression.left) || isEffect(expression.right)
    case 'conditional':
      return isEffect(expression.test) || isEffect(expression.then) || isEffect(expression.else)
    case 'index':
      return isEffect(expression.object) || isEffect(expression.index)
    case 'tuple':
      return expression.fields.some(isEffect)
    case 'list':
      return expression.items.some((item) => item.kind === 'item' && isEffect(item.expression))
    case 'solution':
      return hasEffects(expression.molecules)
    case 'make-rule':
      return expression.captures.some(isEffect)
    case 'let':
      return expression.bindings.some(({ value }) => isEffect(value)) || isEffect(expression.body)
  }
}
