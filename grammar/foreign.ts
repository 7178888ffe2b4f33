import type { IToken, TokenType } from 'chevrotain'
import { textOf, tokens } from './tokens.ts'

/** A mark of another language: what HOCL has in its place, and the token to go on with. */
export interface ForeignMark {
  readonly hint: string
  /** Absent where going on without the mark is best. */
  readonly as?: TokenType
}

const quotes: ForeignMark = { hint: 'strings stand in straight quotes, `"…"`', as: tokens.String }

/** Every mark that is read as `tokens.Foreign`; a quotation mark stands for a text in quotes. */
export const foreignMarks: ReadonlyMap<string, ForeignMark> = new Map<string, ForeignMark>([
  ['&', { hint: 'the boolean “and” is `&&`', as: tokens.And }],
  ['|', { hint: 'the boolean “or” is `||`', as: tokens.Or }],
  ['~', { hint: 'the boolean “not” is `!`; for bits write arithmetic', as: tokens.Not }],
  ['++', { hint: 'nothing changes in place: write `x + 1`' }],
  ['--', { hint: 'write `x - 1`; two minus signs stand apart, as in `- -x`' }],
  ['===', { hint: 'equality is `==`', as: tokens.Equal }],
  ['!==', { hint: 'inequality is `!=`', as: tokens.Unequal }],
  ['**', { hint: 'a power is `pow(x, n)`', as: tokens.Times }],
  ['->', { hint: 'a rule is written `replace … by …`', as: tokens.By }],
  ['=>', { hint: 'a rule is written `replace … by …`', as: tokens.By }],
  ['→', { hint: 'a rule is written `replace … by …`', as: tokens.By }],
  ['{', { hint: 'a solution stands in `< >`, a list in `[ ]`', as: tokens.LeftAngle }],
  ['}', { hint: 'a solution stands in `< >`, a list in `[ ]`', as: tokens.RightAngle }],
  ['≠', { hint: 'inequality is `!=`', as: tokens.Unequal }],
  ['≤', { hint: 'at most is `<=`', as: tokens.LessEqual }],
  ['≥', { hint: 'at least is `>=`', as: tokens.GreaterEqual }],
  ['¬', { hint: 'not is `!`', as: tokens.Not }],
  ['∧', { hint: 'and is `&&`', as: tokens.And }],
  ['∨', { hint: 'or is `||`', as: tokens.Or }],
  ['“', quotes],
])

/** Words of other languages. They are names in HOCL, and meant otherwise only where a name cannot stand. */
export const foreignWords: ReadonlyMap<string, ForeignMark> = new Map<string, ForeignMark>([
  ['and', { hint: 'the boolean “and” is `&&`', as: tokens.And }],
  ['or', { hint: 'the boolean “or” is `||`', as: tokens.Or }],
  ['not', { hint: 'the boolean “not” is `!`', as: tokens.Not }],
  ['mod', { hint: 'the remainder of a division is `x % y`', as: tokens.Percent }],
  ['when', { hint: 'a condition stands after `if`', as: tokens.If }],
  ['where', { hint: 'a condition stands after `if`', as: tokens.If }],
  ['def', { hint: 'a definition is written `let name = molecule in`', as: tokens.Let }],
])

/** What HOCL has in place of a foreign mark. */
export function foreignMark(image: string): ForeignMark | undefined {
  return foreignMarks.get(image) ?? foreignMarks.get(image.charAt(0))
}

/** What to write instead of a mark of another language, where one mark takes its place. */
export function meantMark(image: string): string | undefined {
  const type = foreignMark(image)?.as
  if (image === '{') return '<'
  if (image === '}') return '>'
  if (type === tokens.String) return `"${image.slice(1, -1)}"`
  // A power is no product.
  return type === undefined || image === '**' ? undefined : textOf(type)
}

/** The token to go on with in place of a foreign one, so that one mark is one mistake. */
export function readAs(token: IToken): IToken[] {
  const type = foreignMark(token.image)?.as
  if (type === undefined) return []
  const isQuoted = type === tokens.String
  const image = isQuoted ? `"${token.image.slice(1, -1)}"` : token.image
  return [{ ...token, image, tokenType: type, tokenTypeIdx: type.tokenTypeIdx ?? 0 }]
}
