import {
  EvaluationFailure,
  List,
  PlacedFailure,
  SolutionValue,
  Tuple,
  areComparable,
  binary,
  cast,
  hasType,
  holdsSolution,
  indexInto,
  itemsOfRest,
  memberOf,
  placed,
  ruleOf,
  unary,
} from '../../interpreter/index.ts'
import type { Expression, ListItem, Molecule, Place, RestSource } from '../../interpreter/index.ts'
import { frozenMolecule } from '../freeze.ts'
import { Residual } from '../residual.ts'
import { productCode } from './molecules.ts'
import type { Run } from './run.ts'

/** An expression as a closure: its value in the frame of a search. */
export type Code = (run: Run) => Molecule

/** Compiles an expression to a closure. Failures are `EvaluationFailure`s with their place. */
export function expressionCode(expression: Expression): Code {
  switch (expression.kind) {
    case 'constant': {
      const { value } = expression
      return () => value
    }
    case 'slot': {
      const { slot } = expression
      return (run) => at(run.slots, slot)
    }
    case 'captured': {
      const { index } = expression
      return (run) => at(run.captured, index)
    }
    case 'call':
      return callCode(expression)
    case 'method':
      return methodCode(expression)
    case 'unary': {
      const operand = expressionCode(expression.operand)
      const { operator, place } = expression
      return (run) => placed(place, () => unary(operator, operand(run)))
    }
    case 'binary':
      return binaryCode(expression)
    case 'conditional': {
      const [test, then, other] = [
        truthCode(expression.test, expression.place),
        expressionCode(expression.then),
        expressionCode(expression.else),
      ]
      return (run) => (test(run) ? then(run) : other(run))
    }
    case 'cast': {
      const operand = expressionCode(expression.operand)
      const { type, place } = expression
      return (run) => placed(place, () => cast(operand(run), type))
    }
    case 'instanceof': {
      const operand = expressionCode(expression.operand)
      const { type } = expression
      return (run) => hasType(operand(run), type)
    }
    case 'index': {
      const [object, index] = [expressionCode(expression.object), expressionCode(expression.index)]
      const { place } = expression
      return (run) => placed(place, () => indexInto(object(run), index(run)))
    }
    case 'tuple': {
      const fields = expression.fields.map(expressionCode)
      return (run) => new Tuple(fields.map((field) => field(run)))
    }
    case 'list':
      return listCode(expression.items, expressionCode)
    case 'solution': {
      const product = productCode(expression.molecules, expressionCode)
      const { place } = expression
      return (run) => placed(place, () => SolutionValue.of(valueEntries(product(run).allEntries())))
    }
    case 'make-rule':
      return ruleCode(expression)
    case 'let': {
      const bindings = expression.bindings.map(({ slot, value }) => ({
        slot,
        value: expressionCode(value),
      }))
      const body = expressionCode(expression.body)
      return (run) => {
        for (const { slot, value } of bindings) run.slots[slot] = value(run)
        return body(run)
      }
    }
  }
}

function* valueEntries(entries: Iterable<readonly [Molecule, number | bigint]>) {
  for (const [molecule, copies] of entries) yield [frozenMolecule(molecule), copies] as const
}

/** A list, its items by the code that is given for them. */
export function listCode(items: readonly ListItem[], code: (expression: Expression) => Code): Code {
  const parts = items.map((item) =>
    item.kind === 'item' ? { item: code(item.expression) } : { rest: restCode(item.rest) },
  )
  return (run) => {
    const made: Molecule[] = []
    for (const part of parts)
      if (part.rest === undefined) made.push(part.item(run))
      else for (const item of itemsOfRest(part.rest(run))) made.push(item)
    return new List(made)
  }
}

/** What a rest is kept as: a list, or a residual or solution. */
export function restCode(rest: RestSource): Code {
  if (rest.kind === 'slot') {
    const { slot } = rest
    return (run) => at(run.slots, slot)
  }
  const { index } = rest
  return (run) => at(run.captured, index)
}

/** An instance of a rule. What it captures is kept as a value: a rule can be copied. */
function ruleCode(expression: Extract<Expression, { kind: 'make-rule' }>): Code {
  const captures = expression.captures.map(expressionCode)
  const { rule } = expression
  if (captures.length === 0) return () => ruleOf(rule.shape(), [])
  return (run) =>
    ruleOf(
      rule.shape(),
      captures.map((capture) => valueOf(capture(run))),
    )
}

/** A molecule that no reaction changes any more. */
export function valueOf(molecule: Molecule): Molecule {
  if (molecule instanceof Residual) return molecule.value()
  return holdsSolution(molecule) ? frozenMolecule(molecule) : molecule
}

function callCode(expression: Extract<Expression, { kind: 'call' }>): Code {
  const args = expression.arguments.map(expressionCode)
  const { function: called, place } = expression
  const [only] = args
  if (called.name === 'size' && only !== undefined && args.length === 1)
    return (run) => {
      const value = only(run)
      return value instanceof Residual
        ? placed(place, () => value.size())
        : answerOf(called.apply([value], run.surroundings), place)
    }
  return (run) => {
    const given = args.map((arg) => arg(run))
    return placed(place, () => answerOf(called.apply(given, run.surroundings), place))
  }
}

function methodCode(expression: Extract<Expression, { kind: 'method' }>): Code {
  const receiver = expressionCode(expression.receiver)
  const args = (expression.arguments ?? []).map(expressionCode)
  const { name, fallback, place } = expression
  return (run) => {
    const self = receiver(run)
    const called = memberOf(self, name) ?? fallback
    if (called === undefined) throw new PlacedFailure(`this value has no \`${name}\``, place)
    const given = [self, ...args.map((arg) => arg(run))]
    return placed(place, () => answerOf(called.apply(given, run.surroundings), place))
  }
}

function answerOf(answer: Molecule | Promise<Molecule>, place: Place): Molecule {
  if (answer instanceof Promise)
    throw new PlacedFailure('a function that is called here must answer at once', place)
  return answer
}

/** True or false; anything else fails. */
export function truthCode(expression: Expression, place: Place): (run: Run) => boolean {
  const code = expressionCode(expression)
  return (run) => {
    const value = code(run)
    if (typeof value !== 'boolean')
      throw new PlacedFailure('expected `true` or `false` here', place)
    return value
  }
}

/** Small integers take the short way; everything else the exact one. */
function binaryCode(expression: Extract<Expression, { kind: 'binary' }>): Code {
  const { operator, place } = expression
  const left = expressionCode(expression.left)
  const right = expressionCode(expression.right)
  const slow = (a: Molecule, b: Molecule): Molecule => placed(place, () => binary(operator, a, b))
  switch (operator) {
    case '&&': {
      const [a, b] = [truthCode(expression.left, place), truthCode(expression.right, place)]
      return (run) => a(run) && b(run)
    }
    case '||': {
      const [a, b] = [truthCode(expression.left, place), truthCode(expression.right, place)]
      return (run) => a(run) || b(run)
    }
    case '+':
      return (run) => {
        const [a, b] = [left(run), right(run)]
        if (typeof a === 'number' && typeof b === 'number') {
          const sum = a + b
          if (Number.isSafeInteger(sum)) return sum
        }
        return slow(a, b)
      }
    case '-':
      return (run) => {
        const [a, b] = [left(run), right(run)]
        if (typeof a === 'number' && typeof b === 'number') {
          const difference = a - b
          if (Number.isSafeInteger(difference)) return difference
        }
        return slow(a, b)
      }
    case '<':
      return comparison(left, right, slow, (a, b) => a < b)
    case '<=':
      return comparison(left, right, slow, (a, b) => a <= b)
    case '>':
      return comparison(left, right, slow, (a, b) => a > b)
    case '>=':
      return comparison(left, right, slow, (a, b) => a >= b)
    case '==':
      return (run) => {
        const [a, b] = [left(run), right(run)]
        return typeof a === 'number' && typeof b === 'number' ? a === b : slow(a, b)
      }
    case '!=':
      return (run) => {
        const [a, b] = [left(run), right(run)]
        return typeof a === 'number' && typeof b === 'number' ? a !== b : slow(a, b)
      }
    case '*':
    case '/':
    case '%':
    case 'divides':
      return (run) => slow(left(run), right(run))
  }
}

function comparison(
  left: Code,
  right: Code,
  slow: (a: Molecule, b: Molecule) => Molecule,
  quick: (a: number, b: number) => boolean,
): Code {
  return (run) => {
    const a = left(run)
    const b = right(run)
    return typeof a === 'number' && typeof b === 'number' ? quick(a, b) : slow(a, b)
  }
}

/** Whether a condition holds: one that fails is false. */
export function conditionCode(expression: Expression): (run: Run) => boolean {
  if (
    expression.kind === 'binary' &&
    isOrder(expression.operator) &&
    isPlain(expression.left) &&
    isPlain(expression.right)
  )
    return comparisonCode(expression)
  const code = expressionCode(expression)
  return (run) => {
    try {
      return code(run) === true
    } catch (error) {
      if (error instanceof EvaluationFailure) return false
      throw error
    }
  }
}

type Order = '<' | '<=' | '>' | '>='

function isOrder(operator: string): operator is Order {
  return ['<', '<=', '>', '>='].includes(operator)
}

/** Nothing to work out, so nothing that can fail. */
function isPlain({ kind }: Expression): boolean {
  return kind === 'slot' || kind === 'constant' || kind === 'captured'
}

/** A comparison of what is there: false where there is nothing to compare, without a failure on the way. */
function comparisonCode(
  expression: Extract<Expression, { kind: 'binary' }>,
): (run: Run) => boolean {
  const { operator } = expression
  const [left, right] = [expressionCode(expression.left), expressionCode(expression.right)]
  return (run) => {
    const [a, b] = [left(run), right(run)]
    return areComparable(a, b) && binary(operator, a, b) === true
  }
}

/** The lowered program binds every slot before it is read. */
export function at(values: readonly Molecule[], index: number): Molecule {
  const value = values[index]
  if (value === undefined) throw new Error('a variable is read before it is bound')
  return value
}
