import { equal } from '../../interpreter/index.ts'
import type { Expression } from '../../interpreter/index.ts'
import type { MoleculeClass } from '../store/molecule-class.ts'
import type { Anatomy } from './heads.ts'
import { keptBy } from './kept.ts'

/** Whether reactions of a rule may make molecules of a class; molecules that it only looks at are not made. */
export function madeBy(anatomy: Anatomy): (moleculeClass: MoleculeClass) => boolean {
  const { product } = anatomy.shape
  const kept = keptBy(anatomy)
  const made = product.elements.filter((_, at) => !kept.elements.has(at))
  return (moleculeClass) =>
    made.some(
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
