import { equal } from '../../interpreter/index.ts'
import type { Element, Expression } from '../../interpreter/index.ts'
import type { MoleculeClass } from '../store/molecule-class.ts'
import type { Anatomy } from './heads.ts'
import { keptBy } from './kept.ts'

/** What reactions of a rule make; molecules that it only looks at are not made. */
export function madeBy(anatomy: Anatomy): readonly Element[] {
  const { elements } = keptBy(anatomy)
  return anatomy.shape.product.elements.filter((_, at) => !elements.has(at))
}

/** Whether some of it may be of a class. */
export function mayMake(made: readonly Element[], moleculeClass: MoleculeClass): boolean {
  return made.some(
    (element) =>
      // A rest may hold anything.
      element.kind !== 'molecule' || mayBeOf(element.expression, moleculeClass),
  )
}

/** Whether an expression may give a molecule of a class. */
export function mayBeOf(expression: Expression, { kind, arity, tag }: MoleculeClass): boolean {
  switch (expression.kind) {
    case 'tuple': {
      if (kind !== 'tuple' || arity !== expression.fields.length) return false
      const [first] = expression.fields
      return tag === undefined || first?.kind !== 'constant' || equal(first.value, tag)
    }
    case 'list':
    case 'solution':
      return kind === expression.kind
    case 'binary':
      return kind !== 'tuple' && kind !== 'solution' && kind !== 'rule'
    default:
      return true
  }
}
