import type { Pattern, Slot } from '../../interpreter/index.ts'
import { hardeningOf } from '../plan/glance.ts'
import { boundBy } from '../plan/heads.ts'
import type { Anatomy, Conjunct } from '../plan/heads.ts'
import type { ReactionPlan } from '../plan/outcome.ts'

/** A place that a reaction writes, and what the rule asks of what is there. */
export interface WrittenPlace {
  /** Which of the plan's products. */
  readonly product: number
  readonly column: number
  readonly pattern: Pattern
}

/** What must hold for a reaction to happen once more with the molecules that it has just left. */
export interface Again {
  readonly places: readonly WrittenPlace[]
  /** Parts of the condition that read what was written. */
  readonly conjuncts: readonly Conjunct[]
}

/**
 * A reaction that leaves each of its molecules in its place, be it with other fields, may be possible at
 * once again with just these: as of `THINKING:l:r:n, FORK:l, FORK:r` after a meal. Then no partner is to be
 * looked for, and only what was written must fit. Undefined where that cannot be, or would not be told so.
 */
export function againAfter(anatomy: Anatomy, plan: ReactionPlan): Again | undefined {
  const { heads, conjuncts, shape } = anatomy
  if (plan.removed.length > 0 || plan.products.length === 0) return undefined
  // What got harder by its reaction does not react at once again.
  if (hardeningOf(anatomy, plan) !== undefined) return undefined
  const places: WrittenPlace[] = []
  const written = new Set<Slot>()
  for (const [product, { into, changed, expression }] of plan.products.entries()) {
    const pattern = into?.reactant.pattern
    if (pattern?.kind !== 'tuple' || expression.kind !== 'tuple') return undefined
    for (const [column, field] of pattern.fields.entries()) {
      if ((changed & (1 << column)) === 0) continue
      if (field.kind !== 'variable' && field.kind !== 'wildcard' && field.kind !== 'constant')
        return undefined
      if (field.kind === 'variable') written.add(field.slot)
      places.push({ product, column, pattern: field })
    }
  }
  // A variable that stands twice ties two molecules, or two fields: these are looked for anew.
  const patterns = heads.flatMap(({ reactant: { pattern } }) =>
    pattern.kind === 'tuple' ? pattern.fields : [pattern],
  )
  for (const slot of written)
    if (patterns.filter((pattern) => boundBy(pattern).has(slot)).length !== 1) return undefined
  if (shape.topRests.some((rest) => written.has(rest))) return undefined
  return {
    places,
    conjuncts: conjuncts.filter(({ slots }) => [...slots].some((slot) => written.has(slot))),
  }
}
