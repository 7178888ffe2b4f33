import type { Path, Type, TypeArgument } from './ast.ts'

/** A type as it is written, on one line. */
export function typeText(type: Type): string {
  switch (type.kind) {
    case 'named-type': {
      const args = type.arguments.map(argumentText).join(', ')
      const inside = args === '' ? '' : `<${args}>`
      return `${pathText(type.path)}${inside}${'[]'.repeat(type.dimensions)}`
    }
    case 'tuple-type':
      return `(${type.fields.map(typeText).join(':')})`
    case 'solution-type':
      return '<>'
    case 'list-type':
      return '[]'
  }
}

function argumentText({ wildcard, type }: TypeArgument): string {
  const inside = type === undefined ? '' : typeText(type)
  if (wildcard === undefined) return inside
  return wildcard === 'any' ? '?' : `? ${wildcard} ${inside}`
}

export function pathText({ words }: Path): string {
  return words.map((word) => word.text).join('.')
}
