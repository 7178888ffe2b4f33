import { append } from './append.ts'
import { isInfinite } from './integer.ts'
import type { Int } from './integer.ts'
import { List, Tuple, isInt } from './molecule.ts'
import type { Entry, Molecule } from './molecule.ts'
import { SolutionValue } from './multiset.ts'
import { ruleOf } from './rule.ts'
import type {
  Element,
  Expression,
  ListItem,
  ListItemPattern,
  Molecules,
  Pattern,
  ReactantPattern,
  RestSource,
  RuleParts,
  SolutionPattern,
} from './rule.ts'
import type { TypeTest } from './types.ts'

import type { Piece, ValueOf, Variable } from './rule-pieces.ts'
import { valueOf } from './rule-pieces.ts'
import { typeText } from './type-text.ts'

/** Writes a rule out from its lowered form. */
export class Writer {
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
    if (rule.condition !== undefined) this.#clause(' if ', rule.condition)
    if (rule.rate !== undefined) this.#clause(' @ ', rule.rate)
    return this.#pieces
  }

  #clause(word: string, expression: Expression): void {
    this.#pieces.push(word)
    append(this.#pieces, this.#barePieces(expression))
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
    append(this.#pieces, this.#capturedPieces(index))
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
    for (const { slot, value } of molecules.bindings) {
      this.#pieces.push('let ', this.#variable(slot), ' = ')
      this.#expression(value)
      this.#pieces.push(' in ')
    }
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
      this.#pieces.push(isRest ? '' : '...')
      append(this.#pieces, pieces)
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
    this.#pieces.push('(', shape.name === undefined ? '' : `${shape.name} = `)
    append(this.#pieces, inner)
    this.#pieces.push(')')
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
