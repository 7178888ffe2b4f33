import type { DiagnosticCode } from '../../grammar/index.ts'
import { DataError } from '../errors.ts'
import type { TextPlace } from '../errors.ts'

/** So much of a line is shown on either side of a place in it. */
const SHOWN = 200

/**
 * The part of a text that a reader has not yet done with. Texts arrive in chunks; what has been read is
 * forgotten, so that memory is bounded by the longest token and not by the file.
 */
export class Window {
  readonly file: string
  text = ''
  /** The next character to be read. */
  at = 0
  /** No more text will come: a number that touches the end is complete. */
  isClosed = false
  #line = 1
  #column = 1
  #isFresh = true
  /** What is forgotten of the line that is being read; only the end of it, where that is long. */
  #before = ''
  #mark = -1
  #markPlace: TextPlace | undefined

  constructor(file: string) {
    this.file = file
  }

  /** Adds text, forgetting what was read. */
  push(chunk: string): void {
    let added = chunk
    if (this.#isFresh && chunk !== '') {
      this.#isFresh = false
      if (chunk.startsWith('\uFEFF')) added = chunk.slice(1)
    }
    this.#pass(this.at)
    this.text = this.at === this.text.length ? added : this.text.slice(this.at) + added
    this.at = 0
  }

  close(): void {
    this.isClosed = true
  }

  /** The failure at an offset of the text as it stands. */
  failure(code: DiagnosticCode, at: number, message: string, hint?: string): DataError {
    return new DataError(code, message, { place: this.#place(at), hint })
  }

  /** Remembers an offset for `failureAtMark`, also when the text there has been forgotten. */
  mark(at: number): void {
    this.#mark = at
  }

  /** The failure at what was marked last. */
  failureAtMark(code: DiagnosticCode, message: string, hint?: string): DataError {
    const place = this.#mark < 0 ? this.#markPlace : this.#place(this.#mark)
    return new DataError(code, message, { ...(place !== undefined && { place }), hint })
  }

  /** What stands at an offset, to be named in a message. */
  seen(at: number): string {
    const code = this.text.codePointAt(at)
    if (code === undefined) return 'the end of the text'
    if (code === 10 || code === 13) return 'the end of the line'
    const word = /^[\p{L}\p{N}_$]{2,20}/u.exec(this.text.slice(at, at + 40))
    return `\`${word?.[0] ?? String.fromCodePoint(code)}\``
  }

  #position(at: number): { readonly line: number; readonly column: number } {
    let line = this.#line
    let start = 0
    let column = this.#column
    for (let end = this.text.indexOf('\n'); end >= 0 && end < at;) {
      line++
      start = end + 1
      column = 1
      end = this.text.indexOf('\n', start)
    }
    return { line, column: column + at - start }
  }

  #place(at: number): TextPlace {
    const { line, column } = this.#position(at)
    const start = at === 0 ? 0 : this.text.lastIndexOf('\n', at - 1) + 1
    const before = `${start === 0 ? this.#before : ''}${this.text.slice(start, at)}`.slice(-SHOWN)
    const [after = ''] = this.text.slice(at, at + SHOWN).split('\n', 1)
    const excerpt = { text: `${before}${after.trimEnd()}`, column: column - before.length }
    return { file: this.file, line, column, excerpt }
  }

  #pass(end: number): void {
    if (this.#mark >= 0 && end > 0) {
      this.#markPlace = this.#place(this.#mark)
      this.#mark = -1
    }
    const { line, column } = this.#position(end)
    const start = end === 0 ? 0 : this.text.lastIndexOf('\n', end - 1) + 1
    this.#before = `${start === 0 ? this.#before : ''}${this.text.slice(start, end)}`.slice(-SHOWN)
    this.#line = line
    this.#column = column
  }
}
