import { isInfinite } from './integer.ts'
import type { Int } from './integer.ts'
import { List, Tuple, isInt, symbol } from './molecule.ts'
import type { Entry, Molecule, Skeleton } from './molecule.ts'
import { SolutionValue } from './multiset.ts'
import { ruleOf, skeletonOf } from './rule.ts'
import type {
  ClosedForm,
  Element,
  Expression,
  ListItem,
  ListItemPattern,
  Molecules,
  Pattern,
  ReactantPattern,
  RestSource,
  RuleParts,
  RuleShape,
  SolutionPattern,
} from './rule.ts'
import type { TypeTest } from './types.ts'

/*
 * A rule written out from its lowered form: definitions put in, captured values in their places. Pieces
 * of text alternate with holes. With variables numbered and every literal a hole, the text is the rule's
 * skeleton and the holes are its values: two rules are equal when both are. With variables by name, the
 * same pieces print.
 */

type Piece = string | Variable | Reference | Hole

interface Variable {
  readonly kind: 'variable'
  /** The slot, after those of the rules around it. */
  readonly id: string
  readonly name: string
}

/** A recursive definition: its own closed form would not end. */
interface Reference {
  readonly kind: 'reference'
  readonly name: string
  readonly identity: string
}

type Hole =
  | { readonly kind: 'literal'; readonly value: Molecule }
  | { readonly kind: 'captured'; readonly index: number }
  /**
   * A tuple, list or solution of nothing but literals and captured values is one value: it is the same
   * whether its parts were captured or it was written so.
   */
  | Compound

interface Compound {
  readonly kind: 'compound'
  readonly value: ValueOf
  /** Where a tuple needs no parentheses. */
  readonly isBare: boolean
}

/** What a closed expression stands for in an instance with these captured values. */
type ValueOf = (captured: readonly Molecule[]) => Molecule | undefined

/** The closed form of a rule that is being made. Worked out when it is first asked for. */
export function closedForm(parts: Omit<RuleParts, 'form'>): ClosedForm {
  let pieces: readonly Piece[] | undefined
  let skeleton: Skeleton | undefined
  const all = (): readonly Piece[] => (pieces ??= new Writer(parts, '').rule())
  return {
    skeleton: () =>
      (skeleton ??= skeletonOf(`${parts.name ?? ''} ${parts.shots} ${numbered(all())}`)),
    values: (captured) => all().flatMap((piece) => holeValue(piece, captured)),
    text: (captured, print) => named(all(), captured, print),
    repeated: () => closedForm({ ...parts, shots: 'many', printsInFull: true }),
  }
}

function numbered(pieces: readonly Piece[]): string {
  return pieces.map(numberedPiece).join('')
}

function numberedPiece(piece: Piece): string {
  if (typeof piece === 'string') return piece
  switch (piece.kind) {
    case 'variable':
      return `$${piece.id}`
    case 'reference':
      return piece.identity
    case 'literal':
    case 'captured':
    case 'compound':
      return '#'
  }
}

function holeValue(piece: Piece, captured: readonly Molecule[]): readonly Molecule[] {
  if (typeof piece === 'string' || piece.kind === 'variable' || piece.kind === 'reference')
    return []
  const value = valueOf(piece)(captured)
  return value === undefined ? [] : [value]
}

function valueOf(hole: Hole): ValueOf {
  switch (hole.kind) {
    case 'literal':
      return () => hole.value
    case 'captured':
      return (captured) => captured[hole.index]
    case 'compound':
      return hole.value
  }
}

function named(
  pieces: readonly Piece[],
  captured: readonly Molecule[],
  print: (molecule: Molecule) => string,
): string {
  const names = new DistinctNames()
  return pieces
    .map((piece) => {
      if (typeof piece === 'string') return piece
      if (piece.kind === 'variable') return names.of(piece)
      if (piece.kind === 'reference') return piece.name
      const [value] = holeValue(piece, captured)
      if (value === undefined) return ''
      return piece.kind === 'compound' && piece.isBare ? print(value) : atomText(value, print)
    })
    .join('')
}

/** Two definitions put into one rule may bring in parameters of the same name. */
class DistinctNames {
  readonly #byId = new Map<string, string>()
  readonly #taken = new Set<string>()

  of(variable: Variable): string {
    const known = this.#byId.get(variable.id)
    if (known !== undefined) return known
    let name = variable.name
    for (let i = 1; this.#taken.has(name); i++) name = `${variable.name}${String(i)}`
    this.#byId.set(variable.id, name)
    this.#taken.add(name)
    return name
  }
}

/** A part of a rule as people read it, captured values by their names. */
export function patternText(
  shape: RuleShape,
  pattern: ReactantPattern | Pattern,
  print: (molecule: Molecule) => string,
): string {
  return named(
    new Writer(shape.parts, '').patternPieces(pattern),
    shape.capturedNames.map(symbol),
    print,
  )
}

/** An expression of a rule as people read it, captured values by their names. */
export function expressionText(
  shape: RuleShape,
  expression: Expression,
  print: (molecule: Molecule) => string,
): string {
  return named(
    new Writer(shape.parts, '').bareExpression(expression),
    shape.capturedNames.map(symbol),
    print,
  )
}

/** A value inside an expression: a tuple or negative number keeps its parentheses. */
function atomText(value: Molecule, print: (molecule: Molecule) => string): string {
  const text = print(value)
  const isTuple = typeof value === 'object' && value.kind === 'tuple'
  const isNegative = text.startsWith('-')
  return isTuple || isNegative ? `(${text})` : text
}

class Writer {
  readonly #pieces: Piece[] = []
  readonly #rule: Omit<RuleParts, 'form'>
  /** Tells the variables of a rule inside from those of the rules around it. */
  readonly #prefix: string
  /** What a captured value of a rule inside is in the rule around it. */
  readonly #captures: readonly (readonly Piece[])[] | undefined
  #inner = 0

  constructor(
    rule: Omit<RuleParts, 'form'>,
    prefix: string,
    captures?: readonly (readonly Piece[])[],
  ) {
    this.#rule = rule
    this.#prefix = prefix
    this.#captures = captures
  }

  rule(): readonly Piece[] {
    const rule = this.#rule
    this.#pieces.push(
      rule.isCatalytic ? 'with ' : rule.shots === 'one' ? 'replace-one ' : 'replace ',
    )
    this.#reactants(rule.patterns, rule.topRests)
    this.#pieces.push(rule.isCatalytic ? ' inject ' : ' by ')
    this.#molecules(rule.product, '∅')
    if (rule.condition !== undefined) this.#pieces.push(' if ', ...this.#barePieces(rule.condition))
    if (rule.rate !== undefined) this.#pieces.push(' @ ', ...this.#barePieces(rule.rate))
    return this.#pieces
  }

  patternPieces(pattern: ReactantPattern | Pattern): readonly Piece[] {
    if (pattern.kind === 'single' || pattern.kind === 'fixed' || pattern.kind === 'all')
      this.#reactant(pattern)
    else this.#pattern(pattern, false)
    return this.#pieces
  }

  bareExpression(expression: Expression): readonly Piece[] {
    return this.#barePieces(expression)
  }

  #variable(slot: number): Variable {
    return {
      kind: 'variable',
      id: `${this.#prefix}${String(slot)}`,
      name: this.#rule.slotNames[slot] ?? '_',
    }
  }

  /** A rest by a name of its own kind needs no mark. */
  #restPieces(slot: number): Piece[] {
    const rest = this.#variable(slot)
    return rest.name.startsWith('ω') ? [rest] : ['?', rest]
  }

  #captured(index: number): void {
    this.#pieces.push(...this.#capturedPieces(index))
  }

  #capturedPieces(index: number): readonly Piece[] {
    return this.#captures?.[index] ?? [{ kind: 'captured', index }]
  }

  #separated<T>(items: readonly T[], separator: string, write: (item: T) => void): void {
    items.forEach((item, i) => {
      if (i > 0) this.#pieces.push(separator)
      write(item)
    })
  }

  #reactants(patterns: readonly ReactantPattern[], rests: readonly number[]): void {
    this.#separated(patterns, ', ', (pattern) => {
      this.#reactant(pattern)
    })
    rests.forEach((slot, i) => {
      this.#pieces.push(i > 0 || patterns.length > 0 ? ', ' : '', ...this.#restPieces(slot))
    })
    if (patterns.length === 0 && rests.length === 0) this.#pieces.push('∅')
  }

  #reactant(reactant: ReactantPattern): void {
    this.#pattern(reactant.pattern, false)
    switch (reactant.kind) {
      case 'single':
        return
      case 'fixed':
        this.#pieces.push('^')
        this.#expression(reactant.multiplicity)
        return
      case 'all':
        this.#pieces.push('^', this.#variable(reactant.multiplicity))
    }
  }

  #pattern(pattern: Pattern, isField: boolean): void {
    switch (pattern.kind) {
      case 'variable':
        this.#pieces.push(this.#variable(pattern.slot), ...typed(pattern.type))
        return
      case 'wildcard':
        this.#pieces.push('_', ...typed(pattern.type))
        return
      case 'constant':
        this.#pieces.push({ kind: 'literal', value: pattern.value })
        return
      case 'rule':
        this.#pieces.push(pattern.name, ' = ', this.#variable(pattern.slot))
        return
      case 'tuple':
        this.#pieces.push(isField ? '(' : '')
        this.#separated(pattern.fields, ':', (field) => {
          this.#pattern(field, true)
        })
        this.#pieces.push(isField ? ')' : '')
        return
      case 'list':
        this.#pieces.push('[')
        this.#separated(pattern.items, ', ', (item) => {
          this.#listItemPattern(item)
        })
        this.#pieces.push(']')
        return
      case 'solution':
        this.#solutionPattern(pattern)
    }
  }

  #listItemPattern(item: ListItemPattern): void {
    if (item.kind === 'rest') this.#pieces.push(...this.#restPieces(item.slot))
    else this.#pattern(item.pattern, false)
  }

  #solutionPattern(pattern: SolutionPattern): void {
    this.#pieces.push('<')
    if (pattern.patterns.length > 0 || pattern.rests.length > 0)
      this.#reactants(pattern.patterns, pattern.rests)
    this.#pieces.push('>')
  }

  #molecules(molecules: Molecules, empty: string): void {
    for (const { slot, value } of molecules.bindings)
      this.#pieces.push(
        'let ',
        this.#variable(slot),
        ' = ',
        ...this.#expressionPieces(value),
        ' in ',
      )
    if (molecules.elements.length === 0) this.#pieces.push(empty)
    this.#separated(molecules.elements, ', ', (element) => {
      this.#element(element)
    })
  }

  #element(element: Element): void {
    switch (element.kind) {
      case 'spread':
        this.#pieces.push('...')
        this.#expression(element.expression)
        return
      case 'rest':
        this.#rest(element.rest)
        break
      case 'group':
        this.#pieces.push('(')
        this.#molecules(element.molecules, '∅')
        this.#pieces.push(')')
        break
      case 'molecule':
        this.#topExpression(element.expression)
    }
    if (element.multiplicity === undefined) return
    this.#pieces.push('^')
    this.#expression(element.multiplicity)
  }

  #rest(rest: RestSource): void {
    if (rest.kind === 'slot') this.#pieces.push(this.#variable(rest.slot))
    else {
      const pieces = this.#capturedPieces(rest.index)
      const [first] = pieces
      // A variable of the rule around is still a rest; a value is taken apart.
      const isRest = typeof first === 'object' && first.kind === 'variable'
      this.#pieces.push(isRest ? '' : '...', ...pieces)
    }
  }

  /** Where a tuple needs no parentheses. */
  #topExpression(expression: Expression): void {
    if (expression.kind !== 'tuple') {
      this.#expression(expression)
      return
    }
    const value = this.#closed(expression)
    if (value !== undefined) {
      this.#pieces.push({ kind: 'compound', value, isBare: true })
      return
    }
    this.#separated(expression.fields, ':', (field) => {
      this.#expression(field)
    })
  }

  #expressionPieces(expression: Expression): readonly Piece[] {
    const start = this.#pieces.length
    this.#expression(expression)
    return this.#pieces.splice(start)
  }

  /** Where an operator needs no parentheses: they stand around every one that is written. */
  #barePieces(expression: Expression): readonly Piece[] {
    const pieces = this.#expressionPieces(expression)
    switch (expression.kind) {
      case 'unary':
      case 'binary':
      case 'conditional':
      case 'instanceof':
        return pieces.slice(1, -1)
      default:
        return pieces
    }
  }

  /** The value of a closed tuple, list or solution, or of what may stand in it; undefined for others. */
  #closed(expression: Expression): ValueOf | undefined {
    switch (expression.kind) {
      case 'constant':
        return () => expression.value
      case 'captured': {
        const [only, ...others] = this.#capturedPieces(expression.index)
        return others.length === 0 ? closedPiece(only) : undefined
      }
      case 'tuple':
        return compound(
          expression.fields.map((field) => this.#closed(field)),
          (fields) => new Tuple(fields),
        )
      case 'list':
        return compound(
          expression.items.map((item) =>
            item.kind === 'item' ? this.#closed(item.expression) : undefined,
          ),
          (items) => new List(items),
        )
      case 'solution':
        return this.#closedSolution(expression.molecules)
      case 'make-rule': {
        const { rule, captures } = expression
        return captures.length > 0 || rule.isRecursive ? undefined : () => ruleOf(rule.shape(), [])
      }
      default:
        return undefined
    }
  }

  #closedSolution({ bindings, elements }: Molecules): ValueOf | undefined {
    // Two that are taken apart could hold ∞ and −∞ of one molecule.
    if (bindings.length > 0 || elements.filter(({ kind }) => kind !== 'molecule').length > 1)
      return undefined
    const multiplicities = elements.map(constantMultiplicity)
    return compound(
      elements.map((element, i) =>
        multiplicities[i] === undefined ? undefined : this.#closedElement(element),
      ),
      (values) =>
        SolutionValue.of(
          values.flatMap((value, i): readonly Entry[] =>
            elements[i]?.kind === 'molecule' ? [[value, multiplicities[i] ?? 1]] : apart(value),
          ),
        ),
    )
  }

  #closedElement(element: Element): ValueOf | undefined {
    switch (element.kind) {
      case 'molecule':
      case 'spread':
        return this.#closed(element.expression)
      case 'rest':
        return element.rest.kind === 'slot'
          ? undefined
          : this.#closed({ kind: 'captured', index: element.rest.index })
      case 'group':
        return undefined
    }
  }

  #expression(expression: Expression): void {
    const value = isCompound(expression) ? this.#closed(expression) : undefined
    if (value === undefined) this.#open(expression)
    else this.#pieces.push({ kind: 'compound', value, isBare: false })
  }

  #open(expression: Expression): void {
    switch (expression.kind) {
      case 'constant':
        this.#pieces.push({ kind: 'literal', value: expression.value })
        return
      case 'slot':
        this.#pieces.push(this.#variable(expression.slot))
        return
      case 'captured':
        this.#captured(expression.index)
        return
      case 'call':
        this.#call(expression.function.name, expression.arguments)
        return
      case 'method':
        this.#expression(expression.receiver)
        this.#pieces.push('.', expression.name)
        if (expression.arguments !== undefined) this.#call('', expression.arguments)
        return
      case 'unary':
        this.#pieces.push('(', expression.operator)
        this.#expression(expression.operand)
        this.#pieces.push(')')
        return
      case 'binary':
        this.#pieces.push('(')
        this.#expression(expression.left)
        this.#pieces.push(` ${expression.operator} `)
        this.#expression(expression.right)
        this.#pieces.push(')')
        return
      case 'conditional':
        this.#pieces.push('(')
        this.#expression(expression.test)
        this.#pieces.push(' ? ')
        this.#expression(expression.then)
        this.#pieces.push(' : ')
        this.#expression(expression.else)
        this.#pieces.push(')')
        return
      case 'cast':
        this.#pieces.push('((', typeText(expression.type), ') ')
        this.#expression(expression.operand)
        this.#pieces.push(')')
        return
      case 'instanceof':
        this.#pieces.push('(')
        this.#expression(expression.operand)
        this.#pieces.push(' instanceof ', typeText(expression.type), ')')
        return
      case 'index':
        this.#expression(expression.object)
        this.#pieces.push('[')
        this.#expression(expression.index)
        this.#pieces.push(']')
        return
      case 'tuple':
        this.#pieces.push('(')
        this.#topExpression(expression)
        this.#pieces.push(')')
        return
      case 'list':
        this.#pieces.push('[')
        this.#separated(expression.items, ', ', (item) => {
          this.#listItem(item)
        })
        this.#pieces.push(']')
        return
      case 'solution':
        this.#pieces.push('<')
        this.#molecules(expression.molecules, '')
        this.#pieces.push('>')
        return
      case 'make-rule':
        this.#makeRule(expression)
        return
      case 'let':
        this.#let(expression)
    }
  }

  #call(name: string, args: readonly Expression[]): void {
    this.#pieces.push(`${name}(`)
    this.#separated(args, ', ', (arg) => {
      this.#topExpression(arg)
    })
    this.#pieces.push(')')
  }

  #listItem(item: ListItem): void {
    if (item.kind === 'rest') this.#rest(item.rest)
    else this.#topExpression(item.expression)
  }

  /** Without captured values it is a literal; with them, its closed form with what they are here. */
  #makeRule(expression: Extract<Expression, { kind: 'make-rule' }>): void {
    const { rule, captures } = expression
    if (rule.isRecursive) {
      // What it captures is what this rule captures from the same definitions around both.
      this.#pieces.push({ kind: 'reference', name: rule.name, identity: rule.identity })
      return
    }
    const captured = captures.map((capture) => this.#expressionPieces(capture))
    const shape = rule.shape()
    if (captures.length === 0) {
      this.#pieces.push({ kind: 'literal', value: ruleOf(shape, []) })
      return
    }
    const prefix = `${this.#prefix}${String(this.#inner++)}.`
    const inner = new Writer(shape.parts, prefix, captured).rule()
    this.#pieces.push('(', shape.name === undefined ? '' : `${shape.name} = `, ...inner, ')')
  }

  #let(expression: Extract<Expression, { kind: 'let' }>): void {
    this.#pieces.push('(')
    this.#molecules({ bindings: expression.bindings, elements: [] }, '')
    this.#expression(expression.body)
    this.#pieces.push(')')
  }
}

function isCompound({ kind }: Expression): boolean {
  return kind === 'tuple' || kind === 'list' || kind === 'solution'
}

/** A finite multiplicity that is written out: 1 where there is none, undefined where it is worked out. */
function constantMultiplicity(element: Element): Int | undefined {
  if (element.kind === 'spread' || element.multiplicity === undefined) return 1
  if (element.kind !== 'molecule' || element.multiplicity.kind !== 'constant') return undefined
  const { value } = element.multiplicity
  return isInt(value) && !isInfinite(value) ? value : undefined
}

/** The molecules of a captured rest, or of what `...` adds. */
function apart(value: Molecule): readonly Entry[] {
  if (typeof value === 'object' && value.kind === 'solution') return [...value.contents().entries()]
  if (typeof value === 'object' && value.kind === 'list')
    return value.items.map((item) => [item, 1])
  return [[value, 1]]
}

function closedPiece(piece: Piece | undefined): ValueOf | undefined {
  if (piece === undefined || typeof piece === 'string') return undefined
  return piece.kind === 'variable' || piece.kind === 'reference' ? undefined : valueOf(piece)
}

function compound(
  parts: readonly (ValueOf | undefined)[],
  make: (values: readonly Molecule[]) => Molecule,
): ValueOf | undefined {
  const known = parts.filter((part) => part !== undefined)
  if (known.length < parts.length) return undefined
  return (captured) => {
    const values = known.map((part) => part(captured)).filter((value) => value !== undefined)
    return values.length < known.length ? undefined : make(values)
  }
}

function typed(type: TypeTest | undefined): string[] {
  return type === undefined ? [] : ['::', typeText(type)]
}

/** The first of a type's names. */
export function typeText(type: TypeTest): string {
  switch (type.kind) {
    case 'int':
      return 'Int'
    case 'boolean':
      return 'Bool'
    case 'fields':
      return `(${type.fields.map(typeText).join(':')})`
    case 'host':
      return type.className
    case 'float':
    case 'number':
    case 'string':
    case 'symbol':
    case 'tuple':
    case 'list':
    case 'solution':
    case 'rule':
    case 'any':
    case 'object':
      return type.kind.charAt(0).toUpperCase() + type.kind.slice(1)
  }
}
