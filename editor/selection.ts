import type { Span } from '../grammar/index.ts'
import type { Document } from './document.ts'
import { tokenAt } from './hover.ts'

/** What is around an offset, from the word to the whole text, each in the next: for selecting more and more. */
export function selections(document: Document, offset: number): readonly Span[] {
  const place = document.inward(offset)
  const spans: Span[] = [{ start: 0, end: document.source.text.length }]
  collect(document.parsed.program, place, spans)
  const token = tokenAt(document, place)
  if (token !== undefined) spans.push(token.span)
  const chain: Span[] = []
  for (const span of spans.sort((a, b) => length(a) - length(b))) {
    const last = chain.at(-1)
    const isAround = last === undefined || (span.start <= last.start && last.end <= span.end)
    if (isAround && (last === undefined || length(span) > length(last))) chain.push(span)
  }
  return chain.map((span) => document.outward(span))
}

function length({ start, end }: Span): number {
  return end - start
}

/** The spans of all parts of a tree that a place lies in. */
function collect(root: unknown, place: number, spans: Span[]): void {
  const waiting: unknown[] = [root]
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (typeof node !== 'object' || node === null) continue
    const span = 'span' in node ? (node.span as Span) : undefined
    if (span !== undefined) {
      if (place < span.start || place > span.end) continue
      spans.push(span)
    }
    // A tree can be as deep as it is long: no recursion.
    for (const inner of Object.values(node))
      if (inner !== span && inner !== undefined) waiting.push(inner)
  }
}
