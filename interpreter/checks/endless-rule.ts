import { equal } from '../molecule.ts'
import type { Element, Expression, Pattern, ReactantPattern, RuleShape, Slot } from '../rule.ts'
import { kindsOf, kindsOfType, slotKinds } from './kinds.ts'
import type { Kinds } from './kinds.ts'
import { isLinear, overlap } from './patterns.ts'
import { expressionsIn, operandsOf } from './operands.ts'
import { ruleTitle } from './subject.ts'
import type { Check, Subject } from './subject.ts'

/**
 * A rule without a condition whose product always holds what its patterns take goes on for ever once it
 * has reacted: nothing is ever inert. Said only where no other rule of the program could take the rule,
 * or what it needs, away. Rules with a rate are left alone: a simulation ends at its time.
 */
export const endlessRule: Check = function* (subject) {
  for (const shape of subject.ownRules()) {
    if (!reenablesItself(shape) || !isAlone(shape, subject)) continue
    const { source, span } = subject.keyword(shape)
    const takesNothing = shape.patterns.length === 0
    yield {
      code: 'HOCL305',
      severity: 'warning',
      title: `${ruleTitle(shape)} can react for ever`,
      labels: [
        {
          source,
          span,
          text: takesNothing
            ? 'takes nothing, so it can always react'
            : 'always makes what it takes again',
        },
      ],
      hint: 'let a condition say when it stops, `… if x < 10`, or write `replace-one` to let it react once',
    }
  }
}

/** Whether it floats, can react, and no other rule takes it or the molecules that it takes. */
function isAlone(shape: RuleShape, { world, isOpen }: Subject): boolean {
  if (world === undefined || !world.floats(shape) || !(isOpen || world.mayReactWithOthers(shape)))
    return false
  if (world.hasAntiMolecules) return false
  for (const other of world.rules) {
    if (
      other.place.source === shape.place.source &&
      other.place.span.start === shape.place.span.start
    )
      continue
    for (const { pattern } of other.patterns) {
      if (world.mayMatchForm(pattern, { kind: 'rule', shape })) return false
      if (shape.patterns.some((own) => overlap(own.pattern, pattern))) return false
    }
  }
  return true
}

function reenablesItself(shape: RuleShape): boolean {
  const { shots, condition, rate, patterns, product } = shape
  if (shots === 'one' || condition !== undefined || rate !== undefined || !isLinear(shape))
    return false
  if ([...expressionsIn(product)].some(mayDivideByZero)) return false
  return areAlwaysMatched(patterns, product.elements, slotKinds(shape))
}

/** A division that fails ends the run. */
function mayDivideByZero(expression: Expression): boolean {
  const isDivision =
    expression.kind === 'binary' && (expression.operator === '/' || expression.operator === '%')
  return (
    (isDivision && expression.right.kind !== 'constant') ||
    operandsOf(expression).some(mayDivideByZero)
  )
}

/** Whether different elements can be found for all patterns, whatever the variables stand for. */
function areAlwaysMatched(
  patterns: readonly ReactantPattern[],
  elements: readonly Element[],
  slots: ReadonlyMap<Slot, Kinds>,
): boolean {
  const [first, ...others] = patterns
  if (first === undefined) return true
  if (first.kind !== 'single') return false
  return elements.some(
    (element, i) =>
      element.kind === 'molecule' &&
      isSomeCopies(element.multiplicity) &&
      alwaysMatches(first.pattern, element.expression, slots) &&
      areAlwaysMatched(others, [...elements.slice(0, i), ...elements.slice(i + 1)], slots),
  )
}

/** Whether a multiplicity of a product is known to be one copy or more. */
export function isSomeCopies(multiplicity: Expression | undefined): boolean {
  if (multiplicity === undefined) return true
  return (
    multiplicity.kind === 'constant' &&
    typeof multiplicity.value === 'number' &&
    multiplicity.value > 0
  )
}

function alwaysMatches(
  pattern: Pattern,
  expression: Expression,
  slots: ReadonlyMap<Slot, Kinds>,
): boolean {
  switch (pattern.kind) {
    case 'variable':
    case 'wildcard': {
      const wanted = kindsOfType(pattern.type)
      if (wanted === undefined) return true
      const kinds = kindsOf(expression, slots)
      return (
        kinds?.every((kind) => wanted.includes(kind)) === true &&
        !['fields', 'host'].includes(pattern.type?.kind ?? '')
      )
    }
    case 'constant':
      return expression.kind === 'constant' && equal(expression.value, pattern.value)
    case 'tuple':
      return (
        expression.kind === 'tuple' &&
        expression.fields.length === pattern.fields.length &&
        pattern.fields.every((field, i) => {
          const given = expression.fields[i]
          return given !== undefined && alwaysMatches(field, given, slots)
        })
      )
    case 'rule':
      return expression.kind === 'make-rule' && expression.rule.name === pattern.name
    // What is in a solution changes before it can be taken, and a list is taken apart in many ways.
    case 'solution':
    case 'list':
      return false
  }
}
