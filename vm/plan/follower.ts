import type { Anatomy, Head } from './heads.ts'
import type { Chain } from './chain.ts'
import { reactionPlan } from './outcome.ts'
import type { ReactionPlan } from './outcome.ts'
import type { MatchPlan } from './plan.ts'
import type { ClassTable, MoleculeClass } from '../store/molecule-class.ts'
import { classOfPattern } from './classes.ts'
import { mayBeOf } from './made.ts'
import { planFor } from './planner.ts'

/** How what a reaction makes is taken by another rule before it has a place of its own. */
export interface Follower {
  readonly anatomy: Anatomy
  /** What is made is taken as this head. */
  readonly head: Head
  /** How its partner, if it has one, is found. */
  readonly match: MatchPlan
  /** What happens beside that: nobody needs to remove what was never there. */
  readonly plan: ReactionPlan
  /** How many reactions it is, with those that are sure to follow. */
  readonly reactions: number
  readonly frameSize: number
}

/**
 * The way in which a rule takes what another has just made, where it has one partner at most, which is
 * looked up by fields, and where it leaves nothing of what it takes. It is one of the reactions that could
 * be next; if there is none, what was made goes where it would have gone.
 */
export function followerOf(
  anatomy: Anatomy,
  head: Head,
  chain: Chain | undefined,
): Follower | undefined {
  const { shape, heads } = anatomy
  const its = chain?.plan ?? reactionPlan(anatomy)
  if (its === undefined || heads.length > 2 || !its.removed.includes(head)) return undefined
  if (shape.capturedNames.length > 0 || shape.topRests.length > 0) return undefined
  if (!heads.every(({ reactant: { pattern } }) => isFlat(pattern))) return undefined
  const match = planFor(anatomy, head, undefined)
  if (!match.steps.every(isDirect)) return undefined
  return {
    anatomy,
    head,
    match,
    plan: { ...its, removed: its.removed.filter((other) => other !== head) },
    reactions: chain?.reactions ?? 1,
    frameSize: chain?.frameSize ?? shape.slotNames.length,
  }
}

/** Whether a follower lets alone all that a rule takes, or has found already. */
export function leavesAlone(follower: Follower, { heads }: Anatomy, classes: ClassTable): boolean {
  return heads.every(({ reactant: { pattern } }) => {
    const own = classOfPattern(pattern, classes)
    return own !== undefined && !changes(follower, own, classes)
  })
}

/** Whether a follower takes, changes or makes molecules of a class. */
function changes(
  { anatomy, head, plan }: Follower,
  moleculeClass: MoleculeClass,
  classes: ClassTable,
): boolean {
  return (
    plan.products.some(({ expression }) => mayBeOf(expression, moleculeClass)) ||
    anatomy.heads.some(
      (other) =>
        other !== head && classOfPattern(other.reactant.pattern, classes) === moleculeClass,
    )
  )
}

/** Whether what a head takes is told by its fields alone. */
function isFlat(pattern: Head['reactant']['pattern']): boolean {
  return (
    pattern.kind === 'tuple' &&
    pattern.fields.every(({ kind }) => ['variable', 'wildcard', 'constant'].includes(kind))
  )
}

function isDirect(step: MatchPlan['steps'][number]): boolean {
  if (step.kind === 'find')
    return (
      step.access.kind === 'fields' &&
      step.access.keys.every(({ value }) => value.kind !== 'expression')
    )
  return step.kind === 'take' || step.kind === 'check'
}
