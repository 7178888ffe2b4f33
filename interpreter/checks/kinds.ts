import type { HostFunction } from '../host.ts'
import type { Molecule } from '../molecule.ts'
import { isRule } from '../molecule.ts'
import type { Expression, Molecules, Pattern, RuleShape, Slot } from '../rule.ts'
import type { TypeTest } from '../types.ts'
import { isOfPrelude } from './results.ts'

/** What sort of molecule something is. */
export type Kind =
  | 'int'
  | 'float'
  | 'boolean'
  | 'string'
  | 'symbol'
  | 'tuple'
  | 'list'
  | 'solution'
  | 'rule'
  | 'host'

/** One of these for certain; undefined: it can be anything. */
export type Kinds = readonly Kind[] | undefined

/** The kinds of a rule's variables, as its patterns and the `let`s of its product tell. */
export function slotKinds({ patterns, product }: RuleShape): ReadonlyMap<Slot, Kinds> {
  const kinds = new Map<Slot, Kinds>()
  for (const reactant of patterns) {
    add(reactant.pattern, kinds)
    if (reactant.kind === 'all') kinds.set(reactant.multiplicity, ['int'])
  }
  addBindings(product, kinds)
  return kinds
}

function addBindings({ bindings }: Molecules, kinds: Map<Slot, Kinds>): void {
  for (const { slot, value } of bindings) kinds.set(slot, kindsOf(value, kinds))
}

function add(pattern: Pattern, kinds: Map<Slot, Kinds>): void {
  switch (pattern.kind) {
    case 'variable':
      // The same variable elsewhere may say more.
      kinds.set(pattern.slot, kinds.get(pattern.slot) ?? kindsOfType(pattern.type))
      return
    case 'rule':
      kinds.set(pattern.slot, ['rule'])
      return
    case 'tuple':
      for (const field of pattern.fields) add(field, kinds)
      return
    case 'list':
      for (const item of pattern.items) if (item.kind === 'item') add(item.pattern, kinds)
      return
    case 'solution':
      for (const inner of pattern.patterns) {
        add(inner.pattern, kinds)
        if (inner.kind === 'all') kinds.set(inner.multiplicity, ['int'])
      }
      return
    case 'wildcard':
    case 'constant':
      return
  }
}

/** The kinds of a type's values. */
export function kindsOfType(type: TypeTest | undefined): Kinds {
  switch (type?.kind) {
    case undefined:
    case 'any':
      return undefined
    case 'object':
      return ['int', 'float', 'boolean', 'string', 'symbol', 'tuple', 'list', 'host']
    case 'number':
      return ['int', 'float']
    case 'fields':
      return ['tuple']
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
      return [type.kind]
  }
}

/** The kind of a molecule. */
export function kindOf(molecule: Molecule): Kind | undefined {
  if (isRule(molecule)) return 'rule'
  if (typeof molecule === 'string') return 'string'
  if (typeof molecule === 'boolean') return 'boolean'
  if (typeof molecule !== 'object') return 'int'
  return molecule.kind === 'pending' ? undefined : molecule.kind
}

/** What an expression gives if it gives anything. */
export function kindsOf(expression: Expression, slots: ReadonlyMap<Slot, Kinds>): Kinds {
  switch (expression.kind) {
    case 'constant': {
      const kind = kindOf(expression.value)
      return kind && [kind]
    }
    case 'slot':
      return slots.get(expression.slot)
    case 'unary':
      return expression.operator === '!'
        ? ['boolean']
        : numbersOf([kindsOf(expression.operand, slots)])
    case 'binary':
      return binaryKinds(expression, slots)
    case 'conditional':
      return union(kindsOf(expression.then, slots), kindsOf(expression.else, slots))
    case 'cast':
      return kindsOfType(expression.type)
    case 'instanceof':
      return ['boolean']
    case 'tuple':
    case 'list':
    case 'solution':
      return [expression.kind]
    case 'make-rule':
      return ['rule']
    case 'call':
      return callKinds(expression.function)
    case 'let':
      return kindsOf(
        expression.body,
        new Map([...slots, ...expression.bindings.map(({ slot }) => [slot, undefined] as const)]),
      )
    case 'captured':
    case 'method':
    case 'index':
      return undefined
  }
}

const calls: ReadonlyMap<string, Kind> = new Map([
  ['size', 'int'],
  ['length', 'int'],
  ['indexOf', 'int'],
  ['contains', 'boolean'],
  ['equals', 'boolean'],
  ['startsWith', 'boolean'],
  ['endsWith', 'boolean'],
  ['string', 'string'],
  ['list', 'list'],
  ['sqrt', 'float'],
])

function callKinds(found: HostFunction): Kinds {
  if (found.types !== undefined) return kindsOfType(found.types.gives)
  const kind = isOfPrelude(found) ? calls.get(found.name) : undefined
  return kind && [kind]
}

function binaryKinds(
  { operator, left, right }: Extract<Expression, { kind: 'binary' }>,
  slots: ReadonlyMap<Slot, Kinds>,
): Kinds {
  switch (operator) {
    case '+':
    case '-':
    case '*':
    case '/':
    case '%': {
      const operands = [kindsOf(left, slots), kindsOf(right, slots)]
      if (operator !== '+') return numbersOf(operands)
      if (operands.some((kinds) => kinds?.length === 1 && kinds[0] === 'string')) return ['string']
      return operands.every((kinds) => kinds !== undefined && !kinds.includes('string'))
        ? numbersOf(operands)
        : ['int', 'float', 'string']
    }
    case '||':
    case '&&':
    case '==':
    case '!=':
    case '<':
    case '<=':
    case '>':
    case '>=':
    case 'divides':
      return ['boolean']
  }
}

/** Arithmetic of Ints alone gives an Int. */
function numbersOf(operands: readonly Kinds[]): Kinds {
  return operands.every((kinds) => kinds?.length === 1 && kinds[0] === 'int')
    ? ['int']
    : ['int', 'float']
}

function union(a: Kinds, b: Kinds): Kinds {
  return a === undefined || b === undefined ? undefined : [...new Set([...a, ...b])]
}

const words: Readonly<Record<Kind, string>> = {
  int: 'an Int',
  float: 'a Float',
  boolean: 'a Bool',
  string: 'a String',
  symbol: 'a symbol',
  tuple: 'a tuple',
  list: 'a list',
  solution: 'a solution',
  rule: 'a rule',
  host: 'a host value',
}

/** `an Int`, `an Int or a Float`. */
export function kindText(kinds: readonly Kind[]): string {
  return kinds.length > 3 ? 'no such value' : kinds.map((kind) => words[kind]).join(' or ')
}
