import type { IToken, TokenType } from 'chevrotain'
import type { Comment } from './ast.ts'
import { foreignMarks } from './foreign.ts'
import { marks, tokens, words } from './tokens.ts'

/*
 * A text in tokens. Chevrotain has a lexer too: to make it takes longer than to read a small program, and
 * it drops the `u` flag of regular expressions.
 *
 * What is ASCII is read by its codes. A regular expression with Unicode's categories takes a millisecond
 * to be compiled, so each stands where only what is beyond ASCII comes.
 */

/** The tokens of a text with its comments beside them. */
export interface Scanned {
  readonly tokens: IToken[]
  readonly comments: Comment[]
}

/** Never fails: what is nothing else becomes an `Unknown`, a character long. */
export function scan(text: string): Scanned {
  const scanned: Scanned = { tokens: [], comments: [] }
  let start = 0
  while (start < text.length) {
    const code = text.charCodeAt(start)
    if (isSpace(code)) {
      start += 1
      continue
    }
    const commentEnd = code === SLASH ? endOfComment(text, start) : start
    if (commentEnd > start) {
      scanned.comments.push(commentAt(text, start, commentEnd))
      start = commentEnd
      continue
    }
    const token = wordAt(text, start, code) ?? literalAt(text, start, code) ?? markAt(text, start)
    scanned.tokens.push(token)
    start += token.image.length
  }
  return scanned
}

function made(tokenType: TokenType, image: string, startOffset: number): IToken {
  return { image, startOffset, tokenTypeIdx: tokenType.tokenTypeIdx ?? 0, tokenType }
}

const SLASH = 0x2f
const DOT = 0x2e
const BACKSLASH = 0x5c
const LAST_ASCII = 0x7f
const OMEGA = 0x3c9

function isSpace(code: number): boolean {
  if (code <= LAST_ASCII) return code === 0x20 || (code >= 0x09 && code <= 0x0d)
  return /\s/.test(String.fromCharCode(code))
}

function isLineBreak(code: number): boolean {
  return code === 0x0a || code === 0x0d
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39
}

/** Whether a word may start so whose characters are all of ASCII, or ω, as in most programs. */
function startsPlainWord(code: number): boolean {
  return isLower(code) || isUpper(code) || code === 0x5f || code === 0x24 || code === OMEGA
}

function isLower(code: number): boolean {
  return code >= 0x61 && code <= 0x7a
}

function isUpper(code: number): boolean {
  return code >= 0x41 && code <= 0x5a
}

/** Whether such a word goes on so: a prime too, as in `x'`. */
function clingsPlainly(code: number): boolean {
  return startsPlainWord(code) || isDigit(code) || code === 0x27
}

/** The end of a comment that starts here, or of the text where it has none; the start if none does. */
function endOfComment(text: string, start: number): number {
  if (text.startsWith('//', start)) {
    let end = start + 2
    while (end < text.length && !isLineBreak(text.charCodeAt(end))) end += 1
    return end
  }
  if (!text.startsWith('/*', start)) return start
  const close = text.indexOf('*/', start + 2)
  return close === -1 ? text.length : close + 2
}

/** `////` and more are rulers, not documentation. */
function commentAt(whole: string, start: number, end: number): Comment {
  const text = whole.slice(start, end)
  const span = { start, end }
  if (text.startsWith('/*')) return { span, style: 'block', text }
  const isDoc = text.startsWith('///') && !text.startsWith('////')
  return { span, style: isDoc ? 'doc' : 'line', text }
}

function wordAt(text: string, start: number, code: number): IToken | undefined {
  if (code <= LAST_ASCII && !startsPlainWord(code)) return undefined
  const end = endOfWord(text, start)
  if (end === start) return undefined
  const word = text.slice(start, end)
  if (word === 'replace' && text.startsWith('-one', end) && !clingsAt(text, end + 4))
    return made(tokens.ReplaceOne, 'replace-one', start)
  return made(words.get(word) ?? typeOfWord(word), word, start)
}

function endOfWord(text: string, start: number): number {
  let end = start
  while (clingsPlainly(text.charCodeAt(end))) end += 1
  // A character beyond ASCII in or after the word may belong to it.
  if (!(text.charCodeAt(end) > LAST_ASCII)) return end
  const word = /[\p{L}_$][\p{L}\p{M}\p{Nd}_$']*/uy
  word.lastIndex = start
  return word.test(text) ? word.lastIndex : start
}

function clingsAt(text: string, place: number): boolean {
  const code = text.charCodeAt(place)
  if (!(code > LAST_ASCII)) return clingsPlainly(code)
  return /[\p{L}\p{M}\p{Nd}_$']/u.test(text.charAt(place))
}

function typeOfWord(word: string): TokenType {
  if (word.startsWith('ω')) return tokens.Omega
  return startsUpper(word) ? tokens.Symbol : tokens.Name
}

/** Whether a word starts with an upper-case or title-case letter: then it is a symbol. */
export function startsUpper(word: string): boolean {
  const first = word.charCodeAt(0)
  return first > LAST_ASCII ? /^[\p{Lu}\p{Lt}]/u.test(word) : isUpper(first)
}

function literalAt(text: string, start: number, code: number): IToken | undefined {
  if (code === 0x22) return made(tokens.String, stringAt(text, start), start)
  if (code === 0x27) return made(tokens.Character, stringAt(text, start), start)
  if (!isDigit(code) && !(code === DOT && isDigit(text.charCodeAt(start + 1)))) return undefined
  return made(tokens.Number, numberAt(text, start), start)
}

/** A string up to its quote, or without one up to the end of its line. */
function stringAt(text: string, start: number): string {
  const quote = text.charCodeAt(start)
  let end = start + 1
  while (end < text.length) {
    const code = text.charCodeAt(end)
    if (code === quote) return text.slice(start, end + 1)
    if (isLineBreak(code)) break
    const isEscape = code === BACKSLASH && !isLineBreak(text.charCodeAt(end + 1))
    end += isEscape ? 2 : 1
  }
  return text.slice(start, Math.min(end, text.length))
}

/**
 * Whatever starts like a number is one token, with all letters that cling to it: `literals.ts` tells good
 * from bad, so that `5forks` is one mistake and not two molecules.
 */
function numberAt(text: string, start: number): string {
  const end = endOfPlainNumber(text, start)
  const next = text.charCodeAt(end)
  const isWhole = end > start && next !== DOT && !(next > LAST_ASCII) && !clingsPlainly(next)
  if (isWhole) return text.slice(start, end)
  const number =
    /(?:0[xX]|(?:\d[\d_]*(?:\.\d[\d_]*)?|\.\d[\d_]*)(?:[eE][+-]?\d[\d_]*)?)[\p{L}\p{M}\p{Nd}_$']*(?:\.(?![\p{L}_$.\d]))?/uy
  number.lastIndex = start
  return number.exec(text)?.[0] ?? text.charAt(start)
}

/** The end of digits, and of a fraction after them. */
function endOfPlainNumber(text: string, start: number): number {
  const end = endOfDigits(text, start)
  const hasFraction = text.charCodeAt(end) === DOT && isDigit(text.charCodeAt(end + 1))
  return hasFraction ? endOfDigits(text, end + 1) : end
}

function endOfDigits(text: string, start: number): number {
  let end = start
  while (isDigit(text.charCodeAt(end))) end += 1
  return end
}

interface Mark {
  readonly text: string
  readonly type: TokenType
}

let marksByStart: ReadonlyMap<number, readonly Mark[]> | undefined

/** The marks of this language and of others by their first character, the longest first. */
function marksByFirst(): ReadonlyMap<number, readonly Mark[]> {
  const all: Mark[] = [...marks].map(([text, type]) => ({ text, type }))
  for (const text of foreignMarks.keys()) all.push({ text, type: tokens.Foreign })
  const byFirst = new Map<number, Mark[]>()
  for (const mark of all.sort((one, other) => other.text.length - one.text.length)) {
    const first = mark.text.charCodeAt(0)
    const others = byFirst.get(first)
    if (others === undefined) byFirst.set(first, [mark])
    else others.push(mark)
  }
  return byFirst
}

function markAt(text: string, start: number): IToken {
  marksByStart ??= marksByFirst()
  for (const { text: image, type } of marksByStart.get(text.charCodeAt(start)) ?? []) {
    if (!text.startsWith(image, start)) continue
    // `<1>==<1>` closes a solution and compares it.
    if (type === tokens.GreaterEqual && text.startsWith('==', start + 1)) continue
    if (image === '“') {
      const quoted = quotedAt(text, start)
      if (quoted === undefined) continue
      return made(type, quoted, start)
    }
    return made(type, image, start)
  }
  return made(tokens.Unknown, String.fromCodePoint(text.codePointAt(start) ?? 0), start)
}

/** A text in typographic quotes on one line. */
function quotedAt(text: string, start: number): string | undefined {
  const quoted = /“[^”\r\n]*”/y
  quoted.lastIndex = start
  return quoted.exec(text)?.[0]
}
