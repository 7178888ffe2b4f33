import { isSymbol, printBriefly } from '../../interpreter/index.ts'
import type { Molecule } from '../../interpreter/index.ts'
import type { MoleculeKind } from './messages.ts'

/** What sort of molecule it is. */
export function kindOf(molecule: Molecule): MoleculeKind {
  switch (typeof molecule) {
    case 'number':
    case 'bigint':
      return 'int'
    case 'string':
      return 'string'
    case 'boolean':
      return 'boolean'
    case 'object':
      return molecule.kind
  }
}

/** What molecules of its sort have in common: a symbol or its tag, the name of a rule, else the type. */
export function groupOf(molecule: Molecule): string {
  if (typeof molecule !== 'object') return typeOf(molecule)
  switch (molecule.kind) {
    case 'symbol':
      return molecule.name
    case 'tuple': {
      const [first] = molecule.fields
      if (first !== undefined && isSymbol(first)) return `${first.name}:…`
      return molecule.fields.map(shallowType).join(':')
    }
    case 'rule':
      return molecule.shape.name ?? `(${molecule.shape.shots === 'one' ? 'one …' : 'replace …'})`
    case 'solution':
      return '<…>'
    case 'list':
      return '[…]'
    case 'float':
    case 'host':
    case 'pending':
      return typeOf(molecule)
  }
}

/** The type of a molecule as patterns name it: `Int`, `(Int:String)`, `Point`. */
export function typeOf(molecule: Molecule): string {
  switch (typeof molecule) {
    case 'number':
    case 'bigint':
      return 'Int'
    case 'string':
      return 'String'
    case 'boolean':
      return 'Bool'
    case 'object':
      switch (molecule.kind) {
        case 'float':
          return 'Float'
        case 'symbol':
          return 'Symbol'
        case 'tuple':
          return `(${molecule.fields.map(shallowType).join(':')})`
        case 'list':
          return 'List'
        case 'solution':
          return 'Solution'
        case 'rule':
          return 'Rule'
        case 'host':
          return molecule.className
        case 'pending':
          return 'an answer to come'
      }
  }
}

/** Tuples nest deeply: one inside another is just a tuple. */
function shallowType(field: Molecule): string {
  return typeof field === 'object' && field.kind === 'tuple' ? 'Tuple' : typeOf(field)
}

/** On one line; takes no longer for a large molecule. */
export function briefly(molecule: Molecule, most = 80): string {
  return printBriefly(molecule, most)
}
