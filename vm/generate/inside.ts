import { Tuple, hasEffects } from '../../interpreter/index.ts'
import type { Expression, Molecule, Pattern, Solution } from '../../interpreter/index.ts'
import { leftOf } from '../code/in-value.ts'
import { IN_VALUE, Inside, canBeValue } from '../code/inside.ts'
import type { Opening } from '../code/inside.ts'
import type { StartCode } from '../code/search.ts'
import type { Anatomy, Opened } from '../plan/heads.ts'
import { keptBy } from '../plan/kept.ts'
import type { MatchPlan } from '../plan/plan.ts'
import type { ExpressionWriter } from './expressions.ts'
import { local } from './expressions.ts'
import { isWritable } from './patterns.ts'
import type { Reactor } from './react.ts'
import type { Text } from './text.ts'

/*
 * The text of searches that look into solutions which the activated molecule holds. They do what
 * `code/in-value.ts` does; solutions that are no small values are left to the closures.
 */

/** Whether a plan that looks into solutions can be written: into those that stand in a molecule, not further in. */
export function canGenerateInside({ anatomy, steps }: MatchPlan): boolean {
  const { heads, opened, splits, shape } = anatomy
  const rests = opened.flatMap(({ pattern }) => pattern.rests)
  return (
    splits.length === 0 &&
    shape.topRests.length === 0 &&
    new Set(rests).size === rests.length &&
    opened.every((each) => each.owner.within === undefined && each.pattern.rests.length <= 1) &&
    opened.every(canBeValue) &&
    steps.every((step) => step.kind !== 'find' || step.access.kind !== 'content') &&
    heads.every(({ reactant: { kind, pattern }, within }) => {
      if (kind !== 'single') return false
      if (within !== undefined) return pattern.kind === 'rule' || isWritable(pattern)
      return isWritableAround(pattern)
    })
  )
}

/** A solution, or a tuple with some among its fields. */
function isWritableAround(pattern: Pattern): boolean {
  if (pattern.kind === 'solution' || isWritable(pattern)) return true
  return (
    pattern.kind === 'tuple' &&
    pattern.fields.every((field) => field.kind === 'solution' || isWritable(field))
  )
}

/** What writing needs of the search around. */
export interface Around {
  readonly text: Text
  readonly opening: Opening
  /** For solutions that are no small values. */
  readonly general: StartCode
  /** The parameters of the search after the first: the activated molecule's store and slot. */
  readonly active: string
}

/**
 * Leaves to the closures what was broken off, and what draws its candidates: a solution that is no small value
 * makes them begin anew, which is the same search only where nothing has been drawn.
 */
export function writeStart({ text, general, active }: Around): void {
  const search = text.constant(general)
  text.line(`if (run.isResuming || run.random !== undefined) return ${search}(run, ${active})`)
}

/** Looks into a solution, whose molecules then stand in a local. */
export function writeLook(
  { text, opening, general, active }: Around,
  { slot, heads, pattern }: Opened,
  [value, fail]: readonly [value: string, fail: string],
): void {
  const [solution, seen] = [text.fresh('u'), text.fresh('u')]
  const inside = new Inside()
  const look = text.constant((found: Solution) => opening.look(found, inside))
  text.line(`var ${solution} = ${value}`)
  text.line(`if (typeof ${solution} !== "object" || ${solution}.kind !== "solution") ${fail}`)
  text.line(`var ${seen} = ${look}(${solution})`)
  text.line(`if (${seen} !== undefined) return ${text.constant(general)}(run, ${active})`)
  text.line(`run.slots[${String(slot)}] = ${text.constant(IN_VALUE)}`)
  const [k, seenIn] = [String(slot), text.constant(inside)]
  text.line(`var m_${k} = ${seenIn}.molecules, n_${k} = m_${k}.length, d_${k} = ${seenIn}.ids`)
  const wanted = String(heads.length)
  const differs = pattern.rests.length === 0 ? '!==' : '<'
  text.line(`if (n_${String(slot)} ${differs} ${wanted}) ${fail}`)
}

/** Binds what is left when all heads are found. */
export function writeClose(text: Text, { slot, heads, pattern }: Opened): void {
  const [rest] = pattern.rests
  if (rest === undefined) return
  const taken = heads.map(({ index }) => `c${String(index)}`)
  text.line(`${local(rest)} = ${text.constant(leftOf)}(m_${String(slot)}, [${taken.join()}])`)
}

/** What writing a reaction needs. */
export interface InsideReaction {
  readonly text: Text
  readonly expressions: ExpressionWriter
  readonly anatomy: Anatomy
  readonly reactor: Reactor
  /** Leaves it to the closure. */
  readonly slow: string
  readonly finish: (answer: string) => string
}

/** Takes what the heads have and adds flat molecules, in the closure's order; all that is less plain is left to it. */
export function writeInsideReaction(context: InsideReaction): void {
  const { text, expressions, anatomy, reactor, slow, finish } = context
  const { shape, heads } = anatomy
  const kept = keptBy(anatomy)
  const products = shape.product.elements.filter((_, at) => !kept.elements.has(at))
  const isPlain =
    shape.shots === 'many' &&
    !shape.isCatalytic &&
    !hasEffects(shape.product) &&
    products.every((each) => each.kind === 'molecule' && each.multiplicity === undefined)
  if (!isPlain) {
    text.line(finish(slow))
    return
  }
  const values = new Values(text, expressions)
  for (const { slot, value } of shape.product.bindings) values.set(local(slot), value)
  const made = products.flatMap((each) =>
    each.kind === 'molecule' ? [values.molecule(each.expression)] : [],
  )
  const machine = text.constant(reactor)
  text.line(`if (!${machine}.arePlainIn(membrane, 1)) ${finish(slow)}`)
  text.line(
    values.canFail
      ? `try { ${values.lines.join('; ')} } catch (e) { ${finish(slow)} }`
      : values.lines.join('; '),
  )
  if (values.checks.length > 0) text.line(`if (!(${values.checks.join(' && ')})) ${finish(slow)}`)
  for (const head of heads) {
    if (head.within !== undefined || kept.heads.has(head)) continue
    const i = String(head.index)
    text.line(`membrane.take(s${i}, c${i}, 1)`)
  }
  for (const molecule of made) text.line(`membrane.add(${molecule}, 1)`)
  text.line(`${machine}.reactedTimes(1, 0)`)
  text.line(finish('1'))
}

/** Works out what a product consists of, before anything changes. */
class Values {
  readonly lines: string[] = []
  /** That all of it is flat. */
  readonly checks: string[] = []
  canFail = false
  readonly #text: Text
  readonly #expressions: ExpressionWriter

  constructor(text: Text, expressions: ExpressionWriter) {
    this.#text = text
    this.#expressions = expressions
  }

  set(name: string, expression: Expression): void {
    const { text, canFail } = this.#expressions.write(expression)
    this.canFail ||= canFail
    this.lines.push(`${name} = ${text}`)
  }

  /** The text of a molecule. */
  molecule(expression: Expression): string {
    if (expression.kind !== 'tuple') return this.#atom(expression)
    const fields = expression.fields.map((field) => this.#atom(field))
    return `new ${this.#text.constant(Tuple)}([${fields.join()}])`
  }

  #atom(expression: Expression): string {
    const name = this.#text.fresh('x')
    this.#expressions.temporaries.push(name)
    this.set(name, expression)
    this.checks.push(`(typeof ${name} !== "object" || ${this.#text.constant(isAtom)}(${name}))`)
    return name
  }
}

function isAtom(value: Molecule): boolean {
  return typeof value !== 'object' || value.kind === 'symbol' || value.kind === 'float'
}
