import type { Diagnostic } from '../../grammar/index.ts'
import type { BinaryOperator, Expression, RuleShape, Slot } from '../rule.ts'
import { withArticle } from '../host-types.ts'
import { kindsOf, kindsOfType, kindText, slotKinds } from './kinds.ts'
import type { Kind, Kinds } from './kinds.ts'
import { expressionsIn, operandsOf } from './operands.ts'
import type { Check } from './subject.ts'

type Binary = Extract<Expression, { kind: 'binary' }>
type Call = Extract<Expression, { kind: 'call' }>

/**
 * An operation that fails for every value its operands can have. In a condition a failure only means
 * false, so that the rule would silently never react; in a product it ends the run.
 */
export const mistyped: Check = function* (subject) {
  for (const shape of subject.ownRules()) {
    const slots = slotKinds(shape)
    if (shape.condition !== undefined) yield* inCondition(shape.condition, slots)
    yield* inProduct(shape, slots)
  }
}

function* inCondition(
  condition: Expression,
  slots: ReadonlyMap<Slot, Kinds>,
): Generator<Diagnostic> {
  for (const expression of binaries(condition)) {
    const told = problem(expression, slots)
    if (told !== undefined) yield diagnostic(expression, told, 'this is never true here')
  }
  for (const expression of callsIn(condition)) {
    const told = argumentProblem(expression, slots)
    if (told !== undefined) yield diagnostic(expression, told, 'this is never true here')
  }
}

function* inProduct(
  { product }: RuleShape,
  slots: ReadonlyMap<Slot, Kinds>,
): Generator<Diagnostic> {
  for (const outer of expressionsIn(product))
    for (const expression of binaries(outer)) {
      const told = problem(expression, slots)
      if (told !== undefined) yield diagnostic(expression, told, 'the run would fail here')
    }
  for (const outer of expressionsIn(product)) {
    for (const expression of callsIn(outer)) {
      const told = argumentProblem(expression, slots)
      const text = expression.function.isAsync
        ? 'this gives an `ERROR:…`'
        : 'the run would fail here'
      if (told !== undefined) yield diagnostic(expression, told, text)
    }
  }
}

function diagnostic({ place }: Binary | Call, told: string, text: string): Diagnostic {
  return {
    code: 'HOCL312',
    severity: 'warning',
    title: told,
    labels: [{ ...place, text }],
    hint: 'the types in the patterns decide what the variables are',
  }
}

const numeric: readonly Kind[] = ['int', 'float']

/** What cannot work, in a sentence; undefined where it can. */
function problem(
  { operator, left, right }: Binary,
  slots: ReadonlyMap<Slot, Kinds>,
): string | undefined {
  const [a, b] = [kindsOf(left, slots), kindsOf(right, slots)]
  switch (operator) {
    case '==':
      return apart(a, b, (one, other) => `${one} is never equal to ${other}`)
    case '<':
    case '<=':
    case '>':
    case '>=':
      return (
        needs(operator, 'two numbers or two strings', [a, b], isOrdered) ??
        apart(a, b, (one, other) => `\`${operator}\` cannot compare ${one} with ${other}`)
      )
    case '-':
    case '*':
    case '/':
    case '%':
    case 'divides':
      return needs(operator, 'two numbers', [a, b], isNumeric)
    case '+':
      return [a, b].some(canBeText)
        ? undefined
        : needs(operator, 'two numbers, or a string', [a, b], isNumeric)
    case '&&':
    case '||':
      return needs(
        operator,
        'two Bools',
        [a, b],
        (kinds) => kinds === undefined || kinds.includes('boolean'),
      )
    case '!=':
      return undefined
  }
}

function needs(
  operator: BinaryOperator,
  wanted: string,
  operands: readonly Kinds[],
  fits: (kinds: Kinds) => boolean,
): string | undefined {
  const wrong = operands.find((kinds) => !fits(kinds))
  return wrong && `\`${operator}\` takes ${wanted}, not ${kindText(wrong)}`
}

/** A sentence about two operands that have no kind in common; 1 and 1.0 have. */
function apart(a: Kinds, b: Kinds, sentence: (a: string, b: string) => string): string | undefined {
  if (a === undefined || b === undefined) return undefined
  const areComparable = (isNumeric(a) && isNumeric(b)) || a.some((kind) => b.includes(kind))
  return areComparable ? undefined : sentence(kindText(a), kindText(b))
}

function isNumeric(kinds: Kinds): boolean {
  return kinds === undefined || kinds.some((kind) => numeric.includes(kind))
}

function isOrdered(kinds: Kinds): boolean {
  return isNumeric(kinds) || kinds?.includes('string') === true
}

function canBeText(kinds: Kinds): boolean {
  return kinds === undefined || kinds.includes('string')
}

/** The operations of an expression, innermost first, without those of rules and solutions inside. */
function* binaries(expression: Expression): Generator<Binary> {
  for (const inner of operandsOf(expression)) yield* binaries(inner)
  if (expression.kind === 'binary') yield expression
}

/** The calls of an expression in the same way. */
function* callsIn(expression: Expression): Generator<Call> {
  for (const inner of operandsOf(expression)) yield* callsIn(inner)
  if (expression.kind === 'call') yield expression
}

/** An argument of a declared function that can be nothing that it takes. */
function argumentProblem(
  { function: { name, types }, arguments: given }: Call,
  slots: ReadonlyMap<Slot, Kinds>,
): string | undefined {
  for (const [i, type] of (types?.takes ?? []).entries()) {
    const wanted = kindsOfType(type)
    const argument = given[i]
    const kinds = argument && kindsOf(argument, slots)
    if (wanted === undefined || kinds === undefined) continue
    if (!kinds.some((kind) => wanted.includes(kind)))
      return `\`${name}\` takes ${withArticle(type)}, not ${kindText(kinds)}`
  }
  return undefined
}
