import { contextualKeywords, keywords, tokenTable } from '../grammar/index.ts'
import type { Span, Token } from '../grammar/index.ts'
import { builtinTypeNames } from '../interpreter/index.ts'
import type { HostFunction } from '../interpreter/index.ts'
import type { Document } from './document.ts'
import { meaningWords, moduleWords } from './hover.ts'
import { exportsOf, modulesOf } from './meaning.ts'
import { isInside } from './names/names.ts'
import type { Declaration, DeclarationKind } from './names/declaration.ts'
import { keywordWords, typeWords } from './words/keywords.ts'
import { functionWords } from './words/prelude.ts'
import { definitionSnippets, moleculeSnippets } from './words/snippets.ts'
import type { Snippet } from './words/snippets.ts'

/** What sort of word it is: what declares it, or what it is in the language. */
export type CompletionKind =
  DeclarationKind | 'keyword' | 'function' | 'constant' | 'symbol' | 'type' | 'snippet'

/** A word that may be meant to come. */
export interface Completion {
  readonly label: string
  readonly kind: CompletionKind
  /** What is put in; with `isSnippet`, with places to fill in. */
  readonly text: string
  readonly isSnippet: boolean
  readonly detail: string
  /** More about it, in Markdown. It is worked out when it is asked for. */
  readonly documentation: () => string
  /** The lower, the nearer: what is in scope goes before what is known everywhere. */
  readonly rank: number
}

/** The words that may come at a place, and what they take the place of. */
export interface Completions {
  readonly span: Span
  readonly items: readonly Completion[]
}

/** What can be written at an offset. The text may be in the middle of anything. */
export function completions(document: Document, offset: number): Completions {
  const place = document.inward(offset)
  const before = tokensBefore(document, place)
  const word = before.word
  const span = document.outward({ start: word?.span.start ?? place, end: place })
  return { span, items: itemsAt(document, place, before) }
}

interface Before {
  /** The word that is being written. */
  readonly word: Token | undefined
  /** What stands before it, the nearest first. */
  readonly last: Token | undefined
  readonly tokens: readonly Token[]
  readonly isInText: boolean
}

const wordKinds: readonly Token['kind'][] = [
  'name',
  'symbol',
  'rest',
  'keyword',
  'contextual',
  'wildcard',
]

function tokensBefore({ names }: Document, place: number): Before {
  const next = names.tokens.findIndex(({ span }) => span.start >= place)
  const all = next < 0 ? names.tokens : names.tokens.slice(0, next)
  const touching = all.at(-1)
  const isTouching = touching !== undefined && touching.span.end >= place
  const isInText = isTouching && isUnfinished(touching, place)
  const isWord = isTouching && wordKinds.includes(touching.kind)
  const tokens = (isWord ? all.slice(0, -1) : all).filter(({ kind }) => kind !== 'comment')
  return { word: isWord ? touching : undefined, last: tokens.at(-1), tokens, isInText }
}

/** Whether a place is inside a comment, string or number, where no word is wanted. */
function isUnfinished({ kind, text, span }: Token, place: number): boolean {
  if (kind === 'comment') return span.end > place || !text.endsWith('*/')
  if (kind === 'number') return true
  return kind === 'string' && (span.end > place || text.length < 2 || text.at(-1) !== text[0])
}

function itemsAt(document: Document, place: number, before: Before): readonly Completion[] {
  const { last, tokens, isInText } = before
  if (isInText) return importPath(document, place)
  const statement = importBefore(tokens)
  if (statement !== undefined) return importItems(document, statement)
  if (last?.text === '::' || last?.text === 'instanceof') return typeItems(document)
  if (last?.text === 'new') return classItems(document)
  if (last?.text === '.') return memberItems(document, place, tokens.at(-2))
  if (last?.text === 'let' || last?.text === 'rec')
    return last.text === 'let' ? [keyword('rec')] : []
  if (isInPatterns(tokens)) return patternItems(document, place, last)
  return moleculeItems(document, place, tokens)
}

/** The tokens of an import that is being written. */
function importBefore(tokens: readonly Token[]): readonly Token[] | undefined {
  const from = tokens.findLastIndex(({ text }) => text === 'import' || text === ';')
  if (tokens[from]?.text !== 'import') return undefined
  const inside = tokens.slice(from + 1)
  return inside.every(
    ({ kind, text }) => wordKinds.includes(kind) || text === '.' || kind === 'string',
  )
    ? inside
    : undefined
}

function importItems({ surroundings }: Document, inside: readonly Token[]): readonly Completion[] {
  const written = inside.map(({ text }) => text).join('')
  const isNew = inside.length === 0
  if (!isNew && inside.at(-1)?.text !== '.') return [keyword('as')]
  return surroundings.standardNames
    .filter((name) => name.startsWith(written))
    .map((name) => ({
      ...plain(isNew ? name : name.slice(written.length), 'module', 'a standard module', 0),
      documentation: () => {
        const module = surroundings.standard(name)
        return module === undefined ? '' : moduleWords(module)
      },
    }))
}

/** Files of the workspace, in the string of an import. */
function importPath(document: Document, place: number): readonly Completion[] {
  const { tokens } = document.names
  const at = tokens.findIndex(({ span }) => span.start < place && place <= span.end)
  if (tokens[at]?.kind !== 'string' || tokens[at - 1]?.text !== 'import') return []
  const folder = document.uri.replace(/[^/]*$/, '')
  return [...document.surroundings.documents()]
    .filter(({ uri }) => uri !== document.uri && uri.startsWith(folder))
    .map(({ uri }) =>
      plain(`./${decodeURI(uri.slice(folder.length))}`, 'module', 'a file of the workspace', 0),
    )
}

function typeItems({ surroundings }: Document): readonly Completion[] {
  return [...builtinTypeNames, ...surroundings.host.classes.keys()]
    .filter((name, i, all) => all.indexOf(name) === i)
    .map((name, i) => ({
      ...plain(name, 'type', typeWords.get(name) ?? 'a class of the host', i),
      documentation: () => typeWords.get(name) ?? '',
    }))
}

function classItems({ surroundings }: Document): readonly Completion[] {
  return [...surroundings.host.classes.values()].map(({ name, make }) => ({
    ...plain(name, 'type', functionWords(make).signatures[0]?.label ?? name, 0),
    documentation: () => functionWords(make).text,
  }))
}

/** What can stand after a dot: of a module or class all that it has, of a value all functions. */
function memberItems(
  document: Document,
  place: number,
  object: Token | undefined,
): readonly Completion[] {
  const { host } = document.surroundings
  const name = object?.text ?? ''
  const isVariable = document.names.visibleAt(place).has(name)
  const module = isVariable ? undefined : modulesOf(document).get(name)
  if (module !== undefined)
    return [...exportsOf(module).values()].map((each) => declarationItem(module, each, 0))
  const holder = isVariable ? undefined : (host.namespaces.get(name) ?? host.classes.get(name))
  if (holder !== undefined)
    return [
      ...[...holder.functions].map(([label, found]) => functionItem(label, found, 0)),
      ...[...holder.constants.keys()].map((label) =>
        plain(label, 'constant', `${name}.${label}`, 0),
      ),
    ]
  const methods = [...host.classes.values()].flatMap(({ members }) => [...members])
  return [...methods, ...host.functions]
    .filter(([, { arity }]) => arity[1] > 0)
    .map(([label, found]) => functionItem(label, found, 0))
}

/** Whether the nearest `replace`, `one` or `with` before a place has no `by` yet. */
function isInPatterns(tokens: readonly Token[]): boolean {
  const last = tokens.findLast(
    ({ kind, text }) =>
      kind === 'keyword' && (ends.includes(text) || tokenTable.ruleStarts.includes(text)),
  )
  return last !== undefined && tokenTable.ruleStarts.includes(last.text)
}

/** Words after which patterns are over. */
const ends: readonly string[] = ['by', 'inject', 'in', 'let', 'if']

function patternItems(
  document: Document,
  place: number,
  last: Token | undefined,
): readonly Completion[] {
  const isAfterPattern =
    last !== undefined && (wordKinds.includes(last.kind) || last.text === '>' || last.text === ')')
  const isStart = last === undefined || tokenTable.ruleStarts.includes(last.text)
  const words = isAfterPattern && !isStart ? ['by', 'inject'] : ['true', 'false', 'nothing']
  const rules = [...document.names.visibleAt(place).values()]
    .filter(({ kind }) => kind === 'rule' || kind === 'maker')
    .map((each) => ({
      ...declarationItem(document, each, 3),
      label: `${each.name} = …`,
      text: `${each.name.replaceAll('$', '\\$')} = \${1:r}`,
      isSnippet: true,
      detail: 'take the rule of that name',
    }))
  return [
    ...symbolItems(document, place, 1),
    ...words.map(keyword),
    plain('ω', 'rest', 'what is left of an inner solution', 4),
    ...rules,
  ]
}

function moleculeItems(
  document: Document,
  place: number,
  tokens: readonly Token[],
): readonly Completion[] {
  const { host } = document.surroundings
  const anchor = tokens.at(-1)?.span.end ?? place
  const own = [...visible(document, place, anchor).values()]
  const modules = [...modulesOf(document)]
  const taken = new Set(own.map(({ name }) => name))
  const imported = modules.flatMap(([, module]) =>
    [...exportsOf(module).values()]
      .filter(({ name }) => !taken.has(name))
      .map((each) => declarationItem(module, each, 2)),
  )
  return [
    ...own.map((each) => declarationItem(document, each, isLocal(each) ? 0 : 1)),
    ...imported,
    ...symbolItems(document, place, 2),
    ...modules.map(([name, module]) => ({
      ...plain(name, 'module', 'an imported module', 3),
      documentation: () => moduleWords(module),
    })),
    ...snippetItems(tokens),
    ...[...keywords, ...contextualKeywords.filter((word) => word === 'inf')].map(keyword),
    ...[...host.functions].map(([label, found]) => functionItem(label, found, 6)),
    ...[...host.namespaces.keys()].map((name) =>
      plain(name, 'module', 'functions and constants', 7),
    ),
  ]
}

/** What can be seen at a place. Behind the last word of a rule its variables are still wanted. */
function visible(
  document: Document,
  place: number,
  anchor: number,
): ReadonlyMap<string, Declaration> {
  const here = document.names.visibleAt(place)
  const there = document.names.visibleAt(anchor)
  const word = document.names.at(place)
  const all = new Map([...here, ...there])
  // The word that is being written is no news.
  for (const [name, { span }] of all)
    if (word !== undefined && isInside(word.span, span)) all.delete(name)
  return all
}

function isLocal({ kind }: Declaration): boolean {
  return kind !== 'rule' && kind !== 'maker' && kind !== 'value'
}

function symbolItems({ names }: Document, place: number, rank: number): readonly Completion[] {
  const seen = new Set<string>()
  for (const { name, role, span } of names.occurrences)
    if (role === 'symbol' && !(span.start < place && place <= span.end)) seen.add(name)
  return [...seen].map((name) => plain(name, 'symbol', 'a symbol of this program', rank))
}

function snippetItems(tokens: readonly Token[]): readonly Completion[] {
  const last = tokens.at(-1)?.text
  const startsDefinition = last === undefined || last === ';' || last === 'in'
  const wanted = startsDefinition ? [...definitionSnippets, ...moleculeSnippets] : moleculeSnippets
  return wanted.map(snippet)
}

function snippet({ label, text, detail }: Snippet): Completion {
  return { ...plain(label, 'snippet', detail, 4), text, isSnippet: true }
}

function declarationItem(document: Document, declaration: Declaration, rank: number): Completion {
  const { name, kind, parameters } = declaration
  const call = parameters === undefined ? name : `${name}(${parameters.join(', ')})`
  return {
    ...plain(name, kind, call === name ? details[kind] : call, rank),
    documentation: () => meaningWords({ kind: 'declaration', document, declaration }),
  }
}

const details: Readonly<Record<DeclarationKind, string>> = {
  rule: 'a rule',
  maker: 'a definition with parameters',
  value: 'a molecule',
  parameter: 'a parameter',
  variable: 'a variable',
  rest: 'a rest',
  multiplicity: 'how many',
  module: 'a module',
}

function functionItem(label: string, found: HostFunction, rank: number): Completion {
  return {
    ...plain(label, 'function', functionWords(found).signatures[0]?.label ?? label, rank),
    documentation: () => meaningWords({ kind: 'function', name: found.name, function: found }),
  }
}

function keyword(word: string): Completion {
  return { ...plain(word, 'keyword', '', 5), documentation: () => keywordWords.get(word) ?? '' }
}

function plain(label: string, kind: CompletionKind, detail: string, rank: number): Completion {
  return { label, kind, text: label, isSnippet: false, detail, documentation: () => '', rank }
}
