import type { Expression, RuleShape, Slot } from '../../interpreter/index.ts'
import { slotsRead } from './reads.ts'
import type { Take } from './take.ts'

/** A variable that a condition says the value of: `j == i + 1` gives j as soon as i is known, and i with j. */
export interface Lookup {
  readonly slot: Slot
  readonly expression: Expression
  /** What it reads. */
  readonly needs: readonly Slot[]
  /** Whether the equation was solved for the variable: that is right for Ints only, as they are exact. */
  readonly isSolved: boolean
}

/** What must be equal: an expression, and what its value is. */
interface Equation {
  readonly side: Expression
  readonly value: Expression
  readonly isSolved: boolean
}

/** For each take, what a condition says of its variables by those of others. */
export function lookupsOf(
  takes: readonly Take[],
  { condition }: RuleShape,
): readonly (readonly Lookup[])[] {
  const equations = condition === undefined ? [] : equationsIn(condition).flatMap(solved)
  return takes.map(({ slots }) =>
    equations.flatMap(({ side, value, isSolved }): Lookup[] => {
      if (side.kind !== 'slot' || !slots.includes(side.slot)) return []
      const needs = [...slotsRead(value)]
      const isOfOthers = needs.every((slot) => !slots.includes(slot))
      return isOfOthers ? [{ slot: side.slot, expression: value, needs, isSolved }] : []
    }),
  )
}

/** Both sides of each equation that must hold, both ways round. */
function equationsIn(condition: Expression): readonly Equation[] {
  if (condition.kind !== 'binary') return []
  const { operator, left, right } = condition
  if (operator === '&&') return [...equationsIn(left), ...equationsIn(right)]
  if (operator !== '==') return []
  return [
    { side: left, value: right, isSolved: false },
    { side: right, value: left, isSolved: false },
  ]
}

/** The equation, and those for the terms of a sum or difference on its one side. */
function solved(equation: Equation): readonly Equation[] {
  const { side, value } = equation
  if (side.kind !== 'binary') return [equation]
  const { operator, left, right, place } = side
  const term = (term: Expression, sign: '+' | '-', other: Expression, of = value): Equation => ({
    side: term,
    value: { kind: 'binary', operator: sign, left: of, right: other, place },
    isSolved: true,
  })
  if (operator === '+')
    return [equation, ...solved(term(left, '-', right)), ...solved(term(right, '-', left))]
  if (operator === '-')
    return [equation, ...solved(term(left, '+', right)), ...solved(term(right, '-', value, left))]
  return [equation]
}
