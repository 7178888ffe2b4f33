import type { IToken } from 'chevrotain'
import { bracketPartners, closerOf, isA, isCloser } from './brackets.ts'
import { foreignMarks } from './foreign.ts'
import { scan } from './scanner.ts'
import type { Source, Span } from './source.ts'
import { contextualKeywords, keywords, marks, textOf, tokens, vocabulary } from './tokens.ts'

/** What sort of word or mark a token is. A `contextual` word is a name wherever it is not a keyword. */
export type TokenKind =
  | 'keyword'
  | 'contextual'
  | 'name'
  | 'symbol'
  | 'rest'
  | 'wildcard'
  | 'number'
  | 'string'
  | 'operator'
  | 'bracket'
  | 'mark'
  | 'comment'
  | 'unknown'

/** A word, mark or comment of a text. `<` and `>` are brackets or operators by what stands beside them. */
export interface Token {
  readonly kind: TokenKind
  readonly span: Span
  readonly text: string
}

/** All words and marks of the language by what they are, for whoever colours or completes without parsing. */
export interface TokenTable {
  readonly keywords: readonly string[]
  readonly contextualKeywords: readonly string[]
  /** The keywords that start a rule. */
  readonly ruleStarts: readonly string[]
  /** Keywords that are values: `true`. */
  readonly constants: readonly string[]
  readonly operators: readonly string[]
  readonly brackets: readonly (readonly [open: string, close: string])[]
  /** What separates: commas, colons, dots. */
  readonly marks: readonly string[]
  /** Marks of other languages, each of which is a mistake. */
  readonly foreignMarks: readonly string[]
}

/** The token table of the parser, in words. */
export const tokenTable: TokenTable = {
  keywords,
  contextualKeywords,
  ruleStarts: keywordsOf(tokens.RuleStart),
  constants: keywordsOf(tokens.Literal),
  operators: [...marks]
    .filter(
      ([, type]) => type === tokens.Not || type.CATEGORIES?.includes(tokens.Operator) === true,
    )
    .map(([text]) => text),
  brackets: [
    ['<', '>'],
    ['⟨', '⟩'],
    ['(', ')'],
    ['[', ']'],
  ],
  marks: [...marks]
    .filter(
      ([text, type]) =>
        type.CATEGORIES?.includes(tokens.Operator) !== true && !'!()[]⟨⟩'.includes(text),
    )
    .map(([text]) => text),
  foreignMarks: [...foreignMarks.keys()],
}

/** The tokens of a text with its comments, in order. Never fails. */
export function tokensOf(source: Source): readonly Token[] {
  const { tokens: found, comments } = scan(source.text)
  const solutions = solutionBrackets(found)
  const list: Token[] = found.map((token) => ({
    kind: solutions.has(token) ? 'bracket' : kindOf(token),
    span: { start: token.startOffset, end: token.startOffset + token.image.length },
    text: token.image,
  }))
  for (const { span, text } of comments) list.push({ kind: 'comment', span, text })
  return list.sort((a, b) => a.span.start - b.span.start)
}

/** The `<` and `>` that open and close solutions, as far as each has its partner. */
function solutionBrackets(found: readonly IToken[]): ReadonlySet<IToken> {
  const brackets = new Set<IToken>()
  for (const [open, close] of bracketPartners(found)) brackets.add(open).add(close)
  return brackets
}

function keywordsOf(category: (typeof vocabulary)[number]): readonly string[] {
  return vocabulary
    .filter((type) => type.CATEGORIES?.includes(category))
    .map(textOf)
    .filter((text) => keywords.includes(text))
}

function kindOf(token: IToken): TokenKind {
  const type = token.tokenType
  if (contextualKeywords.includes(token.image)) return 'contextual'
  if (isA(token, tokens.Keyword)) return 'keyword'
  switch (type) {
    case tokens.Name:
      return 'name'
    case tokens.Symbol:
      return 'symbol'
    case tokens.Omega:
      return 'rest'
    case tokens.Wildcard:
      return 'wildcard'
    case tokens.Number:
      return 'number'
    case tokens.String:
    case tokens.Character:
      return 'string'
    case tokens.Not:
      return 'operator'
    case tokens.Foreign:
    case tokens.Unknown:
      return 'unknown'
    case tokens.Less:
    case tokens.Greater:
      return 'operator'
    default:
  }
  if (isA(token, tokens.Operator)) return 'operator'
  return closerOf(token) !== undefined || isCloser(token) ? 'bracket' : 'mark'
}
