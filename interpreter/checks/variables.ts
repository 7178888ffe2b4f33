import type { LoweredProgram } from '../lower/program.ts'
import type { BinaryOperator, Expression, Pattern, Place, RuleShape, Slot } from '../rule.ts'
import { builtinName } from '../type-text.ts'
import type { Form } from './forms.ts'
import type { Kind } from './kinds.ts'
import { kindsOf, kindsOfType, slotKinds } from './kinds.ts'
import { expressionsIn, operandsOf } from './operands.ts'
import { conjunctsOf } from './slots.ts'
import { Subject } from './subject.ts'
import type { World } from './world.ts'

/** What the variables of a rule can be, as far as the program tells. */
export interface RuleVariables {
  /** Of the rule. */
  readonly place: Place
  /** The name of a type by the name of the variable. What can be of several types is not in it. */
  readonly types: ReadonlyMap<string, string>
}

/** So many forms are looked at for one pattern; in a program with more, its variables have no types. */
const MOST_FORMS = 400

/**
 * The types of variables, for people: from the types that patterns name, from what the program can make that a
 * pattern matches, and from what conditions and products do with a variable. No promise for data from outside.
 */
export function variableTypes(program: LoweredProgram): readonly RuleVariables[] {
  if (program.diagnostics.some(({ severity }) => severity === 'error')) return []
  const subject = new Subject(program, { isOpen: false })
  const world = subject.isOpen ? undefined : subject.world
  return subject.ownRules().map((shape) => ({
    place: shape.place,
    types: typesIn(shape, world),
  }))
}

type Found = Map<Slot, ReadonlySet<Kind>>

function typesIn(shape: RuleShape, world: World | undefined): ReadonlyMap<string, string> {
  const found: Found = new Map()
  for (const [slot, kinds] of slotKinds(shape))
    if (kinds !== undefined) narrow(found, slot, new Set(kinds))
  if (world !== undefined) {
    // A rule does not take itself.
    const others = [...world.members('floating')].filter(
      (form) => form.kind !== 'rule' || form.shape !== shape,
    )
    for (const reactant of shape.patterns) seek(reactant.pattern, others, { world, found })
  }
  for (const condition of conjunctsOf(shape.condition)) require(condition, found)
  for (const expression of expressionsIn(shape.product)) require(expression, found)
  const types = new Map<string, string>()
  for (const [slot, kinds] of found) {
    const name = shape.slotNames[slot]
    const text = typeOf(kinds)
    if (name !== undefined && text !== undefined) types.set(name, text)
  }
  return types
}

function narrow(found: Found, slot: Slot, kinds: ReadonlySet<Kind>): void {
  const known = found.get(slot)
  const both = new Set([...kinds].filter((kind) => known === undefined || known.has(kind)))
  // What nothing fits is a mistake, which others tell of.
  if (both.size > 0) found.set(slot, both)
}

interface Search {
  readonly world: World
  readonly found: Found
}

/** Narrows the variables of a pattern to what it can match among some forms. */
function seek(pattern: Pattern, forms: readonly Form[], search: Search): void {
  const { world, found } = search
  if (forms.length > MOST_FORMS) return
  const matching = forms.filter((form) => world.mayMatchForm(pattern, form))
  const isKnown = matching.length > 0 && matching.every(({ kind }) => kind !== 'anything')
  switch (pattern.kind) {
    case 'variable': {
      const kinds = matching.flatMap((form) => kindsOfForm(form, world))
      if (isKnown && !kinds.includes(undefined))
        narrow(found, pattern.slot, new Set(kinds.filter((kind) => kind !== undefined)))
      return
    }
    case 'tuple':
      if (isKnown)
        pattern.fields.forEach((field, i) => {
          const fields = matching.flatMap((form) =>
            form.kind === 'tuple' ? (form.fields[i] ?? []) : [],
          )
          seek(field, expanded(fields, world), search)
        })
      return
    case 'list':
      for (const item of pattern.items)
        if (item.kind === 'item') seek(item.pattern, [...world.members('part')], search)
      return
    case 'solution':
      for (const inner of pattern.patterns)
        seek(inner.pattern, [...world.members('floating')], search)
      return
    case 'rule':
    case 'wildcard':
    case 'constant':
      return
  }
}

function expanded(forms: readonly Form[], world: World): readonly Form[] {
  return forms.flatMap((form) =>
    form.kind === 'floating' || form.kind === 'part' ? [...world.members(form.kind)] : [form],
  )
}

function kindsOfForm(form: Form, world: World): readonly (Kind | undefined)[] {
  switch (form.kind) {
    case 'anything':
      return [undefined]
    case 'floating':
    case 'part':
      return [...world.members(form.kind)].flatMap((each) => kindsOfForm(each, world))
    case 'constant': {
      const { value } = form
      if (typeof value === 'object') return [value.kind]
      if (typeof value === 'string') return ['string']
      return [typeof value === 'boolean' ? 'boolean' : 'int']
    }
    case 'int':
    case 'float':
    case 'boolean':
    case 'string':
    case 'symbol':
    case 'tuple':
    case 'list':
    case 'solution':
    case 'rule':
    case 'host':
      return [form.kind]
  }
}

const numbers: readonly Kind[] = ['int', 'float']
const ordered: readonly Kind[] = [...numbers, 'string']

/** What its operands must be, if an expression is to have a value at all. */
function require(expression: Expression, found: Found): void {
  if (expression.kind === 'conditional') {
    require(expression.test, found)
    return
  }
  if (expression.kind === 'binary') {
    const { operator, left, right } = expression
    const wanted = operandKinds(operator)
    if (wanted !== undefined) for (const each of [left, right]) demand(each, wanted, found)
    if (wanted === ordered) alike(left, right, found)
    if (operator === '&&' || operator === '||') {
      require(left, found)
      return
    }
  }
  if (expression.kind === 'unary')
    demand(expression.operand, expression.operator === '!' ? ['boolean'] : numbers, found)
  if (expression.kind === 'call')
    expression.arguments.forEach((each, i) => {
      const kinds = kindsOfType(expression.function.types?.takes[i])
      if (kinds !== undefined) demand(each, kinds, found)
    })
  for (const inner of operandsOf(expression)) require(inner, found)
}

function operandKinds(operator: BinaryOperator): readonly Kind[] | undefined {
  switch (operator) {
    case '<':
    case '<=':
    case '>':
    case '>=':
      return ordered
    case '-':
    case '*':
    case '/':
    case '%':
    case 'divides':
      return numbers
    case '&&':
    case '||':
      return ['boolean']
    case '+':
    case '==':
    case '!=':
      return undefined
  }
}

function demand(expression: Expression, kinds: readonly Kind[], found: Found): void {
  if (expression.kind === 'slot') narrow(found, expression.slot, new Set(kinds))
}

/** Numbers are compared with numbers and strings with strings. */
function alike(left: Expression, right: Expression, found: Found): void {
  for (const [one, other] of [
    [left, right],
    [right, left],
  ] as const) {
    const kinds =
      other.kind === 'slot' ? [...(found.get(other.slot) ?? [])] : kindsOf(other, new Map())
    if (kinds === undefined || kinds.length === 0) continue
    if (kinds.every((kind) => numbers.includes(kind))) demand(one, numbers, found)
    if (kinds.every((kind) => kind === 'string')) demand(one, ['string'], found)
  }
}

function typeOf(kinds: ReadonlySet<Kind>): string | undefined {
  const [only, ...others] = kinds
  if (only === undefined || only === 'host') return undefined
  if (others.length === 0) return builtinName(only)
  return kinds.size === 2 && kinds.has('int') && kinds.has('float') ? 'Number' : undefined
}
