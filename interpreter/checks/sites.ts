import { constantOf } from '../constant.ts'
import type { LoweredProgram } from '../lower/program.ts'
import { isInfinite } from '../integer.ts'
import { isRule } from '../molecule.ts'
import type { Molecule, Rule } from '../molecule.ts'
import { shapeOf } from '../rule.ts'
import type { Element, Expression, Molecules, Place, RuleShape } from '../rule.ts'

/** Molecules that are written side by side: the first solution, one inside it, or one in a product. */
export interface SolutionSite {
  readonly members: readonly Member[]
}

/** One element of a solution. */
export interface Member {
  readonly place: Place
  /** Undefined where it is known only when the program runs. */
  readonly value: Molecule | undefined
  readonly shape: RuleShape | undefined
  /** Whether there are ∞ copies. */
  readonly isSupply: boolean
  /** Exactly one copy is written: no `^n`. */
  readonly isSingle: boolean
}

/** A rule among the members of a solution, with all that it captured known. */
export interface RuleMember extends Member {
  readonly value: Rule
  readonly shape: RuleShape
}

/** So many molecules are looked at beside one another. */
const largest = 200

/** The solutions of a program, without very large ones: those are data. */
export function sitesOf(program: LoweredProgram, rules: readonly RuleShape[]): SolutionSite[] {
  const sites: SolutionSite[] = []
  const visit = (molecules: Molecules): void => {
    if (molecules.elements.length <= largest)
      sites.push({ members: molecules.elements.map(memberOf) })
    for (const { value } of molecules.bindings) inner(value)
    for (const element of molecules.elements) {
      if (element.kind === 'group') visit(element.molecules)
      if (element.kind === 'molecule' || element.kind === 'spread') inner(element.expression)
    }
  }
  const inner = (expression: Expression): void => {
    if (expression.kind === 'solution') visit(expression.molecules)
    if (expression.kind === 'tuple') expression.fields.forEach(inner)
    if (expression.kind === 'list')
      for (const item of expression.items) if (item.kind === 'item') inner(item.expression)
    if (expression.kind === 'let') inner(expression.body)
  }
  if (program.solution !== undefined) visit(program.solution)
  for (const { product } of rules)
    for (const element of product.elements)
      if (element.kind === 'molecule') inner(element.expression)
  return sites
}

/** The rules of a solution that are known whole. */
export function rulesIn({ members }: SolutionSite): RuleMember[] {
  return members.filter(
    (member): member is RuleMember => member.shape !== undefined && member.value !== undefined,
  )
}

function memberOf(element: Element): Member {
  const { place } = element.kind === 'group' ? { place: placeOfGroup(element.molecules) } : element
  const multiplicity = element.kind === 'spread' ? undefined : element.multiplicity
  const count = multiplicity === undefined ? 1 : valueOf(multiplicity)
  const isSupply = typeof count === 'number' && isInfinite(count) && count > 0
  const value = element.kind === 'molecule' ? valueOf(element.expression) : undefined
  const isThere = value !== undefined && isRule(value) && typeof count === 'number' && count > 0
  const shape = isThere ? shapeOf(value) : undefined
  return {
    place,
    value,
    shape: isSupply ? shape?.repeated() : shape,
    isSupply,
    isSingle: multiplicity === undefined,
  }
}

function placeOfGroup(molecules: Molecules): Place {
  const [first] = molecules.elements
  if (first === undefined) throw new Error('a group has molecules')
  return first.kind === 'group' ? placeOfGroup(first.molecules) : first.place
}

/** The value of an expression that depends on nothing; undefined for any other. */
export function valueOf(expression: Expression): Molecule | undefined {
  const failures: string[] = []
  const value = constantOf(expression, (_, message) => failures.push(message))
  return failures.length > 0 ? undefined : value
}
