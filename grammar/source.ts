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
  #lineStarts: number[] | undefined

  constructor(name: string, text: string) {
    this.name = name
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
    return { line: low + 1, column: Math.min(offset, this.text.length) - (starts[low] ?? 0) + 1 }
  }

  /** The text of a line (from 1), without its line break. */
  line(number: number): string {
    const start = this.lineStarts[number - 1]
    if (start === undefined) return ''
    const end = this.lineStarts[number] ?? this.text.length
    return this.text.slice(start, end).replace(/[\r\n]+$/, '')
  }

  slice(span: Span): string {
    return this.text.slice(span.start, span.end)
  }
}
