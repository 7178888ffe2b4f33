import type { Expression, Molecules } from '../rule.ts'

/** The expressions that an expression is made of; a rule that it makes is none of them. */
export function operandsOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'binary':
      return [expression.left, expression.right]
    case 'unary':
    case 'cast':
    case 'instanceof':
      return [expression.operand]
    case 'conditional':
      return [expression.test, expression.then, expression.else]
    case 'call':
      return expression.arguments
    case 'method':
      return [expression.receiver, ...(expression.arguments ?? [])]
    case 'index':
      return [expression.object, expression.index]
    case 'tuple':
      return expression.fields
    case 'list':
      return expression.items.flatMap((item) => (item.kind === 'item' ? [item.expression] : []))
    case 'let':
      return [...expression.bindings.map(({ value }) => value), expression.body]
    case 'solution':
      return [...expressionsIn(expression.molecules)]
    case 'constant':
    case 'slot':
    case 'captured':
    case 'make-rule':
      return []
  }
}

/** The expressions of molecules that are written side by side. */
export function* expressionsIn({ bindings, elements }: Molecules): Generator<Expression> {
  for (const { value } of bindings) yield value
  for (const element of elements) {
    if (element.kind === 'group') yield* expressionsIn(element.molecules)
    if (element.kind === 'molecule' || element.kind === 'spread') yield element.expression
  }
}
