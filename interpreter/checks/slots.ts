import type { Expression, Slot } from '../rule.ts'

/** The variables of its own rule that an expression reads; undefined where it makes solutions or rules of them. */
export function slotsRead(expression: Expression): ReadonlySet<Slot> | undefined {
  const slots = new Set<Slot>()
  return read(expression, slots) ? slots : undefined
}

function read(expression: Expression, slots: Set<Slot>): boolean {
  const inner = (each: Expression): boolean => read(each, slots)
  switch (expression.kind) {
    case 'slot':
      slots.add(expression.slot)
      return true
    case 'constant':
    case 'captured':
      return true
    case 'unary':
    case 'cast':
    case 'instanceof':
      return inner(expression.operand)
    case 'binary':
      return inner(expression.left) && inner(expression.right)
    case 'conditional':
      return inner(expression.test) && inner(expression.then) && inner(expression.else)
    case 'call':
      return expression.arguments.every(inner)
    case 'method':
      return inner(expression.receiver) && (expression.arguments ?? []).every(inner)
    case 'index':
      return inner(expression.object) && inner(expression.index)
    case 'tuple':
      return expression.fields.every(inner)
    case 'list':
      return expression.items.every((item) => item.kind === 'item' && inner(item.expression))
    case 'solution':
    case 'make-rule':
    case 'let':
      return false
  }
}

/** `a && b && c` as its three parts. */
export function conjunctsOf(expression: Expression | undefined): readonly Expression[] {
  if (expression === undefined) return []
  if (expression.kind !== 'binary' || expression.operator !== '&&') return [expression]
  return [...conjunctsOf(expression.left), ...conjunctsOf(expression.right)]
}
