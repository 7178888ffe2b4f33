import type { Element, Expression, Molecules, RestSource, Slot } from '../../interpreter/index.ts'

/** The expressions directly inside an expression. */
export function partsOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'constant':
    case 'slot':
    case 'captured':
      return []
    case 'call':
      return expression.arguments
    case 'method':
      return [expression.receiver, ...(expression.arguments ?? [])]
    case 'unary':
    case 'cast':
    case 'instanceof':
      return [expression.operand]
    case 'binary':
      return [expression.left, expression.right]
    case 'conditional':
      return [expression.test, expression.then, expression.else]
    case 'index':
      return [expression.object, expression.index]
    case 'tuple':
      return expression.fields
    case 'list':
      return expression.items.flatMap((item) => (item.kind === 'item' ? [item.expression] : []))
    case 'solution':
      return partsOfMolecules(expression.molecules)
    case 'make-rule':
      return expression.captures
    case 'let':
      return [...expression.bindings.map(({ value }) => value), expression.body]
  }
}

/** The expressions directly inside a product. */
export function partsOfMolecules({ bindings, elements }: Molecules): readonly Expression[] {
  return [...bindings.map(({ value }) => value), ...elements.flatMap(partsOfElement)]
}

function partsOfElement(element: Element): readonly Expression[] {
  const counted = 'multiplicity' in element && element.multiplicity ? [element.multiplicity] : []
  switch (element.kind) {
    case 'molecule':
      return [element.expression, ...counted]
    case 'rest':
      return counted
    case 'spread':
      return [element.expression]
    case 'group':
      return [...partsOfMolecules(element.molecules), ...counted]
  }
}

/** The variables that an expression reads. Its depth is bounded by the program's text. */
export function slotsRead(expression: Expression): ReadonlySet<Slot> {
  const slots = new Set<Slot>()
  const waiting: Expression[] = [expression]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (next.kind === 'slot') slots.add(next.slot)
    for (const rest of restsIn(next)) if (rest.kind === 'slot') slots.add(rest.slot)
    waiting.push(...partsOf(next))
  }
  return slots
}

/** The rests that an expression splices itself. */
function restsIn(expression: Expression): readonly RestSource[] {
  if (expression.kind === 'list')
    return expression.items.flatMap((item) => (item.kind === 'rest' ? [item.rest] : []))
  return expression.kind === 'solution' ? restsOfMolecules(expression.molecules) : []
}

function restsOfMolecules({ elements }: Molecules): readonly RestSource[] {
  return elements.flatMap((element) => {
    if (element.kind === 'rest') return [element.rest]
    return element.kind === 'group' ? restsOfMolecules(element.molecules) : []
  })
}
