import { keywords } from '../../grammar/index.ts'
import { declaredFunction } from '../host-declared.ts'
import type { DeclaredFunction } from '../host-declared.ts'
import type { AnyClass, ArgumentOf, HostType } from '../host-types.ts'
import type { Element, Expression, ListItem, Molecules, RestSource } from '../rule.ts'
import { Built, BuiltExpression, loweredOperand } from './expression.ts'
import type { Numeric, Operand, UsesOf, BuiltValue } from './expression.ts'
import type { BuiltKind } from './kinds.ts'
import type { Variables } from './variables.ts'

/** A variable of a rule: a pattern that takes any molecule of its kind, and what it took. */
export class BuiltVariable<Name extends string, Kind extends BuiltKind> extends BuiltExpression<
  Kind,
  `${Name}:${Kind}`
> {
  readonly name: Name
  readonly kind: Kind
  readonly hostClass: AnyClass | undefined

  constructor(name: Name, kind: Kind, hostClass?: AnyClass) {
    super((variables) => ({ kind: 'slot', slot: variables.use(name, { isRest: false, kind }) }))
    checkName(name)
    this.name = name
    this.kind = kind
    this.hostClass = hostClass
  }
}

/** A variable that takes anything, until it is said what: `v('x').int`. */
export class FreeVariable<Name extends string> extends BuiltVariable<Name, 'any'> {
  constructor(name: Name) {
    super(name, 'any')
  }

  get int(): BuiltVariable<Name, 'int'> {
    return new BuiltVariable(this.name, 'int')
  }

  get float(): BuiltVariable<Name, 'float'> {
    return new BuiltVariable(this.name, 'float')
  }

  get number(): BuiltVariable<Name, 'number'> {
    return new BuiltVariable(this.name, 'number')
  }

  get bool(): BuiltVariable<Name, 'boolean'> {
    return new BuiltVariable(this.name, 'boolean')
  }

  get string(): BuiltVariable<Name, 'string'> {
    return new BuiltVariable(this.name, 'string')
  }

  get symbol(): BuiltVariable<Name, 'symbol'> {
    return new BuiltVariable(this.name, 'symbol')
  }

  get tuple(): BuiltVariable<Name, 'tuple'> {
    return new BuiltVariable(this.name, 'tuple')
  }

  get list(): BuiltVariable<Name, 'list'> {
    return new BuiltVariable(this.name, 'list')
  }

  get solution(): BuiltVariable<Name, 'solution'> {
    return new BuiltVariable(this.name, 'solution')
  }

  get rule(): BuiltVariable<Name, 'rule'> {
    return new BuiltVariable(this.name, 'rule')
  }

  /** A value of a class of the host. */
  of(hostClass: AnyClass): BuiltVariable<Name, 'host'> {
    return new BuiltVariable(this.name, 'host', hostClass)
  }

  /** A rule that has a name: `max = x`. */
  caught(ruleName: string): BuiltCaught<Name> {
    return new BuiltCaught(this.name, ruleName)
  }

  /** All that is left of a list or solution. */
  get rest(): BuiltRest<Name> {
    return new BuiltRest(this.name)
  }
}

/** A rule of some name, as a pattern and as what it took. */
export class BuiltCaught<Name extends string> extends BuiltVariable<Name, 'rule'> {
  readonly ruleName: string

  constructor(name: Name, ruleName: string) {
    super(name, 'rule')
    checkName(ruleName)
    this.ruleName = ruleName
  }
}

/** What is left of a list or solution, and where it is put again. */
export class BuiltRest<out Name extends string> extends Built<`${Name}:rest`> {
  readonly name: Name

  constructor(name: Name) {
    super()
    checkName(name)
    this.name = name
  }
}

/** What stands in a list or solution that a rule makes. */
export type ProductPart =
  Operand | BuiltRest<string> | BuiltSpread<string> | BuiltCopies<unknown, unknown>

/** What a rule takes, or a part of it. */
export type PatternPart = Operand | BuiltRest<string> | BuiltCopies<unknown, unknown>

/** `a:b:c`, as a pattern or as what is made. */
export class BuiltTuple<Parts extends readonly unknown[]> extends BuiltExpression<
  'tuple',
  UsesOf<Parts>
> {
  readonly parts: Parts

  constructor(parts: Parts & readonly Operand[]) {
    const operands: readonly Operand[] = parts
    if (parts.length < 2) throw new TypeError('a tuple has two fields or more')
    super((variables) => ({
      kind: 'tuple',
      fields: operands.map((part) => loweredOperand(part, variables)),
    }))
    this.parts = parts
  }
}

/** `[a, b, ω]`, as a pattern or as what is made. */
export class BuiltList<Parts extends readonly unknown[]> extends BuiltExpression<
  'list',
  UsesOf<Parts>
> {
  readonly parts: Parts

  constructor(parts: Parts & readonly (Operand | BuiltRest<string>)[]) {
    const items: readonly (Operand | BuiltRest<string>)[] = parts
    super((variables) => ({
      kind: 'list',
      items: items.map((part): ListItem =>
        part instanceof BuiltRest
          ? { kind: 'rest', rest: restSource(part, variables) }
          : { kind: 'item', expression: loweredOperand(part, variables) },
      ),
    }))
    this.parts = parts
  }
}

/** `<a, b, ω>`, as a pattern or as what is made. */
export class BuiltSolution<Parts extends readonly unknown[]> extends BuiltExpression<
  'solution',
  UsesOf<Parts>
> {
  readonly parts: Parts

  constructor(parts: Parts & readonly ProductPart[]) {
    super((variables) => ({
      kind: 'solution',
      molecules: moleculesOf(parts, variables),
      place: variables.place,
    }))
    this.parts = parts
  }
}

/** `m^n`: so many copies. In a pattern, a variable for `n` takes all copies and gets their number. */
export class BuiltCopies<Part, Times> extends Built<UsesOf<Part> | UsesOf<Times>> {
  readonly part: Part
  readonly multiplicity: Times

  constructor(part: Part, multiplicity: Times) {
    super()
    this.part = part
    this.multiplicity = multiplicity
  }
}

/** `...e`: the molecules of a list or solution. */
export class BuiltSpread<Uses extends string> extends Built<Uses> {
  readonly expression: BuiltValue<BuiltKind, Uses>

  constructor(expression: BuiltValue<BuiltKind, Uses>) {
    super()
    this.expression = expression
  }
}

/** The elements of a product, or of a solution in it. */
export function moleculesOf(parts: readonly ProductPart[], variables: Variables): Molecules {
  return { bindings: [], elements: parts.map((part) => element(part, undefined, variables)) }
}

function element(
  part: ProductPart,
  multiplicity: Expression | undefined,
  variables: Variables,
): Element {
  const { place } = variables
  if (part instanceof BuiltCopies) {
    // `copies` takes nothing else.
    const times = part.multiplicity as Numeric
    const count = variables.purely('a multiplicity', () => loweredOperand(times, variables))
    return element(part.part as ProductPart, count, variables)
  }
  if (part instanceof BuiltSpread)
    return { kind: 'spread', expression: part.expression.lowered(variables), place }
  if (part instanceof BuiltRest)
    return { kind: 'rest', rest: restSource(part, variables), multiplicity, place }
  return { kind: 'molecule', expression: loweredOperand(part, variables), multiplicity, place }
}

function restSource({ name }: BuiltRest<string>, variables: Variables): RestSource {
  return { kind: 'slot', slot: variables.use(name, { isRest: true, kind: 'any' }), name }
}

/** Checks that a text with this name in it would read back. */
export function checkName(name: string): void {
  if (!/^[\p{Ll}\p{Lo}_$][\p{L}\p{M}\p{Nd}_$]*$/u.test(name) || keywords.includes(name))
    throw new TypeError(`\`${name}\` is no name: one begins in lower case and is no keyword`)
}

/** A variable. `v('_')` takes a molecule without naming it. */
export function v<const Name extends string>(name: Name): FreeVariable<Name> {
  return new FreeVariable(name)
}

/** `a:b:c`: fields that are patterns in what a rule takes, and expressions in what it gives. */
export function tupleOf<const Parts extends readonly [Operand, Operand, ...Operand[]]>(
  ...parts: Parts
): BuiltTuple<Parts> {
  return new BuiltTuple(parts)
}

/** `[a, b, ω]`, with as many rests as one likes where it is made, and one where it is taken apart. */
export function listOf<const Parts extends readonly (Operand | BuiltRest<string>)[]>(
  ...parts: Parts
): BuiltList<Parts> {
  return new BuiltList(parts)
}

/** `<a, b, ω>`. */
export function solutionOf<const Parts extends readonly ProductPart[]>(
  ...parts: Parts
): BuiltSolution<Parts> {
  return new BuiltSolution(parts)
}

/** `m^n`. */
export function copies<const Part extends Operand | BuiltRest<string>, const Times extends Numeric>(
  part: Part,
  multiplicity: Times,
): BuiltCopies<Part, Times> {
  return new BuiltCopies(part, multiplicity)
}

/** `...e`: the molecules of a list or solution. */
export function spread<Uses extends string>(
  expression: BuiltValue<'list' | 'solution' | 'any', Uses>,
): BuiltSpread<Uses> {
  return new BuiltSpread(expression)
}

/** The kinds of the types that host functions declare. */
interface TypeKinds {
  readonly Int: 'int'
  readonly Float: 'float'
  readonly Number: 'number'
  readonly Bool: 'boolean'
  readonly String: 'string'
  readonly Symbol: 'symbol'
  readonly Tuple: 'tuple'
  readonly List: 'list'
  readonly Solution: 'solution'
  readonly Rule: 'rule'
  readonly Any: 'any'
  readonly Object: 'any'
}

/** The kind of a type that a host function declares. */
type KindOfType<Type> = Type extends keyof TypeKinds ? TypeKinds[Type] : 'host'

/** What may stand for arguments of declared types. */
type OperandsOf<Takes extends readonly HostType[]> = {
  [Index in keyof Takes]: KindOfType<Takes[Index]> extends 'any'
    ? Operand
    : | BuiltExpression<
          KindOfType<Takes[Index]> extends 'number'
            ? 'number' | 'int' | 'float' | 'any'
            : KindOfType<Takes[Index]> | 'any',
          string
        >
      | (KindOfType<Takes[Index]> extends 'host' ? never : ArgumentOf<Takes[Index]> & Operand)
}

/** A call of a declared function that has a name. */
export function call<
  const Takes extends readonly HostType[],
  Gives extends HostType,
  const Given extends OperandsOf<Takes> & readonly Operand[],
>(
  called: DeclaredFunction<Takes, Gives>,
  ...given: Given
): BuiltExpression<KindOfType<Gives>, UsesOf<Given>>
/** A call of a function by its name: of the prelude, or of the host that the rule is built for. */
export function call<const Given extends readonly (Operand | BuiltRest<string>)[]>(
  called: string,
  ...given: Given
): BuiltExpression<'any', UsesOf<Given>>
export function call(
  called: string | DeclaredFunction,
  ...given: readonly (Operand | BuiltRest<string>)[]
): BuiltExpression<BuiltKind, string> {
  const name = typeof called === 'string' ? called : called.declaration.name
  if (name === undefined)
    throw new TypeError('a function is called by its `name`: declare it with one')
  return new BuiltExpression((variables) => {
    const found =
      variables.functionNamed(name) ??
      (typeof called === 'string'
        ? undefined
        : declaredFunction(called, { name, isPure: false, classOf: () => undefined }))
    if (found === undefined) throw new TypeError(`there is no function \`${name}\``)
    variables.checkCall(found, given.length)
    const lowered = given.map((each) => {
      if (!(each instanceof BuiltRest)) return loweredOperand(each, variables)
      if (name !== 'size' && name !== 'list')
        throw new TypeError(`\`${each.name}\` is a rest: only \`size\` and \`list\` take one`)
      return { kind: 'slot' as const, slot: restSlot(each, variables) }
    })
    return { kind: 'call', function: found, arguments: lowered, place: variables.place }
  })
}

function restSlot({ name }: BuiltRest<string>, variables: Variables): number {
  return variables.use(name, { isRest: true, kind: 'any' })
}
