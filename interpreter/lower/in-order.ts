import type { Diagnostic, Source } from '../../grammar/index.ts'

/** One of each, by place, the program's own first. */
export function inOrder(diagnostics: readonly Diagnostic[], source: Source): Diagnostic[] {
  const seen = new Set<string>()
  const distinct = diagnostics.filter((d) => {
    const [{ source: where, span }] = d.labels
    const key = `${d.code}|${where.name}|${String(span.start)}|${String(span.end)}|${d.title}`
    return !seen.has(key) && seen.add(key)
  })
  const rank = (d: Diagnostic): number => (d.labels[0].source === source ? 0 : 1)
  return distinct.sort(
    (a, b) => rank(a) - rank(b) || a.labels[0].span.start - b.labels[0].span.start,
  )
}
