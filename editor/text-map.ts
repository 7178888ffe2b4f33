import type { Span } from '../grammar/index.ts'

/**
 * Places of a text as an editor has it, and of the same text as it is read: in NFC and without a byte order
 * mark. For nearly all texts they are the same.
 */
export interface TextMap {
  /** The place in the read text of one in the editor's. */
  inward(offset: number): number
  /** The place in the editor's text of one in the read text. */
  outward(offset: number): number
}

/** The map between a text and what it is read as. */
export function textMap(given: string, read: string): TextMap {
  return given === read ? same : new Pieces(given)
}

/** A span of the read text as one of the editor's. */
export function outwardSpan(map: TextMap, { start, end }: Span): Span {
  return { start: map.outward(start), end: map.outward(end) }
}

const same: TextMap = { inward: (offset) => offset, outward: (offset) => offset }

/** What NFC composes stays within a piece: a character with its marks, or the parts of a Korean syllable. */
const piece = /[\u1100-\u11ff\ua960-\ua97f\ud7b0-\ud7ff\uac00-\ud7a3]+\p{M}*|[^]\p{M}*/gu

/** The pieces that change their length, by where they start in both texts. */
class Pieces implements TextMap {
  readonly #given: number[] = [0]
  readonly #read: number[] = [0]

  constructor(text: string) {
    const first = text.startsWith('\uFEFF') ? 1 : 0
    let read = 0
    if (first > 0) this.#add(first, read)
    for (const { 0: each, index } of text.slice(first).matchAll(piece)) {
      const length = each.normalize('NFC').length
      read += length
      if (length !== each.length) this.#add(first + index + each.length, read)
    }
  }

  #add(given: number, read: number): void {
    this.#given.push(given)
    this.#read.push(read)
  }

  inward(offset: number): number {
    return moved(offset, this.#given, this.#read)
  }

  outward(offset: number): number {
    return moved(offset, this.#read, this.#given)
  }
}

/** From one text to the other: as far behind the last change as before, and not into the next one. */
function moved(offset: number, from: readonly number[], to: readonly number[]): number {
  let last = from.length - 1
  while (last > 0 && (from[last] ?? 0) > offset) last -= 1
  const place = (to[last] ?? 0) + offset - (from[last] ?? 0)
  return Math.min(place, to[last + 1] ?? Infinity)
}
