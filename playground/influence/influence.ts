import { hasType, isRule, shapeOf, equal } from '../../interpreter/index.ts'
import type {
  Element,
  Expression,
  LoweredProgram,
  Molecule,
  Molecules,
  Pattern,
  ReactantPattern,
  RuleShape,
  Slot,
  TypeTest,
} from '../../interpreter/index.ts'

import { makesSolutions } from './solutions-made.ts'

/*
 * Which rule can make another one possible. What a rule gives is held against what the others take, as far as the
 * texts tell; conditions are not looked at, and what is not known may be anything. So there may be an arrow too many,
 * and never one too few.
 */

/** How one rule can enable another. */
export type InfluenceKind =
  /** It gives what the other one takes. */
  | 'gives'
  /** It gives the other rule itself. */
  | 'makes'
  /** It changes a solution that the other one looks into, or makes it inert. */
  | 'opens'

export interface Influence {
  readonly from: number
  readonly to: number
  readonly kind: InfluenceKind
}

/**
 * The influences between rules, by their place in the list. With all that a program starts with and all its rules it
 * is known whether there can be solutions inside.
 */
export function influencesOf(
  rules: readonly RuleShape[],
  program?: Pick<LoweredProgram, 'solution' | 'shapes'>,
): readonly Influence[] {
  const found: Influence[] = []
  const hasInside =
    program?.solution === undefined ||
    [program.solution, ...program.shapes.map(({ product }) => product)].some(makesSolutions)
  const gifts = rules.map(giftsOf)
  for (const [from, gift] of gifts.entries())
    for (const [to, rule] of rules.entries()) {
      const kind = influence(gift, rule, hasInside)
      if (kind !== undefined) found.push({ from, to, kind })
    }
  return found
}

function influence(
  gifts: readonly Gift[],
  to: RuleShape,
  hasInside: boolean,
): InfluenceKind | undefined {
  if (gifts.some((gift) => mayBeRule(gift, to))) return 'makes'
  const reactants = to.patterns.map((each) => each.pattern)
  if (reactants.some((pattern) => gifts.some((gift) => gift.mayMatch(pattern)))) return 'gives'
  return hasInside && reactants.some(looksInside) ? 'opens' : undefined
}

/** Something that a reaction adds to a solution. */
interface Gift {
  readonly mayMatch: (pattern: Pattern) => boolean
  /** The rule that it is; undefined for what may be any, `'none'` for what is none. */
  readonly rule: RuleShape | 'none' | undefined
}

const ANYTHING: Gift = { mayMatch: () => true, rule: undefined }

function mayBeRule({ rule }: Gift, shape: RuleShape): boolean {
  return rule === undefined || rule === shape || (rule !== 'none' && rule.repeated() === shape)
}

/** Whether a pattern takes solutions apart: then what happens in one, and that nothing more does, can make it match. */
function looksInside(pattern: Pattern): boolean {
  switch (pattern.kind) {
    case 'solution':
      return true
    case 'tuple':
      return pattern.fields.some(looksInside)
    case 'list':
      return pattern.items.some((item) => item.kind === 'item' && looksInside(item.pattern))
    // A molecule with an active solution in it is not there yet for any pattern.
    case 'variable':
    case 'wildcard':
      return mayHoldSolution(pattern.type)
    case 'constant':
      return typeof pattern.value === 'object' && holdsSolutions(pattern.value)
    case 'rule':
      return false
  }
}

function holdsSolutions(molecule: Molecule): boolean {
  if (typeof molecule !== 'object') return false
  switch (molecule.kind) {
    case 'solution':
      return true
    case 'tuple':
      return molecule.holdsSolution
    case 'list':
      return molecule.holdsSolution
    default:
      return false
  }
}

function mayHoldSolution(type: TypeTest | undefined): boolean {
  switch (type?.kind) {
    case undefined:
    case 'any':
    case 'object':
    case 'tuple':
    case 'list':
    case 'solution':
      return true
    case 'fields':
      return type.fields.some(mayHoldSolution)
    case 'number':
    case 'int':
    case 'float':
    case 'boolean':
    case 'string':
    case 'symbol':
    case 'rule':
    case 'host':
      return false
  }
}

/** What a rule gives, beside what it takes and gives back as it was. */
function giftsOf(shape: RuleShape): readonly Gift[] {
  const types = new Map<Slot, Pattern>()
  for (const reactant of shape.patterns) bind(reactant, types)
  const spare = shape.isCatalytic ? [] : shape.patterns.filter(({ kind }) => kind === 'single')
  const gifts: Gift[] = []
  addMolecules(shape.product, { types, spare, gifts })
  return gifts
}

interface Giving {
  /** What the variables of the patterns stand for. */
  readonly types: Map<Slot, Pattern>
  /** Reactants that were not given back yet. */
  readonly spare: ReactantPattern[]
  readonly gifts: Gift[]
}

function bind({ kind, pattern, ...more }: ReactantPattern, types: Map<Slot, Pattern>): void {
  bindPattern(pattern, types)
  if (kind === 'all' && 'multiplicity' in more) {
    const slot = more.multiplicity
    if (typeof slot === 'number') types.set(slot, { kind: 'variable', slot, type: { kind: 'int' } })
  }
}

function bindPattern(pattern: Pattern, types: Map<Slot, Pattern>): void {
  switch (pattern.kind) {
    case 'variable':
      // The place that says more about it counts.
      if (types.get(pattern.slot)?.kind !== 'variable' || pattern.type !== undefined)
        types.set(pattern.slot, pattern)
      return
    case 'rule':
      types.set(pattern.slot, pattern)
      return
    case 'tuple':
      for (const field of pattern.fields) bindPattern(field, types)
      return
    case 'list':
      for (const item of pattern.items) if (item.kind === 'item') bindPattern(item.pattern, types)
      return
    case 'solution':
      for (const inner of pattern.patterns) bind(inner, types)
      return
    case 'wildcard':
    case 'constant':
  }
}

function addMolecules({ bindings, elements }: Molecules, giving: Giving): void {
  for (const { slot } of bindings) giving.types.delete(slot)
  for (const element of elements) addElement(element, giving)
}

function addElement(element: Element, giving: Giving): void {
  switch (element.kind) {
    case 'molecule': {
      const { expression, multiplicity } = element
      const at = giving.spare.findIndex(({ pattern }) => isBack(expression, pattern))
      if (at >= 0 && multiplicity === undefined) {
        giving.spare.splice(at, 1)
        return
      }
      giving.gifts.push(giftOf(expression, giving))
      return
    }
    case 'rest':
    case 'spread':
      giving.gifts.push(ANYTHING)
      return
    case 'group':
      addMolecules(element.molecules, giving)
  }
}

/** Whether an expression gives back just what a pattern took. */
function isBack(expression: Expression, pattern: Pattern): boolean {
  switch (pattern.kind) {
    case 'variable':
    case 'rule':
      return expression.kind === 'slot' && expression.slot === pattern.slot
    case 'constant':
      return expression.kind === 'constant' && equal(expression.value, pattern.value)
    case 'tuple':
      return (
        expression.kind === 'tuple' &&
        expression.fields.length === pattern.fields.length &&
        pattern.fields.every((field, i) => {
          const part = expression.fields[i]
          return part !== undefined && isBack(part, field)
        })
      )
    case 'wildcard':
    case 'list':
    case 'solution':
      return false
  }
}

function giftOf(expression: Expression, giving: Giving): Gift {
  return {
    mayMatch: (pattern) => mayGive(expression, pattern, giving),
    rule: ruleOf(expression, giving),
  }
}

function ruleOf(expression: Expression, { types }: Giving): RuleShape | 'none' | undefined {
  switch (expression.kind) {
    case 'make-rule':
      return expression.rule.shape()
    case 'constant':
      return isRule(expression.value) ? shapeOf(expression.value) : 'none'
    case 'unary':
    case 'binary':
    case 'instanceof':
    case 'tuple':
    case 'list':
    case 'solution':
      return 'none'
    case 'slot': {
      const pattern = types.get(expression.slot)
      const isKnown = pattern?.kind === 'variable' && pattern.type !== undefined
      return isKnown && !mayBeOfKind(pattern.type, 'rule') ? 'none' : undefined
    }
    case 'captured':
    case 'call':
    case 'method':
    case 'conditional':
    case 'cast':
    case 'index':
    case 'let':
      return undefined
  }
}

/** Whether an expression can give what a pattern takes. */
function mayGive(expression: Expression, pattern: Pattern, giving: Giving): boolean {
  if (pattern.kind === 'wildcard' || pattern.kind === 'variable')
    if (pattern.type === undefined) return true
  switch (expression.kind) {
    case 'constant':
      return mayBeValue(expression.value, pattern)
    case 'slot': {
      const known = giving.types.get(expression.slot)
      return known === undefined || mayOverlap(known, pattern)
    }
    case 'tuple':
      return pattern.kind === 'tuple'
        ? expression.fields.length === pattern.fields.length &&
            pattern.fields.every((field, i) => {
              const part = expression.fields[i]
              return part !== undefined && mayGive(part, field, giving)
            })
        : mayBeKind('tuple', pattern)
    case 'conditional':
      return mayGive(expression.then, pattern, giving) || mayGive(expression.else, pattern, giving)
    case 'list':
      return mayBeKind('list', pattern)
    case 'solution':
      return mayBeKind('solution', pattern)
    case 'make-rule':
      return pattern.kind === 'rule'
        ? expression.rule.name === pattern.name
        : mayBeKind('rule', pattern)
    case 'instanceof':
      return mayBeKind('boolean', pattern)
    case 'unary':
      return expression.operator === '!' ? mayBeKind('boolean', pattern) : mayBeNumber(pattern)
    case 'binary':
      return mayBeResult(expression.operator, pattern)
    case 'captured':
    case 'call':
    case 'method':
    case 'cast':
    case 'index':
    case 'let':
      return true
  }
}

function mayBeResult(
  operator: Extract<Expression, { kind: 'binary' }>['operator'],
  pattern: Pattern,
): boolean {
  switch (operator) {
    case '+':
      return mayBeNumber(pattern) || mayBeKind('string', pattern)
    case '-':
    case '*':
    case '/':
    case '%':
      return mayBeNumber(pattern)
    case '||':
    case '&&':
    case '==':
    case '!=':
    case '<':
    case '<=':
    case '>':
    case '>=':
    case 'divides':
      return mayBeKind('boolean', pattern)
  }
}

type Kind =
  | 'int'
  | 'float'
  | 'string'
  | 'boolean'
  | 'symbol'
  | 'tuple'
  | 'list'
  | 'solution'
  | 'rule'
  | 'host'

const KINDS: readonly Kind[] = [
  ...(['int', 'float', 'string', 'boolean', 'symbol'] as const),
  ...(['tuple', 'list', 'solution', 'rule', 'host'] as const),
]

function mayBeNumber(pattern: Pattern): boolean {
  return mayBeKind('int', pattern) || mayBeKind('float', pattern)
}

/** Whether a pattern takes some molecule of a kind. */
function mayBeKind(kind: Kind, pattern: Pattern): boolean {
  switch (pattern.kind) {
    case 'variable':
    case 'wildcard':
      return mayBeOfKind(pattern.type, kind)
    case 'constant':
      return kindOf(pattern.value) === kind
    case 'tuple':
    case 'list':
    case 'solution':
    case 'rule':
      return pattern.kind === kind
  }
}

function mayBeOfKind(type: TypeTest | undefined, kind: Kind): boolean {
  switch (type?.kind) {
    case undefined:
    case 'any':
      return true
    case 'object':
      return kind !== 'rule' && kind !== 'solution'
    case 'number':
      return kind === 'int' || kind === 'float'
    case 'fields':
      return kind === 'tuple'
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
      return type.kind === kind
  }
}

function kindOf(molecule: Molecule): Kind | undefined {
  switch (typeof molecule) {
    case 'number':
    case 'bigint':
      return 'int'
    case 'string':
      return 'string'
    case 'boolean':
      return 'boolean'
    case 'object':
      return molecule.kind === 'pending' ? undefined : molecule.kind
  }
}

function mayBeValue(value: Molecule, pattern: Pattern): boolean {
  switch (pattern.kind) {
    case 'variable':
    case 'wildcard':
      return pattern.type === undefined || hasType(value, pattern.type)
    case 'constant':
      return equal(value, pattern.value)
    case 'tuple': {
      const fields = typeof value === 'object' && value.kind === 'tuple' ? value.fields : undefined
      return (
        fields?.length === pattern.fields.length &&
        pattern.fields.every((field, i) => {
          const part = fields[i]
          return part !== undefined && mayBeValue(part, field)
        })
      )
    }
    case 'rule':
      return isRuleNamed(value, pattern.name)
    case 'list':
    case 'solution':
      return kindOf(value) === pattern.kind
  }
}

function isRuleNamed(value: Molecule, name: string): boolean {
  return isRule(value) && value.shape.name === name
}

/** Whether some molecule is what two patterns take. */
function mayOverlap(a: Pattern, b: Pattern): boolean {
  if (a.kind === 'constant') return mayBeValue(a.value, b)
  if (b.kind === 'constant') return mayBeValue(b.value, a)
  if (a.kind === 'tuple' && b.kind === 'tuple')
    return (
      a.fields.length === b.fields.length &&
      a.fields.every((field, i) => {
        const other = b.fields[i]
        return other !== undefined && mayOverlap(field, other)
      })
    )
  if (a.kind === 'rule' && b.kind === 'rule') return a.name === b.name
  return KINDS.some((kind) => mayBeKind(kind, a) && mayBeKind(kind, b))
}
