import { areAlike, givesBackColumns, isLinear, shareByColumn } from './flat-rule.ts'
import type { FlatHead, FlatProduct, FlatRule } from './flat-rule.ts'

/** Why a rule that is flat has no kernel, as plans say it: what would have to be different. */
export function whyNot({ heads, products, relations }: FlatRule): string {
  const [a, b, ...more] = heads
  if (a === undefined) return 'it takes nothing'
  if (heads.some((head) => !isLinear(head))) return 'a variable stands twice in one molecule'
  if (b === undefined || more.length > 0) return 'it takes three molecules or more'
  if (!areAlike(a, b)) return 'it takes molecules of two forms'
  if (!shareByColumn(a, b)) return 'a variable stands in two different fields'
  const [product, second] = products
  if (product === undefined || products.length > 2) return 'it gives neither one molecule nor two'
  if (second !== undefined)
    return 'it neither puts fields in order by exchanging them nor takes the smaller from the larger'
  return whyNoFold([a, b], product, relations.length > 0)
}

function whyNoFold(
  [a, b]: readonly [FlatHead, FlatHead],
  product: FlatProduct,
  hasCondition: boolean,
): string {
  if (givesBackColumns(product, a) || givesBackColumns(product, b))
    return 'its condition compares more, or otherwise, than one field of both'
  return hasCondition
    ? 'it makes a new molecule under a condition'
    : 'what it makes is no sum, product, largest or smallest of both'
}
