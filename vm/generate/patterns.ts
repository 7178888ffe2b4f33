import { equal, hasType } from '../../interpreter/index.ts'
import type { Molecule, Pattern, Slot, TypeTest } from '../../interpreter/index.ts'
import { local } from './expressions.ts'
import type { ExpressionWriter } from './expressions.ts'
import type { Text } from './text.ts'

/** Whether the text of a pattern's test can be written: lists, solutions and rules are left to closures. */
export function isWritable(pattern: Pattern): boolean {
  switch (pattern.kind) {
    case 'variable':
    case 'wildcard':
    case 'constant':
      return true
    case 'tuple':
      return pattern.fields.every(isWritable)
    case 'list':
    case 'solution':
    case 'rule':
      return false
  }
}

/** Whether an index on ints that found a field has asked all that a pattern asks of it. */
export function isKnown(pattern: Pattern, bound: ReadonlySet<Slot>): boolean {
  return pattern.kind === 'variable'
    ? pattern.type === undefined && bound.has(pattern.slot)
    : pattern.kind === 'constant' && typeof pattern.value === 'number'
}

/** Writes what a pattern asks of a value, as lines that end with `fail` where it does not fit. */
export class PatternWriter {
  readonly #text: Text
  readonly #expressions: ExpressionWriter
  readonly #bound: Set<Slot>

  constructor(text: Text, expressions: ExpressionWriter, bound: Set<Slot>) {
    this.#text = text
    this.#expressions = expressions
    this.#bound = bound
  }

  write(pattern: Pattern, value: string, fail: string): void {
    const need = (test: string): void => {
      this.#text.line(`if (!(${test})) ${fail}`)
    }
    switch (pattern.kind) {
      case 'wildcard':
        if (pattern.type !== undefined) need(this.#typeTest(value, pattern.type))
        return
      case 'constant':
        need(this.#isConstant(value, pattern.value))
        return
      case 'variable': {
        const name = local(pattern.slot)
        if (this.#bound.has(pattern.slot)) {
          const other = this.#text.fresh('w')
          this.#text.line(`var ${other} = ${value}`)
          need(this.#expressions.same(name, other))
          if (pattern.type !== undefined) need(this.#typeTest(other, pattern.type))
          return
        }
        this.#bound.add(pattern.slot)
        this.#text.line(`${name} = ${value}`)
        if (pattern.type !== undefined) need(this.#typeTest(name, pattern.type))
        return
      }
      case 'tuple': {
        const tuple = this.#text.fresh('u')
        this.#text.line(`var ${tuple} = ${value}`)
        need(
          `typeof ${tuple} === "object" && ${tuple}.kind === "tuple" && ${tuple}.fields.length === ${String(pattern.fields.length)}`,
        )
        pattern.fields.forEach((field, i) => {
          this.write(field, `${tuple}.fields[${String(i)}]`, fail)
        })
        return
      }
      case 'rule': {
        const rule = this.#text.fresh('u')
        this.#text.line(`var ${rule} = ${value}`)
        need(
          `typeof ${rule} === "object" && ${rule}.kind === "rule" && ${rule}.shape.name === ${this.#text.constant(pattern.name)}`,
        )
        this.write({ kind: 'variable', slot: pattern.slot, type: undefined }, rule, fail)
        return
      }
      case 'list':
      case 'solution':
        throw new Error('a pattern that has no text')
    }
  }

  #isConstant(value: string, constant: Molecule): string {
    if (typeof constant !== 'object' || constant.kind === 'symbol')
      return `${value} === ${this.#expressions.literal(constant)}`
    return `${this.#text.constant(equal)}(${value}, ${this.#text.constant(constant)})`
  }

  #typeTest(value: string, type: TypeTest): string {
    switch (type.kind) {
      case 'int':
        return `typeof ${value} === "number" || typeof ${value} === "bigint"`
      case 'string':
        return `typeof ${value} === "string"`
      case 'boolean':
        return `typeof ${value} === "boolean"`
      case 'symbol':
        return `typeof ${value} === "object" && ${value}.kind === "symbol"`
      default:
        return `${this.#text.constant((molecule: Molecule) => hasType(molecule, type))}(${value})`
    }
  }
}
