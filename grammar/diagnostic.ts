import type { Source, Span } from './source.ts'

/** 1xx syntax · 2xx names and patterns · 3xx reactions · 4xx solutions · 5xx distribution · 6xx modules, hosts and data. */
export type DiagnosticCode = `HOCL${number}`

/** Only an `error` keeps a program from running. */
export type Severity = 'error' | 'warning' | 'hint'

/** One place and what is to be seen there, in the words of the language; `text` may be empty. */
export interface Label {
  readonly span: Span
  readonly source: Source
  readonly text: string
}

/** What is wrong with a program. Returned, never thrown: a program can have many. */
export interface Diagnostic {
  readonly code: DiagnosticCode
  readonly severity: Severity
  /** At most 60 characters beside quoted names, no full stop. */
  readonly title: string
  /** The first is the culprit. */
  readonly labels: readonly [Label, ...Label[]]
  /** What to write instead, if we know. */
  readonly hint?: string
}
