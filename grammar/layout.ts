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

/** Layouts or lists of them: a list may be too long to be spread into arguments. */
type Parts = readonly (Layout | readonly Layout[])[]

export function row(...parts: Parts): Row {
  const flat = parts.flat()
  return { kind: 'row', parts: flat, hard: flat.some(isHard) }
}

export function indent(...parts: Parts): Layout {
  const content = row(...parts)
  return { kind: 'indent', content, hard: isHard(content) }
}

export function group(...parts: Parts): Layout {
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
  // A row is gone through part by part: it may have a hundred thousand, of which a few fill a line.
  const rows: { readonly parts: readonly Layout[]; at: number; readonly isFlat: boolean }[] = []
  rows.push({ parts: [piece.layout], at: 0, isFlat: piece.isFlat })
  while (left >= 0) {
    const last = rows.at(-1)
    if (last === undefined) {
      const next = waiting[after]
      if (next === undefined) return true
      after -= 1
      rows.push({ parts: [next.layout], at: 0, isFlat: next.isFlat })
      continue
    }
    const layout = last.parts[last.at]
    last.at += 1
    if (layout === undefined) rows.pop()
    else if (typeof layout === 'string') left -= layout.length
    else if (layout.kind === 'line') {
      if (!last.isFlat || layout.hard) return true
      left -= layout.flat.length
    } else if (layout.kind === 'row') {
      rows.push({ parts: layout.parts, at: 0, isFlat: last.isFlat })
    } else {
      const isFlat = last.isFlat || (layout.kind === 'group' && !layout.hard)
      rows.push({ parts: [layout.content], at: 0, isFlat })
    }
  }
  return false
}
