import { append } from '../append.ts'
import { isNumber, negate } from '../arithmetic.ts'
import { itemsOfRest, splicedTimes } from '../evaluate.ts'
import { EvaluationFailure } from '../failures.ts'
import { isInfinite } from '../integer.ts'
import type { Int } from '../integer.ts'
import { List, Tuple, isInt } from '../molecule.ts'
import type { Entry, Molecule } from '../molecule.ts'
import { SolutionValue } from '../multiset.ts'
import { ruleOf } from '../rule.ts'
import type {
  Element,
  Expression,
  ListItem,
  Molecules,
  RestSource,
  RuleReference,
} from '../rule.ts'
import type { ValueOf } from './pieces.ts'

/** What is known of the variables of a rule that is written out. */
export interface Known {
  /** What a captured variable stands for; undefined for a variable of the rule around. */
  captured(index: number): ValueOf | undefined
  /** What a `let` gave that depends on nothing but captured values. */
  slot(slot: number): ValueOf | undefined
  /** What a value is in the instance that is written; undefined while one text is to do for all. */
  now(value: ValueOf): Molecule | undefined
  /** Whether a recursive rule is a value here, and not one that is being written. */
  isValue(rule: RuleReference): boolean
}

/**
 * The value of a literal or captured value, or of a tuple, list, solution or rule of nothing else;
 * undefined for any other expression. It is the same whether its parts were captured or written so.
 */
export function closedValue(expression: Expression, known: Known): ValueOf | undefined {
  switch (expression.kind) {
    case 'constant':
      return () => expression.value
    case 'captured':
      return known.captured(expression.index)
    case 'slot':
      return known.slot(expression.slot)
    case 'unary': {
      // `-5` is read as a number.
      const operand = expression.operator === '-' && closedValue(expression.operand, known)
      return operand && isNumber(known.now(operand) ?? '') ? negated(operand) : undefined
    }
    case 'tuple':
      return compound(
        expression.fields.map((field) => closedValue(field, known)),
        (fields) => new Tuple(fields),
      )
    case 'list':
      return closedList(expression.items, known)
    case 'solution':
      return closedSolution(expression.molecules, known)
    case 'make-rule': {
      const { rule, captures } = expression
      if (!rule.isRead() || (rule.isRecursive && !known.isValue(rule))) return undefined
      return compound(
        captures.map((capture) => closedValue(capture, known)),
        (values) => ruleOf(rule.shape(), values),
      )
    }
    default:
      return undefined
  }
}

function negated(value: ValueOf): ValueOf {
  return (captured) => {
    const operand = value(captured)
    return operand !== undefined && isNumber(operand) ? negate(operand) : undefined
  }
}

function closedList(items: readonly ListItem[], known: Known): ValueOf | undefined {
  const parts = items.map((item) => {
    if (item.kind === 'item') return closedValue(item.expression, known)
    return closedRest(item.rest, known)
  })
  return compound(parts, (values) => {
    const all: Molecule[] = []
    for (const [i, value] of values.entries()) {
      const inside = items[i]?.kind === 'rest' ? itemsOf(value) : [value]
      if (inside === undefined) return undefined
      append(all, inside)
    }
    return new List(all)
  })
}

/** A rest as items; undefined for one that no list can hold. */
export function itemsOf(rest: Molecule): readonly Molecule[] | undefined {
  try {
    return itemsOfRest(rest)
  } catch (error) {
    if (error instanceof EvaluationFailure) return undefined
    throw error
  }
}

function closedRest(rest: RestSource, known: Known): ValueOf | undefined {
  return rest.kind === 'slot' ? known.slot(rest.slot) : known.captured(rest.index)
}

function closedSolution({ bindings, elements }: Molecules, known: Known): ValueOf | undefined {
  // Two that are taken apart could hold ∞ and −∞ of one molecule.
  if (bindings.length > 0 || elements.filter(({ kind }) => kind !== 'molecule').length > 1)
    return undefined
  const multiplicities = elements.map((element) => writtenMultiplicity(element, known))
  return compound(
    elements.map((element, i) =>
      multiplicities[i] === undefined ? undefined : closedElement(element, known),
    ),
    (values) =>
      SolutionValue.of(
        values.flatMap((value, i): readonly Entry[] => {
          const n = multiplicities[i] ?? 1
          return elements[i]?.kind === 'molecule' ? [[value, n]] : splicedTimes(value, n)
        }),
      ),
  )
}

function closedElement(element: Element, known: Known): ValueOf | undefined {
  switch (element.kind) {
    case 'molecule':
    case 'spread':
      return closedValue(element.expression, known)
    case 'rest':
      return closedRest(element.rest, known)
    case 'group':
      return undefined
  }
}

/** A finite multiplicity that is written or captured: 1 where there is none, undefined where it is worked out. */
function writtenMultiplicity(element: Element, known: Known): Int | undefined {
  if (element.kind === 'spread' || element.multiplicity === undefined) return 1
  const closed = closedValue(element.multiplicity, known)
  const value = closed && known.now(closed)
  return value !== undefined && isInt(value) && !isInfinite(value) ? value : undefined
}

function compound(
  parts: readonly (ValueOf | undefined)[],
  make: (values: readonly Molecule[]) => Molecule | undefined,
): ValueOf | undefined {
  const known = parts.filter((part) => part !== undefined)
  if (known.length < parts.length) return undefined
  return (captured) => {
    const values = known.map((part) => part(captured)).filter((value) => value !== undefined)
    return values.length < known.length ? undefined : make(values)
  }
}

/** A rest so many times, as one value. */
export function multiplied(rest: ValueOf, times: ValueOf | undefined): ValueOf {
  return (captured) => {
    const value = rest(captured)
    const n = times?.(captured)
    return value === undefined || n === undefined || !isInt(n)
      ? undefined
      : SolutionValue.of(splicedTimes(value, n))
  }
}
