import type { Diagnostic, DiagnosticCode, Severity, Span } from '../grammar/index.ts'
import type { Document } from './document.ts'
import { locationIn } from './meaning.ts'
import type { Location } from './meaning.ts'
import type { ImportedModule } from './names/declaration.ts'

/** What is wrong at a place of a text. */
export interface Finding {
  readonly span: Span
  readonly code: DiagnosticCode
  readonly severity: Severity
  /** Title, what is to be seen at the place, and the hint, a line each. */
  readonly message: string
  readonly title: string
  readonly hint?: string
  /** The other places that belong to it. */
  readonly related: readonly Related[]
  /** What nobody uses may be shown faded. */
  readonly isUnused: boolean
}

/** Another place that a finding is about. */
export interface Related extends Location {
  readonly text: string
}

const unusedCodes: readonly string[] = ['HOCL215', 'HOCL216']

/** All that `hocl check` says of a text. What is wrong in a module is told at its import, too. */
export function diagnostics(document: Document): readonly Finding[] {
  return document.diagnostics.map((diagnostic) => finding(document, diagnostic))
}

function finding(document: Document, diagnostic: Diagnostic): Finding {
  const { code, severity, title, hint, labels } = diagnostic
  const own = labels.find(({ source }) => source === document.source)
  const [first] = labels
  const isElsewhere = own === undefined
  const lines = [
    isElsewhere ? `${title} (in a module)` : title,
    ...(first.text === '' || first.text === title ? [] : [first.text]),
    ...(hint === undefined ? [] : [`hint: ${hint}`]),
  ]
  return {
    span: document.outward(own?.span ?? importOf(document, diagnostic)),
    code,
    severity,
    message: lines.join('\n'),
    title,
    ...(hint !== undefined && { hint }),
    related: labels.flatMap((label) => {
      if (label === own) return []
      const where = document.surroundings.documentOf(label.source)
      return where === undefined ? [] : [{ ...locationIn(where, label.span), text: label.text }]
    }),
    isUnused: unusedCodes.includes(code),
  }
}

/** The import that leads to a module with a mistake, or the start of the text. */
function importOf(document: Document, { labels: [{ source }] }: Diagnostic): Span {
  const seen = new Set<Document>()
  const leadsThere = (from: Document | undefined): boolean => {
    if (from === undefined || seen.has(from)) return false
    seen.add(from)
    if (from.source === source) return true
    return from.names.declarations.some(({ module }) => leadsThere(moduleAt(from, module)))
  }
  const found = document.names.declarations.find(({ module }) =>
    leadsThere(moduleAt(document, module)),
  )
  return found?.whole ?? { start: 0, end: 0 }
}

function moduleAt(document: Document, module: ImportedModule | undefined): Document | undefined {
  return module && document.imported(module)
}
