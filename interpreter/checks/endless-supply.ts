import { matches } from '../match.ts'
import { equal, holdsSolution, isRule } from '../molecule.ts'
import type { Molecule } from '../molecule.ts'
import { Multiset } from '../multiset.ts'
import { printBriefly } from '../print.ts'
import type { Pattern, Place, RuleShape } from '../rule.ts'
import { isSomeCopies } from './endless-rule.ts'
import { kindsTaken, overlap } from './patterns.ts'
import { rulesIn, valueOf } from './sites.ts'
import type { Member, RuleMember, SolutionSite } from './sites.ts'
import { ruleTitle } from './subject.ts'
import type { Check, Subject } from './subject.ts'

/**
 * Drawing from ∞ leaves ∞, and is a reaction each time: a rule that finds all its reactants among the
 * supplies of its solution, and what it always gives back, never stops.
 */
export const endlessSupply: Check = function* (subject) {
  for (const site of subject.sites) {
    const supplies = site.members.filter(isLasting)
    if (supplies.length === 0 || supplies.length > mostSupplies) continue
    for (const rule of rulesIn(site)) {
      const culprit =
        drawn(rule, supplies, []) ?? drawn(rule, supplies, lasting(rule, site, subject))
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

/** The supply that keeps a rule going, or the first of them; none where they do not, with these molecules beside them. */
function drawn(
  rule: RuleMember,
  supplies: readonly Member[],
  beside: readonly Molecule[],
): Member | undefined {
  // Without any supply it is another warning's: HOCL305.
  if (draws(rule, [], beside)) return undefined
  const [first] = supplies.filter((supply) => draws(rule, [supply], beside))
  return first ?? (draws(rule, supplies, beside) ? supplies[0] : undefined)
}

/** Molecules of a solution that a rule gives back whenever it takes them, and that no other rule of the program takes. */
function lasting(
  { shape }: RuleMember,
  { members }: SolutionSite,
  { world }: Subject,
): readonly Molecule[] {
  if (world === undefined || world.hasAntiMolecules) return []
  const others = [...world.rules].filter(({ place }) => !isSamePlace(place, shape.place))
  const isTaken = (value: Molecule): boolean =>
    others.some(({ patterns }) =>
      patterns.some(({ pattern }) => overlap(pattern, { kind: 'constant', value })),
    )
  if (others.some(({ patterns }) => patterns.some(({ pattern }) => mayTakeRule(pattern, shape))))
    return []
  const given = shape.product.elements.flatMap((element) => {
    const isThere = element.kind === 'molecule' && isSomeCopies(element.multiplicity)
    return (isThere ? valueOf(element.expression) : undefined) ?? []
  })
  const found: Molecule[] = []
  for (const { value, isSupply, isSingle } of members) {
    if (value === undefined || isSupply || !isSingle || isRule(value) || holdsSolution(value))
      continue
    if (found.some((each) => equal(each, value)) || isTaken(value)) continue
    if (given.some((each) => equal(each, value))) found.push(value)
  }
  return found
}

function isSamePlace(a: Place, b: Place): boolean {
  return a.source === b.source && a.span.start === b.span.start
}

/** Whether a rule can react with these supplies, and one copy of each of these molecules, alone. */
function draws(
  { value, shape }: RuleMember,
  supplies: readonly Member[],
  beside: readonly Molecule[],
): boolean {
  const { shots, rate, patterns } = shape
  if (shots === 'one' || rate !== undefined || patterns.length > mostPatterns) return false
  // A pattern `x^k` takes the whole supply.
  if (patterns.length === 0 || patterns.some(({ kind }) => kind === 'all')) return false
  let contents = Multiset.empty.add(value, 1)
  for (const molecule of beside) contents = contents.add(molecule, 1)
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
