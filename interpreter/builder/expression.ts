import type { HostType } from '../host-types.ts'
import { typeTestOf } from '../host-types.ts'
import type { BinaryOperator, Expression } from '../rule.ts'
import type { BuiltKind, Literal, LiteralKind, NumericKind, SumKind } from './kinds.ts'
import { literalMolecule } from './literal.ts'
import type { Variables } from './variables.ts'

/** What stands in a rule where a molecule is made. */
export type Operand = Literal | BuiltValue<BuiltKind, string>

/** The kind of an operand. */
export type KindOf<Value> = Value extends BuiltValue<infer Kind, string> ? Kind : LiteralKind<Value>

/** The variables that something uses, each as `name:kind`. */
export type UsesOf<Value> =
  Value extends Built<infer Uses>
    ? Uses
    : Value extends readonly (infer Item)[]
      ? UsesOf<Item>
      : never

/** An operand for arithmetic. */
export type Numeric = number | bigint | BuiltValue<NumericKind, string>

/** Anything of a rule that is built. `Uses` are its variables. */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- what it was made with is its type
export abstract class Built<out Uses extends string> {
  /** For the compiler only: nothing is there. */
  declare readonly uses: Uses
}

/** What gives a molecule of some kind in a rule that is built. */
export abstract class BuiltValue<
  out Kind extends BuiltKind,
  out Uses extends string,
> extends Built<Uses> {
  /** For the compiler only: nothing is there. */
  declare readonly kindOfValue: Kind
  readonly #lower: (variables: Variables) => Expression

  constructor(lower: (variables: Variables) => Expression) {
    super()
    this.#lower = lower
  }

  /** The expression with its variables in their slots. */
  lowered(variables: Variables): Expression {
    return this.#lower(variables)
  }
}

/**
 * An expression of a rule that is built with `rule`. Its kind says which operations it has; what stands on
 * the other side is another expression or a value of JavaScript.
 */
export class BuiltExpression<Kind extends BuiltKind, Uses extends string> extends BuiltValue<
  Kind,
  Uses
> {
  /** `x + y`: of numbers, or of a string and anything. */
  plus<const Value extends Operand>(
    this: BuiltValue<NumericKind | 'string', string>,
    other: Kind extends 'string' | 'any'
      ? Value
      : Value & (KindOf<Value> extends NumericKind | 'string' ? unknown : never),
  ): BuiltExpression<SumKind<Kind, KindOf<Value>>, Uses | UsesOf<Value>> {
    return operation('+', this, other)
  }

  /** `x - y`. */
  minus<const Value extends Numeric>(
    this: BuiltValue<NumericKind, string>,
    other: Value,
  ): BuiltExpression<SumKind<Kind, KindOf<Value>>, Uses | UsesOf<Value>> {
    return operation('-', this, other)
  }

  /** `x * y`. */
  times<const Value extends Numeric>(
    this: BuiltValue<NumericKind, string>,
    other: Value,
  ): BuiltExpression<SumKind<Kind, KindOf<Value>>, Uses | UsesOf<Value>> {
    return operation('*', this, other)
  }

  /** `x / y`; of two Ints an Int. */
  over<const Value extends Numeric>(
    this: BuiltValue<NumericKind, string>,
    other: Value,
  ): BuiltExpression<SumKind<Kind, KindOf<Value>>, Uses | UsesOf<Value>> {
    return operation('/', this, other)
  }

  /** `x % y`. */
  modulo<const Value extends Numeric>(
    this: BuiltValue<NumericKind, string>,
    other: Value,
  ): BuiltExpression<SumKind<Kind, KindOf<Value>>, Uses | UsesOf<Value>> {
    return operation('%', this, other)
  }

  /** `-x`. */
  negated(this: BuiltValue<NumericKind, string>): BuiltExpression<Kind, Uses> {
    return new BuiltExpression((variables) => ({
      kind: 'unary',
      operator: '-',
      operand: this.lowered(variables),
      place: variables.place,
    }))
  }

  /** `x == y`; 1 and 1.0 are equal here. */
  eq<const Value extends Operand>(other: Value): BuiltExpression<'boolean', Uses | UsesOf<Value>> {
    return operation('==', this, other)
  }

  /** `x != y`. */
  ne<const Value extends Operand>(other: Value): BuiltExpression<'boolean', Uses | UsesOf<Value>> {
    return operation('!=', this, other)
  }

  /** `x < y`: of two numbers or two strings. */
  lt<const Value extends Comparable<Kind>>(
    this: BuiltValue<NumericKind | 'string', string>,
    other: Value,
  ): BuiltExpression<'boolean', Uses | UsesOf<Value>> {
    return operation('<', this, other)
  }

  /** `x <= y`. */
  le<const Value extends Comparable<Kind>>(
    this: BuiltValue<NumericKind | 'string', string>,
    other: Value,
  ): BuiltExpression<'boolean', Uses | UsesOf<Value>> {
    return operation('<=', this, other)
  }

  /** `x > y`. */
  gt<const Value extends Comparable<Kind>>(
    this: BuiltValue<NumericKind | 'string', string>,
    other: Value,
  ): BuiltExpression<'boolean', Uses | UsesOf<Value>> {
    return operation('>', this, other)
  }

  /** `x >= y`. */
  ge<const Value extends Comparable<Kind>>(
    this: BuiltValue<NumericKind | 'string', string>,
    other: Value,
  ): BuiltExpression<'boolean', Uses | UsesOf<Value>> {
    return operation('>=', this, other)
  }

  /** `x divides y`. */
  divides<const Value extends Numeric>(
    this: BuiltValue<NumericKind, string>,
    other: Value,
  ): BuiltExpression<'boolean', Uses | UsesOf<Value>> {
    return operation('divides', this, other)
  }

  /** `x && y`. */
  and<const Value extends Condition>(
    this: Exclude<Condition, boolean>,
    other: Value,
  ): BuiltExpression<'boolean', Uses | UsesOf<Value>> {
    return operation('&&', this, other)
  }

  /** `x || y`. */
  or<const Value extends Condition>(
    this: Exclude<Condition, boolean>,
    other: Value,
  ): BuiltExpression<'boolean', Uses | UsesOf<Value>> {
    return operation('||', this, other)
  }

  /** `!x`. */
  not(this: Exclude<Condition, boolean>): BuiltExpression<'boolean', Uses> {
    return new BuiltExpression((variables) => ({
      kind: 'unary',
      operator: '!',
      operand: this.lowered(variables),
      place: variables.place,
    }))
  }

  /** `x ? a : b`. */
  choose<const Yes extends Operand, const No extends Operand>(
    this: Exclude<Condition, boolean>,
    yes: Yes,
    no: No,
  ): BuiltExpression<
    KindOf<Yes> extends KindOf<No> ? KindOf<No> : 'any',
    Uses | UsesOf<Yes> | UsesOf<No>
  > {
    return new BuiltExpression((variables) => ({
      kind: 'conditional',
      test: this.lowered(variables),
      then: loweredOperand(yes, variables),
      else: loweredOperand(no, variables),
      place: variables.place,
    }))
  }

  /** `x[i]`: an item of a list, a field of a tuple, from 0. */
  at<const Index extends Numeric>(
    this: BuiltValue<'list' | 'tuple' | 'string' | 'any', string>,
    index: Index,
  ): BuiltExpression<'any', Uses | UsesOf<Index>> {
    return new BuiltExpression((variables) => ({
      kind: 'index',
      object: this.lowered(variables),
      index: loweredOperand(index, variables),
      place: variables.place,
    }))
  }

  /** `x instanceof T`. */
  is(type: HostType): BuiltExpression<'boolean', Uses> {
    const test = typeTestOf(type)
    return new BuiltExpression((variables) => ({
      kind: 'instanceof',
      type: test,
      operand: this.lowered(variables),
    }))
  }
}

/** What is true or false. */
export type Condition = boolean | BuiltValue<'boolean' | 'any', string>

/** What can be compared with a kind. */
type Comparable<Kind> = Kind extends 'string'
  ? string | BuiltValue<'string' | 'any', string>
  : Kind extends 'any'
    ? Numeric | string | BuiltValue<'string', string>
    : Numeric

function operation<Kind extends BuiltKind, Uses extends string>(
  operator: BinaryOperator,
  left: BuiltValue<BuiltKind, string>,
  right: Operand,
): BuiltExpression<Kind, Uses> {
  return new BuiltExpression((variables) => ({
    kind: 'binary',
    operator,
    left: left.lowered(variables),
    right: loweredOperand(right, variables),
    place: variables.place,
  }))
}

/** An operand with its variables in their slots. */
export function loweredOperand(operand: Operand, variables: Variables): Expression {
  if (operand instanceof BuiltValue) return operand.lowered(variables)
  return { kind: 'constant', value: literalMolecule(operand) }
}
