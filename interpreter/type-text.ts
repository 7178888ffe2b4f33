import type { TypeTest } from './types.ts'

/** The first of a type's names. */
export function typeText(type: TypeTest): string {
  switch (type.kind) {
    case 'int':
      return 'Int'
    case 'boolean':
      return 'Bool'
    case 'fields':
      return `(${type.fields.map(typeText).join(':')})`
    case 'host':
      return type.className
    case 'float':
    case 'number':
    case 'string':
    case 'symbol':
    case 'tuple':
    case 'list':
    case 'solution':
    case 'rule':
    case 'any':
    case 'object':
      return type.kind.charAt(0).toUpperCase() + type.kind.slice(1)
  }
}
