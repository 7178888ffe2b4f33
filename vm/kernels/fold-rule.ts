import type { FlatField, FlatHead, FlatRule } from './flat-rule.ts'
import { areAlike, columnOf, givesBackColumns, isField, isLinear } from './flat-rule.ts'
import { shareByColumn, sharedColumns } from './flat-rule.ts'
import { relationsIn } from './normal-form.ts'
import type { Relation, Term } from './normal-form.ts'

/** How the values of a column become one. */
export type Merge = 'sum' | 'product' | 'largest' | 'smallest' | 'first' | 'last'

/** Which of two molecules stays: the one with the larger value in a column, or the smaller; without `isStrict` one of equal ones goes. */
export interface Choice {
  readonly column: number
  readonly isLargest: boolean
  readonly isStrict: boolean
}

/** Two molecules of one form become one. */
export interface FoldRule {
  readonly heads: readonly [FlatHead, FlatHead]
  /** Columns that both must have the same value in; `all`: both are the same molecule. */
  readonly keys: readonly number[] | 'all'
  /** Of keys, those that are only compared by `==`, for which 1 and 1.0 are equal. */
  readonly equated: readonly number[]
  /** One of both stays as it is: any, or the one that is chosen. */
  readonly choice: Choice | 'any' | undefined
  /** Or a new one comes, with these columns merged. */
  readonly merges: ReadonlyMap<number, Merge>
}

/** A rule read as a fold; undefined where it is none, or one whose values have to be worked out pair by pair. */
export function foldRule(rule: FlatRule): FoldRule | undefined {
  const [a, b] = rule.heads
  const [product] = rule.products
  if (a === undefined || b === undefined || rule.heads.length !== 2) return undefined
  if (product === undefined || rule.products.length !== 1) return undefined
  if (!areAlike(a, b) || !isLinear(a) || !isLinear(b) || !shareByColumn(a, b)) return undefined
  const shared = sharedColumns(a, b)
  const equations = equatedColumns(rule, a, b)
  const equated = equations.map(({ column }) => column)
  const others = rule.relations.filter(
    (relation) => !equations.some((equation) => equation.relation === relation),
  )
  const isWhole = !a.isTuple && shared.length === 1
  const keys: FoldRule['keys'] = isWhole ? 'all' : [...shared, ...equated].sort((x, y) => x - y)
  const common = { heads: [a, b] as const, keys, equated }
  const kept = givesBackColumns(product, a) ? a : givesBackColumns(product, b) ? b : undefined
  if (kept !== undefined) {
    const choice = choiceOf(others, kept, kept === a ? b : a)
    return choice && { ...common, choice, merges: new Map() }
  }
  if (others.length > 0 || !givesBackColumns(product, a, fixedColumns(a, b))) return undefined
  const merges = new Map<number, Merge>()
  for (const [column, term] of product.fields.entries()) {
    const [left, right] = [a.fields[column], b.fields[column]]
    if (left?.kind !== 'variable' || right?.kind !== 'variable' || left.slot === right.slot)
      continue
    const merge = mergeOf(term, left, right)
    if (merge === undefined) return undefined
    merges.set(column, merge)
  }
  return { ...common, choice: undefined, merges }
}

/** Columns that must come back just as they were: constants, keys and whatever is not a variable. */
function fixedColumns(a: FlatHead, b: FlatHead): number[] {
  return a.fields.flatMap((field, column) => {
    const other = b.fields[column]
    const isFree =
      field.kind === 'variable' && other?.kind === 'variable' && field.slot !== other.slot
    return isFree ? [] : [column]
  })
}

/** The parts of the condition that say that two columns hold the same. */
function equatedColumns(
  { relations }: FlatRule,
  a: FlatHead,
  b: FlatHead,
): { readonly column: number; readonly relation: Relation }[] {
  return relations.flatMap((relation) => {
    if (relation.kind !== 'same') return []
    const { left, right } = relation
    const column = Math.max(commonColumn(left, right, a, b), commonColumn(right, left, a, b))
    return column < 0 ? [] : [{ column, relation }]
  })
}

/** The column that two variables have in common, one in each head. */
function commonColumn(left: Term, right: Term, a: FlatHead, b: FlatHead): number {
  if (left.kind !== 'slot' || right.kind !== 'slot') return -1
  const column = columnOf(a, left.slot)
  return column >= 0 && columnOf(b, right.slot) === column ? column : -1
}

function choiceOf(
  relations: readonly Relation[],
  kept: FlatHead,
  other: FlatHead,
): Choice | 'any' | undefined {
  const [relation] = relations
  if (relation === undefined) return 'any'
  if (relations.length > 1 || relation.kind !== 'order') return undefined
  const { low, high, isStrict } = relation
  const above = commonColumn(high, low, kept, other)
  if (above >= 0) return { column: above, isLargest: true, isStrict }
  const below = commonColumn(low, high, kept, other)
  return below >= 0 ? { column: below, isLargest: false, isStrict } : undefined
}

function mergeOf(term: Term | undefined, left: FlatField, right: FlatField): Merge | undefined {
  if (isField(term, left)) return 'first'
  if (isField(term, right)) return 'last'
  if (term?.kind !== 'apply') return undefined
  const { operator, terms } = term
  if (operator === '?') return conditionalMerge(terms, left, right)
  if (terms.length !== 2 || !areBoth(terms, left, right)) return undefined
  switch (operator) {
    case '+':
      return 'sum'
    case '*':
      return 'product'
    case 'max':
      return 'largest'
    case 'min':
      return 'smallest'
    default:
      return undefined
  }
}

function areBoth(terms: readonly Term[], left: FlatField, right: FlatField): boolean {
  const [a, b] = terms
  return (isField(a, left) && isField(b, right)) || (isField(a, right) && isField(b, left))
}

/** `x >= y ? x : y`. */
function conditionalMerge(
  [test, then, otherwise]: readonly Term[],
  left: FlatField,
  right: FlatField,
): Merge | undefined {
  if (test === undefined || then === undefined || otherwise === undefined) return undefined
  const [relation, ...more] = relationsIn(test)
  if (relation?.kind !== 'order' || more.length > 0) return undefined
  const { low, high } = relation
  if (!areBoth([low, high], left, right) || !areBoth([then, otherwise], left, right))
    return undefined
  if (then.key === high.key) return 'largest'
  return then.key === low.key ? 'smallest' : undefined
}
