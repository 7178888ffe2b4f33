import type { Diagnostic, Label } from './diagnostic.ts'
import { displayColumns, displayLine, type DisplayLine } from './display-line.ts'
import type { Source } from './source.ts'

/*
 * A diagnostic as a picture:
 *
 *     error[HOCL203]: `y` is not bound by the pattern
 *       ┌─ largest.hocl:2:21
 *     2 │   replace x by x + y
 *       │           ─        ^ `y` is used here
 *       │           └ the pattern binds only `x`
 *       = hint: to take a second molecule, write `replace x, y by x + y`
 *
 * The culprit has carets, other places have dashes. The rightmost place of a line has its text beside
 * it, the others below.
 */

/** How a diagnostic is drawn; without anything it is plain text. */
export interface RenderOptions {
  /** Whether to colour the picture with ANSI escapes. */
  readonly colour?: boolean
}

/** At most so many diagnostics are shown at once. */
export const shownDiagnostics = 20

/** Several pictures with an empty line between them, and how many more there are. */
export function renderAll(diagnostics: readonly Diagnostic[], options: RenderOptions = {}): string {
  const pictures = diagnostics.slice(0, shownDiagnostics).map((each) => render(each, options))
  const left = diagnostics.length - pictures.length
  if (left > 0) pictures.push(`… and ${left} more`)
  return pictures.join('\n\n')
}

/** The picture of one diagnostic, without a line break at its end. */
export function render(diagnostic: Diagnostic, options: RenderOptions = {}): string {
  const ink = inkFor(options)
  const { code, severity, title, labels, hint } = diagnostic
  const margin = ' '.repeat(Math.max(...labels.map((label) => String(lineOf(label)).length)))
  const lines = [`${ink[severity](`${severity}[${code}]`)}${ink.strong(`: ${oneLine(title)}`)}`]
  for (const [index, { source, rows }] of excerpts(labels).entries()) {
    const lead = rows.flatMap((row) => row.labels).find((label) => label === labels[0])
    const anchor = lead ?? rows[0]?.labels[0]
    if (anchor !== undefined) {
      const { line, column } = source.position(anchor.span.start)
      const corner = index === 0 ? '┌─' : '├─'
      lines.push(`${margin} ${ink.frame(corner)} ${source.name}:${line}:${column}`)
    }
    rows.forEach((row, position) => {
      const above = rows[position - 1]
      if (above !== undefined && row.number > above.number + 1)
        lines.push(`${margin} ${ink.frame('·')}`)
      const number = String(row.number).padStart(margin.length)
      lines.push(`${ink.frame(`${number} │`)} ${row.shown.text}`.trimEnd())
      for (const mark of marks(row, labels[0], ink[severity], ink.frame)) {
        lines.push(`${margin} ${ink.frame('│')} ${mark}`)
      }
    })
  }
  if (hint !== undefined)
    lines.push(`${margin} ${ink.frame('=')} ${ink.hint('hint')}: ${oneLine(hint)}`)
  return lines.join('\n')
}

/** A text can quote others, such as what a host function threw: a line break in them would tear the picture. */
function oneLine(text: string): string {
  return text.replace(/\s*[\r\n]\s*/g, ' ')
}

interface Excerpt {
  readonly source: Source
  readonly rows: readonly Row[]
}

interface Row {
  readonly number: number
  readonly shown: DisplayLine
  readonly labels: readonly Label[]
}

function lineOf({ source, span }: Label): number {
  return source.position(span.start).line
}

/** The labels by source in the order of their first one, and in each by line. */
function excerpts(labels: readonly Label[]): readonly Excerpt[] {
  const sources = [...new Set(labels.map((label) => label.source))]
  return sources.map((source) => {
    const here = labels.filter((label) => label.source === source)
    const numbers = [...new Set(here.map(lineOf))].sort((one, other) => one - other)
    const rows = numbers.map((number) => {
      const onLine = here.filter((label) => lineOf(label) === number)
      const first = onLine[0]
      const focus = first === undefined ? 1 : first.span.start - source.lineStart(number) + 1
      return { number, shown: displayLine(source.line(number), focus), labels: onLine }
    })
    return { source, rows }
  })
}

interface Mark {
  readonly column: number
  readonly width: number
  readonly label: Label
}

type Ink = (text: string) => string

/** The lines under a row: the marks with the text of the last one, then the other texts, from the right. */
function marks(row: Row, culprit: Label | undefined, strong: Ink, frame: Ink): readonly string[] {
  const placed = row.labels
    .map((label) => place(label, row))
    .sort((one, other) => one.column - other.column)
  const inkOf = (mark: Mark) => (mark.label === culprit ? strong : frame)
  const sign = (mark: Mark) => inkOf(mark)((mark.label === culprit ? '^' : '─').repeat(mark.width))
  const last = placed.at(-1)
  if (last === undefined) return []

  let line = ''
  let column = 0
  for (const mark of placed) {
    if (mark.column < column) continue
    line += ' '.repeat(mark.column - column) + sign(mark)
    column = mark.column + mark.width
  }
  const beside = last.label.text === '' ? '' : ` ${inkOf(last)(oneLine(last.label.text))}`
  const below = placed
    .slice(0, -1)
    .filter((mark) => mark.label.text !== '')
    .reverse()
    .map((mark) => `${' '.repeat(mark.column)}${inkOf(mark)(`└ ${oneLine(mark.label.text)}`)}`)
  return [line + beside, ...below]
}

/** Where a label stands in its row; what runs over the end of the line is marked up to there. */
function place(label: Label, row: Row): Mark {
  const { source, span } = label
  const lineStart = source.lineStart(row.number)
  const { start, end } = displayColumns(row.shown, span.start - lineStart, span.end - lineStart)
  return { column: start, width: Math.max(1, end - start), label }
}

interface Palette {
  readonly error: Ink
  readonly warning: Ink
  readonly hint: Ink
  readonly strong: Ink
  readonly frame: Ink
}

function inkFor({ colour }: RenderOptions): Palette {
  const paint = (code: string) => (text: string) =>
    colour === true ? `\u001B[${code}m${text}\u001B[0m` : text
  return {
    error: paint('1;31'),
    warning: paint('1;33'),
    hint: paint('1;36'),
    strong: paint('1'),
    frame: paint('34'),
  }
}
