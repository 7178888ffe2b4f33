import { DataError } from '../errors.ts'
import type { Molecule } from '../molecule.ts'
import { LARGEST_COUNT } from '../size-limits.ts'
import { onceEach } from './formats.ts'
import type { Batch, DataReader } from './formats.ts'

/** Reads each line as a string, an empty one too; a line ends at `\n` or `\r\n`. */
export class TextReader implements DataReader {
  readonly #file: string
  #rest = ''
  #line = 1
  #isFresh = true

  constructor(file: string) {
    this.#file = file
  }

  push(chunk: string): Batch {
    let text = this.#rest + chunk
    if (this.#isFresh && text !== '') {
      this.#isFresh = false
      if (text.startsWith('\uFEFF')) text = text.slice(1)
    }
    const lines: Molecule[] = []
    let start = 0
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
      lines.push(text.slice(start, text.charCodeAt(end - 1) === 13 && end > start ? end - 1 : end))
      start = end + 1
    }
    this.#line += lines.length
    this.#rest = text.slice(start)
    if (this.#rest.length > LARGEST_COUNT)
      throw new DataError('HOCL625', 'a line is too long', {
        place: { file: this.#file, line: this.#line, column: 1 },
      })
    return onceEach(lines)
  }

  end(): Batch {
    const last = this.#rest
    this.#rest = ''
    return onceEach(last === '' ? [] : [last])
  }
}
