import { extentOf, inside, isInt, isRule, isSolution } from '../molecule.ts'
import type { Molecule, Solution } from '../molecule.ts'
import { shapeOf } from '../rule.ts'
import type {
  Expression,
  Molecules,
  Pattern,
  ReactantPattern,
  RestSource,
  RuleShape,
  Slot,
} from '../rule.ts'
import { anything, formsOfType, kindOfAtom } from './forms.ts'
import type { Form, Forms } from './forms.ts'
import { resultOf } from './results.ts'
import { World } from './world.ts'

/** Slots of one rule, or of the first solution, and what can be in them. */
type Frame = Map<Slot, Forms>

/**
 * The world of a program: its first molecules, then the products of each rule that is there and whose
 * patterns can find something, or of each rule for a hopeful one, until nothing new comes.
 */
export function worldOf(first: Molecules, { isHopeful = false } = {}): World {
  const builder = new Builder()
  builder.molecules(first, new Map())
  const reacted = new Set<RuleShape>()
  for (let isGrowing = true; isGrowing;) {
    isGrowing = false
    for (const shape of builder.world.rules) {
      if (reacted.has(shape) || !(isHopeful || builder.world.mayReact(shape))) continue
      reacted.add(shape)
      isGrowing = true
      builder.molecules(shape.product, frameOf(shape))
    }
  }
  return builder.world
}

/** What one reaction of a rule adds to solutions, those that it makes included; its variables are what they were. */
export function productForms(shape: RuleShape): readonly Form[] {
  const builder = new Builder()
  builder.molecules(shape.product, frameOf(shape))
  return [...builder.world.forms('floating')]
}

class Builder {
  readonly world = new World()

  molecules({ bindings, elements }: Molecules, frame: Frame): void {
    for (const { slot, value } of bindings) frame.set(slot, this.forms(value, frame))
    for (const element of elements) {
      if (element.kind !== 'spread' && mayBeNegative(element.multiplicity))
        this.world.hasAntiMolecules = true
      if (element.kind === 'group') this.molecules(element.molecules, frame)
      if (element.kind === 'rest') this.#splice(element.rest, 'floating', frame)
      if (element.kind === 'spread') this.#spread(element.expression, frame)
      if (element.kind !== 'molecule') continue
      for (const form of this.forms(element.expression, frame)) this.world.add(form, 'floating')
    }
  }

  /** The rest of a solution floats, that of a list has been part of it. */
  #splice(rest: RestSource, where: 'floating' | 'part', frame: Frame): void {
    const [form] = rest.kind === 'slot' ? (frame.get(rest.slot) ?? []) : []
    if (form?.kind !== 'solution') this.world.add({ kind: 'part' }, where)
    if (form?.kind !== 'list') this.world.add({ kind: 'floating' }, where)
  }

  #spread(expression: Expression, frame: Frame): void {
    if (expression.kind !== 'list') {
      this.forms(expression, frame)
      this.world.add({ kind: 'part' }, 'floating')
      return
    }
    for (const item of expression.items) {
      const forms: Forms =
        item.kind === 'item' ? this.forms(item.expression, frame) : [{ kind: 'part' }]
      for (const form of forms) this.world.add(form, 'floating')
    }
  }

  /** The forms of an expression's value. What is inside solutions and lists comes into the world at once. */
  forms(expression: Expression, frame: Frame): Forms {
    const inner = (each: Expression): Forms => this.forms(each, frame)
    switch (expression.kind) {
      case 'constant':
        return [this.value(expression.value)]
      case 'slot':
        return frame.get(expression.slot) ?? [anything]
      case 'captured':
        return [{ kind: 'floating' }, { kind: 'part' }]
      case 'call':
        return resultOf(expression, expression.arguments.map(inner), this.world)
      case 'method':
        return [anything]
      case 'unary':
        inner(expression.operand)
        return expression.operator === '!'
          ? [{ kind: 'boolean' }]
          : [{ kind: 'int' }, { kind: 'float' }]
      case 'binary':
        return binaryForms(expression.operator, [
          ...inner(expression.left),
          ...inner(expression.right),
        ])
      case 'conditional':
        return [...inner(expression.then), ...inner(expression.else)]
      case 'cast':
        return this.castForms(expression, frame)
      case 'instanceof':
        return [{ kind: 'boolean' }]
      case 'index':
        for (const form of inner(expression.object)) this.world.add(form, 'part')
        return [{ kind: 'part' }, { kind: 'floating' }, { kind: 'string' }]
      case 'tuple':
        return [{ kind: 'tuple', fields: expression.fields.map(inner) }]
      case 'list':
        for (const item of expression.items) {
          if (item.kind === 'rest') this.#splice(item.rest, 'part', frame)
          else for (const form of inner(item.expression)) this.world.add(form, 'part')
        }
        return [{ kind: 'list' }]
      case 'solution':
        this.molecules(expression.molecules, frame)
        return [{ kind: 'solution' }]
      case 'make-rule':
        // Captured values may be put anywhere by the rule.
        for (const form of expression.captures.flatMap(inner)) this.world.add(form, 'part')
        return [{ kind: 'rule', shape: expression.rule.shape() }]
      case 'let':
        for (const { slot, value } of expression.bindings) frame.set(slot, inner(value))
        return inner(expression.body)
    }
  }

  castForms({ type, operand }: Extract<Expression, { kind: 'cast' }>, frame: Frame): Forms {
    const given = this.forms(operand, frame)
    return type.kind === 'any' || type.kind === 'object' || type.kind === 'tuple'
      ? given
      : formsOfType(type, 'part')
  }

  /** A value that is known already. */
  value(value: Molecule): Form {
    if (typeof value !== 'object') return { kind: 'constant', value }
    if (extentOf(value) > MOST_LOOKED_AT) return this.#largeValue(value)
    switch (value.kind) {
      case 'float':
      case 'symbol':
        return { kind: 'constant', value }
      case 'tuple':
        return { kind: 'tuple', fields: value.fields.map((field) => [this.value(field)]) }
      case 'list':
        for (const item of value.items) this.world.add(this.value(item), 'part')
        return { kind: 'list' }
      case 'solution':
        for (const [each, multiplicity] of value.contents().entries()) {
          this.world.add(this.value(each), 'floating')
          if (multiplicity < 0) this.world.hasAntiMolecules = true
        }
        return { kind: 'solution' }
      case 'rule':
        for (const each of value.captured) this.world.add(this.value(each), 'part')
        return { kind: 'rule', shape: shapeOf(value) }
      case 'host':
        return { kind: 'host' }
      case 'pending':
        return anything
    }
  }

  /** One that is large, perhaps only as it is written: each molecule in it is looked at once, wherever it stands. */
  #largeValue(root: Molecule): Form {
    const seen = new Set<Molecule>()
    const waiting: Molecule[] = [root]
    for (let top = waiting.pop(); top !== undefined; top = waiting.pop()) {
      if (seen.has(top)) continue
      seen.add(top)
      if (isSolution(top) && holdsAntiMolecules(top)) this.world.hasAntiMolecules = true
      const where = isSolution(top) ? 'floating' : 'part'
      const types = new Set<string>()
      for (const each of (isRule(top) ? top.captured : inside(top)) ?? []) {
        if (extentOf(each) > MOST_LOOKED_AT) {
          this.world.add(outerForm(each), where)
          waiting.push(each)
        } else if (typeof each === 'object') {
          this.world.add(this.value(each), where)
        } else if (!types.has(typeof each)) {
          types.add(typeof each)
          this.world.add({ kind: kindOfAtom(each) }, where)
        }
      }
    }
    return outerForm(root)
  }
}

/** Larger values are not told apart by all that is in them. */
const MOST_LOOKED_AT = 1000

/** What a large molecule is, without what is in it. */
function outerForm(molecule: Molecule): Form {
  if (isRule(molecule)) return { kind: 'rule', shape: shapeOf(molecule) }
  if (typeof molecule !== 'object') return anything
  return molecule.kind === 'list' || molecule.kind === 'solution'
    ? { kind: molecule.kind }
    : anything
}

function holdsAntiMolecules(solution: Solution): boolean {
  for (const [, multiplicity] of solution.contents().entries()) if (multiplicity < 0) return true
  return false
}

function mayBeNegative(multiplicity: Expression | undefined): boolean {
  if (multiplicity === undefined) return false
  return !(multiplicity.kind === 'constant' && isInt(multiplicity.value) && multiplicity.value >= 0)
}

function binaryForms(
  operator: Extract<Expression, { kind: 'binary' }>['operator'],
  operands: Forms,
): Forms {
  switch (operator) {
    case '||':
    case '&&':
    case '==':
    case '!=':
    case '<':
    case '<=':
    case '>':
    case '>=':
    case 'divides':
      return [{ kind: 'boolean' }]
    case '+':
    case '-':
    case '*':
    case '/':
    case '%': {
      const isExact = operands.every(
        (form) =>
          form.kind === 'int' || (form.kind === 'constant' && typeof form.value === 'number'),
      )
      const numbers: Forms = isExact ? [{ kind: 'int' }] : [{ kind: 'int' }, { kind: 'float' }]
      return operator === '+' && !isExact ? [...numbers, { kind: 'string' }] : numbers
    }
  }
}

/** What the variables of a rule can stand for. */
function frameOf(shape: RuleShape): Frame {
  const frame: Frame = new Map()
  for (const pattern of shape.patterns) bindReactant(pattern, frame)
  for (const slot of shape.topRests) frame.set(slot, [{ kind: 'solution' }])
  return frame
}

function bindReactant(reactant: ReactantPattern, frame: Frame): void {
  bind(reactant.pattern, 'floating', frame)
  if (reactant.kind === 'all') frame.set(reactant.multiplicity, [{ kind: 'int' }])
}

function bind(pattern: Pattern, where: 'floating' | 'part', frame: Frame): void {
  switch (pattern.kind) {
    case 'wildcard':
    case 'constant':
      return
    case 'variable':
      frame.set(
        pattern.slot,
        pattern.type === undefined ? [{ kind: where }] : formsOfType(pattern.type, where),
      )
      return
    case 'rule':
      frame.set(pattern.slot, [{ kind: where }])
      return
    case 'tuple':
      for (const field of pattern.fields) bind(field, 'part', frame)
      return
    case 'list':
      for (const item of pattern.items) {
        if (item.kind === 'rest') frame.set(item.slot, [{ kind: 'list' }])
        else bind(item.pattern, 'part', frame)
      }
      return
    case 'solution':
      for (const inner of pattern.patterns) bindReactant(inner, frame)
      for (const slot of pattern.rests) frame.set(slot, [{ kind: 'solution' }])
      return
  }
}
