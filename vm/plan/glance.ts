import type { BinaryOperator, Expression, Molecule, Slot } from '../../interpreter/index.ts'
import type { ClassTable } from '../store/molecule-class.ts'
import { classOfPattern } from './classes.ts'
import { boundBy, slotsOf } from './heads.ts'
import type { Ranking } from '../best-first.ts'
import type { Anatomy, Conjunct, Head } from './heads.ts'
import type { ProductPlan, ReactionPlan } from './outcome.ts'

/** What can be told at a glance of a molecule that comes, when it is to be tried as some head. */
export interface Glance {
  /** Columns that must hold a number, text or truth value. */
  readonly constants: readonly { readonly column: number; readonly value: Molecule }[]
  /** Ids of the classes that the other heads take, where each takes but one. */
  readonly partners: readonly number[]
}

/** What a glance at molecules of a class looks at. */
export function glanceOf(anatomy: Anatomy, head: Head, classes: ClassTable): Glance {
  const { pattern } = head.reactant
  const fields = pattern.kind === 'tuple' ? pattern.fields : []
  return {
    constants: fields.flatMap((field, column) =>
      field.kind === 'constant' && typeof field.value !== 'object'
        ? [{ column, value: field.value }]
        : [],
    ),
    partners: anatomy.heads.flatMap((other) => {
      if (other === head || other.within !== undefined) return []
      const its = classOfPattern(other.reactant.pattern, classes)
      return its === undefined ? [] : [its.id]
    }),
  }
}

/**
 * The head whose molecule a reaction changes so that it is harder for it to be that head again: as in
 * `DIST:a:d, EDGE:a:b:w, DIST:b:e by DIST:a:d, EDGE:a:b:w, DIST:b:(d + w) if d + w < e`, where only a still
 * shorter way could change DIST:b once more. One that had been tried as that head need not be tried again.
 */
export function hardeningOf(
  { conjuncts, shape, heads }: Anatomy,
  plan: ReactionPlan | undefined,
): Hardening | undefined {
  if (plan === undefined || shape.capturedNames.length > 0) return undefined
  for (const product of plan.products) {
    const { into } = product
    const bound = into === undefined ? undefined : boundColumn(product, conjuncts)
    if (into === undefined || bound === undefined) continue
    const { slot, column, isLeastFirst } = bound
    const { pattern } = into.reactant
    const isReadTwice =
      heads.some((head) => head !== into && boundBy(head.reactant.pattern).has(slot)) ||
      (pattern.kind === 'tuple' &&
        pattern.fields.some((other, at) => at !== column && boundBy(other).has(slot)))
    if (!isReadTwice) return { head: into, column, isLeastFirst }
  }
  return undefined
}

/** A head, the column of it that changes, and which way the values in it go: `isLeastFirst` where they fall. */
export interface Hardening extends Ranking {
  readonly head: Head
}

/** The one column that a product changes, where one condition alone is about it, and says that it does. */
function boundColumn(
  { into, changed, expression }: ProductPlan,
  conjuncts: readonly Conjunct[],
): (Ranking & { readonly slot: Slot }) | undefined {
  const pattern = into?.reactant.pattern
  if (pattern?.kind !== 'tuple' || expression.kind !== 'tuple') return undefined
  const column = Math.log2(changed)
  const field = pattern.fields[column]
  const given = expression.fields[column]
  if (field?.kind !== 'variable' || given === undefined) return undefined
  const { slot } = field
  const [only, ...others] = conjuncts.filter(({ slots }) => slots.has(slot))
  if (only === undefined || others.length > 0) return undefined
  const isLeastFirst = falls(only.expression, slot, given)
  return isLeastFirst === undefined ? undefined : { slot, column, isLeastFirst }
}

/** Whether a condition compares a variable with just what will be in its place, and that is less; undefined where it does not. */
function falls(condition: Expression, slot: Slot, given: Expression): boolean | undefined {
  if (condition.kind !== 'binary' || !ORDERS.has(condition.operator)) return undefined
  const { left, right, operator } = condition
  const isRight = isSlot(right, slot) && !slotsOf(left).has(slot) && isEqual(left, given)
  const isLeft = isSlot(left, slot) && !slotsOf(right).has(slot) && isEqual(right, given)
  if (!isRight && !isLeft) return undefined
  return isRight === (operator === '<' || operator === '<=')
}

const ORDERS: ReadonlySet<BinaryOperator> = new Set<BinaryOperator>(['<', '<=', '>', '>='])

function isSlot(expression: Expression, slot: Slot): boolean {
  return expression.kind === 'slot' && expression.slot === slot
}

/** Whether two expressions are written alike, of variables, constants and operators. */
function isEqual(a: Expression, b: Expression): boolean {
  if (a.kind === 'slot') return b.kind === 'slot' && a.slot === b.slot
  if (a.kind === 'constant')
    return b.kind === 'constant' && typeof a.value !== 'object' && a.value === b.value
  if (a.kind === 'binary')
    return (
      b.kind === 'binary' &&
      a.operator === b.operator &&
      isEqual(a.left, b.left) &&
      isEqual(a.right, b.right)
    )
  return false
}
