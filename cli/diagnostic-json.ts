import type { Diagnostic, Label } from '../grammar/index.ts'

/** A diagnostic as `--json` shows it: places with file, line and column instead of the source's text. */
export interface JsonDiagnostic {
  readonly code: string
  readonly severity: string
  readonly title: string
  readonly labels: readonly JsonLabel[]
  readonly hint?: string
}

/** Lines and columns count from 1, columns and offsets in UTF-16 code units; the end is not included. */
export interface JsonLabel {
  readonly file: string
  readonly line: number
  readonly column: number
  readonly endLine: number
  readonly endColumn: number
  readonly span: { readonly start: number; readonly end: number }
  readonly text: string
}

export function diagnosticJson({
  code,
  severity,
  title,
  labels,
  hint,
}: Diagnostic): JsonDiagnostic {
  const shown = { code, severity, title, labels: labels.map(labelJson) }
  return hint === undefined ? shown : { ...shown, hint }
}

function labelJson({ source, span, text }: Label): JsonLabel {
  const { line, column } = source.position(span.start)
  const end = source.position(span.end)
  return {
    file: source.name,
    line,
    column,
    endLine: end.line,
    endColumn: end.column,
    span: { start: span.start, end: span.end },
    text,
  }
}
