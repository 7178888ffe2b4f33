import type { Document } from './document.ts'
import { locationIn, meaningOf, modulesOf } from './meaning.ts'
import type { Location, Meaning } from './meaning.ts'
import type { Declaration, Occurrence } from './names/declaration.ts'

/** Where the name at an offset is given its meaning, perhaps in a module; none for what needs no definition. */
export function definition(document: Document, offset: number): readonly Location[] {
  const meaning = meaningAtOffset(document, offset)
  if (meaning?.kind === 'module') return [{ uri: meaning.document.uri, span: { start: 0, end: 0 } }]
  if (meaning?.kind !== 'declaration') return []
  return [locationIn(meaning.document, meaning.declaration.span)]
}

/** Every place that names what the name at an offset does, in all texts that are known. */
export function references(
  document: Document,
  offset: number,
  { withDeclaration = true }: { readonly withDeclaration?: boolean } = {},
): readonly Location[] {
  const meaning = meaningAtOffset(document, offset)
  if (meaning === undefined) return []
  return usesOf(document, meaning)
    .filter(({ occurrence }) => withDeclaration || occurrence.role !== 'declares')
    .map(({ document: where, occurrence }) => locationIn(where, occurrence.span))
}

/** The places in one text that name the same as the name at an offset. */
export function highlights(document: Document, offset: number): readonly Location[] {
  return references(document, offset).filter(({ uri }) => uri === document.uri)
}

/** A name in some text. */
export interface Use {
  readonly document: Document
  readonly occurrence: Occurrence
}

/** What the name at an offset stands for. */
export function meaningAtOffset(document: Document, offset: number): Meaning | undefined {
  const occurrence = document.names.at(document.inward(offset))
  return occurrence && meaningOf(document, occurrence)
}

/** All uses of what a name of a document stands for. */
export function usesOf(document: Document, meaning: Meaning): readonly Use[] {
  const documents = isLocal(meaning) ? [document] : linkedTo(document)
  return documents.flatMap((each) =>
    each.names.occurrences
      .filter((occurrence) => isSame(meaning, meaningOf(each, occurrence)))
      .map((occurrence) => ({ document: each, occurrence })),
  )
}

/** Whether nothing outside of its text can name it. */
function isLocal(meaning: Meaning): boolean {
  if (meaning.kind === 'module') return true
  return meaning.kind === 'declaration' && isVariable(meaning.declaration)
}

function isVariable({ kind }: Declaration): boolean {
  return kind !== 'rule' && kind !== 'maker' && kind !== 'value'
}

/** The texts that a text is connected with by imports, itself first. */
export function linkedTo(document: Document): readonly Document[] {
  const all = new Set([document, ...document.surroundings.documents()])
  const linked = new Set([document])
  for (let isGrowing = true; isGrowing;) {
    const before = linked.size
    for (const each of all)
      for (const module of modulesOf(each).values()) {
        if (linked.has(each)) linked.add(module)
        else if (linked.has(module)) linked.add(each)
      }
    isGrowing = linked.size > before
  }
  return [...linked]
}

function isSame(one: Meaning, other: Meaning | undefined): boolean {
  switch (one.kind) {
    case 'declaration':
      return other?.kind === 'declaration' && other.declaration === one.declaration
    case 'module':
      return other?.kind === 'module' && other.document === one.document
    case 'function':
      return other?.kind === 'function' && other.name === one.name
    case 'constant':
    case 'namespace':
    case 'class':
    case 'type':
    case 'symbol':
      return other?.kind === one.kind && other.name === one.name
  }
}
