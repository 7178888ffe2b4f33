import { holdsSolution, isRule } from '../../interpreter/index.ts'
import type { Expression, Molecules } from '../../interpreter/index.ts'

/**
 * Whether these molecules have a solution in them with what may be a rule, or make such a one. Where nothing of a
 * program does, nothing inside can ever react: a rest only brings what was in a solution before.
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
      return mayHoldRules(expression.molecules) || makesSolutions(expression.molecules)
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

/** Whether a rule may be among what these molecules give by themselves. */
function mayHoldRules({ bindings, elements }: Molecules): boolean {
  return (
    bindings.length > 0 ||
    elements.some((element) => {
      switch (element.kind) {
        case 'molecule':
          return mayBeRule(element.expression)
        case 'spread':
          return true
        case 'group':
          return mayHoldRules(element.molecules)
        case 'rest':
          return element.rest.kind === 'captured'
      }
    })
  )
}

function mayBeRule(expression: Expression): boolean {
  switch (expression.kind) {
    case 'constant':
      return isRule(expression.value)
    case 'unary':
    case 'binary':
    case 'instanceof':
    case 'tuple':
    case 'list':
    case 'solution':
      return false
    case 'slot':
    case 'captured':
    case 'call':
    case 'method':
    case 'conditional':
    case 'cast':
    case 'index':
    case 'make-rule':
    case 'let':
      return true
  }
}
