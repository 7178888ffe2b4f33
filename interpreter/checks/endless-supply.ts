import { matches } from '../match.ts'
import { equal, holdsSolution } from '../molecule.ts'
import { Multiset } from '../multiset.ts'
import { printBriefly } from '../print.ts'
import type { Pattern, RuleShape } from '../rule.ts'
import { kindsTaken } from './patterns.ts'
import { rulesIn } from './sites.ts'
import type { Member, RuleMember, SolutionSite } from './sites.ts'
import { ruleTitle } from './subject.ts'
import type { Check } from './subject.ts'

/**
 * Drawing from ∞ leaves ∞, and is a reaction each time: a rule that finds all its reactants among the
 * supplies of its solution never stops.
 */
export const endlessSupply: Check = function* (subject) {
  for (const site of subject.sites) {
    const supplies = site.members.filter(isLasting)
    if (supplies.length === 0 || supplies.length > mostSupplies) continue
    for (const rule of rulesIn(site)) {
      const [first] = supplies.filter((supply) => draws(rule, [supply]))
      const culprit = first ?? (draws(rule, supplies) ? supplies[0] : undefined)
      if (culprit?.value === undefined || canBeTaken(rule, site)) continue
      yield {
        code: 'HOCL306',
        severity: 'warning',
        title: `\`${printBriefly(culprit.value)}^∞\` never runs out, so ${ruleTitle(rule.shape)} never stops`,
        labels: [
          { ...culprit.place, text: 'there are always more copies' },
          { ...rule.place, text: 'this takes them without end' },
        ],
        hint: 'write how many copies there are, or let a condition leave these molecules alone',
      }
    }
  }
}

const mostSupplies = 6
const mostPatterns = 4

function isLasting({ isSupply, value, shape }: Member): boolean {
  return isSupply && value !== undefined && shape === undefined && !holdsSolution(value)
}

/** Whether a rule can react with these supplies alone. */
function draws({ value, shape }: RuleMember, supplies: readonly Member[]): boolean {
  const { shots, rate, patterns } = shape
  if (shots === 'one' || rate !== undefined || patterns.length > mostPatterns) return false
  // A pattern `x^k` takes the whole supply.
  if (patterns.length === 0 || patterns.some(({ kind }) => kind === 'all')) return false
  let contents = Multiset.empty.add(value, 1)
  for (const supply of supplies)
    if (supply.value !== undefined) contents = contents.add(supply.value, Infinity)
  const matching = { isThere: () => true, order: <T>(entries: T) => entries, random: () => 0 }
  return matches(value, contents, matching).next().done !== true
}

/** Whether another rule of the solution can take this one away, or the whole supply by `x^k`. */
function canBeTaken(rule: RuleMember, site: SolutionSite): boolean {
  return rulesIn(site).some(
    ({ shape, value }) =>
      !equal(value, rule.value) &&
      shape.patterns.some(
        ({ kind, pattern }) => kind === 'all' || mayTakeRule(pattern, rule.shape),
      ),
  )
}

function mayTakeRule(pattern: Pattern, { name }: RuleShape): boolean {
  if (pattern.kind === 'rule') return pattern.name === name
  return kindsTaken(pattern)?.includes('rule') !== false
}
