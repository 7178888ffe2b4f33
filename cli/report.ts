import { renderAll, Source } from '../grammar/index.ts'
import type { Diagnostic } from '../grammar/index.ts'
import { DataError, HoclError } from '../interpreter/index.ts'
import { exitCodes } from './exit-codes.ts'
import { Rejection } from './rejection.ts'
import type { Terminal } from './terminal.ts'
import { UsageError } from './usage-error.ts'

/** Says what went wrong, and gives the code to exit with. What we did not foresee is a fault of ours. */
export function report(error: unknown, terminal: Terminal): number {
  if (error instanceof Rejection) {
    terminal.complain(renderAll(error.diagnostics, { colour: terminal.hasMessageColour }))
  } else if (error instanceof UsageError) {
    complain(terminal, { kind: 'error', message: error.message, hint: error.hint })
  } else if (error instanceof HoclError) {
    const picture = pictureOf(error)
    const { code, message, hint } = error
    const place = error instanceof DataError ? error.place : undefined
    const where = place && `${place.file}:${place.line}:${place.column}`
    if (picture === undefined) complain(terminal, { kind: `error[${code}]`, message, where, hint })
    else terminal.complain(renderAll([picture], { colour: terminal.hasMessageColour }))
  } else reportBug(error, terminal)
  return exitCodeOf(error)
}

/** Data that cannot be read, as a diagnostic, where there is text to show. */
function pictureOf(error: HoclError): Diagnostic | undefined {
  if (!(error instanceof DataError) || error.place?.excerpt === undefined) return undefined
  const { file, line, column, excerpt } = error.place
  const source = new Source(file, excerpt.text, { line, column: excerpt.column })
  const start = column - excerpt.column
  // What is seen there, as the messages name it: a word, or a character.
  const [seen = ' '] = /^(?:[\p{L}\p{N}_$]+|.)/u.exec(excerpt.text.slice(start)) ?? []
  return {
    code: error.code,
    severity: 'error',
    title: error.message,
    labels: [{ source, span: { start, end: start + seen.length }, text: '' }],
    ...(error.hint !== undefined && { hint: error.hint }),
  }
}

/** What a process ends with that was kept from its work by an error. */
export function exitCodeOf(error: unknown): number {
  if (error instanceof UsageError) return exitCodes.usage
  if (error instanceof HoclError && error.code === 'HOCL503') return exitCodes.unreachable
  return error instanceof Rejection || error instanceof HoclError ? exitCodes.wrong : exitCodes.bug
}

interface Complaint {
  readonly kind: string
  readonly message: string
  readonly where?: string | undefined
  readonly hint: string | undefined
}

/** A message in the form of a diagnostic that has no text to show. */
function complain(terminal: Terminal, { kind, message, where, hint }: Complaint): void {
  const { palette } = terminal
  const lines = [`${palette.error(kind)}${palette.strong(`: ${message}`)}`]
  if (where !== undefined) lines.push(`  ┌─ ${where}`)
  if (hint !== undefined) lines.push(`  = ${palette.hint('hint')}: ${hint}`)
  terminal.complain(lines.join('\n'))
}

function reportBug(error: unknown, terminal: Terminal): void {
  const message = error instanceof Error ? error.message : String(error)
  const name = error instanceof Error ? error.name : 'thrown'
  terminal.complain(
    [
      `${terminal.palette.error('fault')}${terminal.palette.strong(`: hocl itself went wrong (${name}: ${message})`)}`,
      '  = your program should never bring this about. Report it with the program and the command;',
      '    `HOCL_DEBUG=1` before the command shows where it happened',
    ].join('\n'),
  )
  if (
    process.env['HOCL_DEBUG'] !== undefined &&
    error instanceof Error &&
    error.stack !== undefined
  )
    terminal.complain(error.stack)
}
