import type { Span, Token } from '../grammar/index.ts'
import type { Document } from './document.ts'
import { meaningOf } from './meaning.ts'
import type { Declaration, Occurrence } from './names/declaration.ts'

/** What a stretch of text is coloured as. */
export const semanticKinds = [
  'keyword',
  'comment',
  'documentation',
  'string',
  'number',
  'operator',
  'variable',
  'rest',
  'parameter',
  'value',
  'rule',
  'maker',
  'function',
  'module',
  'symbol',
  'type',
] as const
/** One of them. */
export type SemanticKind = (typeof semanticKinds)[number]

/** A word with its colour. */
export interface SemanticToken {
  readonly span: Span
  readonly kind: SemanticKind
  /** Whether the name is given its meaning here. */
  readonly isDeclaration: boolean
  /** Whether it is of the standard library, the prelude or the host. */
  readonly isLibrary: boolean
}

/** The words of a text with what each of them is, in order. Brackets and commas are left to the editor. */
export function semanticTokens(document: Document): readonly SemanticToken[] {
  return document.names.tokens.flatMap((token) => {
    const found = semantic(document, token)
    return found === undefined ? [] : [{ ...found, span: document.outward(token.span) }]
  })
}

function semantic(document: Document, token: Token): Omit<SemanticToken, 'span'> | undefined {
  const plain = (kind: SemanticKind): Omit<SemanticToken, 'span'> => ({
    kind,
    isDeclaration: false,
    isLibrary: false,
  })
  switch (token.kind) {
    case 'keyword':
    case 'number':
    case 'string':
    case 'operator':
      return plain(token.kind)
    case 'comment':
      return plain(/^\/\/\/(?!\/)/.test(token.text) ? 'documentation' : 'comment')
    case 'wildcard':
      return plain('variable')
    case 'name':
    case 'symbol':
    case 'rest':
    case 'contextual': {
      const occurrence = document.names.startingAt(token.span.start)
      if (occurrence === undefined)
        return token.kind === 'contextual' ? plain('keyword') : undefined
      return named(document, occurrence, token)
    }
    case 'bracket':
    case 'mark':
    case 'unknown':
      return undefined
  }
}

function named(
  document: Document,
  occurrence: Occurrence,
  token: Token,
): Omit<SemanticToken, 'span'> {
  const isDeclaration = occurrence.role === 'declares'
  const meaning = meaningOf(document, occurrence)
  switch (meaning?.kind) {
    case 'declaration':
      return {
        kind: kindOf(meaning.declaration),
        isDeclaration,
        isLibrary: meaning.document !== document,
      }
    case 'function':
      return { kind: 'function', isDeclaration, isLibrary: true }
    case 'constant':
      return { kind: 'value', isDeclaration, isLibrary: true }
    case 'module':
    case 'namespace':
      return { kind: 'module', isDeclaration, isLibrary: meaning.kind === 'namespace' }
    case 'class':
    case 'type':
      return { kind: 'type', isDeclaration, isLibrary: true }
    case 'symbol':
      return { kind: 'symbol', isDeclaration, isLibrary: false }
    case undefined: {
      const kind = token.kind === 'rest' ? 'rest' : fallback[occurrence.role]
      return { kind, isDeclaration, isLibrary: false }
    }
  }
}

const fallback: Readonly<Record<Occurrence['role'], SemanticKind>> = {
  declares: 'variable',
  uses: 'variable',
  calls: 'function',
  catches: 'rule',
  member: 'function',
  symbol: 'symbol',
  type: 'type',
  module: 'module',
}

function kindOf({ kind }: Declaration): SemanticKind {
  return kind === 'multiplicity' ? 'variable' : kind
}
