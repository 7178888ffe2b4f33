import { readdirSync, readFileSync } from 'node:fs'
import { Source } from '../../grammar/index.ts'
import type { Diagnostic } from '../../grammar/index.ts'
import { diagnosticsOf, firstSolution, lowerSource, prelude } from '../../interpreter/index.ts'
import type { ModuleLoader } from '../../interpreter/index.ts'
import { standardModules } from '../../stdlib/index.ts'
import { planChecks } from '../../vm/index.ts'
import { testHost } from './host.ts'

/*
 * A golden of a diagnostic is a program with marks in comments:
 *
 *     let a = 1;
 *     //       ^ HOCL116 expected `in`
 *
 * The caret stands under the column where the first label starts, in the line above (marks between
 * apart); the text is a part of the title. The marks are taken out before the program is read, so
 * that they can stand anywhere. What the program needs is said in front:
 *
 *     //<< host                     the functions of test/support/host.ts can be called
 *     //<< ./a.hocl let a = 1 in    a module that it can import
 *     //<< data.json [1, 2          a file beside it, for a command; with JSON's escapes and `\xFF`, and
 *                                   `{9 × 1000}` for a thousand nines
 *     //$ run --in data.json        the mistake shows when this command is given the program
 *     //! HOCL620 is not JSON       what that command says
 */

export interface DiagnosticGolden {
  readonly name: string
  /** The code in the name of the file. */
  readonly code: string
  /** The program without its marks. */
  readonly text: string
  readonly marks: readonly Mark[]
  readonly usesHost: boolean
  /** Modules and other files, by name. */
  readonly files: ReadonlyMap<string, string>
  /** The words of a command; the program is its first argument. */
  readonly command: readonly string[] | undefined
  readonly complaint: { readonly code: string; readonly text: string } | undefined
}

export interface Mark {
  readonly line: number
  readonly column: number
  readonly code: string
  readonly text: string
}

const folder = new URL('../diagnostics/', import.meta.url)
const markLine = /^\s*\/\/\s*\^ (HOCL\d{3})(?: (.*))?$/
const settingLine = /^\/\/(<<|\$|!) (.*)$/

/** All goldens whose code starts with these letters, such as `HOCL1` for syntax. */
export function diagnosticGoldens(start: string): readonly DiagnosticGolden[] {
  const names = readdirSync(folder).filter(
    (name) => name.startsWith(start) && name.endsWith('.hocl'),
  )
  return names.sort().map((name) => readGolden(name, readFileSync(new URL(name, folder), 'utf8')))
}

export function readGolden(name: string, whole: string): DiagnosticGolden {
  const lines: string[] = []
  const marks: Mark[] = []
  const settings: { readonly sign: string; readonly value: string }[] = []
  for (const line of whole.split('\n')) {
    const [, code, text = ''] = markLine.exec(line) ?? []
    const [, sign, value] = settingLine.exec(line) ?? []
    if (sign !== undefined && value !== undefined) settings.push({ sign, value })
    else if (code === undefined) lines.push(line)
    else marks.push({ line: lines.length, column: line.indexOf('^') + 1, code, text })
  }
  const of = (sign: string) => settings.filter((each) => each.sign === sign).map((s) => s.value)
  const [complaint] = of('!').map((text) => /^(HOCL\d{3}) ?(.*)$/.exec(text) ?? [])
  return {
    name,
    code: name.slice(0, 7),
    text: lines.join('\n'),
    marks,
    usesHost: of('<<').includes('host'),
    files: new Map(of('<<').flatMap(fileOf)),
    command: of('$')[0]?.split(' '),
    complaint: complaint && { code: complaint[1] ?? '', text: complaint[2] ?? '' },
  }
}

function fileOf(line: string): [string, string][] {
  const [, name, text] = /^(\S+\.\S+) (.*)$/.exec(line) ?? []
  return name === undefined || text === undefined ? [] : [[name, text]]
}

/** The bytes of a file that a golden writes on one line. */
export function fileBytes(text: string): Uint8Array {
  const whole = text.replace(/\{(.) × (\d+)\}/g, (_, what: string, count: string) =>
    what.repeat(Number(count)),
  )
  const parts = whole.split(/\\x([0-9A-F]{2})/).map((part, i) => {
    if (i % 2 === 1) return Buffer.from([Number.parseInt(part, 16)])
    return Buffer.from(part.replace(/\\n/g, '\n').replace(/\\\\/g, '\\'))
  })
  return Buffer.concat(parts)
}

/** All that is said of a program before it runs. */
export function diagnosticsIn(
  golden: Pick<DiagnosticGolden, 'name' | 'text' | 'usesHost' | 'files'>,
): readonly Diagnostic[] {
  const source = new Source(golden.name, golden.text)
  const text = (path: string): string | undefined =>
    golden.files.get(path) ?? standardModules.get(path)
  const find = (path: string): Source | undefined => {
    const found = text(path)
    return found === undefined ? undefined : new Source(path, found)
  }
  const modules: ModuleLoader = {
    standard: find,
    // The name of the golden is its own path, for circles.
    file: (path) => (path === `./${golden.name}` ? source : find(path)),
    standardNames: [...standardModules.keys()],
  }
  const program = lowerSource(source, { host: golden.usesHost ? testHost : prelude, modules })
  const diagnostics = diagnosticsOf(program, { checks: planChecks })
  if (diagnostics.some(({ severity }) => severity === 'error')) return diagnostics
  const { diagnostic } = firstSolution(program, 1)
  return diagnostic === undefined ? diagnostics : [...diagnostics, diagnostic]
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
