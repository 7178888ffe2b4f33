import { equal } from '../../interpreter/index.ts'
import type { Expression, Pattern } from '../../interpreter/index.ts'
import type { Anatomy, Head } from './heads.ts'

/** Heads whose molecule the product gives back just as it was, with the product elements that do so. */
export interface Kept {
  readonly heads: ReadonlySet<Head>
  /** By place among the product's elements. */
  readonly elements: ReadonlySet<number>
}

/**
 * Which reactants a rule only looks at. They are left where they are: `x, y by x if x >= y` removes y.
 * Right because the molecule that goes and the one that comes are equal.
 */
export function keptBy(anatomy: Anatomy, product = anatomy.shape.product): Kept {
  const { shape } = anatomy
  const heads = new Set<Head>()
  const elements = new Set<number>()
  // `with … inject` leaves all of its reactants anyway, and everything in its product is new.
  if (shape.isCatalytic) return { heads, elements }
  product.elements.forEach((element, at) => {
    if (element.kind !== 'molecule' || element.multiplicity !== undefined) return
    const head = anatomy.heads.find(
      (candidate) =>
        candidate.within === undefined &&
        candidate.reactant.kind === 'single' &&
        !heads.has(candidate) &&
        givesBack(element.expression, candidate.reactant.pattern),
    )
    if (head === undefined) return
    heads.add(head)
    elements.add(at)
  })
  return { heads, elements }
}

/** Whether an expression gives what a pattern took, just as it was. */
export function givesBack(expression: Expression, pattern: Pattern): boolean {
  switch (pattern.kind) {
    case 'variable':
    case 'rule':
      return expression.kind === 'slot' && expression.slot === pattern.slot
    case 'constant':
      return expression.kind === 'constant' && equal(expression.value, pattern.value)
    case 'tuple':
      return (
        expression.kind === 'tuple' &&
        expression.fields.length === pattern.fields.length &&
        pattern.fields.every((field, i) => {
          const given = expression.fields[i]
          return given !== undefined && givesBack(given, field)
        })
      )
    case 'wildcard':
    case 'list':
    case 'solution':
      return false
  }
}
