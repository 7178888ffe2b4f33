import type { ClassTable } from '../store/molecule-class.ts'
import { classOfPattern } from './classes.ts'
import type { Head } from './heads.ts'
import type { ReactionPlan } from './outcome.ts'
import type { MatchPlan } from './plan.ts'

/**
 * The innermost step of a search that can go on with its next candidate after a reaction, numbered from
 * 0; −1 where there is none. All that was found up to there must stay, and what the reaction changes
 * must be of other classes, so that the candidates are still the same. What comes is not found before it
 * is activated.
 */
export function goesOnAt(
  plan: MatchPlan,
  reaction: ReactionPlan | undefined,
  classes: ClassTable,
): number {
  if (reaction === undefined) return -1
  const { kept } = reaction
  if (plan.active !== undefined && !kept.has(plan.active)) return -1
  const classOf = (head: Head): unknown => classOfPattern(head.reactant.pattern, classes)
  const touched = new Set(plan.anatomy.heads.filter((head) => !kept.has(head)).map(classOf))
  if (touched.has(undefined)) return -1
  let last = -1
  for (const step of plan.steps) {
    if (step.kind === 'split') return last
    if (step.kind !== 'find') continue
    const own = classOf(step.head)
    if (!kept.has(step.head) || own === undefined || touched.has(own)) return last
    last++
  }
  return last
}
