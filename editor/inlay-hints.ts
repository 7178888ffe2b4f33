import type { Span } from '../grammar/index.ts'
import type { Document } from './document.ts'
import { typesAround } from './hover.ts'

/** Text that an editor shows in a line though it is not written there. */
export interface InlayHint {
  readonly offset: number
  readonly text: string
}

/**
 * The types of variables that are not written, where the program tells them: `x` as `x::Int`. They are found
 * for the text as it runs: what comes from outside may be something else.
 */
export function inlayHints(document: Document, range?: Span): readonly InlayHint[] {
  return document.names.declarations.flatMap(({ kind, name, span, type, rule }) => {
    if (kind !== 'variable' || type !== undefined || rule === undefined) return []
    const { start, end } = document.outward(span)
    if (range !== undefined && (end < range.start || start > range.end)) return []
    const found = typesAround(document, rule.span).get(name)
    // Of a caught rule it is clear.
    return found === undefined || found === 'Rule' ? [] : [{ offset: end, text: `::${found}` }]
  })
}
