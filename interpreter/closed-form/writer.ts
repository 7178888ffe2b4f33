import { keywords, precedences } from '../../grammar/index.ts'
import { append } from '../append.ts'
import { isKnown, valueWith } from '../constant.ts'
import { splicedTimes } from '../evaluate.ts'
import type { Molecule } from '../molecule.ts'
import type { Capture, Within } from './around.ts'
import type { Book } from './book.ts'
import { leadingLets } from './lets.ts'
import type { Let } from './lets.ts'
import { PatternWriter } from './pattern-writer.ts'
import type { Unformed } from './pattern-writer.ts'
import type { HolePlace, Piece, ValueOf } from './pieces.ts'
import {
  COUNTED,
  CAST,
  EXPONENT,
  EXPRESSION,
  FIELD,
  RECEIVER,
  UNARY,
  WHOLE,
  levelOf,
} from './room.ts'
import type { Room } from './room.ts'
import { closedValue, itemsOf, multiplied } from './values.ts'
import type { Known } from './values.ts'
import type {
  Binding,
  Element,
  Expression,
  ListItem,
  Molecules,
  RestSource,
  RuleReference,
} from '../rule.ts'
import { typeText } from '../type-text.ts'

/** Writes a rule out from its lowered form, so that it reads back as the same, with the fewest parentheses. */
export class Writer extends PatternWriter {
  readonly #captures: readonly Capture[] | undefined
  /** `let`s that are written before the element in which they stand. */
  readonly #written = new Set<Let>()
  /** What stands for the variable of a `let` that is not written. */
  readonly #putIn = new Map<number, Expression>()
  /** The values of `let`s that are worked out as soon as the text is read. */
  readonly #folded: Map<number, Molecule>
  #inner = 0

  constructor(source: Unformed, book: Book, within: Within = {}) {
    super(source, book, within.prefix ?? '')
    this.#captures = within.captures
    this.#folded = new Map(within.known)
  }

  rule(): readonly Piece[] {
    const { identity, isCatalytic, shots, patterns, topRests, product, condition, rate } =
      this.source
    if (identity !== undefined) this.book.enter(identity)
    this.put(isCatalytic ? 'with ' : shots === 'one' ? 'replace-one ' : 'replace ')
    this.reactants(patterns, topRests)
    this.put(isCatalytic ? ' inject ' : ' by ')
    this.#molecules(product, '∅')
    if (condition !== undefined) this.#clause(' if ', condition)
    if (rate !== undefined) this.#clause(' @ ', rate)
    if (identity !== undefined) this.book.leave(identity)
    return this.pieces
  }

  bareProduct(): readonly Piece[] {
    this.#molecules(this.source.product, '∅')
    return this.pieces
  }

  bareExpression(expression: Expression): readonly Piece[] {
    this.#write(expression, EXPRESSION)
    return this.pieces
  }

  #clause(word: string, expression: Expression): void {
    this.put(word)
    this.#write(expression, EXPRESSION)
  }

  protected override multiplicity(expression: Expression): void {
    this.put('^')
    this.#write(expression, EXPONENT)
  }

  // — values

  readonly #known: Known = {
    captured: (index) => {
      const [only, ...others] = this.#capturedPieces(index)
      return typeof only === 'object' && only.kind === 'hole' && others.length === 0
        ? only.value
        : undefined
    },
    slot: (slot) => {
      const folded = this.#folded.get(slot)
      if (folded !== undefined) return () => folded
      const putIn = this.#putIn.get(slot)
      return putIn && closedValue(putIn, this.#known)
    },
    now: (value) => this.#valueNow(value),
    isValue: ({ identity }) => this.book.isValue(identity),
  }

  #capturedPieces(index: number): readonly Piece[] {
    return (
      this.#captures?.[index]?.whole ?? [
        { kind: 'hole', value: (captured) => captured[index], place: 'whole' },
      ]
    )
  }

  #hole(value: ValueOf, place: HolePlace): void {
    this.put({ kind: 'hole', value, place })
  }

  /** A value now, for what is written in another way for another value; undefined where it is not known. */
  #valueNow(value: ValueOf | undefined): Molecule | undefined {
    if (value === undefined) return undefined
    const same = value([])
    if (same !== undefined) return same
    this.book.dependsOnValues = true
    return this.book.values && value(this.book.values)
  }

  // — molecules

  #molecules(molecules: Molecules, empty: string): void {
    for (const binding of molecules.bindings) this.#binding(binding)
    const elements = molecules.elements.map((element) => this.#withoutGroup(element))
    for (const element of elements) {
      if (element.kind === 'molecule' || element.kind === 'spread') this.#lets(element.expression)
      if (element.kind !== 'spread' && element.multiplicity !== undefined)
        this.#lets(element.multiplicity)
    }
    let count = 0
    const next = (): void => {
      if (count++ > 0) this.put(', ')
    }
    for (const element of elements) this.#element(element, next)
    if (count === 0) this.put(empty)
  }

  /** Parentheses around one element, as they are left of a `let` in them that is put in, mean nothing. */
  #withoutGroup(element: Element): Element {
    if (element.kind !== 'group' || element.multiplicity !== undefined) return element
    const { bindings, elements } = element.molecules
    const [only, ...others] = elements
    if (only === undefined || others.length > 0 || !bindings.every((each) => this.#isPutIn(each)))
      return element
    return this.#withoutGroup(only)
  }

  #isPutIn({ slot, value }: Binding): boolean {
    const folded = this.#folded.get(slot) ?? this.#fold(value)
    if (folded !== undefined) this.#folded.set(slot, folded)
    return folded !== undefined
  }

  #lets(expression: Expression): void {
    for (const each of leadingLets(expression)) {
      if (this.#written.has(each)) continue
      this.#written.add(each)
      for (const binding of each.bindings) this.#binding(binding)
    }
  }

  #binding({ slot, value }: Binding): void {
    this.#lets(value)
    if (this.#isPutIn({ slot, value })) return
    this.put('let ', this.variable(slot), ' = ')
    this.#write(value, WHOLE)
    this.put(' in ')
  }

  /** The value of a `let` that depends on nothing but literals and captured values: read, it is a constant. */
  #fold(expression: Expression): Molecule | undefined {
    const slots = this.#folded
    const same = valueWith(expression, { slots, captured: [] })
    if (same !== undefined) return same
    const values = this.source.captured.map((_, index) => this.#known.captured(index))
    if (!isKnown(expression, { slots, captured: values })) return undefined
    this.book.dependsOnValues = true
    const { values: now } = this.book
    if (now === undefined) return undefined
    return valueWith(expression, { slots, captured: values.map((value) => value?.(now)) })
  }

  #element(element: Element, next: () => void): void {
    switch (element.kind) {
      case 'spread':
        next()
        this.put('...')
        this.#write(element.expression, EXPRESSION)
        return
      case 'rest':
        this.#restElement(element.rest, element.multiplicity, next)
        return
      case 'group':
        next()
        this.put('(')
        this.#molecules(element.molecules, '∅')
        this.put(')')
        break
      case 'molecule':
        next()
        this.#write(element.expression, element.multiplicity === undefined ? WHOLE : COUNTED)
    }
    if (element.multiplicity !== undefined) this.multiplicity(element.multiplicity)
  }

  /** A rest of the rule is its variable. One that was captured is a value, and spread. */
  #restElement(rest: RestSource, times: Expression | undefined, next: () => void): void {
    const value = this.#restValue(rest)
    if (value === undefined) {
      next()
      this.#restVariable(rest)
      if (times !== undefined) this.multiplicity(times)
      return
    }
    const count = times === undefined ? () => 1 : closedValue(times, this.#known)
    if (count === undefined && times !== undefined) {
      this.#countedRest(value, times, next)
      return
    }
    next()
    this.put('...')
    this.#hole(times === undefined ? value : multiplied(value, count), 'field')
  }

  /** `ω^k` where ω is known and k is not: each of its molecules with `k`, or `2 * k`. */
  #countedRest(value: ValueOf, times: Expression, next: () => void): void {
    const now = this.#valueNow(value)
    for (const [molecule, copies] of now === undefined ? [] : splicedTimes(now, 1)) {
      next()
      this.#hole(() => molecule, 'whole')
      if (copies === 1) {
        this.multiplicity(times)
        continue
      }
      this.put('^(')
      this.#hole(() => copies, 'operand')
      this.put(' * ')
      this.#write(times, { least: UNARY, place: 'operand' })
      this.put(')')
    }
  }

  #restValue(rest: RestSource): ValueOf | undefined {
    return rest.kind === 'slot' ? this.#known.slot(rest.slot) : this.#known.captured(rest.index)
  }

  #restVariable(rest: RestSource): void {
    if (rest.kind === 'slot') this.put(this.variable(rest.slot))
    else append(this.pieces, this.#capturedPieces(rest.index))
  }

  #listItem(item: ListItem, next: () => void): void {
    if (item.kind === 'item') {
      next()
      this.#write(item.expression, WHOLE)
      return
    }
    const value = this.#restValue(item.rest)
    if (value === undefined) {
      next()
      this.#restVariable(item.rest)
      return
    }
    const now = this.#valueNow(value)
    for (const each of (now === undefined ? undefined : itemsOf(now)) ?? []) {
      next()
      this.#hole(() => each, 'whole')
    }
  }

  // — expressions

  #write(expression: Expression, room: Room): void {
    const value = closedValue(expression, this.#known)
    if (value !== undefined) {
      this.#hole(value, room.place)
      return
    }
    const level = levelOf(expression)
    const isOpen = level !== undefined && level < room.least
    if (isOpen) this.put('(')
    this.#open(expression, isOpen ? EXPRESSION : room)
    if (isOpen) this.put(')')
  }

  #enclosed(isNeeded: boolean, write: () => void): void {
    if (isNeeded) this.put('(')
    write()
    if (isNeeded) this.put(')')
  }

  #open(expression: Expression, room: Room): void {
    switch (expression.kind) {
      case 'constant':
        return
      case 'slot':
        this.#slot(expression.slot, room)
        return
      case 'captured':
        this.#captured(expression.index, room)
        return
      case 'call':
        this.#call(expression.function.name, expression.arguments)
        return
      case 'method':
        this.#write(expression.receiver, RECEIVER)
        this.put(`.${expression.name}`)
        if (expression.arguments !== undefined) this.#arguments(expression.arguments)
        return
      case 'unary':
        this.#unary(expression)
        return
      case 'binary':
        this.#binary(expression)
        return
      case 'conditional':
        this.#write(expression.test, { least: 1, place: 'operand' })
        this.put(' ? ')
        this.#write(expression.then, EXPRESSION)
        this.put(' : ')
        this.#write(expression.else, EXPRESSION)
        return
      case 'cast':
        this.put(`(${typeText(expression.type)}) `)
        this.#write(expression.operand, CAST)
        return
      case 'instanceof':
        this.#write(expression.operand, { least: precedences.instanceof, place: 'operand' })
        this.put(` instanceof ${typeText(expression.type)}`)
        return
      case 'index':
        this.#write(expression.object, RECEIVER)
        this.put('[')
        this.#write(expression.index, WHOLE)
        this.put(']')
        return
      default:
        this.#compound(expression, room)
    }
  }

  #compound(
    expression: Extract<Expression, { kind: 'tuple' | 'list' | 'solution' | 'make-rule' | 'let' }>,
    { place, least }: Room,
  ): void {
    switch (expression.kind) {
      case 'tuple':
        this.#enclosed(place !== 'whole', () => {
          this.separated(expression.fields, ':', (field) => {
            this.#write(field, FIELD)
          })
        })
        return
      case 'list':
        this.#enclosed(place === 'cast', () => {
          this.#list(expression.items)
        })
        return
      case 'solution':
        this.#enclosed(place !== 'whole' && place !== 'field', () => {
          this.put('<')
          this.#molecules(expression.molecules, '')
          this.put('>')
        })
        return
      case 'make-rule':
        this.#makeRule(expression.rule, expression.captures)
        return
      case 'let':
        this.#let(expression, { place, least })
    }
  }

  #list(items: readonly ListItem[]): void {
    let count = 0
    this.put('[')
    for (const item of items)
      this.#listItem(item, () => {
        if (count++ > 0) this.put(', ')
      })
    this.put(']')
  }

  #slot(slot: number, room: Room): void {
    const putIn = this.#putIn.get(slot)
    if (putIn === undefined) this.put(this.variable(slot))
    else this.#write(putIn, room)
  }

  /** A variable of the rule around, or what stands for one there. */
  #captured(index: number, room: Room): void {
    append(this.pieces, this.#captures?.[index]?.within(room) ?? this.#capturedPieces(index))
  }

  #call(name: string, args: readonly Expression[]): void {
    const [first, ...others] = args
    // `replace` is called as `s.replace(t, u)`.
    if (first !== undefined && keywords.includes(name)) {
      this.#write(first, RECEIVER)
      this.put(`.${name}`)
      this.#arguments(others)
      return
    }
    const [word = name] = /^(?:new )?[^.]+/.exec(name) ?? []
    this.put({ kind: 'word', text: word }, name.slice(word.length))
    this.#arguments(args)
  }

  #arguments(args: readonly Expression[]): void {
    this.put('(')
    this.separated(args, ', ', (arg) => {
      this.#write(arg, WHOLE)
    })
    this.put(')')
  }

  #unary({ operator, operand }: Extract<Expression, { kind: 'unary' }>): void {
    // `--` and `++` are other marks.
    const isSame = operand.kind === 'unary' && operand.operator === operator
    this.put(isSame ? `${operator} ` : operator)
    this.#write(operand, { least: UNARY, place: 'operand' })
  }

  #binary({ operator, left, right }: Extract<Expression, { kind: 'binary' }>): void {
    const level = precedences[operator]
    const place = operator === '==' || operator === '!=' ? 'field' : 'operand'
    // `x instanceof Int < 1` would begin the arguments of a type.
    const isType = operator === '<' && left.kind === 'instanceof'
    this.#write(left, { least: isType ? level + 1 : level, place })
    this.put(` ${operator} `)
    this.#write(right, { least: level + 1, place })
  }

  /** A rule that is no value: it uses variables of the rule around, or is recursive and being written. */
  #makeRule(rule: RuleReference, captures: readonly Expression[]): void {
    if (!rule.isRead()) {
      this.book.isUnfinished = true
      this.put(rule.name)
      return
    }
    const index = rule.isRecursive ? this.book.known(rule.identity) : undefined
    if (index !== undefined) {
      this.put({ kind: 'reference', name: rule.name, index })
      return
    }
    const prefix = `${this.prefix}${String(this.#inner++)}.`
    const shape = rule.shape()
    const within = { prefix, captures: captures.map((capture) => this.#capture(capture)) }
    this.put(shape.name === undefined ? '(' : `(${shape.name} = `)
    append(this.pieces, new Writer(shape.parts, this.book, within).rule())
    this.put(')')
  }

  #capture(expression: Expression): Capture {
    return {
      whole: this.#aside(expression, WHOLE),
      within: (room) => this.#aside(expression, room),
    }
  }

  /** An expression apart from what is being written. */
  #aside(expression: Expression, room: Room): readonly Piece[] {
    const start = this.pieces.length
    this.#write(expression, room)
    return this.pieces.splice(start)
  }

  /** A `let` that could not be written before its element: what it binds is put in where it is used. */
  #let(expression: Let, room: Room): void {
    if (this.#written.has(expression)) {
      this.#write(expression.body, room)
      return
    }
    const open = expression.bindings.filter((binding) => !this.#isPutIn(binding))
    if (open.length === 0 || this.book.mayPutIn()) {
      for (const { slot, value } of open) this.#putIn.set(slot, value)
      this.#write(expression.body, room)
      return
    }
    this.put('(')
    for (const binding of expression.bindings) this.#binding(binding)
    this.#write(expression.body, EXPRESSION)
    this.put(')')
  }
}
