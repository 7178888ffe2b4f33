import { append } from '../append.ts'
import type { Book } from './book.ts'
import type { Piece, Variable } from './pieces.ts'
import type {
  Expression,
  ListItemPattern,
  Pattern,
  ReactantPattern,
  RuleParts,
  SolutionPattern,
} from '../rule.ts'
import { typeText } from '../type-text.ts'
import type { TypeTest } from '../types.ts'

/** A rule as it is written out: all of it but its closed form. */
export type Unformed = Omit<RuleParts, 'form'>

/** Writes the patterns of a rule. */
export abstract class PatternWriter {
  protected readonly pieces: Piece[] = []
  protected readonly source: Unformed
  protected readonly book: Book
  /** Tells the variables of a rule inside from those of the rules around it. */
  protected readonly prefix: string

  constructor(source: Unformed, book: Book, prefix: string) {
    this.source = source
    this.book = book
    this.prefix = prefix
  }

  patternPieces(pattern: ReactantPattern | Pattern): readonly Piece[] {
    if (pattern.kind === 'single' || pattern.kind === 'fixed' || pattern.kind === 'all')
      this.#reactant(pattern)
    else this.#pattern(pattern, false)
    return this.pieces
  }

  protected abstract multiplicity(expression: Expression): void

  protected put(...pieces: readonly Piece[]): void {
    append(this.pieces, pieces)
  }

  protected variable(slot: number): Variable {
    return {
      kind: 'variable',
      id: `${this.prefix}${String(slot)}`,
      name: this.source.slotNames[slot] ?? 'v',
    }
  }

  protected separated<T>(items: readonly T[], separator: string, write: (item: T) => void): void {
    items.forEach((item, i) => {
      if (i > 0) this.put(separator)
      write(item)
    })
  }

  protected reactants(patterns: readonly ReactantPattern[], rests: readonly number[]): void {
    this.separated(patterns, ', ', (pattern) => {
      this.#reactant(pattern)
    })
    rests.forEach((slot, i) => {
      if (i > 0 || patterns.length > 0) this.put(', ')
      this.#rest(slot)
    })
    if (patterns.length === 0 && rests.length === 0) this.put('∅')
  }

  /** A rest by a name of its own kind needs no mark. */
  #rest(slot: number): void {
    const rest = this.variable(slot)
    if (!rest.name.startsWith('ω')) this.put('?')
    this.put(rest)
  }

  #reactant(reactant: ReactantPattern): void {
    this.#pattern(reactant.pattern, false)
    if (reactant.kind === 'fixed') this.multiplicity(reactant.multiplicity)
    if (reactant.kind === 'all') this.put('^', this.variable(reactant.multiplicity))
  }

  #pattern(pattern: Pattern, isField: boolean): void {
    switch (pattern.kind) {
      case 'variable':
        this.put(this.variable(pattern.slot), typed(pattern.type))
        return
      case 'wildcard':
        this.put('_', typed(pattern.type))
        return
      case 'constant': {
        const { value } = pattern
        this.put({ kind: 'hole', value: () => value, place: 'field' })
        return
      }
      case 'rule':
        this.put(`${pattern.name} = `, this.variable(pattern.slot))
        return
      case 'tuple':
        this.put(isField ? '(' : '')
        this.separated(pattern.fields, ':', (field) => {
          this.#pattern(field, true)
        })
        this.put(isField ? ')' : '')
        return
      case 'list':
        this.put('[')
        this.separated(pattern.items, ', ', (item) => {
          this.#listItem(item)
        })
        this.put(']')
        return
      case 'solution':
        this.#solution(pattern)
    }
  }

  #listItem(item: ListItemPattern): void {
    if (item.kind === 'rest') this.#rest(item.slot)
    else this.#pattern(item.pattern, false)
  }

  #solution({ patterns, rests }: SolutionPattern): void {
    this.put('<')
    if (patterns.length > 0 || rests.length > 0) this.reactants(patterns, rests)
    this.put('>')
  }
}

function typed(type: TypeTest | undefined): string {
  return type === undefined ? '' : `::${typeText(type)}`
}
