import type { Expression as Node } from '../../grammar/index.ts'
import type { Namespace } from '../host.ts'
import type { Lowering, Site } from './context.ts'
import type { Meaning } from './scope.ts'
import { findClass } from './types.ts'

/** The words of `a.b` if they can name a module or namespace: nothing in scope has the first one's name. */
export function qualifierOf(node: Node, site: Site): string[] | undefined {
  if (node.kind === 'name' || node.kind === 'symbol')
    return site.scope.find(node.name) === undefined ? [node.name] : undefined
  if (node.kind !== 'member' || node.arguments !== undefined) return undefined
  const before = qualifierOf(node.object, site)
  return before === undefined ? undefined : [...before, node.member.text]
}

/** A namespace, or the statics of a class as one. */
export function findNamespace(words: readonly string[], lowering: Lowering): Namespace | undefined {
  const single = words.length === 1 ? lowering.host.namespaces.get(words[0] ?? '') : undefined
  const found = findClass(words, lowering)
  if (found === undefined) return single
  const statics: Namespace = {
    functions: found.functions,
    constants: found.constants,
    classes: new Map(),
  }
  if (single === undefined) return statics
  // A file's namespace and a class in it may share a name: the class goes first.
  return {
    functions: new Map([...single.functions, ...found.functions]),
    constants: new Map([...single.constants, ...found.constants]),
    classes: single.classes,
  }
}

/** What a path without arguments, `sets.union` or `file.f`, names that only a call can use: a definition with parameters, or a function. */
export function pathMeaning(node: Node, site: Site, lowering: Lowering): Meaning | undefined {
  if (node.kind !== 'member' || node.arguments !== undefined) return undefined
  const words = qualifierOf(node.object, site)
  if (words === undefined) return undefined
  const name = node.member.text
  const [first] = words
  const imported =
    words.length === 1 ? site.module.imports.find((i) => i.qualifier === first) : undefined
  const declared = imported?.module.exports.get(name)
  if (declared !== undefined) {
    if (declared.meaning.kind !== 'maker' && declared.meaning.kind !== 'function') return undefined
    declared.uses++
    return declared.meaning
  }
  const found = findNamespace(words, lowering)?.functions.get(name)
  return found === undefined ? undefined : { kind: 'function', function: found }
}
