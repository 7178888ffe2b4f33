import { format, Source, tokensOf } from '../grammar/index.ts'
import type { Span, Token } from '../grammar/index.ts'
import type { Document } from './document.ts'
import type { Edit } from './edits.ts'

/**
 * The edits that lay a text out anew, or only the part of it that lies in a range. None for a text with syntax
 * errors. They change only what stands between words, so that the cursor stays at its word.
 */
export function formatting(document: Document, range?: Span): readonly Edit[] {
  const { text } = format(document.source)
  if (text === document.source.text) return []
  const old = document.names.tokens
  const laidOut = tokensOf(new Source('', text))
  if (old.length !== laidOut.length)
    return range === undefined ? [{ span: { start: 0, end: document.text.length }, text }] : []
  const edits: Edit[] = []
  for (let i = 0; i <= old.length; i++) {
    const gap = between(old, i, document.source.text.length)
    const put = text.slice(...pair(between(laidOut, i, text.length)))
    const span = document.outward(gap)
    const isInRange = range === undefined || (span.end >= range.start && span.start <= range.end)
    if (isInRange && document.source.slice(gap) !== put) edits.push({ span, text: put })
    const [token, moved] = [old[i], laidOut[i]]
    if (token === undefined || moved === undefined || token.text === moved.text) continue
    const place = document.outward(token.span)
    if (range === undefined || (place.end >= range.start && place.start <= range.end))
      edits.push({ span: place, text: moved.text })
  }
  return edits
}

/** What stands before the token with that number. */
function between(tokens: readonly Token[], index: number, end: number): Span {
  return {
    start: tokens[index - 1]?.span.end ?? 0,
    end: tokens[index]?.span.start ?? end,
  }
}

function pair({ start, end }: Span): [number, number] {
  return [start, end]
}
