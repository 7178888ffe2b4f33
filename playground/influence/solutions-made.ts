import { holdsSolution } from '../../interpreter/index.ts'
import type { Expression, Molecules } from '../../interpreter/index.ts'

/**
 * Whether these molecules have a solution in them, or the rules among them make one. Without any there is nothing
 * inside that could still react.
 */
export function makesSolutions({ bindings, elements }: Molecules): boolean {
  return (
    bindings.some(({ value }) => isMade(value)) ||
    elements.some((element) => {
      switch (element.kind) {
        case 'molecule':
        case 'spread':
          return isMade(element.expression)
        case 'group':
          return makesSolutions(element.molecules)
        case 'rest':
          return false
      }
    })
  )
}

function isMade(expression: Expression): boolean {
  switch (expression.kind) {
    case 'solution':
      return true
    case 'constant':
      return holdsSolution(expression.value)
    case 'tuple':
      return expression.fields.some(isMade)
    case 'list':
      return expression.items.some((item) => item.kind === 'item' && isMade(item.expression))
    case 'conditional':
      return isMade(expression.then) || isMade(expression.else)
    case 'let':
      return expression.bindings.some(({ value }) => isMade(value)) || isMade(expression.body)
    case 'make-rule':
      return expression.captures.some(isMade)
    case 'call':
      return expression.arguments.some(isMade)
    case 'method':
      return isMade(expression.receiver) || (expression.arguments ?? []).some(isMade)
    case 'cast':
    case 'unary':
      return isMade(expression.operand)
    case 'binary':
      return isMade(expression.left) || isMade(expression.right)
    case 'index':
      return isMade(expression.object)
    case 'slot':
    case 'captured':
    case 'instanceof':
      return false
  }
}
