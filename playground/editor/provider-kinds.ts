import type { CompletionItem, SymbolAnswer } from '../language/messages.ts'
import { monaco } from './monaco.ts'

const { CompletionItemKind, SymbolKind } = monaco.languages

/** The pictures beside completions. */
export const completionKinds: Readonly<
  Record<CompletionItem['kind'], monaco.languages.CompletionItemKind>
> = {
  rule: CompletionItemKind.Event,
  maker: CompletionItemKind.Method,
  value: CompletionItemKind.Constant,
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

/** The pictures in the outline. */
export const symbolKinds: Readonly<Record<SymbolAnswer['kind'], monaco.languages.SymbolKind>> = {
  rule: SymbolKind.Event,
  maker: SymbolKind.Method,
  value: SymbolKind.Constant,
  parameter: SymbolKind.Variable,
  variable: SymbolKind.Variable,
  rest: SymbolKind.Variable,
  multiplicity: SymbolKind.Variable,
  module: SymbolKind.Module,
  solution: SymbolKind.Struct,
}
