import {
  EvaluationFailure,
  PlacedFailure,
  areComparable,
  binary,
  equal,
  looseEquals,
  placed,
  unary,
} from '../../interpreter/index.ts'
import type {
  BinaryOperator,
  Expression,
  Molecule,
  Place,
  Slot,
  UnaryOperator,
} from '../../interpreter/index.ts'
import { expressionCode } from '../code/expressions.ts'
import { slotsOf } from '../plan/heads.ts'
import type { Text } from './text.ts'

/** An expression as text, and what is known of its value. */
export interface Written {
  readonly text: string
  /** `atom`: no tuple, list, solution or rule. */
  readonly type: 'boolean' | 'atom' | 'any'
  /** Whether working it out can throw an `EvaluationFailure`. */
  readonly canFail: boolean
}

const MAX = String(Number.MAX_SAFE_INTEGER)

/** Writes expressions over variables that stand in locals, `v0`, `v1`, … by slot. */
export class ExpressionWriter {
  readonly #text: Text
  /** Names of temporaries that the function must declare. */
  readonly temporaries: string[] = []

  constructor(text: Text) {
    this.#text = text
  }

  write(expression: Expression): Written {
    switch (expression.kind) {
      case 'constant':
        return this.#constant(expression.value)
      case 'slot':
        return { text: local(expression.slot), type: 'any', canFail: false }
      case 'captured':
        return { text: `captured[${String(expression.index)}]`, type: 'any', canFail: false }
      case 'unary':
        return this.#unary(expression.operator, this.write(expression.operand), expression.place)
      case 'binary':
        return this.#binary(expression)
      case 'conditional': {
        const test = this.#truth(this.write(expression.test), expression.place)
        const [then, other] = [this.write(expression.then), this.write(expression.else)]
        return {
          text: `(${test.text} ? ${then.text} : ${other.text})`,
          type: then.type === other.type ? then.type : 'any',
          canFail: test.canFail || then.canFail || other.canFail,
        }
      }
      default:
        return this.#closure(expression)
    }
  }

  /** A value that is used more than once in the text must not be worked out more than once. */
  #named(written: Written): { name: string; before: string } {
    if (/^[\w.[\]]+$/u.test(written.text)) return { name: written.text, before: '' }
    const name = this.#text.fresh('t')
    this.temporaries.push(name)
    return { name, before: `${name} = ${written.text}, ` }
  }

  #temporary(): string {
    const name = this.#text.fresh('t')
    this.temporaries.push(name)
    return name
  }

  #constant(value: Molecule): Written {
    return {
      text: this.literal(value),
      type:
        typeof value === 'boolean'
          ? 'boolean'
          : typeof value !== 'object' || value.kind === 'symbol' || value.kind === 'float'
            ? 'atom'
            : 'any',
      canFail: false,
    }
  }

  /** A value as text. */
  literal(value: Molecule): string {
    if (typeof value === 'boolean') return String(value)
    // In parentheses, so that a sign does not run into an operator before it.
    if (typeof value === 'number') return value < 0 ? `(${String(value)})` : String(value)
    return this.#text.constant(value)
  }

  /** What no text is written for is worked out by its closure, which reads the frame. */
  #closure(expression: Expression): Written {
    const code = this.#text.constant(expressionCode(expression))
    const writes = [...slotsOf(expression)].map(
      (slot) => `run.slots[${String(slot)}] = ${local(slot)}, `,
    )
    return { text: `(${writes.join('')}${code}(run))`, type: 'any', canFail: true }
  }

  #unary(operator: UnaryOperator, operand: Written, place: Place): Written {
    const slow = this.#text.constant((a: Molecule) => placed(place, () => unary(operator, a)))
    if (operator === '!') {
      if (operand.type === 'boolean')
        return { text: `!${operand.text}`, type: 'boolean', canFail: operand.canFail }
      return { text: `${slow}(${operand.text})`, type: 'boolean', canFail: true }
    }
    if (operator === '+') return { text: `${slow}(${operand.text})`, type: 'atom', canFail: true }
    const { name, before } = this.#named(operand)
    return {
      text: `(${before}typeof ${name} === "number" ? 0 - ${name} : ${slow}(${name}))`,
      type: 'atom',
      canFail: true,
    }
  }

  /** True or false, and nothing else. */
  #truth(written: Written, place: Place): Written {
    if (written.type === 'boolean') return written
    const check = this.#text.constant((value: Molecule): boolean => {
      if (typeof value === 'boolean') return value
      throw new PlacedFailure('expected `true` or `false` here', place)
    })
    return { text: `${check}(${written.text})`, type: 'boolean', canFail: true }
  }

  #binary(expression: Extract<Expression, { kind: 'binary' }>): Written {
    const { operator, place } = expression
    const [left, right] = [this.write(expression.left), this.write(expression.right)]
    if (operator === '&&' || operator === '||') {
      const [a, b] = [this.#truth(left, place), this.#truth(right, place)]
      return {
        text: `(${a.text} ${operator} ${b.text})`,
        type: 'boolean',
        canFail: a.canFail || b.canFail,
      }
    }
    const a = this.#named(left)
    const b = this.#named(right)
    const given = a.before + b.before
    if (operator === '==' || operator === '!=') {
      const same = this.#text.constant(looseEquals)
      const text = `(${given}${a.name} === ${b.name} || (typeof ${a.name} !== "number" || typeof ${b.name} !== "number") && ${same}(${a.name}, ${b.name}))`
      return {
        text: operator === '==' ? text : `!${text}`,
        type: 'boolean',
        canFail: left.canFail || right.canFail,
      }
    }
    const slow = this.#text.constant(slowly(operator, place))
    const numbers = `${isNumber(a.name)} && ${isNumber(b.name)}`
    const otherwise = `${slow}(${a.name}, ${b.name})`
    return {
      text: `(${given}${this.#quick(operator, numbers, [a.name, b.name], otherwise)})`,
      type: isComparison(operator) ? 'boolean' : 'atom',
      canFail: true,
    }
  }

  /** The short way for numbers where the result is exact, else the long one. */
  #quick(
    operator: Exclude<BinaryOperator, '&&' | '||' | '==' | '!='>,
    numbers: string,
    [a, b]: readonly [string, string],
    otherwise: string,
  ): string {
    switch (operator) {
      case '<':
      case '<=':
      case '>':
      case '>=':
        return `${numbers} ? ${a} ${operator} ${b} : ${otherwise}`
      case '+':
      case '-':
      case '*': {
        const t = this.#temporary()
        // + 0: the product of 0 and a negative number is not to be −0.
        const result = operator === '*' ? `${t} + 0` : t
        return `${numbers} && (${t} = ${a} ${operator} ${b}) <= ${MAX} && ${t} >= -${MAX} ? ${result} : ${otherwise}`
      }
      case '/':
      case '%':
      case 'divides': {
        const [of, by] = operator === 'divides' ? [b, a] : [a, b]
        const small = `${numbers} && ${by} !== 0 && (${of} | 0) === ${of} && (${by} | 0) === ${by}`
        if (operator === '/') return `${small} ? Math.trunc(${of} / ${by}) + 0 : ${otherwise}`
        if (operator === '%') return `${small} ? ${of} % ${by} + 0 : ${otherwise}`
        return `${small} ? ${of} % ${by} === 0 : ${otherwise}`
      }
    }
  }

  /** A comparison that is a condition of its own: false where there is nothing to compare, without a failure on the way. */
  #compares(
    operator: '<' | '<=' | '>' | '>=',
    left: Expression,
    right: Expression,
  ): { readonly text: string; readonly canFail: boolean } {
    const [first, second] = [this.write(left), this.write(right)]
    const [a, b] = [this.#named(first), this.#named(second)]
    const slow = this.#text.constant(
      (x: Molecule, y: Molecule) => areComparable(x, y) && binary(operator, x, y) === true,
    )
    return {
      text: `(${a.before}${b.before}${isNumber(a.name)} && ${isNumber(b.name)} ? ${a.name} ${operator} ${b.name} : ${slow}(${a.name}, ${b.name}))`,
      canFail: first.canFail || second.canFail,
    }
  }

  /** Whether two molecules are the same one: as text. */
  same(a: string, b: string): string {
    return `(${a} === ${b} || typeof ${a} === "object" && ${this.#text.constant(equal)}(${a}, ${b}))`
  }

  /** A condition as a statement's test: one that fails is false. */
  holds(expression: Expression): { readonly text: string; readonly canFail: boolean } {
    if (expression.kind === 'binary' && isOrder(expression.operator))
      return this.#compares(expression.operator, expression.left, expression.right)
    const written = this.write(expression)
    return {
      text: written.type === 'boolean' ? written.text : `${written.text} === true`,
      canFail: written.canFail,
    }
  }
}

function isOrder(operator: BinaryOperator): operator is '<' | '<=' | '>' | '>=' {
  return ['<', '<=', '>', '>='].includes(operator)
}

/** The test for a number; nothing needs to be asked of a literal. */
function isNumber(name: string): string {
  return /^\d/u.test(name) ? 'true' : `typeof ${name} === "number"`
}

/** The local variable of a slot. */
export function local(slot: Slot): string {
  return `v${String(slot)}`
}

function isComparison(operator: BinaryOperator): boolean {
  return ['<', '<=', '>', '>=', 'divides'].includes(operator)
}

function slowly(operator: BinaryOperator, place: Place): (a: Molecule, b: Molecule) => Molecule {
  return (a, b) => placed(place, () => binary(operator, a, b))
}

/** Rethrows what is no failure of an expression. */
export function expectFailure(error: unknown): void {
  if (!(error instanceof EvaluationFailure)) throw error
}
