import type { Span } from '../grammar/index.ts'
import { builtinTypeNames } from '../interpreter/index.ts'
import type { HostClass, HostFunction, Molecule } from '../interpreter/index.ts'
import type { Document } from './document.ts'
import type { Declaration, Occurrence } from './names/declaration.ts'

/** What a name in a text stands for, with the document that says so. */
export type Meaning =
  | {
      readonly kind: 'declaration'
      readonly document: Document
      readonly declaration: Declaration
    }
  /** Of the prelude or of the host. */
  | { readonly kind: 'function'; readonly name: string; readonly function: HostFunction }
  | { readonly kind: 'constant'; readonly name: string; readonly value: Molecule }
  | { readonly kind: 'module'; readonly document: Document; readonly qualifier: string }
  /** `Math`, or a class of the host before a dot. */
  | { readonly kind: 'namespace'; readonly name: string }
  | { readonly kind: 'class'; readonly name: string; readonly class: HostClass }
  | { readonly kind: 'type'; readonly name: string }
  | { readonly kind: 'symbol'; readonly name: string }

/** What a name stands for; undefined where nothing has it. Own names go before imported ones, these before the prelude. */
export function meaningOf(document: Document, occurrence: Occurrence): Meaning | undefined {
  const { role, declaration, name } = occurrence
  if (declaration?.kind === 'module') {
    const module = moduleNamed(document, declaration.name)
    return module && { kind: 'module', document: module, qualifier: declaration.name }
  }
  if (declaration !== undefined) return { kind: 'declaration', document, declaration }
  const { host } = document.surroundings
  switch (role) {
    case 'symbol':
      return { kind: 'symbol', name }
    case 'type':
      return typeMeaning(document, name)
    case 'module':
      return host.namespaces.has(name) ? { kind: 'namespace', name } : undefined
    case 'member':
      return occurrence.qualifier === undefined
        ? plainMeaning(document, name)
        : qualifiedMeaning(document, occurrence.qualifier, name)
    case 'catches':
      return importedMeaning(document, name, everyModule(document))
    case 'declares':
    case 'uses':
    case 'calls':
      return plainMeaning(document, name)
  }
}

/** What a name stands for at a place, for one that is not written there yet. */
export function meaningAt(document: Document, name: string, offset: number): Meaning | undefined {
  const declaration = document.names.visibleAt(offset).get(name)
  if (declaration !== undefined) return { kind: 'declaration', document, declaration }
  return plainMeaning(document, name)
}

interface KnownModules {
  readonly edition: number
  readonly modules: ReadonlyMap<string, Document>
}

const known = new WeakMap<Document, KnownModules>()

/** The modules that a text imports, by their qualifiers. */
export function modulesOf(document: Document): ReadonlyMap<string, Document> {
  const { edition } = document.surroundings
  const before = known.get(document)
  if (before?.edition === edition) return before.modules
  const modules = importedBy(document)
  known.set(document, { edition, modules })
  return modules
}

function importedBy(document: Document): ReadonlyMap<string, Document> {
  const modules = new Map<string, Document>()
  for (const { name, module } of document.names.declarations) {
    if (module === undefined) continue
    const found = document.imported(module)
    if (found !== undefined) modules.set(name, found)
  }
  return modules
}

/** The definitions of a text that others can use, the last of each name. */
export function exportsOf({ names }: Document): ReadonlyMap<string, Declaration> {
  const exported = new Map<string, Declaration>()
  for (const each of names.declarations) if (each.isExported === true) exported.set(each.name, each)
  return exported
}

/** A place in some document. */
export interface Location {
  readonly uri: string
  /** In the document's text. */
  readonly span: Span
}

/** The place of a span of a document's source. */
export function locationIn(document: Document, span: Span): Location {
  return { uri: document.uri, span: document.outward(span) }
}

function moduleNamed(document: Document, qualifier: string): Document | undefined {
  return modulesOf(document).get(qualifier)
}

function plainMeaning(document: Document, name: string): Meaning | undefined {
  const imported = importedMeaning(document, name, modulesOf(document).values())
  if (imported !== undefined) return imported
  const found = document.surroundings.host.functions.get(name)
  return found && { kind: 'function', name, function: found }
}

function importedMeaning(
  document: Document,
  name: string,
  modules: Iterable<Document>,
): Meaning | undefined {
  for (const module of modules) {
    const declaration = module === document ? undefined : module.names.exported(name)
    if (declaration !== undefined) return { kind: 'declaration', document: module, declaration }
  }
  return undefined
}

/** A rule is caught by its name, in whatever module it is defined. */
function everyModule(document: Document): ReadonlySet<Document> {
  const all = new Set([document])
  for (const each of all) for (const module of modulesOf(each).values()) all.add(module)
  return all
}

function qualifiedMeaning(
  document: Document,
  qualifier: string,
  name: string,
): Meaning | undefined {
  const module = moduleNamed(document, qualifier)
  const declaration = module?.names.exported(name)
  if (module !== undefined && declaration !== undefined)
    return { kind: 'declaration', document: module, declaration }
  const { host } = document.surroundings
  for (const holder of [host.classes.get(qualifier), host.namespaces.get(qualifier)]) {
    const found = holder?.functions.get(name)
    if (found !== undefined) return { kind: 'function', name: found.name, function: found }
    const value = holder?.constants.get(name)
    if (value !== undefined) return { kind: 'constant', name: `${qualifier}.${name}`, value }
  }
  return undefined
}

function typeMeaning(document: Document, name: string): Meaning | undefined {
  if (builtinTypeNames.includes(name)) return { kind: 'type', name }
  const found = document.surroundings.host.classes.get(name)
  return found && { kind: 'class', name, class: found }
}
