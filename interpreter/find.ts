import { matches } from './match.ts'
import { Multiset } from './multiset.ts'
import type { SolutionValue } from './multiset.ts'
import type { Entry, Molecule, Rule } from './molecule.ts'
import { shapeOf } from './rule.ts'

/** Molecules that patterns match, and what their variables stand for. */
export interface Found {
  readonly molecules: readonly Entry[]
  readonly variables: ReadonlyMap<string, Molecule>
}

/** What a rule would take from a solution first; undefined where it would find nothing. Everything is tried. */
export function find(
  rule: Rule,
  solution: SolutionValue,
  isThere: (molecule: Molecule) => boolean,
): Found | undefined {
  const contents = Multiset.of([...solution.contents().entries(), [rule, 1]])
  const matching = {
    random: () => 0,
    isThere,
    order: (entries: Iterable<Entry>) => entries,
  }
  for (const match of matches(rule, contents, matching)) {
    if (match === 'pause') continue
    const variables = new Map<string, Molecule>()
    for (const [slot, name] of shapeOf(rule).slotNames.entries()) {
      const value = match.slots[slot]
      if (value !== undefined && name !== '_') variables.set(name, value)
    }
    return { molecules: match.reactants, variables }
  }
  return undefined
}
