import type { TypeTest } from './types.ts'

/** The first name of a built-in type. */
export function builtinName(kind: Exclude<TypeTest['kind'], 'fields' | 'host'>): string {
  return kind === 'boolean' ? 'Bool' : kind.charAt(0).toUpperCase() + kind.slice(1)
}

/** The first of a type's names. */
export function typeText(type: TypeTest): string {
  switch (type.kind) {
    case 'fields':
      return `(${type.fields.map(typeText).join(':')})`
    case 'host':
      return type.className
    case 'int':
    case 'boolean':
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
      return builtinName(type.kind)
  }
}
