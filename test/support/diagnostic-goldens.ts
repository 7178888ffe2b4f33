import { readdirSync, readFileSync } from 'node:fs'
import type { Diagnostic } from '../../grammar/index.ts'

/*
 * A golden of a diagnostic is a program with marks in comments:
 *
 *     let a = 1;
 *     //       ^ HOCL116 Expected `in`
 *
 * The caret stands under the column where the first label starts, in the line above (marks between
 * apart); the text is a part of the title. The marks are taken out before the program is read, so
 * that they can stand anywhere.
 */

export interface DiagnosticGolden {
  readonly name: string
  /** The code in the name of the file. */
  readonly code: string
  /** The program without its marks. */
  readonly text: string
  readonly marks: readonly Mark[]
}

export interface Mark {
  readonly line: number
  readonly column: number
  readonly code: string
  readonly text: string
}

const folder = new URL('../diagnostics/', import.meta.url)
const markLine = /^\s*\/\/\s*\^ (HOCL\d{3})(?: (.*))?$/

/** All goldens whose code starts with these letters, such as `HOCL1` for syntax. */
export function diagnosticGoldens(start: string): readonly DiagnosticGolden[] {
  const names = readdirSync(folder).filter((name) => name.startsWith(start))
  return names.sort().map((name) => readGolden(name, readFileSync(new URL(name, folder), 'utf8')))
}

export function readGolden(name: string, whole: string): DiagnosticGolden {
  const lines: string[] = []
  const marks: Mark[] = []
  for (const line of whole.split('\n')) {
    const [, code, text = ''] = markLine.exec(line) ?? []
    if (code === undefined) lines.push(line)
    else marks.push({ line: lines.length, column: line.indexOf('^') + 1, code, text })
  }
  return { name, code: name.slice(0, 7), text: lines.join('\n'), marks }
}

/** The diagnostics as marks, to be compared with those of a golden. */
export function marksOf(diagnostics: readonly Diagnostic[]): readonly Mark[] {
  return diagnostics.map(({ code, title, labels: [{ source, span }] }) => {
    return { ...source.position(span.start), code, text: title }
  })
}

/** What the marks of a golden say that did not come, and the other way round. */
export function unmet(
  golden: DiagnosticGolden,
  diagnostics: readonly Diagnostic[],
): readonly string[] {
  const came = [...marksOf(diagnostics)]
  const missing = golden.marks.filter((mark) => {
    const index = came.findIndex((other) => isMet(mark, other))
    if (index >= 0) came.splice(index, 1)
    return index < 0
  })
  return [
    ...(golden.marks.length === 0 ? ['the file has no marks'] : []),
    ...missing.map((mark) => `did not come: ${print(mark)}`),
    ...came.map((mark) => `came without a mark: ${print(mark)}`),
  ]
}

function isMet(mark: Mark, other: Mark): boolean {
  const isSamePlace = mark.line === other.line && mark.column === other.column
  return isSamePlace && mark.code === other.code && other.text.includes(mark.text)
}

function print({ line, column, code, text }: Mark): string {
  return `${line}:${column} ${code} ${text}`
}
