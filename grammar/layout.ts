/*
 * Text that may be laid out in several ways, after Wadler's “A prettier printer” (2003): a group
 * stands on one line if it fits, and otherwise all its own lines break. The printer keeps its own
 * stack, so that no text is too deep for it.
 */

export type Layout =
  | string
  | { readonly kind: 'line'; readonly flat: string; readonly hard: boolean }
  | { readonly kind: 'indent'; readonly content: Layout; readonly hard: boolean }
  | { readonly kind: 'group'; readonly content: Layout; readonly hard: boolean }
  | Row

/** Layouts one after another. */
export interface Row {
  readonly kind: 'row'
  readonly parts: readonly Layout[]
  /** Whether a line break in it breaks all groups around it. */
  readonly hard: boolean
}

/** A space, or a line break where the group around it is broken. */
export const line: Layout = { kind: 'line', flat: ' ', hard: false }
/** Nothing, or a line break where the group around it is broken. */
export const softLine: Layout = { kind: 'line', flat: '', hard: false }
/** A line break, which breaks all groups around it. */
export const hardLine: Layout = { kind: 'line', flat: '', hard: true }
/** Breaks the groups around it and is nothing itself. */
export const broken: Layout = { kind: 'row', parts: [], hard: true }

export function row(...parts: readonly Layout[]): Row {
  return { kind: 'row', parts, hard: parts.some(isHard) }
}

export function indent(...parts: readonly Layout[]): Layout {
  const content = row(...parts)
  return { kind: 'indent', content, hard: isHard(content) }
}

export function group(...parts: readonly Layout[]): Layout {
  const content = row(...parts)
  return { kind: 'group', content, hard: isHard(content) }
}

function isHard(layout: Layout): boolean {
  return typeof layout !== 'string' && layout.hard
}

interface Piece {
  readonly layout: Layout
  readonly indent: number
  readonly isFlat: boolean
}

/** Lays out in lines of at most `width` columns where that is possible. */
export function print(layout: Layout, width: number): string {
  const lines: string[] = []
  let current = ''
  const waiting: Piece[] = [{ layout, indent: 0, isFlat: false }]
  for (let piece = waiting.pop(); piece !== undefined; piece = waiting.pop()) {
    const { layout: next, indent: depth, isFlat } = piece
    if (typeof next === 'string') {
      const cut = next.lastIndexOf('\n') + 1
      if (cut > 0) lines.push(current + next.slice(0, cut - 1))
      current = cut > 0 ? next.slice(cut) : current + next
      continue
    }
    switch (next.kind) {
      case 'line':
        if (isFlat && !next.hard) {
          current += next.flat
          break
        }
        lines.push(current.trimEnd())
        current = ' '.repeat(depth)
        break
      case 'indent':
        waiting.push({ layout: next.content, indent: depth + 2, isFlat })
        break
      case 'group': {
        const flat = { layout: next.content, indent: depth, isFlat: true }
        const fitsHere = isFlat || (!next.hard && fits(flat, waiting, width - current.length))
        waiting.push({ ...flat, isFlat: fitsHere })
        break
      }
      case 'row':
        for (const part of next.parts.toReversed()) {
          waiting.push({ layout: part, indent: depth, isFlat })
        }
        break
    }
  }
  lines.push(current.trimEnd())
  return lines.join('\n')
}

/** Whether a piece, and what follows it up to the next line break, fits into the rest of a line. */
function fits(piece: Piece, waiting: readonly Piece[], width: number): boolean {
  let left = width
  let after = waiting.length - 1
  const pieces = [piece]
  while (left >= 0) {
    const next = pieces.pop() ?? waiting[after--]
    if (next === undefined) return true
    const { layout, indent: depth, isFlat } = next
    if (typeof layout === 'string') {
      left -= layout.length
      continue
    }
    switch (layout.kind) {
      case 'line':
        if (!isFlat || layout.hard) return true
        left -= layout.flat.length
        break
      case 'indent':
        pieces.push({ layout: layout.content, indent: depth, isFlat })
        break
      case 'group':
        pieces.push({ layout: layout.content, indent: depth, isFlat: isFlat || !layout.hard })
        break
      case 'row':
        // Only as many parts as could fit are looked at: a row may have a hundred thousand.
        for (const part of layout.parts.slice(0, left + 2).reverse()) {
          pieces.push({ layout: part, indent: depth, isFlat })
        }
        break
    }
  }
  return false
}
