import { isSymbol } from '../../interpreter/index.ts'
import type { Molecule, Pattern, TypeTest } from '../../interpreter/index.ts'

/*
 * Sorts of molecules, as placement tells them apart: `TAG/3` for tuples of three fields that begin with a
 * symbol, `tuple/3` for others, and the kinds of all else.
 */
export type Sort = string

/** The sort of a molecule. */
export function sortOf(molecule: Molecule): Sort {
  switch (typeof molecule) {
    case 'number':
    case 'bigint':
      return 'int'
    case 'string':
    case 'boolean':
      return typeof molecule
    case 'object':
      if (molecule.kind !== 'tuple') return molecule.kind
      return tupleSort(molecule.fields[0], molecule.fields.length)
  }
}

/** The sort of a tuple of which these are the exchange forms of the fields. */
export function sortOfForms(fields: readonly string[]): Sort {
  const [first = ''] = fields
  const tag = first.startsWith(SYMBOL) ? first.slice(SYMBOL.length, -2) : 'tuple'
  return `${tag}/${String(fields.length)}`
}

/** So the form of a symbol begins, and of nothing else. Its name is a word, in which nothing is escaped. */
const SYMBOL = '{"symbol":"'

function tupleSort(first: Molecule | undefined, arity: number): Sort {
  const tag = first !== undefined && isSymbol(first) ? first.name : 'tuple'
  return `${tag}/${String(arity)}`
}

/** What a pattern can take: one sort, all tuples of so many fields, or nobody knows what. */
export type Taken =
  | { readonly kind: 'sort'; readonly sort: Sort }
  | { readonly kind: 'tuples'; readonly arity: number }
  | { readonly kind: 'any' }
  /** Rules, and perhaps more. */
  | { readonly kind: 'rules' }

/** What a pattern at the outermost level can take. */
export function takenBy(pattern: Pattern): Taken {
  switch (pattern.kind) {
    case 'constant':
      return { kind: 'sort', sort: sortOf(pattern.value) }
    case 'tuple': {
      const [first] = pattern.fields
      const arity = pattern.fields.length
      if (first?.kind === 'constant') return { kind: 'sort', sort: tupleSort(first.value, arity) }
      // What begins with an atom that is no symbol has no tag.
      const isTagless = first !== undefined && !mayBeSymbol(first)
      return isTagless
        ? { kind: 'sort', sort: tupleSort(undefined, arity) }
        : { kind: 'tuples', arity }
    }
    case 'list':
    case 'solution':
      return { kind: 'sort', sort: pattern.kind }
    case 'rule':
      return { kind: 'rules' }
    case 'variable':
    case 'wildcard':
      return takenByType(pattern.type)
  }
}

function takenByType(type: TypeTest | undefined): Taken {
  switch (type?.kind) {
    case 'int':
    case 'float':
    case 'boolean':
    case 'string':
    case 'symbol':
    case 'list':
    case 'solution':
      return { kind: 'sort', sort: type.kind }
    case 'fields':
      return { kind: 'tuples', arity: type.fields.length }
    case 'host':
      return { kind: 'sort', sort: 'host' }
    case 'rule':
      return { kind: 'rules' }
    case 'number':
    case 'tuple':
    case 'any':
    case 'object':
    case undefined:
      return { kind: 'any' }
  }
}

function mayBeSymbol(pattern: Pattern): boolean {
  if (pattern.kind !== 'variable' && pattern.kind !== 'wildcard') return false
  const kind = pattern.type?.kind
  return kind === undefined || kind === 'symbol' || kind === 'any' || kind === 'object'
}
