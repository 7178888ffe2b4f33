/** A half-open range of UTF-16 code units, `start` included and `end` not, in one source's text. */
export interface Span {
  readonly start: number
  readonly end: number
}

/** A place as people write it: line and column count from 1, the column in UTF-16 code units. */
export interface Position {
  readonly line: number
  readonly column: number
}

/**
 * A named text. Spans refer to `text` as it stands here: already normalised to NFC and with a byte
 * order mark taken off, so offsets into the original file can differ.
 */
export class Source {
  readonly name: string
  readonly text: string
  /** Where the text begins in what it is a part of. */
  readonly #first: Position
  #lineStarts: number[] | undefined

  /** With `first`, the text is the part of a file that begins there: lines and columns are those of the file. */
  constructor(name: string, text: string, first: Position = { line: 1, column: 1 }) {
    this.name = name
    this.#first = first
    const withoutMark = text.startsWith('\uFEFF') ? text.slice(1) : text
    this.text = withoutMark.normalize('NFC')
  }

  /** Offsets at which lines start; a line ends at `\n`, `\r\n` or `\r`. */
  get lineStarts(): readonly number[] {
    if (this.#lineStarts === undefined) {
      const starts = [0]
      for (const match of this.text.matchAll(/\r\n|\n|\r/g))
        starts.push(match.index + match[0].length)
      this.#lineStarts = starts
    }
    return this.#lineStarts
  }

  /** The line and column of an offset; an offset past the end is the end. */
  position(offset: number): Position {
    const starts = this.lineStarts
    let low = 0
    let high = starts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((starts[middle] ?? 0) <= offset) low = middle
      else high = middle - 1
    }
    const column = Math.min(offset, this.text.length) - (starts[low] ?? 0)
    return {
      line: low + this.#first.line,
      column: column + (low === 0 ? this.#first.column : 1),
    }
  }

  /** The offset at which a line starts, as far as the text has it. */
  lineStart(number: number): number {
    return this.lineStarts[number - this.#first.line] ?? 0
  }

  /** The text of a line, without its line break. */
  line(number: number): string {
    const index = number - this.#first.line
    const start = this.lineStarts[index]
    if (start === undefined) return ''
    const end = this.lineStarts[index + 1] ?? this.text.length
    return this.text.slice(start, end).replace(/[\r\n]+$/, '')
  }

  slice(span: Span): string {
    return this.text.slice(span.start, span.end)
  }
}
