import type { IToken, TokenType } from 'chevrotain'
import { scan } from '../../grammar/scanner.ts'
import { tokens } from '../../grammar/tokens.ts'

/* HOCL in colour: what a token is called in the style sheet follows from its place in the grammar's token table. */

/** The classes of the style sheet, the first that a token belongs to. */
const classes: readonly (readonly [TokenType, string])[] = [
  [tokens.String, 'string'],
  [tokens.Character, 'string'],
  [tokens.Number, 'number'],
  [tokens.Keyword, 'keyword'],
  [tokens.Omega, 'rest'],
  [tokens.Symbol, 'symbol'],
  [tokens.Operator, 'operator'],
  [tokens.Caret, 'operator'],
  [tokens.Empty, 'number'],
  [tokens.Infinity, 'number'],
  [tokens.Unknown, 'unknown'],
]

/** A program as HTML. Whatever it holds, its text stays the same. */
export function coloured(program: string): string {
  const { tokens: words, comments } = scan(program)
  const parts = [
    ...words.map((token) => ({
      start: token.startOffset,
      end: endOf(token),
      name: classOf(token),
    })),
    ...comments.map(({ span: { start, end } }) => ({ start, end, name: 'comment' })),
  ].sort((a, b) => a.start - b.start)
  let html = ''
  let at = 0
  for (const { start, end, name } of parts) {
    const text = escaped(program.slice(start, end))
    html += escaped(program.slice(at, start))
    html += name === undefined ? text : `<span class="${name}">${text}</span>`
    at = end
  }
  return html + escaped(program.slice(at))
}

/** Text as it stands in HTML, also in attributes. */
export function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}

function endOf({ startOffset, image }: IToken): number {
  return startOffset + image.length
}

function classOf({ tokenType }: IToken): string | undefined {
  const found = classes.find(
    ([type]) => type === tokenType || tokenType.CATEGORIES?.includes(type) === true,
  )
  return found?.[1]
}
