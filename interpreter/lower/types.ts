import { suggest } from '../../grammar/index.ts'
import type { Type } from '../../grammar/index.ts'
import type { HostClass } from '../host.ts'
import { builtinType, builtinTypeNames } from '../types.ts'
import type { TypeTest } from '../types.ts'
import { placeOf } from './context.ts'
import type { Lowering, Site } from './context.ts'

/** What a written type selects. */
export function typeTest(type: Type, site: Site, lowering: Lowering): TypeTest {
  switch (type.kind) {
    case 'solution-type':
      return { kind: 'solution' }
    case 'list-type':
      return { kind: 'list' }
    case 'tuple-type':
      return { kind: 'fields', fields: type.fields.map((field) => typeTest(field, site, lowering)) }
    case 'named-type': {
      if (type.dimensions > 0) return { kind: 'list' }
      const words = type.path.words.map((word) => word.text)
      const found = namedType(words, lowering)
      if (found !== undefined) return found
      const name = words.join('.')
      const similar = suggest(name, [...builtinTypeNames, ...lowering.host.classes.keys()])
      lowering.error(
        'HOCL206',
        `there is no type \`${name}\``,
        { ...placeOf(type, site.module.source), text: 'this type is not known' },
        similar === undefined
          ? 'a class of the host must be named with `--host`'
          : `did you mean \`${similar}\`?`,
      )
      return { kind: 'any' }
    }
  }
}

/** A built-in type by its last word (`java.lang.Integer`), or a class of the host. */
function namedType(words: readonly string[], lowering: Lowering): TypeTest | undefined {
  const last = words.at(-1) ?? ''
  const hostClass = findClass(words, lowering)
  // `new Object()` makes a host value, but `Object` as a type is anything that is no rule and no solution.
  if (hostClass !== undefined && builtinType(last) === undefined)
    return { kind: 'host', className: hostClass.name, class: hostClass.class }
  return builtinType(last)
}

/** A host class by its name, or by namespace and name. */
export function findClass(words: readonly string[], lowering: Lowering): HostClass | undefined {
  const last = words.at(-1) ?? ''
  const qualifier = words.at(-2)
  const qualified =
    qualifier === undefined ? undefined : lowering.host.namespaces.get(qualifier)?.classes.get(last)
  return qualified ?? lowering.host.classes.get(last)
}
