import type { BinaryOperator, Expression, Type } from './ast.ts'

/** How tightly each operator binds; all lean to the left. */
export const precedences: Readonly<Record<BinaryOperator | 'instanceof', number>> = {
  '||': 1,
  '&&': 2,
  '==': 3,
  '!=': 3,
  '<': 4,
  '<=': 4,
  '>': 4,
  '>=': 4,
  divides: 4,
  instanceof: 4,
  '+': 5,
  '-': 5,
  '*': 6,
  '/': 6,
  '%': 6,
}

function isBinaryOperator(text: string): text is BinaryOperator {
  return Object.hasOwn(precedences, text)
}

/**
 * Operands and operators in the order in which they were read, folded as soon as an operator comes
 * that binds no tighter. One rule of the grammar thus does for six levels of precedence, at a sixth
 * of the stack.
 */
export class OperatorChain {
  readonly #operands: Expression[] = []
  readonly #operators: BinaryOperator[] = []
  #length = 0

  /** How many operators the chain has had: its tree is at most so high. */
  get length(): number {
    return this.#length
  }

  operand(operand: Expression): void {
    this.#operands.push(operand)
  }

  operator(text: string): void {
    if (!isBinaryOperator(text)) return
    this.#reduce(precedences[text])
    this.#operators.push(text)
    this.#length += 1
  }

  instanceOf(type: Type): void {
    this.#reduce(precedences.instanceof)
    const operand = this.#operands.pop()
    if (operand === undefined) return
    const span = { start: operand.span.start, end: type.span.end }
    this.#operands.push({ kind: 'instanceof', span, operand, type })
    this.#length += 1
  }

  /** The one expression that all came to. */
  fold(): Expression | undefined {
    this.#reduce(0)
    return this.#operands[0]
  }

  /** Joins the operands around every waiting operator that binds at least so tightly. */
  #reduce(precedence: number): void {
    for (let last = this.#operators.at(-1); last !== undefined; last = this.#operators.at(-1)) {
      if (precedences[last] < precedence) return
      this.#operators.pop()
      const right = this.#operands.pop()
      const left = this.#operands.pop()
      if (left === undefined || right === undefined) return
      const span = { start: left.span.start, end: right.span.end }
      this.#operands.push({ kind: 'binary', span, operator: last, left, right })
    }
  }
}
