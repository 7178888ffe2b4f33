import type { Molecule } from '../../interpreter/index.ts'

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
          return 'nothing yet: an answer is awaited'
      }
  }
}

/** Tuples nest deeply: one inside another is just a tuple. */
function shallowType(field: Molecule): string {
  return typeof field === 'object' && field.kind === 'tuple' ? 'Tuple' : typeOf(field)
}
