import { CompletionItemKind, DiagnosticSeverity, SymbolKind } from 'vscode-languageserver/node'
import type { Position, Range, TextEdit } from 'vscode-languageserver/node'
import type { Severity, Span } from '../../grammar/index.ts'
import type { CompletionKind } from '../completion.ts'
import type { Document } from '../document.ts'
import type { Edit } from '../edits.ts'
import type { SemanticKind } from '../semantic-tokens.ts'
import type { DocumentSymbol } from '../symbols.ts'

/*
 * Places and kinds as the protocol has them: lines and characters from 0, in UTF-16 code units.
 */

export function offsetOf(document: Document, { line, character }: Position): number {
  return document.offsetAt({ line: line + 1, column: character + 1 })
}

export function spanOf(document: Document, { start, end }: Range): Span {
  return { start: offsetOf(document, start), end: offsetOf(document, end) }
}

export function positionOf(document: Document, offset: number): Position {
  const { line, column } = document.position(offset)
  return { line: line - 1, character: column - 1 }
}

export function rangeOf(document: Document, { start, end }: Span): Range {
  return { start: positionOf(document, start), end: positionOf(document, end) }
}

export function textEdits(document: Document, edits: readonly Edit[]): TextEdit[] {
  return edits.map(({ span, text }) => ({ range: rangeOf(document, span), newText: text }))
}

export const severities: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  hint: DiagnosticSeverity.Hint,
}

export const completionKinds: Readonly<Record<CompletionKind, CompletionItemKind>> = {
  rule: CompletionItemKind.Class,
  maker: CompletionItemKind.Function,
  value: CompletionItemKind.Value,
  parameter: CompletionItemKind.Variable,
  variable: CompletionItemKind.Variable,
  rest: CompletionItemKind.Variable,
  multiplicity: CompletionItemKind.Variable,
  module: CompletionItemKind.Module,
  keyword: CompletionItemKind.Keyword,
  function: CompletionItemKind.Function,
  constant: CompletionItemKind.Constant,
  symbol: CompletionItemKind.EnumMember,
  type: CompletionItemKind.TypeParameter,
  snippet: CompletionItemKind.Snippet,
}

export const symbolKinds: Readonly<Record<DocumentSymbol['kind'], SymbolKind>> = {
  rule: SymbolKind.Class,
  maker: SymbolKind.Function,
  value: SymbolKind.Constant,
  parameter: SymbolKind.Variable,
  variable: SymbolKind.Variable,
  rest: SymbolKind.Variable,
  multiplicity: SymbolKind.Variable,
  module: SymbolKind.Module,
  solution: SymbolKind.Object,
}

/** The kinds that themes have colours for. */
export const tokenTypes: Readonly<Record<SemanticKind, string>> = {
  keyword: 'keyword',
  comment: 'comment',
  documentation: 'comment',
  string: 'string',
  number: 'number',
  operator: 'operator',
  variable: 'variable',
  rest: 'variable',
  parameter: 'parameter',
  value: 'variable',
  rule: 'class',
  maker: 'function',
  function: 'function',
  module: 'namespace',
  symbol: 'enumMember',
  type: 'type',
}

/** The legend of semantic tokens; a token names its place in it. */
export const legend = {
  tokenTypes: [...new Set(Object.values(tokenTypes))],
  tokenModifiers: ['declaration', 'defaultLibrary', 'documentation', 'readonly'],
}

/** A snippet for an editor that knows none: each place has the text that it would have at first. */
export function withoutPlaces(snippet: string): string {
  return snippet
    .replace(/\$\{\d+:([^}]*)\}/g, '$1')
    .replaceAll('$0', '')
    .replaceAll('\\$', '$')
}
