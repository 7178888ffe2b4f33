import type { Binding, Expression } from '../rule.ts'

/**
 * The `let`s of an expression that can be written before the whole of it, in the order in which they are
 * worked out, each after those that it uses. One that stands where it may not be worked out at all, behind
 * `?` or `&&`, stays there, unless what it calls gives another answer each time.
 */
export function leadingLets(expression: Expression): readonly Let[] {
  const found: Let[] = []
  collect(expression, { isCertain: true, found })
  return found
}

export type Let = Extract<Expression, { kind: 'let' }>

interface Search {
  /** Whether what is looked at is always worked out. */
  readonly isCertain: boolean
  readonly found: Let[]
}

function collect(expression: Expression, search: Search): void {
  const perhaps = { ...search, isCertain: false }
  switch (expression.kind) {
    case 'let':
      for (const { value } of expression.bindings) collect(value, search)
      if (search.isCertain || !expression.bindings.every(isPure)) search.found.push(expression)
      collect(expression.body, search)
      return
    case 'conditional':
      collect(expression.test, search)
      collect(expression.then, perhaps)
      collect(expression.else, perhaps)
      return
    case 'binary': {
      const isLazy = expression.operator === '&&' || expression.operator === '||'
      collect(expression.left, search)
      collect(expression.right, isLazy ? perhaps : search)
      return
    }
    default:
      for (const part of partsOf(expression)) collect(part, search)
  }
}

function isPure({ value }: Binding): boolean {
  return isPureExpression(value)
}

function isPureExpression(expression: Expression): boolean {
  switch (expression.kind) {
    case 'call':
      return expression.function.isPure && expression.arguments.every(isPureExpression)
    case 'method':
    case 'solution':
      return false
    case 'let':
      return expression.bindings.every(isPure) && isPureExpression(expression.body)
    case 'conditional':
      return [expression.test, expression.then, expression.else].every(isPureExpression)
    case 'binary':
      return isPureExpression(expression.left) && isPureExpression(expression.right)
    default:
      return partsOf(expression).every(isPureExpression)
  }
}

type Plain = Exclude<Expression, { kind: 'let' | 'conditional' | 'binary' }>

/** The expressions directly in one; solutions have `let`s of their own. */
function partsOf(expression: Plain): readonly Expression[] {
  switch (expression.kind) {
    case 'constant':
    case 'slot':
    case 'captured':
    case 'solution':
    case 'make-rule':
      return []
    case 'call':
      return expression.arguments
    case 'method':
      return [expression.receiver, ...(expression.arguments ?? [])]
    case 'unary':
    case 'cast':
    case 'instanceof':
      return [expression.operand]
    case 'index':
      return [expression.object, expression.index]
    case 'tuple':
      return expression.fields
    case 'list':
      return expression.items.flatMap((item) => (item.kind === 'item' ? [item.expression] : []))
  }
}
