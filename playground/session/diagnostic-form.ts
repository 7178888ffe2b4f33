import type { Diagnostic } from '../../grammar/index.ts'
import type { Place } from '../../interpreter/index.ts'
import type { DiagnosticForm, LabelForm } from './messages.ts'

/** A diagnostic as data. */
export function diagnosticForm(diagnostic: Diagnostic): DiagnosticForm {
  const { code, severity, title, hint, labels } = diagnostic
  const [first, ...more] = labels
  const forms: [LabelForm, ...LabelForm[]] = [
    labelForm(first, first.text),
    ...more.map((label) => labelForm(label, label.text)),
  ]
  return { code, severity, title, ...(hint !== undefined && { hint }), labels: forms }
}

/** A place in a text as editors count. */
export function labelForm({ source, span }: Place, text: string): LabelForm {
  const start = source.position(span.start)
  const end = source.position(span.end)
  return {
    file: source.name.replace(/^\.\//, ''),
    line: start.line,
    column: start.column,
    endLine: end.line,
    endColumn: end.column,
    text,
  }
}
