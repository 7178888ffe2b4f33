import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { Source } from '../../grammar/index.ts'
import { lowerSource, prelude } from '../../interpreter/index.ts'
import type { LoweredProgram, ModuleLoader } from '../../interpreter/index.ts'
import { testHost } from './host.ts'

/*
 * A golden is one program, why it is here, and what must come out, in comments:
 *
 *   //=> < 9, max >        the only inert result; in the area `printing` its text, line by line
 *   //=> limit 100         never inert: 100 reactions happen, and more could
 *   //=| < 1 >             one of several results, a line each: exactly these can be reached
 *   //=? molecules 3       the outermost solution has 3 molecules, copies counted
 *   //=? matches <x, ω>    a pattern for the outermost solution, possibly with `if …`
 *   //=? warns HOCL303     the checker gives this warning or hint
 *   //=! HOCL401           is refused with this error; HOCL1xx for any error of syntax
 *   //=! failed by zero    a product fails, with these words; `//=>` then says what is left
 *   //=! depth-limit       the run stops so
 *   //## reactions 2       each run takes so many
 *   //## limit molecules 5 the run is bounded: reactions, molecules, depth
 *   //## unexplored why    too many states to explore
 *   //§ 5.6                the clause of the language that it shows; `//§ 3 rest` a line of the grammar
 *   //§ not 5.6            the same, by something that must not react or is refused
 *   //<< host              the functions of test/support/host.ts can be called
 *   //<< inject 1, 2       is added when the run has ended, and the run goes on
 *   //<< ./a.hocl let …    a module that the program can import
 */
export interface Golden {
  readonly area: string
  readonly name: string
  readonly path: string
  readonly lines: number
  readonly source: Source
  readonly clauses: readonly Clause[]
  /** `//=>`, without `limit`. */
  readonly result: readonly string[]
  /** `//=|` */
  readonly results: readonly string[]
  /** `//=> limit n` */
  readonly endless: number | undefined
  readonly properties: readonly Property[]
  readonly refusal: Refusal | undefined
  readonly reactions: number | undefined
  readonly limits: Readonly<Record<string, number>>
  readonly unexplored: string | undefined
  readonly usesHost: boolean
  readonly injections: readonly string[]
  readonly modules: ReadonlyMap<string, string>
}

export interface Clause {
  readonly name: string
  readonly isNegative: boolean
}

export interface Property {
  readonly kind: 'molecules' | 'matches' | 'warns'
  readonly text: string
}

export interface Refusal {
  readonly kind: 'diagnostic' | 'failed' | 'stopped'
  readonly text: string
}

/** Most lines that a golden may have. */
const longest = 30

const marked = /^\s*\/\/(=>|=\||=\?|=!|##|§|<<)(.*)$/
const looksMarked = /\/\/\s*([=#§<][=>|?!#<§]?)/

/** Every golden under a folder, by path. */
export function goldensUnder(folder: string): readonly Golden[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.hocl'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((path) => readGolden(path, readFileSync(path, 'utf8')))
}

/** Reads one golden; a mark that says nothing known is an error. */
export function readGolden(path: string, text: string): Golden {
  const lines = text.trimEnd().split('\n')
  const marks = lines.flatMap((line, i) => markOf(line, `${path}:${String(i + 1)}`))
  const of = (sign: string): string[] => marks.filter((m) => m.sign === sign).map((m) => m.text)
  const [endless, result] = partition(of('=>'), (line) => /^limit \d+$/.test(line))
  const [bounds, settings] = [of('##').filter(isLimit), of('##').filter((line) => !isLimit(line))]
  const givens = of('<<')
  const golden = {
    area: basename(dirname(path)),
    name: basename(path, '.hocl'),
    path,
    lines: lines.length,
    source: new Source(path, text),
    clauses: of('§').flatMap((line) => line.split(',').map((each) => clause(each.trim()))),
    result,
    results: of('=|'),
    endless: numberOf(endless[0], /^limit (\d+)$/),
    properties: of('=?').map(property),
    refusal: of('=!').map(refusal)[0],
    reactions: numberOf(found(settings, 'reactions'), /^reactions (\d+)$/),
    limits: Object.fromEntries(bounds.map(bound)),
    unexplored: found(settings, 'unexplored')?.replace('unexplored ', ''),
    usesHost: givens.includes('host'),
    injections: givens.flatMap((line) => /^inject (.+)$/.exec(line)?.[1] ?? []),
    modules: new Map(givens.flatMap(moduleText)),
  }
  complain(golden, settings, givens, of('=!').length)
  return golden
}

/** What is wrong with a golden as such makes it fail before anything runs. */
function complain(golden: Golden, settings: string[], givens: string[], refusals: number): void {
  const { path, result, results, properties, refusal, endless } = golden
  const told: string[] = []
  const hasText = result.length > 0 || results.length > 0 || endless !== undefined
  const hasProperty = properties.some(({ kind }) => kind !== 'warns')
  if (!hasText && !hasProperty && refusal === undefined) told.push('it expects nothing')
  if (golden.clauses.length === 0) told.push('it names no clause')
  if (golden.lines > longest) told.push(`it has ${String(golden.lines)} lines`)
  if (result.length > 1 && golden.area !== 'printing') told.push('two lines `//=>`')
  if (result.length > 0 && results.length > 0) told.push('`//=>` beside `//=|`')
  if (results.length === 1) told.push('one line `//=|` alone')
  if (refusals > 1) told.push('two lines `//=!`')
  for (const line of settings)
    if (!/^(reactions \d+|unexplored .+)$/.test(line)) told.push(`nobody reads \`//## ${line}\``)
  for (const line of givens)
    if (line !== 'host' && !/^(inject |\.\/|hocl\.)/.test(line))
      told.push(`nobody reads \`//<< ${line}\``)
  if (told.length > 0) throw new Error(`${path}: ${told.join('; ')}`)
}

/** The program of a golden, with the modules and the host that it asks for. */
export function programOf({ source, modules, usesHost }: Golden): LoweredProgram {
  const module = (name: string): Source | undefined => {
    const text = modules.get(name)
    return text === undefined ? undefined : new Source(name, text)
  }
  const loader: ModuleLoader = {
    standard: module,
    file: module,
    standardNames: [...modules.keys()].filter((name) => name.startsWith('hocl.')),
  }
  return lowerSource(source, { host: usesHost ? testHost : prelude, modules: loader })
}

/** Writes other results into a golden: one after `//=>`, several after `//=|`, a printed one line by line. */
export function rewrite({ path, source, area }: Golden, printed: readonly string[]): void {
  const sign = printed.length > 1 ? '//=|' : '//=>'
  const lines = area === 'printing' ? printed.flatMap((each) => each.split('\n')) : printed
  const marks = lines.map((line) => `${area === 'printing' ? '//=>' : sign} ${line}`)
  const isResult = (line: string): boolean => /^\/\/=(\||> (?!limit ))/.test(line)
  const kept = source.text.trimEnd().split('\n')
  const at = kept.findIndex(isResult)
  const others = kept.filter((line) => !isResult(line))
  writeFileSync(path, [...others.slice(0, at), ...marks, ...others.slice(at), ''].join('\n'))
}

function markOf(line: string, place: string): { sign: string; text: string }[] {
  const [, sign, text] = marked.exec(line) ?? []
  if (sign !== undefined && text !== undefined)
    return [{ sign, text: text.replace(/^ /, '').trimEnd() }]
  if (looksMarked.test(line)) throw new Error(`${place}: nobody reads this mark`)
  return []
}

function clause(text: string): Clause {
  const isNegative = text.startsWith('not ')
  return { name: isNegative ? text.slice(4) : text, isNegative }
}

function property(line: string): Property {
  const [, kind, text] = /^(molecules|matches|warns) (.+)$/.exec(line) ?? []
  if (text === undefined || (kind !== 'molecules' && kind !== 'matches' && kind !== 'warns'))
    throw new Error(`nobody reads \`//=? ${line}\``)
  return { kind, text }
}

function refusal(line: string): Refusal {
  if (/^HOCL\d(\d\d|xx)$/.test(line)) return { kind: 'diagnostic', text: line }
  if (line.startsWith('failed')) return { kind: 'failed', text: line.slice('failed'.length).trim() }
  if (/^(reaction|molecule|depth|size|call|time)-limit$/.test(line))
    return { kind: 'stopped', text: line }
  throw new Error(`nobody reads \`//=! ${line}\``)
}

function isLimit(line: string): boolean {
  return line.startsWith('limit ')
}

function bound(line: string): [string, number] {
  const [, name = '', value] = /^limit (reactions|molecules|depth) (\d+)$/.exec(line) ?? []
  if (value === undefined) throw new Error(`nobody reads \`//## ${line}\``)
  return [name, Number(value)]
}

function moduleText(line: string): [string, string][] {
  const [, name, text] = /^(\.\/\S+|hocl\.\S+) (.*)$/.exec(line) ?? []
  return name === undefined || text === undefined ? [] : [[name, text]]
}

function found(lines: readonly string[], word: string): string | undefined {
  return lines.find((line) => line.startsWith(`${word} `))
}

function numberOf(line: string | undefined, form: RegExp): number | undefined {
  const digits = line === undefined ? undefined : form.exec(line)?.[1]
  return digits === undefined ? undefined : Number(digits)
}

/** The lines for which it holds, then the others. */
function partition(
  lines: readonly string[],
  holds: (line: string) => boolean,
): [string[], string[]] {
  return [lines.filter(holds), lines.filter((line) => !holds(line))]
}
