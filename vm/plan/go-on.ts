import type { Expression } from '../../interpreter/index.ts'
import type { ClassTable, MoleculeClass } from '../store/molecule-class.ts'
import { classOfPattern } from './classes.ts'
import type { Head } from './heads.ts'
import { mayBeOf } from './made.ts'
import type { ReactionPlan } from './outcome.ts'
import type { MatchPlan, PlanStep } from './plan.ts'

/** The step of a search that goes on with its next candidate after a reaction. */
export interface GoingOn {
  /** Numbered from 0; −1 where the search ends with a reaction. */
  readonly level: number
  /** Whether its candidate goes: the last one then stands in its place. */
  readonly isTaken: boolean
}

const ENDS: GoingOn = { level: -1, isTaken: false }

/**
 * The innermost step of a search that can go on after a reaction. All that was found up to there must
 * stay, the last one apart, and what else the reaction changes or makes must be of other classes, so that
 * the candidates are still the same.
 */
export function goesOnAt(
  plan: MatchPlan,
  reaction: ReactionPlan | undefined,
  made: readonly Expression[],
  classes: ClassTable,
): GoingOn {
  if (reaction === undefined) return ENDS
  const { kept } = reaction
  if (plan.active !== undefined && !kept.has(plan.active)) return ENDS
  const classOf = (head: Head): MoleculeClass | undefined =>
    classOfPattern(head.reactant.pattern, classes)
  const { heads } = plan.anatomy
  const isTouched = (own: MoleculeClass, but: Head): boolean =>
    made.some((expression) => mayBeOf(expression, own)) ||
    heads.some((head) => {
      if (head === but || kept.has(head)) return false
      const its = classOf(head)
      return its === undefined || its === own
    })
  let level = -1
  for (const step of plan.steps) {
    if (step.kind === 'split') break
    if (step.kind !== 'find') continue
    const { head } = step
    const own = classOf(head)
    if (own === undefined || isTouched(own, head)) break
    if (!kept.has(head)) {
      const isAlone = heads.every((other) => other === head || classOf(other) !== own)
      return isAlone && reaction.removed.includes(head) && isInPlace(step)
        ? { level: level + 1, isTaken: true }
        : { level, isTaken: false }
    }
    level++
  }
  return { level, isTaken: false }
}

/** Whether the candidates are looked at where they are filed, not in a copy. */
function isInPlace({ access }: Extract<PlanStep, { kind: 'find' }>): boolean {
  return access.kind !== 'ordered' && access.kind !== 'content'
}
