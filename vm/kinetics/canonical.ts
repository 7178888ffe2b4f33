import { equal, printInline } from '../../interpreter/index.ts'
import type {
  Element,
  Expression,
  Molecule,
  Molecules,
  Pattern,
  RestSource,
  RuleShape,
  Slot,
} from '../../interpreter/index.ts'
import type { Takes } from './take.ts'

/** What a variable is called in a canonical text. */
export type Naming = (slot: Slot) => string

/** What is known of the values of an expression before anything is matched. */
type Known = 'int' | 'float' | 'number' | undefined

/**
 * A rule's condition, rate and product as text in which order carries no meaning: that of the molecules,
 * of the operands of `*`, `==` and `!=`, of `a < b` and `b > a`, of the parts of a condition joined by
 * `&&`, of `+` between numbers, of a difference inside `abs`. Two texts that are equal mean the same.
 */
export class Canonical {
  readonly #shape: RuleShape
  readonly #types: ReadonlyMap<Slot, Known>
  readonly #constants: Molecule[] = []

  constructor({ shape, positions }: Takes) {
    this.#shape = shape
    const types = new Map<Slot, Known>()
    for (const { pattern, copies } of positions) {
      noteTypes(pattern, types)
      if (copies.kind === 'all') types.set(copies.slot, 'int')
    }
    this.#types = types
  }

  body(name: Naming): string {
    const { condition, rate, product } = this.#shape
    const conjuncts = condition === undefined ? [] : conjunctsOf(condition)
    return [
      sorted(conjuncts.map((each) => this.expression(each, name))).join('&&'),
      rate === undefined ? '' : this.expression(rate, name),
      this.#molecules(product, name),
    ].join(' | ')
  }

  expression(expression: Expression, name: Naming): string {
    const text = (each: Expression): string => this.expression(each, name)
    switch (expression.kind) {
      case 'constant':
        return this.#constant(expression.value)
      case 'slot':
        return name(expression.slot)
      case 'captured':
        return `captured ${String(expression.index)}`
      case 'call':
        return this.#call(expression.function.name, expression.arguments, name)
      case 'method': {
        const args = [expression.receiver, ...(expression.arguments ?? [])]
        return `.${expression.name}(${args.map(text).join()})`
      }
      case 'unary':
        return `${expression.operator}(${text(expression.operand)})`
      case 'binary':
        return this.#binary(expression, name)
      case 'conditional':
        return `(${[expression.test, expression.then, expression.else].map(text).join('?')})`
      case 'cast':
      case 'instanceof':
        return `${expression.kind} ${JSON.stringify(expression.type)}(${text(expression.operand)})`
      case 'index':
        return `${text(expression.object)}[${text(expression.index)}]`
      case 'tuple':
        return `(${expression.fields.map(text).join(':')})`
      case 'list':
        return `[${expression.items
          .map((item) => (item.kind === 'item' ? text(item.expression) : rest(item.rest, name)))
          .join()}]`
      case 'solution':
        return `<${this.#molecules(expression.molecules, name)}>`
      case 'make-rule':
        return `rule ${expression.rule.identity}(${expression.captures.map(text).join()})`
      case 'let':
        return `let ${expression.bindings.map(({ slot, value }) => `${name(slot)}=${text(value)}`).join()} in ${text(expression.body)}`
    }
  }

  #molecules({ bindings, elements }: Molecules, name: Naming): string {
    const lets = bindings.map(({ slot, value }) => `${name(slot)}=${this.expression(value, name)};`)
    return `${lets.join('')}${sorted(elements.map((each) => this.#element(each, name))).join()}`
  }

  #element(element: Element, name: Naming): string {
    const copies =
      'multiplicity' in element && element.multiplicity !== undefined
        ? `^${this.expression(element.multiplicity, name)}`
        : ''
    switch (element.kind) {
      case 'molecule':
        return `${this.expression(element.expression, name)}${copies}`
      case 'rest':
        return `${rest(element.rest, name)}${copies}`
      case 'spread':
        return `...${this.expression(element.expression, name)}`
      case 'group':
        return `(${this.#molecules(element.molecules, name)})${copies}`
    }
  }

  #binary(expression: Binary, name: Naming): string {
    const { operator, left, right } = expression
    const [a, b] = [this.expression(left, name), this.expression(right, name)]
    switch (operator) {
      case '>':
        return `(${b}<${a})`
      case '>=':
        return `(${b}<=${a})`
      case '==':
      case '!=':
        return `(${sorted([a, b]).join(operator)})`
      case '*':
      case '+':
        return this.#commutes(expression)
          ? `(${sorted(this.#operands(expression, operator, name)).join(operator)})`
          : `(${a}${operator}${b})`
      case '&&':
      case '||':
        // Where an operand fails, the order can decide whether it is worked out at all.
        return isSafe(left) && isSafe(right)
          ? `(${sorted([a, b]).join(operator)})`
          : `(${a}${operator}${b})`
      case '<':
      case '<=':
      case '-':
      case '/':
      case '%':
      case 'divides':
        return `(${a} ${operator} ${b})`
    }
  }

  #commutes({ operator, left, right }: Binary): boolean {
    // `+` joins text, where order counts.
    return operator === '*' || (this.#known(left) !== undefined && this.#known(right) !== undefined)
  }

  /** Sums and products of Ints are exact, so brackets mean nothing in them; those of Floats are rounded. */
  #operands(expression: Binary, operator: '+' | '*', name: Naming): readonly string[] {
    const isExact = this.#known(expression) === 'int'
    return [expression.left, expression.right].flatMap((each) =>
      isExact && each.kind === 'binary' && each.operator === operator
        ? this.#operands(each, operator, name)
        : [this.expression(each, name)],
    )
  }

  #call(called: string, args: readonly Expression[], name: Naming): string {
    const [first] = args
    const isAbs = called === 'abs' || called === 'Math.abs'
    if (isAbs && args.length === 1 && first?.kind === 'binary' && first.operator === '-') {
      const ends = [first.left, first.right].map((each) => this.expression(each, name))
      return `${called}(${sorted(ends).join('-')})`
    }
    return `${called}(${args.map((each) => this.expression(each, name)).join()})`
  }

  #known(expression: Expression): Known {
    switch (expression.kind) {
      case 'constant':
        if (typeof expression.value === 'number' || typeof expression.value === 'bigint')
          return 'int'
        return typeof expression.value === 'object' && expression.value.kind === 'float'
          ? 'float'
          : undefined
      case 'slot':
        return this.#types.get(expression.slot)
      case 'unary':
        return expression.operator === '!' ? undefined : this.#known(expression.operand)
      case 'binary': {
        const { operator } = expression
        if (operator !== '+' && !['-', '*', '/', '%'].includes(operator)) return undefined
        const [left, right] = [this.#known(expression.left), this.#known(expression.right)]
        if (left === right && left !== undefined) return left
        // What is no number fails there, except that `+` joins.
        return operator !== '+' || (left !== undefined && right !== undefined)
          ? 'number'
          : undefined
      }
      default:
        return undefined
    }
  }

  #constant(value: Molecule): string {
    let at = this.#constants.findIndex((each) => equal(each, value))
    if (at < 0) at = this.#constants.push(value) - 1
    // The text is for readers of a canonical form; the number tells apart what prints alike.
    return `${printInline(value)}#${String(at)}`
  }
}

type Binary = Extract<Expression, { kind: 'binary' }>

function rest(source: RestSource, name: Naming): string {
  return source.kind === 'slot' ? name(source.slot) : `captured ${String(source.index)}`
}

function conjunctsOf(condition: Expression): readonly Expression[] {
  return condition.kind === 'binary' && condition.operator === '&&'
    ? [...conjunctsOf(condition.left), ...conjunctsOf(condition.right)]
    : [condition]
}

/** Whether an expression is true or false whatever its variables are: only equality never fails. */
function isSafe(expression: Expression): boolean {
  if (expression.kind === 'instanceof') return expression.operand.kind === 'slot'
  if (expression.kind === 'unary') return expression.operator === '!' && isSafe(expression.operand)
  if (expression.kind !== 'binary') return false
  const { operator, left, right } = expression
  if (operator === '&&' || operator === '||') return isSafe(left) && isSafe(right)
  const isPlain = ({ kind }: Expression): boolean => kind === 'slot' || kind === 'constant'
  return (operator === '==' || operator === '!=') && isPlain(left) && isPlain(right)
}

function noteTypes(pattern: Pattern, types: Map<Slot, Known>): void {
  switch (pattern.kind) {
    case 'variable': {
      const kind = pattern.type?.kind
      if (kind === 'int' || kind === 'float' || kind === 'number') types.set(pattern.slot, kind)
      return
    }
    case 'tuple':
      for (const field of pattern.fields) noteTypes(field, types)
      return
    case 'list':
      for (const item of pattern.items) if (item.kind === 'item') noteTypes(item.pattern, types)
      return
    case 'solution':
    case 'wildcard':
    case 'constant':
    case 'rule':
  }
}

function sorted(texts: readonly string[]): string[] {
  return [...texts].sort()
}
