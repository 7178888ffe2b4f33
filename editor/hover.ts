import type { Source, Span, Token } from '../grammar/index.ts'
import { documentationOf, printBriefly, variableTypes } from '../interpreter/index.ts'
import type { Document } from './document.ts'
import { exportsOf, meaningOf } from './meaning.ts'
import type { Meaning } from './meaning.ts'
import type { Declaration } from './names/declaration.ts'
import { standardPath } from './uris.ts'
import { keywordWords, markWords, typeWords } from './words/keywords.ts'
import { functionWords } from './words/prelude.ts'
import { code, patternWords, ruleWords } from './words/rule-words.ts'
import type { KnownTypes } from './words/rule-words.ts'

/** What is said of a place, in Markdown. */
export interface Hover {
  /** The word that it is about. */
  readonly span: Span
  readonly markdown: string
}

/** What an editor shows beside the language's own words. */
export interface HoverOptions {
  /** The page about a code of a message, in Markdown. */
  readonly page?: (code: string) => string | undefined
}

/** What the word at an offset means; undefined where nothing is to be said. */
export function hover(
  document: Document,
  offset: number,
  { page }: HoverOptions = {},
): Hover | undefined {
  const place = document.inward(offset)
  const token = tokenAt(document, place)
  const occurrence = document.names.at(place)
  const meaning = occurrence && meaningOf(document, occurrence)
  if (occurrence !== undefined && meaning !== undefined)
    return { span: document.outward(occurrence.span), markdown: meaningWords(meaning) }
  if (token === undefined) return undefined
  const about = codeAt(token, place)
  if (about !== undefined) {
    const markdown = page?.(about.code)
    return markdown === undefined ? undefined : { span: document.outward(about.span), markdown }
  }
  for (const each of [token, tokenAt(document, place - 1)]) {
    const markdown = each === undefined || each.span.end < place ? undefined : tokenWords(each)
    if (each !== undefined && markdown !== undefined)
      return { span: document.outward(each.span), markdown }
  }
  return undefined
}

/** The types of the variables of the rule that a declaration is bound by. */
export function typesAround(document: Document, rule: Span | undefined): KnownTypes {
  const found = rule && typesOf(document).get(rule.start)
  return found ?? new Map()
}

const known = new WeakMap<object, ReadonlyMap<number, KnownTypes>>()

function typesOf(document: Document): ReadonlyMap<number, KnownTypes> {
  const { program } = document
  const before = known.get(program)
  if (before !== undefined) return before
  const types = new Map(
    variableTypes(program).map(({ place, types }) => [place.span.start, types] as const),
  )
  known.set(program, types)
  return types
}

/** What a name means, in Markdown. */
export function meaningWords(meaning: Meaning): string {
  switch (meaning.kind) {
    case 'declaration':
      return declarationWords(meaning.document, meaning.declaration)
    case 'function': {
      const { signatures, text } = functionWords(meaning.function)
      const calls = signatures.map(({ label }) => label).join('\n')
      return joined([block(calls), text])
    }
    case 'constant':
      return block(`${meaning.name} = ${printBriefly(meaning.value)}`)
    case 'module':
      return moduleWords(meaning.document)
    case 'namespace':
      return `The functions and constants of ${code(meaning.name)}.`
    case 'class':
      return joined([
        block(functionWords(meaning.class.make).signatures[0]?.label ?? meaning.name),
        'A class of the host.',
      ])
    case 'type':
      return joined([`type ${code(meaning.name)}`, typeWords.get(meaning.name) ?? ''])
    case 'symbol':
      return `The symbol ${code(meaning.name)}: a name that stands for itself.`
  }
}

function declarationWords(document: Document, declaration: Declaration): string {
  const { source } = document
  const { name, kind, body, rule } = declaration
  switch (kind) {
    case 'rule':
    case 'maker':
    case 'value': {
      const types = typesAround(document, body?.span)
      const words = body?.kind === 'rule' ? ruleWords(body, source, types) : ''
      const module = standardPath(document.uri)
      return joined([
        block(shortened(source.slice(declaration.whole))),
        words === '' ? '' : `The rule ${code(name)}\n\n${words}`,
        documentationWords(document, declaration),
        module === undefined ? '' : `From ${code(module)}.`,
      ])
    }
    case 'variable': {
      const types = typesAround(document, rule?.span)
      const type = declaration.type ? source.slice(declaration.type.span) : types.get(name)
      return joined([
        block(type === undefined ? name : `${name}::${type}`),
        boundBy(declaration, source, types),
      ])
    }
    case 'rest':
      return joined([block(name), 'A rest: all that the other patterns of the solution leave.'])
    case 'multiplicity':
      return joined([block(`${name}::Int`), 'How many copies the pattern takes.'])
    case 'parameter':
      return joined([block(name), 'A parameter of the definition.'])
    case 'module':
      return code(name)
  }
}

function boundBy({ whole, rule }: Declaration, source: Source, types: KnownTypes): string {
  const pattern = rule?.patterns.find(
    ({ span }) => span.start <= whole.start && whole.end <= span.end,
  )
  if (pattern === undefined) return 'A variable.'
  return pattern.kind === 'variable-pattern'
    ? 'A variable that a pattern binds.'
    : `A variable in the pattern of ${patternWords(pattern, source, types)}.`
}

/** The comment before a definition; of a standard module as `hocl doc` shows it. */
export function documentationWords(document: Document, declaration: Declaration): string {
  if (declaration.isExported !== true) return (declaration.documentation ?? []).join('\n')
  const { definitions } = documentationOf(document.source, document.parsed.program)
  const found = definitions.find(({ name }) => name === declaration.name)
  return spaced(found?.comment ?? '')
}

/** What a module says about itself, and what it has. */
export function moduleWords(document: Document): string {
  const { head, introduction } = documentationOf(document.source, document.parsed.program)
  const names = [...exportsOf(document).keys()].map(code)
  return joined([
    `module ${code(standardPath(document.uri) ?? document.uri.split('/').at(-1) ?? document.uri)}`,
    head,
    spaced(introduction),
    names.length === 0 ? '' : `It has ${names.join(', ')}.`,
  ])
}

function tokenWords({ kind, text }: Token): string | undefined {
  if (kind === 'keyword' || kind === 'contextual') return keywordWords.get(text)
  return kind === 'string' || kind === 'comment' ? undefined : markWords.get(text)
}

/** `HOCL203` in a comment, as the marks of a test have it. */
function codeAt(
  { kind, text, span }: Token,
  place: number,
): { code: string; span: Span } | undefined {
  if (kind !== 'comment') return undefined
  for (const { 0: found, index } of text.matchAll(/HOCL\d{3}/g)) {
    const start = span.start + index
    if (start <= place && place <= start + found.length)
      return { code: found, span: { start, end: start + found.length } }
  }
  return undefined
}

/** The token at a place, or that ends there. */
export function tokenAt({ names }: Document, place: number): Token | undefined {
  const { tokens } = names
  const next = tokens.findIndex(({ span }) => span.start > place)
  const found = tokens[(next < 0 ? tokens.length : next) - 1]
  return found !== undefined && place <= found.span.end ? found : undefined
}

function block(text: string): string {
  return `\`\`\`hocl\n${text}\n\`\`\``
}

/** A code block stands apart, as Markdown wants it. */
function spaced(comment: string): string {
  return comment.replace(/([^\n])\n```hocl/g, '$1\n\n```hocl')
}

const MOST_LINES = 12

function shortened(text: string): string {
  const lines = text.split(/\r\n|\n|\r/)
  return lines.length <= MOST_LINES ? text : [...lines.slice(0, MOST_LINES), '…'].join('\n')
}

function joined(parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join('\n\n')
}
