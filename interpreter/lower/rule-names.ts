import { equal } from '../molecule.ts'
import type { Rule } from '../molecule.ts'
import { ruleOf } from '../rule.ts'
import type { RuleShape } from '../rule.ts'
import type { Lowering } from './context.ts'
import { Scope } from './scope.ts'
import type { Declared } from './scope.ts'

/*
 * What a rule's name says to who reads a text in a program: `max` in a printed solution, in data, in what
 * a person types. A rule prints as its name where that reads back as the rule, and with its text elsewhere.
 */

/**
 * A scope in which rules are known that are named further in, in a solution or a product: a printed
 * solution names them, too. A name that two different rules have there means neither.
 */
export function withInnerRules(outer: Scope, lowering: Lowering): Scope {
  const scope = new Scope(outer)
  for (const declared of lowering.declared) {
    const rule = plainRule(declared)
    if (rule === undefined) continue
    const before = scope.own(declared.name)
    if (before === undefined) {
      if (outer.find(declared.name) === undefined) scope.declare({ ...declared })
    } else {
      const other = plainRule(before)
      if (other === undefined || !equal(other, rule)) before.twin ??= declared
    }
  }
  return scope
}

/** The rule that a name stands for in a text that is read in this scope; undefined where it stands for none or several. */
export function ruleNamed(name: string, scope: Scope): Rule | undefined {
  const found = scope.find(name)
  return found === undefined || found.twin !== undefined ? undefined : plainRule(found)
}

/** A rule that captures nothing: all of its instances are one. */
function plainRule({ meaning }: Declared): Rule | undefined {
  if (meaning.kind !== 'rule' || meaning.frame === undefined || meaning.frame.captured.length > 0)
    return undefined
  return meaning.shape && ruleOf(meaning.shape, [])
}

/**
 * Finds the names by which rules can be printed: those that all rules of a program share that have them,
 * and that mean them in a text that is read later. The others print with their text.
 */
export function settleNames(scope: Scope, lowering: Lowering): ReadonlyMap<string, Rule> {
  const settled = new Map<string, Rule>()
  for (const [name, shapes] of byName(lowering)) {
    const meant = ruleNamed(name, scope)
    const isShared = meant !== undefined && shapes.every((shape) => isPlain(shape, meant))
    if (isShared) settled.set(name, meant)
    else for (const shape of shapes) shape.printsInFull = true
  }
  return settled
}

/** Rules that were read later print by a name if it means just them. */
export function settleLater(
  shapes: readonly RuleShape[],
  settled: ReadonlyMap<string, Rule>,
): void {
  for (const shape of shapes) {
    const meant = shape.name === undefined ? undefined : settled.get(shape.name)
    shape.printsInFull = meant === undefined || !isPlain(shape, meant)
  }
}

function isPlain(shape: RuleShape, meant: Rule): boolean {
  if (meant.shape === shape) return true
  return shape.capturedNames.length === 0 && equal(ruleOf(shape, []), meant)
}

/** Shapes with names, but for those of definitions that nothing uses. */
function byName({ declared, shapes }: Lowering): ReadonlyMap<string, readonly RuleShape[]> {
  const unused = new Set<RuleShape>()
  for (const { meaning, uses } of declared)
    if (uses === 0 && meaning.kind === 'rule' && meaning.shape !== undefined)
      unused.add(meaning.shape)
  const found = new Map<string, RuleShape[]>()
  for (const shape of shapes) {
    if (shape.name === undefined || unused.has(shape)) continue
    const others = found.get(shape.name)
    if (others === undefined) found.set(shape.name, [shape])
    else others.push(shape)
  }
  return found
}
