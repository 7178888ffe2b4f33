import { equal } from '../../interpreter/index.ts'
import type { Binding, Element, Expression, Pattern, Slot } from '../../interpreter/index.ts'
import { hasEffects } from '../../interpreter/index.ts'
import type { Anatomy } from './heads.ts'
import { planOfReactions, reactionPlan } from './outcome.ts'
import type { ReactionPlan } from './outcome.ts'

/** Rules that follow on one another without end must end somewhere. */
const LONGEST = 16

/** A reaction and those that its products are sure to make next, as one. */
export interface Chain {
  readonly plan: ReactionPlan
  /** How many reactions it is. */
  readonly reactions: number
  /** Slots of the frame that it needs, the rule's own included. */
  readonly frameSize: number
  /** The rules that follow, in the order in which they do. */
  readonly followers: readonly Anatomy[]
}

/** The rules that may take what an expression gives, and perhaps others; each of them once or more. */
export type Takers = (expression: Expression) => readonly Anatomy[]

/**
 * Joins a rule with those that must follow it: a product that one rule takes by itself and under no
 * condition, and no other rule takes at all, is replaced by what that rule makes of it. The two reactions
 * are one after the other in some legal run, so nothing is reached that could not be (unfolding, as of
 * logic programs: Tamaki & Sato 1984). What is made and taken at once needs no place, and what the first
 * takes and the second gives back stays where it is.
 */
export function chainOf(anatomy: Anatomy, takers: Takers): Chain | undefined {
  if (reactionPlan(anatomy) === undefined) return undefined
  let product = anatomy.shape.product
  let frameSize = anatomy.shape.slotNames.length
  const followers: Anatomy[] = []
  for (;;) {
    const at = product.elements.findIndex((element) => followerOf(element, takers) !== undefined)
    const element = product.elements[at]
    if (element?.kind !== 'molecule' || element.expression.kind !== 'tuple') break
    const follower = followerOf(element, takers)
    if (follower === undefined || follower === anatomy || followers.length === LONGEST)
      return undefined
    const joined = followOn(element.expression, follower, frameSize)
    if (joined === undefined) return undefined
    frameSize = joined.frameSize
    followers.push(follower)
    product = {
      bindings: [...product.bindings, ...joined.bindings],
      elements: product.elements.toSpliced(at, 1, ...joined.elements),
    }
  }
  if (followers.length === 0) return undefined
  const plan = planOfReactions(anatomy, product)
  return plan && { plan, reactions: 1 + followers.length, frameSize, followers }
}

/** The one rule that takes what an element gives, where it is sure to. */
function followerOf(element: Element, takers: Takers): Anatomy | undefined {
  if (element.kind !== 'molecule' || element.expression.kind !== 'tuple') return undefined
  const { fields } = element.expression
  const [tag] = fields
  if (tag?.kind !== 'constant' || typeof tag.value !== 'object' || tag.value.kind !== 'symbol')
    return undefined
  let only: Anatomy | undefined
  for (const rule of takers(element.expression)) {
    if (rule === only || !rule.heads.some(({ reactant }) => mayTake(reactant.pattern, fields)))
      continue
    if (only !== undefined) return undefined
    only = rule
  }
  return only !== undefined && isSure(only, fields) ? only : undefined
}

/** Whether a pattern may take a tuple of which some fields are known. */
function mayTake(pattern: Pattern, fields: readonly Expression[]): boolean {
  switch (pattern.kind) {
    case 'variable':
    case 'wildcard':
      return true
    case 'tuple':
      return (
        pattern.fields.length === fields.length &&
        pattern.fields.every((field, i) => {
          const given = fields[i]
          return (
            field.kind !== 'constant' ||
            given?.kind !== 'constant' ||
            equal(field.value, given.value)
          )
        })
      )
    default:
      return false
  }
}

/** Whether a rule takes such a tuple whatever else is in it and around it, and what it then does is plain. */
function isSure({ shape, heads, opened }: Anatomy, fields: readonly Expression[]): boolean {
  const [head, ...others] = heads
  const pattern = head?.reactant.pattern
  if (pattern?.kind !== 'tuple' || others.length > 0 || opened.length > 0) return false
  const isPlain =
    head?.reactant.kind === 'single' &&
    shape.shots === 'many' &&
    !shape.isCatalytic &&
    shape.condition === undefined &&
    shape.topRests.length === 0 &&
    !hasEffects(shape.product)
  const slots = pattern.fields.flatMap((field) => (field.kind === 'variable' ? [field.slot] : []))
  return (
    isPlain &&
    new Set(slots).size === slots.length &&
    pattern.fields.every((field, i) => isSureOf(field, fields[i]))
  )
}

function isSureOf(pattern: Pattern, given: Expression | undefined): boolean {
  if (pattern.kind === 'constant')
    return given?.kind === 'constant' && equal(pattern.value, given.value)
  return (pattern.kind === 'variable' || pattern.kind === 'wildcard') && pattern.type === undefined
}

/** What a rule makes of a tuple, in the frame of the rule that gave it. */
function followOn(
  given: Extract<Expression, { kind: 'tuple' }>,
  { shape, heads }: Anatomy,
  frameSize: number,
): { bindings: Binding[]; elements: Element[]; frameSize: number } | undefined {
  const values = new Map<Slot, Expression>()
  const bindings: Binding[] = []
  let size = frameSize
  const bind = (slot: Slot, value: Expression): void => {
    const isSimple = value.kind === 'slot' || value.kind === 'constant'
    if (!isSimple) bindings.push({ slot: size, value })
    values.set(slot, isSimple ? value : { kind: 'slot', slot: size++ })
  }
  const pattern = heads[0]?.reactant.pattern
  if (pattern?.kind !== 'tuple') return undefined
  for (const [i, field] of pattern.fields.entries()) {
    const value = given.fields[i]
    if (field.kind === 'variable' && value !== undefined) bind(field.slot, value)
    else if (value !== undefined && value.kind !== 'slot' && value.kind !== 'constant')
      // It is worked out all the same: it may have no value.
      bindings.push({ slot: size++, value })
  }
  for (const { slot, value } of shape.product.bindings) {
    const own = inFrame(value, values)
    if (own === undefined) return undefined
    bind(slot, own)
  }
  const elements: Element[] = []
  for (const element of shape.product.elements) {
    if (element.kind !== 'molecule' || element.multiplicity !== undefined) return undefined
    const expression = inFrame(element.expression, values)
    if (expression === undefined) return undefined
    elements.push({ ...element, expression })
  }
  return { bindings, elements, frameSize: size }
}

/** An expression with other slots; undefined where it holds what is not looked through. */
function inFrame(
  expression: Expression,
  values: ReadonlyMap<Slot, Expression>,
): Expression | undefined {
  const inside = (inner: Expression): Expression | undefined => inFrame(inner, values)
  switch (expression.kind) {
    case 'constant':
      return expression
    case 'slot':
      return values.get(expression.slot)
    case 'unary': {
      const operand = inside(expression.operand)
      return operand && { ...expression, operand }
    }
    case 'binary': {
      const [left, right] = [inside(expression.left), inside(expression.right)]
      return left && right && { ...expression, left, right }
    }
    case 'conditional': {
      const [test, then, other] = [
        inside(expression.test),
        inside(expression.then),
        inside(expression.else),
      ]
      return test && then && other && { ...expression, test, then, else: other }
    }
    case 'tuple': {
      const fields = expression.fields.flatMap((field) => inside(field) ?? [])
      return fields.length === expression.fields.length ? { ...expression, fields } : undefined
    }
    default:
      return undefined
  }
}
