import { printBriefly } from '../print.ts'
import type { Expression, Pattern, RuleShape, Slot } from '../rule.ts'
import { slotsOfReactant } from './patterns.ts'
import { conjunctsOf, slotsRead } from './slots.ts'
import { ruleTitle } from './subject.ts'
import type { Check } from './subject.ts'

/**
 * Three patterns or more for the same sort of molecule, with nothing that ties them together (a shared
 * variable, an equation): before a solution is inert all their combinations have been tried. Two are
 * left alone: so are `max` and sorting by exchange, where most pairs react at once. So is a rule without
 * a condition, as the first molecules that come will do.
 */
export const costly: Check = function* (subject) {
  for (const shape of subject.ownRules()) {
    const exponent = scans(shape)
    if (exponent < leastExponent) continue
    const { source, span } = subject.keyword(shape)
    const nodes = shape.patterns.map((_, i) => subject.patternNode(shape, i))
    const [first, last] = [nodes[0]?.span ?? span, nodes.at(-1)?.span ?? span]
    yield {
      code: 'HOCL308',
      severity: 'warning',
      title: `${ruleTitle(shape)} tries up to n^${String(exponent)} combinations`,
      labels: [
        {
          source,
          span: { start: first.start, end: last.end },
          text: `n molecules for each of ${String(exponent)} patterns, with nothing in common`,
        },
      ],
      hint: 'let patterns share a variable, or compare them with `==`: such molecules are found by an index',
    }
  }
}

const leastExponent = 3

/** How many patterns for one sort of molecule have to be tried with all of them. */
function scans(shape: RuleShape): number {
  if (shape.condition === undefined) return 0
  const equations = conjunctsOf(shape.condition).filter(isEquation)
  const bound = new Set<Slot>()
  const counts = new Map<string, number>()
  const waiting = shape.patterns.map((reactant) => ({
    sort: sortOf(reactant.pattern),
    slots: new Set(slotsOfReactant(reactant)),
  }))
  while (waiting.length > 0) {
    const keyed = waiting.findIndex(
      ({ sort, slots }) => sort === undefined || isKeyed(slots, bound, equations),
    )
    const [next] = waiting.splice(Math.max(keyed, 0), 1)
    if (next === undefined) break
    if (keyed < 0 && next.sort !== undefined)
      counts.set(next.sort, (counts.get(next.sort) ?? 0) + 1)
    for (const slot of next.slots) bound.add(slot)
  }
  return [...counts.values()].reduce((most, each) => Math.max(most, each), 0)
}

/** Whether what is bound already tells which molecule is wanted. */
function isKeyed(
  slots: ReadonlySet<Slot>,
  bound: ReadonlySet<Slot>,
  equations: readonly Equation[],
): boolean {
  if ([...slots].some((slot) => bound.has(slot))) return true
  return equations.some(
    ({ left, right }) =>
      isBetween(left, right, slots, bound) || isBetween(right, left, slots, bound),
  )
}

function isBetween(
  own: Expression,
  known: Expression,
  slots: ReadonlySet<Slot>,
  bound: ReadonlySet<Slot>,
): boolean {
  const [mine, others] = [slotsRead(own), slotsRead(known)]
  if (mine === undefined || others === undefined || mine.size === 0) return false
  return [...mine].every((slot) => slots.has(slot)) && [...others].every((slot) => bound.has(slot))
}

type Equation = Extract<Expression, { kind: 'binary' }>

function isEquation(expression: Expression): expression is Equation {
  return expression.kind === 'binary' && expression.operator === '=='
}

/** Patterns of one sort take the same molecules; undefined for one that takes only one sort of copy. */
function sortOf(pattern: Pattern): string | undefined {
  switch (pattern.kind) {
    case 'constant':
    case 'rule':
      return undefined
    case 'variable':
    case 'wildcard':
      return `a ${pattern.type?.kind ?? 'molecule'}`
    case 'tuple':
      return pattern.fields
        .map((field) => (field.kind === 'constant' ? printBriefly(field.value) : '_'))
        .join(':')
    case 'list':
    case 'solution':
      return pattern.kind
  }
}
