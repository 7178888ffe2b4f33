import type { DataError } from '../errors.ts'
import { fitted } from '../fitted.ts'
import { parseInt10 } from '../integer.ts'
import { Float, Tuple } from '../molecule.ts'
import type { Molecule } from '../molecule.ts'
import { LARGEST_COUNT, LARGEST_INT_DIGITS } from '../size-limits.ts'
import { onceEach } from './formats.ts'
import type { Batch, DataReader } from './formats.ts'
import { Window } from './window.ts'

export interface CsvOptions {
  /** The first row is skipped unless this is false. */
  readonly hasHeader?: boolean
  /** One character; a comma where not given. */
  readonly separator?: string
  /** Stands before the fields of each row. */
  readonly name?: Molecule | undefined
}

/**
 * Reads CSV (RFC 4180): a row is the tuple of its fields, or the field itself where there is one only. A
 * field that reads as a number is one, unless it stands in quotes. Empty lines are skipped.
 */
export class CsvReader implements DataReader {
  readonly #window: Window
  readonly #separator: number
  readonly #name: Molecule | undefined
  #isHeader: boolean
  #columns = 0
  #fields: Molecule[] = []
  #rows: Molecule[] = []
  /** Whether a field of the row stood in quotes. */
  #isQuoted = false

  constructor(file: string, options: CsvOptions = {}) {
    this.#window = new Window(file)
    this.#separator = (options.separator ?? ',').charCodeAt(0)
    this.#name = options.name
    this.#isHeader = options.hasHeader !== false
  }

  push(chunk: string): Batch {
    this.#window.push(chunk)
    return this.#read()
  }

  end(): Batch {
    this.#window.close()
    return this.#read()
  }

  #read(): Batch {
    while (this.#row());
    const rows = this.#rows
    this.#rows = []
    return onceEach(rows)
  }

  /** Reads one row if it is there to its end. */
  #row(): boolean {
    const window = this.#window
    const start = window.at
    if (start >= window.text.length) return false
    const fields = this.#begin()
    for (let at = start; ;) {
      const end = window.text.charCodeAt(at) === 34 ? this.#quoted(at) : this.#plain(at)
      if (end < 0) return this.#incomplete(start)
      const code = window.text.charCodeAt(end)
      at = end + 1
      if (code === this.#separator) continue
      // The end of the row: `\r` stands before `\n` or alone.
      window.at = code === 13 && window.text.charCodeAt(at) === 10 ? at + 1 : at
      this.#finish(fields, start)
      return true
    }
  }

  #begin(): Molecule[] {
    this.#fields = this.#name === undefined || this.#isHeader ? [] : [this.#name]
    this.#isQuoted = false
    return this.#fields
  }

  #incomplete(start: number): false {
    if (this.#window.text.length - start > LARGEST_COUNT)
      throw this.#window.failure('HOCL625', start, 'a row is too long', 'is a quote not closed?')
    return false
  }

  /** Adds a field without quotes and gives its end; −1 where more text is needed. */
  #plain(start: number): number {
    const { text } = this.#window
    let at = start
    let code = text.charCodeAt(at)
    while (code !== this.#separator && code !== 10 && code !== 13 && at < text.length) {
      if (code === 34) throw this.#strayQuote(at)
      code = text.charCodeAt(++at)
    }
    if (!this.#isEnd(at)) return -1
    this.#fields.push(this.#isHeader ? '' : fieldValue(text, start, at))
    return at
  }

  /** Adds a field in quotes: two of them stand for one. */
  #quoted(start: number): number {
    const { text } = this.#window
    const pieces: string[] = []
    let from = start + 1
    for (;;) {
      const quote = text.indexOf('"', from)
      if (quote < 0 || (quote === text.length - 1 && !this.#window.isClosed)) {
        if (this.#window.isClosed)
          throw this.#window.failure('HOCL629', start, 'a quote is not closed')
        return -1
      }
      pieces.push(text.slice(from, quote))
      from = quote + 1
      if (text.charCodeAt(from) !== 34) break
      pieces.push('"')
      from++
    }
    if (!this.#isEnd(from)) return -1
    this.#isQuoted = true
    this.#fields.push(pieces.length === 1 ? (pieces[0] ?? '') : pieces.join(''))
    return from
  }

  /** Whether a field ends here. A `\r` at the end of a chunk may be half of a line break. */
  #isEnd(at: number): boolean {
    const code = this.#window.text.charCodeAt(at)
    if (at >= this.#window.text.length) return this.#window.isClosed
    if (code === 13) return at + 1 < this.#window.text.length || this.#window.isClosed
    if (code === this.#separator || code === 10) return true
    throw this.#window.failure(
      'HOCL629',
      at,
      `${this.#window.seen(at)} follows a field in quotes`,
      'inside quotes, two quotes stand for one',
    )
  }

  #strayQuote(at: number): DataError {
    return this.#window.failure(
      'HOCL629',
      at,
      'a quote stands inside a field',
      'put the whole field in quotes, and two quotes for one',
    )
  }

  #finish(fields: Molecule[], start: number): void {
    const offset = this.#name === undefined || this.#isHeader ? 0 : 1
    const columns = fields.length - offset
    if (columns === 1 && fields[offset] === '' && !this.#isQuoted && this.#isBlank(start)) return
    if (this.#columns === 0) this.#columns = columns
    if (columns !== this.#columns)
      throw this.#window.failure(
        'HOCL630',
        start,
        `this row has ${fieldCount(columns)}, the first has ${fieldCount(this.#columns)}`,
      )
    if (this.#isHeader) {
      this.#isHeader = false
      return
    }
    const [only] = fields
    this.#rows.push(fields.length === 1 && only !== undefined ? only : new Tuple(fitted(fields)))
  }

  #isBlank(start: number): boolean {
    const code = this.#window.text.charCodeAt(start)
    return code === 10 || code === 13
  }
}

function fieldCount(count: number): string {
  return count === 1 ? '1 field' : `${String(count)} fields`
}

const INTEGER = /^[+-]?[0-9]+$/
const FLOAT = /^[+-]?(?:[0-9]+\.[0-9]+|\.[0-9]+|[0-9]+(?=[eE]))(?:[eE][+-]?[0-9]+)?$/

/** A number where the field reads as one, spaces around it aside; else the text as it stands. */
function fieldValue(text: string, start: number, end: number): Molecule {
  const small = smallInteger(text, start, end)
  if (small !== undefined) return small
  const field = text.slice(start, end)
  if (!mayBeNumber(field)) return field
  const trimmed = field.trim()
  if (INTEGER.test(trimmed)) {
    const value = trimmed.length > LARGEST_INT_DIGITS ? undefined : parseInt10(trimmed)
    return value ?? field
  }
  const value = FLOAT.test(trimmed) ? Number(trimmed) : NaN
  return Number.isFinite(value) ? new Float(value) : field
}

/** Up to fifteen digits, which most numbers are. */
function smallInteger(text: string, start: number, end: number): number | undefined {
  const isNegative = text.charCodeAt(start) === 45
  const first = isNegative ? start + 1 : start
  if (end === first || end - first > 15) return undefined
  let value = 0
  for (let at = first; at < end; at++) {
    const digit = text.charCodeAt(at) - 48
    if (digit < 0 || digit > 9) return undefined
    value = value * 10 + digit
  }
  return isNegative ? 0 - value : value
}

/** A look at both ends: spaces, signs and points may stand first, digits and spaces last. */
function mayBeNumber(field: string): boolean {
  const first = field.charCodeAt(0)
  const last = field.charCodeAt(field.length - 1)
  return (
    (isDigit(first) || first === 45 || first === 43 || first === 46 || first === 32) &&
    (isDigit(last) || last === 32)
  )
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57
}
