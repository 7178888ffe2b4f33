import type { Binding, Expression, RuleShape } from '../../interpreter/index.ts'
import { hasEffects } from '../../interpreter/index.ts'
import type { Anatomy, Head } from './heads.ts'
import { givesBack, keptBy } from './kept.ts'

/**
 * What a reaction does to the solution, where that is plain: some molecules stay, some go, some change
 * their fields where they are, and some come. Both backends follow the same plan, so that they leave
 * the same molecules in the same slots.
 */
export interface ReactionPlan {
  readonly bindings: readonly Binding[]
  readonly kept: ReadonlySet<Head>
  /** Heads whose molecules go. */
  readonly removed: readonly Head[]
  /** By place among the product's elements that are not kept. */
  readonly products: readonly ProductPlan[]
}

/** One molecule that comes. */
export interface ProductPlan {
  readonly expression: Expression
  /** The head whose slot it is written into: a tuple with the same first field and as many others, so of one class. */
  readonly into: Head | undefined
  /** Bit c: column c changes. */
  readonly changed: number
}

const known = new WeakMap<Anatomy, { readonly plan: ReactionPlan | undefined }>()

/** The plan of a rule's reactions, made once; undefined where solutions, rests, multiplicities, effects or one shots make them less plain. */
export function reactionPlan(anatomy: Anatomy): ReactionPlan | undefined {
  let entry = known.get(anatomy)
  if (entry === undefined) {
    entry = { plan: planOfReactions(anatomy, anatomy.shape.product) }
    known.set(anatomy, entry)
  }
  return entry.plan
}

/** The same if they made something else. */
export function planOfReactions(
  anatomy: Anatomy,
  product: RuleShape['product'],
): ReactionPlan | undefined {
  const { shape, heads } = anatomy
  const isPlain =
    shape.shots === 'many' &&
    !shape.isCatalytic &&
    anatomy.opened.length === 0 &&
    heads.every(({ reactant }) => reactant.kind === 'single') &&
    !hasEffects(product)
  if (!isPlain) return undefined
  const kept = keptBy(anatomy, product)
  const goes = new Set(heads.filter((head) => !kept.heads.has(head)))
  const products: ProductPlan[] = []
  for (const [at, element] of product.elements.entries()) {
    if (kept.elements.has(at)) continue
    if (element.kind !== 'molecule' || element.multiplicity !== undefined) return undefined
    const plan = productPlan(element.expression, goes)
    if (plan.into !== undefined) goes.delete(plan.into)
    products.push(plan)
  }
  return { bindings: product.bindings, kept: kept.heads, removed: [...goes], products }
}

/** Takes over the slot of the head that it leaves most of as it is. */
function productPlan(expression: Expression, goes: ReadonlySet<Head>): ProductPlan {
  let into: Head | undefined
  let changed = 0
  let fewest = Infinity
  if (expression.kind === 'tuple')
    for (const head of goes) {
      const columns = changedColumns(expression.fields, head)
      if (columns === undefined || columns.length >= fewest) continue
      fewest = columns.length
      into = head
      changed = columns.reduce((bits, column) => bits | (1 << column), 0)
    }
  return { expression, into, changed }
}

function changedColumns(
  fields: readonly Expression[],
  { reactant: { pattern } }: Head,
): number[] | undefined {
  if (pattern.kind !== 'tuple' || pattern.fields.length !== fields.length) return undefined
  const columns = fields.flatMap((field, column) => {
    const before = pattern.fields[column]
    return before !== undefined && givesBack(field, before) ? [] : [column]
  })
  return columns[0] === 0 ? undefined : columns
}
