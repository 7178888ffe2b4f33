import { exchangeContext, isRule, printInline, ruleOf, shapeOf } from '../../interpreter/index.ts'
import type { Molecule, Rule, RuleShape } from '../../interpreter/index.ts'
import type { Program } from '../reactor/program.ts'
import { SnapshotError } from './error.ts'
import type { Field } from './field.ts'
import type { Plain } from './plain.ts'

/*
 * Rules in a snapshot: each shape is one of the program's by its number, one of a text that was read later,
 * or, where it comes from elsewhere, the text of the rule with its values in it.
 */

/** Notes the shapes of rules. */
export class ShapeWriter {
  readonly #program: Program
  readonly #numbers = new Map<RuleShape, number>()
  readonly #texts = new Map<string, number>()
  readonly #forms: Plain[] = []

  constructor(program: Program) {
    this.#program = program
  }

  /** The number of a shape; undefined where only the text of a rule can tell it. */
  numberOf(shape: RuleShape): number | undefined {
    const known = this.#numbers.get(shape)
    if (known !== undefined) return known
    const form = this.#formOf(shape)
    if (form === undefined) return undefined
    this.#numbers.set(shape, this.#forms.length)
    this.#forms.push(form)
    return this.#forms.length - 1
  }

  #formOf(shape: RuleShape): Plain | undefined {
    const origin = this.#program.originOf(shape)
    if (origin === undefined) return undefined
    const { text, at, isRepeated } = origin
    const name = shape.name ?? null
    if (text === undefined) return [name, at, isRepeated]
    let number = this.#texts.get(text)
    if (number === undefined) this.#texts.set(text, (number = this.#texts.size))
    return [name, at, isRepeated, number]
  }

  get form(): { readonly texts: readonly string[]; readonly shapes: readonly Plain[] } {
    return { texts: [...this.#texts.keys()], shapes: this.#forms }
  }
}

/** The rule that comes from no text of the program, as its own text. */
export function foreignForm(rule: Rule): Plain[] {
  return [rule.shape.name ?? null, rule.shape.text(rule.captured, printInline)]
}

/** Finds the shapes again. */
export class ShapeReader {
  readonly #program: Program
  readonly #shapes: readonly RuleShape[]

  constructor(program: Program, rules: Field) {
    this.#program = program
    const texts = rules
      .named('texts')
      .items()
      .map((text) => text.text())
    this.#shapes = rules
      .named('shapes')
      .items()
      .map((form) => this.#shapeOf(form, texts))
  }

  #shapeOf(form: Field, texts: readonly string[]): RuleShape {
    const name = form.item(0).maybe((field) => field.text())
    const at = form.item(1).int()
    const isRepeated = form.item(2).flag()
    const text = form.item(3).maybe((field) => texts[field.int(0, texts.length - 1)])
    const shape = this.#program.shapeAt({ text, at, isRepeated })
    if (shape === undefined || shape.name !== name)
      throw new SnapshotError('program', 'the program has no such rule', { place: form.path })
    return shape
  }

  get count(): number {
    return this.#shapes.length
  }

  at(field: Field): RuleShape {
    return (
      this.#shapes[field.int(0, this.#shapes.length - 1)] ?? field.fail('there is no such rule')
    )
  }

  rule(field: Field, captured: readonly Molecule[]): Rule {
    const shape = this.at(field)
    if (shape.capturedNames.length !== captured.length)
      field.fail('the rule captures another number of values')
    return ruleOf(shape, captured)
  }

  /** The rule of such a text, as the program reads it. */
  foreign(name: string | undefined, source: string): Molecule {
    const { lowered, host } = this.#program
    const rule = exchangeContext(lowered, host).rule({ name, captured: [], source })
    if (rule === undefined || !isRule(rule))
      throw new SnapshotError('malformed', 'this is not the text of a rule')
    shapeOf(rule)
    return rule
  }
}
