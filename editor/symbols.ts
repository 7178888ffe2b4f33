import type { Span } from '../grammar/index.ts'
import type { Document } from './document.ts'
import type { Declaration, DeclarationKind } from './names/declaration.ts'
import { isInside } from './names/names.ts'

/** What a text defines, for an outline. */
export interface DocumentSymbol {
  readonly name: string
  readonly kind: DeclarationKind | 'solution'
  /** `add(n)`, or nothing. */
  readonly detail: string
  /** Of the whole definition. */
  readonly span: Span
  /** Of its name. */
  readonly nameSpan: Span
  readonly children: readonly DocumentSymbol[]
}

/** The outline of a text: its definitions and its solution, with what is defined inside them. */
export function documentSymbols(document: Document): readonly DocumentSymbol[] {
  const { solution } = document.parsed.program
  const entries: Entry[] = document.names.declarations
    .filter(({ kind }) => shown.includes(kind))
    .map((declaration) => ({
      name: declaration.name,
      kind: declaration.kind,
      detail: detailOf(declaration),
      whole: declaration.whole,
      nameSpan: declaration.span,
    }))
  if (solution !== undefined) {
    const { start } = solution.span
    const count = solution.molecules.items.filter(({ kind }) => kind !== 'definition').length
    entries.push({
      name: '< … >',
      kind: 'solution',
      detail: `${String(count)} ${count === 1 ? 'element' : 'elements'}`,
      whole: solution.span,
      nameSpan: { start, end: start + 1 },
    })
  }
  return nested(
    entries.sort((a, b) => a.whole.start - b.whole.start || b.whole.end - a.whole.end),
    document,
  )
}

interface Entry extends Omit<DocumentSymbol, 'children' | 'span'> {
  readonly whole: Span
}

const shown: readonly DeclarationKind[] = ['module', 'rule', 'maker', 'value']

function detailOf({ kind, parameters }: Declaration): string {
  return kind === 'maker' ? `(${(parameters ?? []).join(', ')})` : ''
}

/** Each entry with those that lie in it, the outermost first. */
function nested(entries: readonly Entry[], document: Document): readonly DocumentSymbol[] {
  const symbols: DocumentSymbol[] = []
  for (let i = 0; i < entries.length; i++) {
    const entry = entries[i]
    if (entry === undefined) break
    const inner: Entry[] = []
    for (let next = entries[i + 1]; next !== undefined; next = entries[i + 1]) {
      if (!isInside(next.whole, entry.whole)) break
      inner.push(next)
      i++
    }
    const { whole, nameSpan, ...rest } = entry
    symbols.push({
      ...rest,
      span: document.outward(whole),
      nameSpan: document.outward(nameSpan),
      children: nested(inner, document),
    })
  }
  return symbols
}
