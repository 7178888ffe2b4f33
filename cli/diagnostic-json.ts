import type { Diagnostic, Label } from '../grammar/index.ts'
import { DataError, HoclError } from '../interpreter/index.ts'
import { Rejection } from './rejection.ts'
import { UsageError } from './usage-error.ts'

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

/** What kept a program from running, or undefined for a fault of ours. */
export function rejectionJson(error: unknown): object | undefined {
  if (error instanceof Rejection) return { diagnostics: error.diagnostics.map(diagnosticJson) }
  const object = errorJson(error)
  return object === undefined ? undefined : { error: object }
}

function placeJson(error: HoclError): object {
  if (!(error instanceof DataError) || error.place === undefined) return {}
  const { file, line, column } = error.place
  return { file, line, column }
}

/** An error as one object: its code where it has one, its words and its place. */
export function errorJson(error: unknown): object | undefined {
  if (error instanceof Rejection) {
    const [first] = error.diagnostics
    return first && { ...diagnosticJson(first), message: first.labels[0].text }
  }
  if (error instanceof HoclError) {
    const { code, message, hint } = error
    return { code, message, ...placeJson(error), ...(hint !== undefined && { hint }) }
  }
  if (error instanceof UsageError) {
    const { message, hint } = error
    return { message, ...(hint !== undefined && { hint }) }
  }
  return undefined
}
