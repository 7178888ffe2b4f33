import type { DiagnosticCode } from '../../grammar/index.ts'
import type { DataError } from '../errors.ts'
import { parseInt10 } from '../integer.ts'
import type { Int } from '../integer.ts'
import { LARGEST_COUNT, LARGEST_INT_DIGITS } from '../size-limits.ts'
import { Window } from './window.ts'

/** `more`: the text so far ends inside a token or just before one. */
export type JsonToken =
  | '{'
  | '}'
  | '['
  | ']'
  | ':'
  | ','
  | 'string'
  | 'int'
  | 'float'
  | 'true'
  | 'false'
  | 'null'
  | 'end'
  | 'more'

/**
 * JSON text to tokens, as it arrives. Integers are exact at any size, and apart from floats: `1` is an
 * int, `1.0` and `1e3` are floats.
 */
export class JsonScanner {
  readonly window: Window
  /** Of the last `string`, `int` or `float`. */
  text = ''
  int: Int = 0
  float = 0
  /** Where the last token starts in the window. */
  start = 0
  /** Line breaks passed before the last token since this was set to 0. */
  lineBreaks = 0
  /** Whether the first of them is marked. */
  marksLines = false

  constructor(file: string) {
    this.window = new Window(file)
  }

  failure(code: DiagnosticCode, message: string, hint?: string): DataError {
    return this.window.failure(code, this.start, message, hint)
  }

  next(): JsonToken {
    const { text } = this.window
    let at = this.window.at
    let code = text.charCodeAt(at)
    while (code === 32 || code === 10 || code === 13 || code === 9) {
      // Where a line ends inside a value is where it is wrong.
      if (code === 10 && this.lineBreaks++ === 0 && this.marksLines) this.window.mark(at)
      code = text.charCodeAt(++at)
    }
    this.window.at = at
    this.start = at
    if (at >= text.length) return this.window.isClosed ? 'end' : 'more'
    if (code === 34) return this.#string(at + 1)
    if (code === 45 || (code >= 48 && code <= 57)) return this.#number(at)
    const mark = MARKS[code]
    if (mark === undefined) return this.#word(at)
    this.window.at = at + 1
    return mark
  }

  #string(from: number): JsonToken {
    const { text } = this.window
    let at = from
    let code = text.charCodeAt(at)
    while (code !== 34 && code !== 92 && code >= 32) code = text.charCodeAt(++at)
    if (code === 34) {
      this.text = text.slice(from, at)
      this.window.at = at + 1
      return 'string'
    }
    return this.#stringWithEscapes(from, at)
  }

  /** From the first character that does not stand for itself. */
  #stringWithEscapes(from: number, first: number): JsonToken {
    const { text } = this.window
    const pieces: string[] = []
    let start = from
    for (let at = first; ;) {
      if (at - from > LARGEST_COUNT) throw this.failure('HOCL625', 'a string is too long')
      if (at >= text.length) return this.#unfinished('a string is not closed')
      const code = text.charCodeAt(at)
      if (code === 34) {
        this.text = pieces.join('') + text.slice(start, at)
        this.window.at = at + 1
        return 'string'
      }
      if (code < 32) throw this.#rawControl(at, code)
      if (code !== 92) {
        at++
        continue
      }
      pieces.push(text.slice(start, at))
      const length = text.charCodeAt(at + 1) === 117 ? 6 : 2
      if (at + length > text.length) return this.#unfinished('a string is not closed')
      pieces.push(this.#escape(at, length))
      at += length
      start = at
    }
  }

  #escape(at: number, length: number): string {
    const { text } = this.window
    if (length === 2) {
      const character = ESCAPES.get(text.charAt(at + 1))
      if (character !== undefined) return character
    } else {
      const digits = text.slice(at + 2, at + 6)
      if (/^[0-9a-fA-F]{4}$/.test(digits)) return String.fromCharCode(parseInt(digits, 16))
    }
    const seen = text.slice(at, at + length)
    throw this.window.failure('HOCL622', at, `\`${seen}\` is no escape of JSON`)
  }

  #rawControl(at: number, code: number): DataError {
    if (code === 10 || code === 13)
      return this.window.failure('HOCL622', this.start, 'a string is not closed on its line')
    return this.window.failure(
      'HOCL622',
      at,
      `a string holds the control character ${String(code)}`,
      `write it as \\u${code.toString(16).padStart(4, '0')}`,
    )
  }

  #unfinished(what: string): JsonToken {
    if (this.window.isClosed) throw this.failure('HOCL621', what)
    return 'more'
  }

  #number(start: number): JsonToken {
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
    if (at >= text.length && !this.window.isClosed) return this.#long(at)
    if (at === first || (text.charCodeAt(first) === 48 && at > first + 1)) throw this.#badNumber()
    if (code === 46 || code === 101 || code === 69) return this.#floating(start, at)
    this.#endOfToken(at)
    // Fifteen digits are a safe integer, however they are added up.
    this.int = at - first <= 15 ? (isNegative ? 0 - value : value) : this.#large(start, at)
    this.window.at = at
    return 'int'
  }

  /** A number that may go on in the next chunk. */
  #long(at: number): JsonToken {
    if (at - this.start > LARGEST_INT_DIGITS) throw this.failure('HOCL625', 'a number is too long')
    return 'more'
  }

  #large(start: number, end: number): Int {
    const digits = this.window.text.slice(start, end)
    if (digits.length > LARGEST_INT_DIGITS) throw this.failure('HOCL625', 'an integer is too large')
    return parseInt10(digits) ?? 0
  }

  #floating(start: number, from: number): JsonToken {
    const { text } = this.window
    const point = text.charCodeAt(from) === 46 ? digitsEnd(text, from + 1) : from
    if (point > from + 1 && END_OF_FLOAT.has(text.charCodeAt(point)) && point - start < 300) {
      this.float = Number(text.slice(start, point))
      this.window.at = point
      return 'float'
    }
    return this.#longFloat(start, from)
  }

  /** With an exponent, at the end of a chunk, or malformed. */
  #longFloat(start: number, from: number): JsonToken {
    FLOAT_TAIL.lastIndex = from
    const match = FLOAT_TAIL.exec(this.window.text)
    const end = from + (match?.[0].length ?? 0)
    const tail = this.window.text.slice(from, end)
    if (end >= this.window.text.length && !this.window.isClosed) return this.#long(end)
    if (!COMPLETE_TAIL.test(tail)) throw this.#badNumber()
    this.#endOfToken(end)
    const value = Number(this.window.text.slice(start, end))
    if (!Number.isFinite(value))
      throw this.failure(
        'HOCL623',
        `${this.window.text.slice(start, end)} is beyond the largest Float`,
      )
    this.float = value
    this.window.at = end
    return 'float'
  }

  #badNumber(): DataError {
    const word = /^[-+.\w]{1,30}/.exec(this.window.text.slice(this.start, this.start + 30))
    return this.failure('HOCL623', `\`${word?.[0] ?? ''}\` is no number of JSON`)
  }

  #endOfToken(at: number): void {
    const code = this.window.text.charCodeAt(at)
    if (
      (code >= 48 && code <= 57) ||
      (code >= 65 && code <= 90) ||
      (code >= 97 && code <= 122) ||
      code === 46
    )
      throw this.#badNumber()
  }

  #word(start: number): JsonToken {
    const { text } = this.window
    let at = start
    while (isLetter(text.charCodeAt(at))) at++
    if (at >= text.length && !this.window.isClosed && at - start < 6) return 'more'
    const word = text.slice(start, at)
    if (word === 'true' || word === 'false' || word === 'null') {
      this.window.at = at
      return word
    }
    throw this.failure(
      'HOCL620',
      `${this.window.seen(start)} is not JSON`,
      hintFor(text.charAt(start)),
    )
  }
}

const MARKS: Readonly<Record<number, '{' | '}' | '[' | ']' | ':' | ','>> = {
  123: '{',
  125: '}',
  91: '[',
  93: ']',
  58: ':',
  44: ',',
}

const ESCAPES = new Map([
  ['"', '"'],
  ['\\', '\\'],
  ['/', '/'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
])

const FLOAT_TAIL = /(?:\.[0-9]*)?(?:[eE][+-]?[0-9]*)?/y
const COMPLETE_TAIL = /^(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?$/

/** Comma, brackets and white space: what most floats end at. */
const END_OF_FLOAT: ReadonlySet<number> = new Set([44, 93, 125, 32, 10, 13, 9])

/** Where a row of digits ends. */
function digitsEnd(text: string, from: number): number {
  let at = from
  for (let code = text.charCodeAt(at); code >= 48 && code <= 57;) code = text.charCodeAt(++at)
  return at
}

function isLetter(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90)
}

function hintFor(character: string): string | undefined {
  if (character === "'") return 'strings of JSON stand in double quotes'
  if (character === '<') return 'this looks like HOCL: choose the format hocl'
  return undefined
}
