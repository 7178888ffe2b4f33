import type { DiagnosticCode } from '../../grammar/index.ts'
import type { DataError } from '../errors.ts'
import { Float, NULL, symbol } from '../molecule.ts'
import type { Molecule } from '../molecule.ts'
import { LARGEST_COUNT, LARGEST_INT_DIGITS } from '../size-limits.ts'
import { readNumber } from './hocl-number.ts'
import { readString } from './hocl-string.ts'
import { Window } from './window.ts'

/** A mark is its own token; `value` is an atom; `more`: the text so far may end inside a token. */
export type HoclToken =
  | '<'
  | '>'
  | '⟨'
  | '⟩'
  | '['
  | ']'
  | '('
  | ')'
  | ','
  | ':'
  | '^'
  | 'value'
  | 'nothing'
  | 'end'
  | 'more'

/**
 * The atoms and marks of molecules written in HOCL, as the text arrives. The grammar's own lexer reads
 * whole programs and keeps every token: for a million molecules that takes a gigabyte.
 */
export class HoclScanner {
  readonly window: Window
  /** Of the last `value`. */
  value: Molecule = 0
  /** Where the last token starts in the window. */
  start = 0
  #comment: 'none' | 'line' | 'block' = 'none'

  constructor(file: string) {
    this.window = new Window(file)
  }

  failure(code: DiagnosticCode, message: string, hint?: string): DataError {
    return this.window.failure(code, this.start, message, hint)
  }

  next(): HoclToken {
    for (;;) {
      if (this.#comment !== 'none' && !this.#skipComment()) return this.#stop()
      const { text } = this.window
      let at = this.window.at
      let code = text.charCodeAt(at)
      while (code === 32 || (code >= 9 && code <= 13)) code = text.charCodeAt(++at)
      this.window.at = at
      this.start = at
      if (at >= text.length) return this.window.isClosed ? 'end' : 'more'
      if (code === 47 && this.#opensComment(at)) continue
      return this.#token(at, code)
    }
  }

  #token(at: number, code: number): HoclToken {
    if (code >= 48 && code <= 57) return this.#number(at)
    if ((code >= 65 && code <= 90) || (code >= 97 && code <= 122) || code === 95 || code === 36)
      return this.#word(at)
    const mark = MARKS[code]
    if (mark !== undefined) {
      this.window.at = at + 1
      return mark
    }
    switch (code) {
      case 34:
      case 39:
        return this.#string(at)
      case 45:
      case 46:
        return this.#number(at)
      case 0x221e:
        return this.#take(Infinity, at + 1)
      case 0x2205:
        this.window.at = at + 1
        return 'nothing'
      case 47:
        return this.#afterSlash(at)
      default:
        return this.#word(at)
    }
  }

  #take(value: Molecule, end: number): 'value' {
    this.value = value
    this.window.at = end
    return 'value'
  }

  /** The text ends inside a token, which may go on in the next chunk. */
  #unfinished(what: string): 'more' {
    if (this.window.isClosed) throw this.failure('HOCL621', what)
    if (this.window.text.length - this.start > 2 * LARGEST_COUNT)
      throw this.failure('HOCL625', 'a string or word is too long')
    return 'more'
  }

  #opensComment(at: number): boolean {
    const next = this.window.text.charCodeAt(at + 1)
    if (next !== 47 && next !== 42) return false
    this.#comment = next === 47 ? 'line' : 'block'
    this.window.at = at + 2
    return true
  }

  /** A single `/`: half of a comment's mark, or a division. */
  #afterSlash(at: number): 'more' {
    if (at + 1 >= this.window.text.length && !this.window.isClosed) return 'more'
    throw this.failure('HOCL626', '`/` is not data', 'data holds values, not expressions')
  }

  /** False where the comment goes on in the next chunk. */
  #skipComment(): boolean {
    const { text, at } = this.window
    const mark = this.#comment === 'line' ? '\n' : '*/'
    const end = text.indexOf(mark, at)
    if (end < 0) {
      // A `*` at the end may be half of the mark.
      this.window.at = Math.max(at, text.endsWith('*') ? text.length - 1 : text.length)
      return false
    }
    this.#comment = 'none'
    this.window.at = end + mark.length
    return true
  }

  #stop(): 'end' | 'more' {
    this.start = this.window.at
    if (!this.window.isClosed) return 'more'
    if (this.#comment === 'block') throw this.failure('HOCL621', 'a comment is not closed')
    return 'end'
  }

  #number(start: number): HoclToken {
    const { text } = this.window
    const isNegative = text.charCodeAt(start) === 45
    const first = isNegative ? start + 1 : start
    let at = first
    let value = 0
    let code = text.charCodeAt(at)
    while (code >= 48 && code <= 57) {
      value = value * 10 + (code - 48)
      code = text.charCodeAt(++at)
    }
    if (at > first && at - first <= 15 && at < text.length && !GOES_ON.has(code) && code < 128)
      return this.#take(isNegative ? 0 - value : value, at)
    if (code === 46) {
      const end = digitsEnd(text, at + 1)
      const isWhole = end > at + 1 && at > first && end < text.length
      if (isWhole && !GOES_ON.has(text.charCodeAt(end)) && end - first < 300)
        return this.#take(new Float(Number(text.slice(start, end))), end)
    }
    return this.#longNumber(start, first)
  }

  /** A number that is not just a few digits, `∞` or `inf` with a sign, or a sign before something else. */
  #longNumber(start: number, first: number): HoclToken {
    const { text } = this.window
    const code = text.charCodeAt(first)
    if (code === 0x221e) return this.#take(-Infinity, first + 1)
    if (code === 105) {
      if (text.length < first + 4 && !this.window.isClosed) return 'more'
      if (INFINITY.test(text.slice(first, first + 4))) return this.#take(-Infinity, first + 3)
    }
    const end = numberEnd(text, first)
    // Two characters more may belong to it: `.5`, `1e-3`.
    if (end + 2 >= text.length && !this.window.isClosed) {
      if (end - first > 2 * LARGEST_INT_DIGITS)
        throw this.failure('HOCL625', 'a number is too long')
      return 'more'
    }
    if (end === first)
      throw this.failure(
        'HOCL626',
        `${this.window.seen(start)} is not data`,
        'a sign stands just before a number',
      )
    const reading = readNumber(text.slice(first, end), start !== first)
    if (typeof reading === 'object' && 'problem' in reading)
      throw this.failure(reading.code, reading.problem, reading.hint)
    return this.#take(reading, end)
  }

  #string(start: number): HoclToken {
    const { text } = this.window
    const quote = text.charCodeAt(start)
    let at = start + 1
    let code = text.charCodeAt(at)
    let isPlain = true
    while (code !== quote && at < text.length) {
      if (code === 92) {
        isPlain = false
        at++
      } else if (code > 126) isPlain = false
      else if (code === 10 || code === 13)
        throw this.failure('HOCL622', 'a string is not closed on its line')
      code = text.charCodeAt(++at)
    }
    if (at >= text.length) return this.#unfinished('a string is not closed')
    const inside = text.slice(start + 1, at)
    const value = isPlain
      ? inside
      : readString(inside, (offset, message) =>
          this.window.failure('HOCL622', start + 1 + offset, message),
        )
    if (quote === 39 && [...value].length !== 1)
      throw this.failure(
        'HOCL622',
        'a character in single quotes is one character',
        'a string stands in double quotes',
      )
    return this.#take(value, at + 1)
  }

  #word(start: number): HoclToken {
    const { text } = this.window
    let at = start
    while (isWordCode(text.charCodeAt(at))) at++
    if (text.charCodeAt(at) > 127) {
      WORD.lastIndex = start
      at = WORD.exec(text) === null ? start : WORD.lastIndex
    }
    // A mark that combines with the last letter may come in the next chunk, or half a letter.
    if (at >= text.length - 1 && !this.window.isClosed) return this.#unfinished('')
    if (at === start) throw this.failure('HOCL626', `${this.window.seen(start)} is not data`)
    const word = text.slice(start, at)
    const code = word.charCodeAt(0)
    if (code >= 65 && code <= 90) return this.#take(symbol(normal(word)), at)
    return this.#named(normal(word), at)
  }

  /** A word that does not start with one of A to Z. */
  #named(word: string, end: number): HoclToken {
    switch (word) {
      case 'true':
        return this.#take(true, end)
      case 'false':
        return this.#take(false, end)
      case 'null':
        return this.#take(NULL, end)
      case 'inf':
        return this.#take(Infinity, end)
      case 'nothing':
        this.window.at = end
        return 'nothing'
      default:
        if (UPPER.test(word)) return this.#take(symbol(word), end)
        throw this.failure('HOCL626', `\`${word}\` is not data`, hintFor(word))
    }
  }
}

const MARKS: Readonly<Record<number, Exclude<HoclToken, 'value' | 'nothing' | 'end' | 'more'>>> = {
  40: '(',
  41: ')',
  44: ',',
  58: ':',
  60: '<',
  62: '>',
  91: '[',
  93: ']',
  94: '^',
  0x27e8: '⟨',
  0x27e9: '⟩',
}

/** `inf` with no letter or digit after it. */
const INFINITY = /^inf(?![\p{L}\p{M}\p{Nd}_$'])/u
const WORD = /[\p{L}_$][\p{L}\p{M}\p{Nd}_$']*/uy
const UPPER = /^[\p{Lu}\p{Lt}]/u

/** What may stand in a number after its first digits: a fraction, an exponent, `_`, a suffix, or a letter by mistake. */
const GOES_ON: ReadonlySet<number> = new Set(
  [...'._abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ$'].map((each) => each.charCodeAt(0)),
)

/** Where a row of digits ends. */
function digitsEnd(text: string, from: number): number {
  let at = from
  for (let code = text.charCodeAt(at); code >= 48 && code <= 57;) code = text.charCodeAt(++at)
  return at
}

function isWordCode(code: number): boolean {
  return (
    (code >= 97 && code <= 122) ||
    (code >= 65 && code <= 90) ||
    (code >= 48 && code <= 57) ||
    code === 95 ||
    code === 36 ||
    code === 39
  )
}

/** Where digits, letters and points that cling together end; an exponent may have a sign. */
function numberEnd(text: string, first: number): number {
  NUMBER.lastIndex = first
  return first + (NUMBER.exec(text)?.[0].length ?? 0)
}

const NUMBER = /\.?[0-9](?:[eE][+-](?=[0-9])|[0-9A-Za-z_$.])*/y

// Program text is NFC-normalised, and so is data that is written like it.
function normal(word: string): string {
  for (let i = 0; i < word.length; i++) if (word.charCodeAt(i) > 127) return word.normalize('NFC')
  return word
}

function hintFor(word: string): string {
  if (['replace', 'one', 'with', 'let', 'by', 'in', 'if'].includes(word))
    return 'data holds no rules; they stand in the program'
  if (word === 'new') return 'data holds no values of host classes'
  return 'a name stands for something in a program; a symbol starts in upper case'
}
