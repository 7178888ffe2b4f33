import type { Comment } from './ast.ts'
import { broken, hardLine, row, type Layout, type Row } from './layout.ts'
import type { Source } from './source.ts'

/**
 * Hands out the comments of a text in order, while the formatter walks the tree in the same order. A
 * comment never moves past a molecule, pattern or bracket, only past a comma or a keyword.
 */
export class CommentPlacer {
  readonly #source: Source
  readonly #comments: readonly Comment[]
  #next = 0

  constructor(source: Source, comments: readonly Comment[]) {
    this.#source = source
    this.#comments = comments
  }

  /** Whether some comment before a place has not been handed out. */
  has(before: number): boolean {
    const comment = this.#comments[this.#next]
    return comment !== undefined && comment.span.start < before
  }

  /** The comments at the end of the line of what comes before them. */
  trailing(before: number): Row {
    const parts: Layout[] = []
    for (let comment = this.#peek(before); comment !== undefined; comment = this.#peek(before)) {
      if (!this.#isTrailing(comment)) break
      this.#next += 1
      parts.push(' ', ...verbatim(comment))
      if (comment.style === 'block') continue
      parts.push(broken)
      break
    }
    return row(parts)
  }

  /** The comments before something, each on its own line unless it stands on the same one. */
  leading(before: number): Layout {
    const parts: Layout[] = []
    for (let comment = this.#peek(before); comment !== undefined; comment = this.#peek(before)) {
      this.#next += 1
      parts.push(...verbatim(comment))
      const isInline = comment.style === 'block' && !this.#isBeforeBreak(comment)
      if (isInline) parts.push(' ')
      else parts.push(hardLine, ...(this.#hasBlankAfter(comment) ? [hardLine] : []))
    }
    return row(parts)
  }

  /**
   * The comments that stand before a comma or keyword, up to the last doc comment among them: past the
   * mark it would document a definition that follows. Usually none.
   */
  docsBefore(mark: string, from: number, before: number): Layout {
    const parts: Layout[] = []
    for (let left = this.#upToDoc(mark, from, before); left > 0; left -= 1) {
      const comment = this.#comments[this.#next]
      if (comment === undefined) break
      this.#next += 1
      parts.push(' ', ...verbatim(comment), hardLine)
    }
    return row(parts)
  }

  /** How many comments come before a mark, up to the last doc comment. */
  #upToDoc(mark: string, from: number, before: number): number {
    let place = from
    let count = 0
    let index = this.#next
    for (
      let comment = this.#comments[index];
      comment !== undefined;
      comment = this.#comments[index]
    ) {
      const gap = this.#source.text.slice(place, comment.span.start)
      if (comment.span.start >= before || gap.includes(mark)) break
      index += 1
      place = Math.max(place, comment.span.end)
      if (comment.style === 'doc') count = index - this.#next
    }
    return count
  }

  /** The comments before a closing bracket or the end, each on a line of its own. */
  closing(before: number, { isFirst = false } = {}): Layout {
    const head = this.trailing(before)
    const parts: Layout[] = [head]
    let isStart = isFirst && head.parts.length === 0
    for (let comment = this.#peek(before); comment !== undefined; comment = this.#peek(before)) {
      this.#next += 1
      if (!isStart && this.#hasBlankBefore(comment)) parts.push(hardLine)
      isStart = false
      parts.push(hardLine, ...verbatim(comment))
    }
    return row(parts)
  }

  /** Whether an empty line stands before a place, or before the next comment if that is earlier. */
  hasBlankBefore(place: number): boolean {
    const comment = this.#peek(place)
    const start = comment?.span.start ?? place
    return /\n[^\S\n]*\n[^\S\n]*$/.test(this.#textBefore(start))
  }

  #peek(before: number): Comment | undefined {
    const comment = this.#comments[this.#next]
    return comment !== undefined && comment.span.start < before ? comment : undefined
  }

  #isTrailing(comment: Comment): boolean {
    const before = this.#textBefore(comment.span.start)
    const sameLine = before.slice(before.lastIndexOf('\n') + 1)
    return sameLine.trim() !== '' && this.#breaksAfter(comment)
  }

  #breaksAfter({ style, span }: Comment): boolean {
    if (style !== 'block') return true
    const after = this.#textAfter(span.end)
    return /^(?:[^\S\n]|,|\/\*[^\n]*?\*\/)*(?:\n|$|\/\/)/.test(after)
  }

  #isBeforeBreak({ span }: Comment): boolean {
    return /^[^\S\n]*(?:\n|$)/.test(this.#textAfter(span.end))
  }

  #hasBlankAfter({ span }: Comment): boolean {
    return /^[^\S\n]*\n[^\S\n]*\n/.test(this.#textAfter(span.end))
  }

  #hasBlankBefore({ span }: Comment): boolean {
    return /\n[^\S\n]*\n[^\S\n]*$/.test(this.#textBefore(span.start))
  }

  // A few hundred characters are enough to find line breaks, and keep the whole linear.
  #textBefore(offset: number): string {
    return unixLines(this.#source.text.slice(Math.max(0, offset - 400), offset))
  }

  #textAfter(offset: number): string {
    return unixLines(this.#source.text.slice(offset, offset + 400))
  }
}

function unixLines(text: string): string {
  return text.replaceAll(/\r\n?/g, '\n')
}

/** A comment as written: what its lines are indented by is its own business. */
function verbatim({ text }: Comment): readonly Layout[] {
  const unix = unixLines(text).trimEnd()
  return unix.includes('\n') ? [unix, broken] : [unix]
}
