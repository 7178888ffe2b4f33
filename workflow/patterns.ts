import type { Pattern } from 'acorn'
import { fieldOf } from './pure.ts'
import { refusal } from './site.ts'
import type { Site } from './site.ts'

/** A variable of a pattern, and how its value is found in what the pattern takes. */
export interface PatternReader {
  readonly name: string
  readonly read: (value: unknown) => unknown
}

/** The variables of `x`, `{ a, b: c }` or `[d, , ...e]`. */
export function patternReaders(pattern: Pattern, site: Site): readonly PatternReader[] {
  switch (pattern.type) {
    case 'Identifier':
      return [{ name: pattern.name, read: (value) => value }]
    case 'ObjectPattern':
      return pattern.properties.flatMap((property) => {
        if (
          property.type === 'RestElement' ||
          property.computed ||
          property.key.type !== 'Identifier'
        )
          throw refusal(property, site)
        const { name: key } = property.key
        return below(property.value, site, (value) => fieldOf(value, key))
      })
    case 'ArrayPattern':
      return pattern.elements.flatMap((item, i) => {
        if (item === null) return []
        return item.type === 'RestElement'
          ? below(item.argument, site, (value) => [...(value as Iterable<unknown>)].slice(i))
          : below(item, site, (value) => [...(value as Iterable<unknown>)][i])
      })
    case 'AssignmentPattern': {
      const standard = site.expression(pattern.right, { ...site, flow: undefined })
      return below(pattern.left, site, (value) =>
        value === undefined ? standard.run({ tasks: new Map(), locals: undefined }) : value,
      )
    }
    default:
      throw refusal(pattern, site)
  }
}

function below(
  pattern: Pattern,
  site: Site,
  part: (value: unknown) => unknown,
): readonly PatternReader[] {
  return patternReaders(pattern, site).map(({ name: key, read }) => ({
    name: key,
    read: (value) => read(part(value)),
  }))
}

/** The names of these. */
export function namesIn(pattern: Pattern, site: Site): readonly string[] {
  if (pattern.type === 'RestElement') return namesIn(pattern.argument, site)
  return patternReaders(pattern, { ...site, flow: undefined }).map(({ name: key }) => key)
}
