import { prelude } from '../../interpreter/index.ts'
import type { Binding, Expression, HostFunction, Molecule, Slot } from '../../interpreter/index.ts'

/**
 * An expression in the form that recognisers compare: `let`s put in, `x > y` and `!(y >= x)` made one,
 * operands of `+` and `*` in one order. Two expressions that say the same in these ways have one `key`.
 */
export type Term =
  | { readonly kind: 'slot'; readonly slot: Slot; readonly key: string }
  | { readonly kind: 'constant'; readonly value: Molecule; readonly key: string }
  | {
      readonly kind: 'apply'
      readonly operator: string
      readonly terms: readonly Term[]
      readonly key: string
    }
  /** Anything else, equal only to itself. */
  | { readonly kind: 'other'; readonly key: string }

/** What a condition asks of its terms; a condition is a list of these, all of which must hold. */
export type Relation =
  /** `low < high`, or `low <= high` where it is not strict. */
  | {
      readonly kind: 'order'
      readonly low: Term
      readonly high: Term
      readonly isStrict: boolean
    }
  | { readonly kind: 'same' | 'different'; readonly left: Term; readonly right: Term }
  /** `of % by == 0`. */
  | { readonly kind: 'divides'; readonly by: Term; readonly of: Term }
  | { readonly kind: 'other'; readonly key: string }

/** The values that `let`s give to slots. */
type Bound = ReadonlyMap<Slot, Term>

const COMMUTES = new Set(['+', '*'])

/** What bindings of a product give to their slots. */
export function boundTerms(bindings: readonly Binding[], outer: Bound = new Map()): Bound {
  const bound = new Map(outer)
  for (const { slot, value } of bindings) bound.set(slot, termOf(value, bound))
  return bound
}

/** The normal form of an expression. */
export function termOf(expression: Expression, bound: Bound = new Map()): Term {
  switch (expression.kind) {
    case 'slot':
      return bound.get(expression.slot) ?? slotTerm(expression.slot)
    case 'constant':
      return constantTerm(expression.value)
    case 'let':
      return termOf(expression.body, boundTerms(expression.bindings, bound))
    case 'binary': {
      const terms = [termOf(expression.left, bound), termOf(expression.right, bound)]
      return applied(expression.operator, terms)
    }
    case 'unary': {
      const operand = termOf(expression.operand, bound)
      if (expression.operator === '-' && operand.kind === 'constant') {
        const { value } = operand
        if (typeof value === 'number') return constantTerm(0 - value)
      }
      return applied(`unary ${expression.operator}`, [operand])
    }
    case 'conditional':
      return applied(
        '?',
        [expression.test, expression.then, expression.else].map((part) => termOf(part, bound)),
      )
    case 'call': {
      const operator = nameOf(expression.function)
      if (operator === undefined) return other()
      return applied(
        operator,
        expression.arguments.map((argument) => termOf(argument, bound)),
      )
    }
    case 'captured':
      return { kind: 'other', key: `captured ${String(expression.index)}` }
    default:
      return other()
  }
}

function slotTerm(slot: Slot): Term {
  return { kind: 'slot', slot, key: `slot ${String(slot)}` }
}

let others = 0

function other(): Term {
  return { kind: 'other', key: `other ${String(others++)}` }
}

/** A value as it stands in a rule. */
export function constantTerm(value: Molecule): Term {
  if (typeof value !== 'object')
    return { kind: 'constant', value, key: `${typeof value} ${String(value)}` }
  return value.kind === 'symbol'
    ? { kind: 'constant', value, key: `symbol ${value.name}` }
    : other()
}

function applied(operator: string, terms: readonly Term[]): Term {
  const ordered = COMMUTES.has(operator)
    ? terms.toSorted((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    : terms
  const key = `${operator}(${ordered.map((term) => term.key).join()})`
  return { kind: 'apply', operator, terms: ordered, key }
}

/** Of the functions that every program can call, those that recognisers know. */
const KNOWN: ReadonlyMap<HostFunction | undefined, string> = new Map([
  [prelude.functions.get('max'), 'max'],
  [prelude.functions.get('min'), 'min'],
  [prelude.namespaces.get('Math')?.functions.get('max'), 'max'],
  [prelude.namespaces.get('Math')?.functions.get('min'), 'min'],
])

function nameOf(called: HostFunction): string | undefined {
  return KNOWN.get(called)
}

/** What a condition asks, part by part; none where there is no condition. */
export function relationsOf(condition: Expression | undefined): readonly Relation[] {
  return condition === undefined ? [] : simplified(relationsIn(termOf(condition)))
}

/** The same of a test that is a term already. */
export function relationsIn(test: Term): readonly Relation[] {
  if (test.kind === 'constant' && test.value === true) return []
  if (test.kind !== 'apply') return [{ kind: 'other', key: test.key }]
  const [left, right] = test.terms
  if (test.operator === 'unary !' && left !== undefined) return negated(left)
  if (left === undefined || right === undefined) return [{ kind: 'other', key: test.key }]
  switch (test.operator) {
    case '&&':
      return [...relationsIn(left), ...relationsIn(right)]
    case '||':
      return either(relationsIn(left), relationsIn(right), test.key)
    case '<':
      return [{ kind: 'order', low: left, high: right, isStrict: true }]
    case '<=':
      return [{ kind: 'order', low: left, high: right, isStrict: false }]
    case '>':
      return [{ kind: 'order', low: right, high: left, isStrict: true }]
    case '>=':
      return [{ kind: 'order', low: right, high: left, isStrict: false }]
    case 'divides':
      return [{ kind: 'divides', by: left, of: right }]
    case '==':
      return [equation(left, right)]
    case '!=':
      return [{ kind: 'different', left, right }]
    default:
      return [{ kind: 'other', key: test.key }]
  }
}

/** `y % x == 0` asks whether x divides y. */
function equation(left: Term, right: Term): Relation {
  for (const [rest, zero] of [
    [left, right],
    [right, left],
  ] as const) {
    if (rest.kind !== 'apply' || rest.operator !== '%') continue
    const [of, by] = rest.terms
    if (zero.kind === 'constant' && zero.value === 0 && of !== undefined && by !== undefined)
      return { kind: 'divides', by, of }
  }
  return { kind: 'same', left, right }
}

/** What `!(…)` asks. A comparison that fails, fails just so the other way round. */
function negated(test: Term): readonly Relation[] {
  if (test.kind === 'apply' && test.operator === 'unary !') {
    const [inner] = test.terms
    if (inner !== undefined) return relationsIn(inner)
  }
  const parts = relationsIn(test)
  const [only] = parts
  if (only === undefined || parts.length > 1) return [{ kind: 'other', key: `not ${test.key}` }]
  switch (only.kind) {
    case 'order':
      return [{ kind: 'order', low: only.high, high: only.low, isStrict: !only.isStrict }]
    case 'same':
      return [{ kind: 'different', left: only.left, right: only.right }]
    case 'different':
      return [equation(only.left, only.right)]
    case 'divides':
    case 'other':
      return [{ kind: 'other', key: `not ${test.key}` }]
  }
}

/** `x < y || x == y` is `x <= y`. */
function either(
  left: readonly Relation[],
  right: readonly Relation[],
  key: string,
): readonly Relation[] {
  const [a, b] = [left[0], right[0]]
  if (left.length === 1 && right.length === 1 && a !== undefined && b !== undefined)
    for (const [order, same] of [
      [a, b],
      [b, a],
    ] as const)
      if (
        order.kind === 'order' &&
        same.kind === 'same' &&
        isPair(order.low, order.high, same.left, same.right)
      )
        return [{ kind: 'order', low: order.low, high: order.high, isStrict: false }]
  return [{ kind: 'other', key }]
}

function isPair(a: Term, b: Term, c: Term, d: Term): boolean {
  return (a.key === c.key && b.key === d.key) || (a.key === d.key && b.key === c.key)
}

/** Each relation once; `x <= y && x != y` is `x < y`. */
function simplified(relations: readonly Relation[]): readonly Relation[] {
  const kept: Relation[] = []
  for (const relation of relations)
    if (!kept.some((other) => isSame(other, relation))) kept.push(relation)
  for (const different of kept) {
    if (different.kind !== 'different') continue
    const at = kept.findIndex(
      (order) =>
        order.kind === 'order' && isPair(order.low, order.high, different.left, different.right),
    )
    const order = kept[at]
    if (order?.kind !== 'order') continue
    kept[at] = { ...order, isStrict: true }
    return simplified(kept.filter((relation) => relation !== different))
  }
  return kept
}

function isSame(a: Relation, b: Relation): boolean {
  if (a.kind === 'order' && b.kind === 'order')
    return a.low.key === b.low.key && a.high.key === b.high.key && a.isStrict === b.isStrict
  if (a.kind === 'divides' && b.kind === 'divides')
    return a.by.key === b.by.key && a.of.key === b.of.key
  if (a.kind === 'other' && b.kind === 'other') return a.key === b.key
  if (
    (a.kind === 'same' && b.kind === 'same') ||
    (a.kind === 'different' && b.kind === 'different')
  )
    return isPair(a.left, a.right, b.left, b.right)
  return false
}
