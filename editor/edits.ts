import type { Span } from '../grammar/index.ts'

/** A stretch of a text, and what takes its place. */
export interface Edit {
  readonly span: Span
  readonly text: string
}

/** Edits by the addresses of the texts that they change. Those of one text do not overlap. */
export type Edits = ReadonlyMap<string, readonly Edit[]>

/** A text with its edits made. */
export function edited(text: string, edits: readonly Edit[]): string {
  let result = ''
  let end = 0
  for (const { span, text: put } of edits.toSorted((a, b) => a.span.start - b.span.start)) {
    result += text.slice(end, span.start) + put
    end = span.end
  }
  return result + text.slice(end)
}
