import { floatText, intText } from '../atom-text.ts'
import { writtenCopies } from '../multiset.ts'
import type { Molecule, Solution } from '../molecule.ts'
import { inlineText, multiplicityText, RuleTexts } from '../print-inline.ts'
import type { OutputFormat } from './formats.ts'
import { dataEntries, dataOf, plainJson } from './plain-json.ts'

/** How a table is written. */
export interface WriteOptions {
  /** CSV: one character, a comma where not given. */
  readonly separator?: string
  /** CSV: the names of the columns, for a first row. */
  readonly header?: readonly string[]
}

/**
 * The data of a solution in a format that others read, in canonical order and in pieces. Rules and pending
 * molecules of the solution are left out.
 */
export function* dataPieces(
  solution: Solution,
  format: OutputFormat,
  options: WriteOptions = {},
): Generator<string> {
  let piece = ''
  for (const line of lines(solution, format, options)) {
    piece += line
    if (piece.length < PIECE) continue
    yield piece
    piece = ''
  }
  if (piece !== '') yield piece
}

const PIECE = 2 ** 16

function lines(solution: Solution, format: OutputFormat, options: WriteOptions): Iterable<string> {
  switch (format) {
    case 'hocl':
      return hoclLines(solution)
    case 'json':
      return jsonLines(solution)
    case 'ndjson':
      return ndjsonLines(solution)
    case 'csv':
      return csvLines(solution, options)
  }
}

/** A molecule on each line, with commas between them. */
function* hoclLines(solution: Solution): Generator<string> {
  const rules = new RuleTexts()
  let before = ''
  for (const [molecule, multiplicity] of dataEntries(solution)) {
    const text = inlineText(molecule, rules) + multiplicityText(multiplicity)
    for (let i = writtenCopies(multiplicity); i > 0; i--) {
      yield before + text
      before = ',\n'
    }
  }
  if (before !== '') yield '\n'
}

function* jsonLines(solution: Solution): Generator<string> {
  let before = '[\n'
  for (const molecule of dataOf(solution)) {
    yield before + plainJson(molecule)
    before = ',\n'
  }
  yield before === '[\n' ? '[]\n' : '\n]\n'
}

function* ndjsonLines(solution: Solution): Generator<string> {
  for (const molecule of dataOf(solution)) yield `${plainJson(molecule)}\n`
}

function* csvLines(solution: Solution, options: WriteOptions): Generator<string> {
  const separator = options.separator ?? ','
  if (options.header !== undefined) yield csvRow(options.header, separator)
  for (const molecule of dataOf(solution)) {
    const isRow = typeof molecule === 'object' && molecule.kind === 'tuple'
    yield csvRow(isRow ? molecule.fields : [molecule], separator)
  }
}

/** RFC 4180, but lines end in `\n` alone, as everywhere here. */
function csvRow(fields: readonly Molecule[], separator: string): string {
  return `${fields.map((field) => csvField(field, separator, fields.length)).join(separator)}\n`
}

/** A string stands in quotes where it would read back as a number, or as nothing at all. */
function csvField(field: Molecule, separator: string, columns: number): string {
  if (typeof field === 'string') {
    const isBlank = field === '' && columns === 1
    return isBlank || readsAsNumber(field) ? quoted(field) : quotedIfNeeded(field, separator)
  }
  return quotedIfNeeded(csvText(field), separator)
}

function csvText(field: Exclude<Molecule, string>): string {
  if (typeof field === 'number' || typeof field === 'bigint') return intText(field)
  if (typeof field === 'object' && field.kind === 'float') return floatText(field.value)
  return inlineText(field)
}

function readsAsNumber(text: string): boolean {
  return /^\s*[+-]?[0-9.]/.test(text) && Number.isFinite(Number(text))
}

function quotedIfNeeded(text: string, separator: string): string {
  return text.includes(separator) || /["\r\n]/.test(text) ? quoted(text) : text
}

function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`
}
