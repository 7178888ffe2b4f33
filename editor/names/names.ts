import { tokensOf } from '../../grammar/index.ts'
import type { Program, Source, Span, Token } from '../../grammar/index.ts'
import type { Call, Declaration, Occurrence } from './declaration.ts'
import { Finder } from './finder.ts'
import { Scope } from './scope.ts'

/** All names of a text. */
export class Names {
  readonly tokens: readonly Token[]
  /** In the order of the text. */
  readonly occurrences: readonly Occurrence[]
  readonly declarations: readonly Declaration[]
  readonly calls: readonly Call[]
  readonly #byStart = new Map<number, Occurrence>()

  constructor(source: Source, program: Program) {
    this.tokens = tokensOf(source)
    const finder = new Finder(program, this.tokens)
    const scope = new Scope()
    for (const each of program.imports) finder.import(each)
    finder.program(program, scope)
    this.declarations = finder.declarations
    for (const each of finder.occurrences) this.#byStart.set(each.span.start, this.#caught(each))
    this.calls = finder.calls.sort((a, b) => a.whole.start - b.whole.start)
    this.#fillIn(program)
    this.occurrences = [...this.#byStart.values()].sort((a, b) => a.span.start - b.span.start)
  }

  /** The name at a place, or that ends there. */
  at(offset: number): Occurrence | undefined {
    let low = 0
    let high = this.occurrences.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.occurrences[middle]?.span.start ?? 0) <= offset) low = middle + 1
      else high = middle
    }
    const found = this.occurrences[low - 1]
    return found !== undefined && offset <= found.span.end ? found : undefined
  }

  /** The name that starts just there. */
  startingAt(offset: number): Occurrence | undefined {
    return this.#byStart.get(offset)
  }

  usesOf(declaration: Declaration): readonly Occurrence[] {
    return this.occurrences.filter((each) => each.declaration === declaration)
  }

  /** What can be seen at a place: inner declarations hide outer ones of the same name. */
  visibleAt(offset: number): ReadonlyMap<string, Declaration> {
    const seen = new Map<string, Declaration>()
    for (const each of this.declarations) {
      if (each.kind === 'module' || offset < each.scope.start || offset > each.scope.end) continue
      const before = seen.get(each.name)
      if (before === undefined || isInside(each.scope, before.scope)) seen.set(each.name, each)
    }
    return seen
  }

  /** The definitions that another module sees, the last of each name. */
  exported(name: string): Declaration | undefined {
    return this.declarations.findLast((each) => each.isExported === true && each.name === name)
  }

  /** A rule is caught by its name, wherever its definition stands. */
  #caught(occurrence: Occurrence): Occurrence {
    const { role, declaration, name } = occurrence
    if (role !== 'catches' || isRuleKind(declaration)) return occurrence
    const found = this.declarations.find((each) => each.name === name && isRuleKind(each))
    return found === undefined ? occurrence : { ...occurrence, declaration: found }
  }

  /** Words that no tree covers, since what is around them could not be read. */
  #fillIn({ imports, package: name }: Program): void {
    const skipped: readonly Span[] = [...imports, ...(name === undefined ? [] : [name])].map(
      ({ span }) => span,
    )
    const uncovered = this.tokens.filter(
      ({ kind, span }) =>
        (kind === 'name' || kind === 'symbol' || kind === 'rest') &&
        !this.#byStart.has(span.start) &&
        !skipped.some((each) => isInside(span, each)),
    )
    for (const { span, kind, text } of uncovered) {
      const declaration = kind === 'symbol' ? undefined : this.visibleAt(span.start).get(text)
      const role = kind === 'symbol' ? 'symbol' : 'uses'
      this.#byStart.set(span.start, { name: text, span, role, declaration })
    }
  }
}

function isRuleKind(declaration: Declaration | undefined): boolean {
  return declaration?.kind === 'rule' || declaration?.kind === 'maker'
}

/** Whether one stretch of text lies in another. */
export function isInside(inner: Span, outer: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end
}
