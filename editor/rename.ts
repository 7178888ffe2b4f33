import { Source, tokensOf } from '../grammar/index.ts'
import type { Span, TokenKind } from '../grammar/index.ts'
import type { Document } from './document.ts'
import type { Edit, Edits } from './edits.ts'
import { meaningOf } from './meaning.ts'
import type { Meaning } from './meaning.ts'
import type { Declaration, Occurrence } from './names/declaration.ts'
import { meaningAtOffset, usesOf } from './navigation.ts'
import type { Use } from './navigation.ts'
import { standardPath } from './uris.ts'

/** Why something cannot be done, as a sentence for people. */
export interface Refusal {
  readonly refusal: string
}

/** The name that would be changed. */
export interface Renamable {
  readonly span: Span
  readonly name: string
}

/** Whether the name at an offset can be changed, and if not, why. */
export function prepareRename(document: Document, offset: number): Renamable | Refusal {
  const occurrence = document.names.at(document.inward(offset))
  const meaning = meaningAtOffset(document, offset)
  if (occurrence === undefined) return { refusal: 'there is no name here' }
  if (meaning === undefined) return { refusal: `\`${occurrence.name}\` is not defined` }
  const refusal = refusalFor(meaning, document)
  if (refusal !== undefined) return { refusal }
  return { span: document.outward(occurrence.span), name: occurrence.name }
}

/** The edits that give the name at an offset another name everywhere, or why that cannot be. */
export function rename(document: Document, offset: number, name: string): Edits | Refusal {
  const prepared = prepareRename(document, offset)
  if ('refusal' in prepared) return prepared
  const meaning = meaningAtOffset(document, offset)
  if (meaning === undefined) return { refusal: 'there is no name here' }
  const refusal = wrongName(meaning, name)
  if (refusal !== undefined) return { refusal }
  const uses = usesOf(document, meaning)
  const conflict = uses
    .map((use) => conflictAt(use, meaning, name))
    .find((each) => each !== undefined)
  if (conflict !== undefined) return { refusal: conflict }
  const edits = new Map<string, Edit[]>()
  for (const { document: where, occurrence } of uses) {
    const edit = editOf(where, occurrence, meaning, name)
    if (edit !== undefined) edits.set(where.uri, [...(edits.get(where.uri) ?? []), edit])
  }
  return edits
}

function refusalFor(meaning: Meaning, document: Document): string | undefined {
  switch (meaning.kind) {
    case 'declaration': {
      const path = standardPath(meaning.document.uri)
      if (path !== undefined) return `\`${meaning.declaration.name}\` belongs to ${path}`
      return isCaughtWithAnother(meaning.document, meaning.declaration)
        ? `another rule is named \`${meaning.declaration.name}\`, too, and patterns take both by that name`
        : undefined
    }
    case 'module':
      return standardPath(document.uri) === undefined
        ? undefined
        : 'a standard module cannot be changed'
    case 'symbol':
      return undefined
    case 'function':
    case 'constant':
    case 'namespace':
    case 'class':
    case 'type':
      return `\`${meaning.name}\` is not defined in a program`
  }
}

function isCaughtWithAnother({ names }: Document, declaration: Declaration): boolean {
  if (declaration.kind !== 'rule' && declaration.kind !== 'maker') return false
  const isCaught = names.occurrences.some(
    ({ role, name }) => role === 'catches' && name === declaration.name,
  )
  return (
    isCaught &&
    names.declarations.some(
      (each) =>
        each !== declaration &&
        each.name === declaration.name &&
        (each.kind === 'rule' || each.kind === 'maker'),
    )
  )
}

/** Why a word cannot be the name of such a thing. */
function wrongName(meaning: Meaning, name: string): string | undefined {
  const [only, ...others] = tokensOf(new Source('', name))
  const kind = others.length === 0 && only?.text === name ? only.kind : undefined
  const wanted = wantedKinds(meaning)
  if (kind !== undefined && wanted.includes(kind)) return undefined
  if (kind === 'keyword') return `\`${name}\` is a keyword`
  if (wanted.includes('symbol') && wanted.length === 1)
    return 'a symbol is one word that starts with a capital'
  if (wanted.includes('rest') && wanted.length === 1) return 'a rest of this kind starts with `ω`'
  return 'a name is one word that starts with a small letter'
}

function wantedKinds(meaning: Meaning): readonly TokenKind[] {
  if (meaning.kind === 'symbol') return ['symbol']
  if (meaning.kind !== 'declaration') return ['name']
  const { kind, name, type } = meaning.declaration
  if (kind === 'rest' && name.startsWith('ω')) return ['rest']
  // Only with a type may a variable start with a capital.
  return kind === 'variable' && type !== undefined
    ? ['name', 'symbol', 'contextual']
    : ['name', 'contextual']
}

/** What the new name would mean at a use, if that is something else. */
function conflictAt(
  { document, occurrence }: Use,
  meaning: Meaning,
  name: string,
): string | undefined {
  if (meaning.kind === 'symbol' || meaning.kind === 'module') return undefined
  const isQualified = occurrence.qualifier !== undefined
  const there = document.names.visibleAt(occurrence.span.start).get(name)
  if (there !== undefined && !isQualified)
    return `\`${name}\` is something else at ${placeText(document, occurrence)}`
  if (meaning.kind !== 'declaration' || meaning.document !== document) return undefined
  const { scope, kind } = meaning.declaration
  const hidden = document.names.occurrences.find(
    (each) =>
      each.name === name &&
      each.span.start >= scope.start &&
      each.span.end <= scope.end &&
      (each.role === 'uses' ||
        each.role === 'calls' ||
        (each.role === 'symbol' && kind === 'variable')) &&
      !isDeclaredInside(each, meaning.declaration) &&
      meaningOf(document, each) !== undefined,
  )
  return hidden === undefined
    ? undefined
    : `\`${name}\` at ${placeText(document, hidden)} would come to mean this`
}

function isDeclaredInside({ declaration }: Occurrence, outer: Declaration): boolean {
  return (
    declaration !== undefined &&
    declaration.scope.start >= outer.scope.start &&
    declaration.scope.end <= outer.scope.end
  )
}

function placeText(document: Document, { span }: Occurrence): string {
  const { line, column } = document.position(document.outward(span).start)
  return `line ${String(line)}, column ${String(column)}`
}

function editOf(
  document: Document,
  { span, declaration, role }: Occurrence,
  meaning: Meaning,
  name: string,
): Edit | undefined {
  if (meaning.kind !== 'module') return { span: document.outward(span), text: name }
  if (role !== 'declares') {
    // Of `hocl.sets` in the import only the last word is the name.
    return declaration === undefined ? undefined : { span: document.outward(span), text: name }
  }
  const written = declaration && document.source.slice(declaration.whole)
  const hasAlias = written !== undefined && /\bas\s+[\p{L}_$][^\s;]*\s*;?$/u.test(written)
  if (hasAlias) return { span: document.outward(span), text: name }
  return { span: document.outward({ start: span.end, end: span.end }), text: ` as ${name}` }
}
