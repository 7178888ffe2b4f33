import { inside, isRule, shapeOf } from '../../interpreter/index.ts'
import type { Expression, Molecule, Molecules, RuleShape } from '../../interpreter/index.ts'

/** Every rule shape that reactions of these molecules, and of rules of these shapes, can ever put into a solution. */
export function reachableShapes(
  molecules: Iterable<Molecule>,
  known: Iterable<RuleShape> = [],
): Set<RuleShape> {
  const found = new Set<RuleShape>()
  const waiting: Molecule[] = [...molecules]
  const shapes: RuleShape[] = []
  const seen = new Set<Molecule>()
  const add = (shape: RuleShape): void => {
    if (found.has(shape)) return
    found.add(shape)
    shapes.push(shape)
  }
  for (const shape of known) add(shape)
  for (;;) {
    const molecule = waiting.pop()
    if (molecule !== undefined) {
      if (typeof molecule !== 'object' || seen.has(molecule)) continue
      if (molecule.kind !== 'symbol' && molecule.kind !== 'float') seen.add(molecule)
      if (isRule(molecule)) add(shapeOf(molecule))
      for (const inner of inside(molecule) ?? []) if (typeof inner === 'object') waiting.push(inner)
      continue
    }
    const shape = shapes.pop()
    if (shape === undefined) return found
    inMolecules(shape.product, add, waiting)
  }
}

function inMolecules(
  molecules: Molecules,
  add: (shape: RuleShape) => void,
  constants: Molecule[],
): void {
  for (const { value } of molecules.bindings) inExpression(value, add, constants)
  for (const element of molecules.elements) {
    if (element.kind === 'molecule' || element.kind === 'spread')
      inExpression(element.expression, add, constants)
    if (element.kind === 'group') inMolecules(element.molecules, add, constants)
  }
}

function inExpression(
  expression: Expression,
  add: (shape: RuleShape) => void,
  constants: Molecule[],
): void {
  const visit = (inner: Expression): void => {
    inExpression(inner, add, constants)
  }
  switch (expression.kind) {
    case 'make-rule':
      add(expression.rule.shape())
      expression.captures.forEach(visit)
      return
    case 'constant':
      constants.push(expression.value)
      return
    case 'tuple':
      expression.fields.forEach(visit)
      return
    case 'list':
      for (const item of expression.items) if (item.kind === 'item') visit(item.expression)
      return
    case 'solution':
      inMolecules(expression.molecules, add, constants)
      return
    case 'conditional':
      visit(expression.then)
      visit(expression.else)
      return
    case 'call':
      expression.arguments.forEach(visit)
      return
    case 'let':
      for (const { value } of expression.bindings) visit(value)
      visit(expression.body)
      return
    case 'slot':
    case 'captured':
    case 'method':
    case 'unary':
    case 'binary':
    case 'cast':
    case 'instanceof':
    case 'index':
  }
}
