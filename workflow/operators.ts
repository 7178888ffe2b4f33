// The values are whatever they are: what an operator makes of them is JavaScript's affair.
/* eslint-disable @typescript-eslint/restrict-plus-operands -- operators do what JavaScript does */
type Value = never

/** What JavaScript does with two operands. */
const BINARY: Readonly<Record<string, (a: Value, b: Value) => unknown>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '%': (a, b) => a % b,
  '**': (a, b) => a ** b,
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
  '===': (a, b) => a === b,
  '!==': (a, b) => a !== b,
  // eslint-disable-next-line eqeqeq -- it is what the function says
  '==': (a, b) => a == b,
  // eslint-disable-next-line eqeqeq -- it is what the function says
  '!=': (a, b) => a != b,
  '&': (a, b) => a & b,
  '|': (a, b) => a | b,
  '^': (a, b) => a ^ b,
  '<<': (a, b) => a << b,
  '>>': (a, b) => a >> b,
  '>>>': (a, b) => a >>> b,
}

const UNARY: Readonly<Record<string, (a: Value) => unknown>> = {
  '-': (a) => -a,
  '+': (a) => +a,
  '!': (a) => !a,
  '~': (a) => ~a,
  typeof: (a) => typeof a,
  void: () => undefined,
}

/** What an operator between two operands does; undefined for one that asks for more than values, such as `in`. */
export function binary(operator: string): ((a: unknown, b: unknown) => unknown) | undefined {
  // Operators take whatever values there are.
  return Object.hasOwn(BINARY, operator)
    ? (BINARY[operator] as (a: unknown, b: unknown) => unknown)
    : undefined
}

/** The same for one operand. */
export function unary(operator: string): ((a: unknown) => unknown) | undefined {
  return Object.hasOwn(UNARY, operator) ? (UNARY[operator] as (a: unknown) => unknown) : undefined
}
