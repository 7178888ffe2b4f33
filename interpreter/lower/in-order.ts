import type { Diagnostic, Source } from '../../grammar/index.ts'

/**
 * What is to be said of a program. With a mistake of syntax in it, what its names mean is not known, so
 * that the rest would follow from it: then only that is said, and which modules are not there.
 */
export function withoutConsequences(all: readonly Diagnostic[]): readonly Diagnostic[] {
  if (!all.some(({ code, severity }) => severity === 'error' && /^HOCL1/.test(code))) return all
  return all.filter(({ code }) => /^HOCL[16]/.test(code))
}

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
