import { isInfinite } from '../integer.ts'
import { isInt } from '../molecule.ts'
import type { Pattern, ReactantPattern, Slot, SolutionPattern } from '../rule.ts'
import { BuiltValue } from './expression.ts'
import {
  BuiltCaught,
  BuiltCopies,
  BuiltList,
  BuiltRest,
  BuiltSolution,
  BuiltTuple,
  BuiltVariable,
} from './forms.ts'
import type { PatternPart } from './forms.ts'
import { testOfKind } from './kinds.ts'
import type { BuiltKind } from './kinds.ts'
import { literalMolecule } from './literal.ts'
import type { Variables } from './variables.ts'

/** The variables that patterns bind, each as `name:kind`; all copies of a molecule are counted by an Int. */
export type BoundIn<Part> =
  Part extends BuiltVariable<infer Name, infer Kind>
    ? Exclude<`${Name}:${Kind}` | `${Name}:any`, `_:${string}`>
    : Part extends BuiltRest<infer Name>
      ? `${Name}:rest`
      : Part extends BuiltTuple<infer Parts> | BuiltList<infer Parts> | BuiltSolution<infer Parts>
        ? BoundIn<Parts[number]>
        : Part extends BuiltCopies<infer Inner, infer Times>
          ? BoundIn<Inner> | CountIn<Times>
          : Part extends readonly (infer Item)[]
            ? BoundIn<Item>
            : never

type CountIn<Times> =
  Times extends BuiltVariable<infer Name, 'any' | 'int'> ? `${Name}:int` | `${Name}:any` : never

/** What a rule or a solution in it takes. */
export function reactantsOf(
  parts: readonly PatternPart[],
  variables: Variables,
): Omit<SolutionPattern, 'kind'> {
  const patterns: ReactantPattern[] = []
  const rests: Slot[] = []
  for (const part of parts) {
    if (part instanceof BuiltRest)
      rests.push(variables.bind(part.name, { isRest: true, kind: 'any' }))
    else if (part instanceof BuiltCopies) patterns.push(counted(part, variables))
    else patterns.push({ kind: 'single', pattern: patternOf(part, variables) })
  }
  return { patterns, rests }
}

function counted(
  { part, multiplicity }: BuiltCopies<unknown, unknown>,
  variables: Variables,
): ReactantPattern {
  // `copies` takes nothing else.
  const pattern = patternOf(part as PatternPart, variables)
  if (multiplicity instanceof BuiltVariable) {
    const { name } = multiplicity as BuiltVariable<string, 'any'>
    const slot = variables.bind(name, { isRest: false, kind: 'int' })
    return { kind: 'all', pattern, multiplicity: slot }
  }
  if (multiplicity instanceof BuiltValue)
    throw new TypeError('a pattern takes a number of copies, or gives their number a name')
  const value = literalMolecule(multiplicity as number | bigint)
  if (!isInt(value) || value === 0 || isInfinite(value))
    throw new TypeError(`a pattern cannot take ${String(multiplicity)} copies`)
  return {
    kind: 'fixed',
    pattern,
    multiplicity: { kind: 'constant', value },
    place: variables.place,
  }
}

function patternOf(part: PatternPart, variables: Variables): Pattern {
  if (part instanceof BuiltCaught) {
    const { name, ruleName } = part as BuiltCaught<string>
    return { kind: 'rule', name: ruleName, slot: bound(name, 'rule', variables) }
  }
  if (part instanceof BuiltVariable) {
    const { name, kind, hostClass } = part as BuiltVariable<string, BuiltKind>
    const type = testOfKind(kind, hostClass)
    return name === '_'
      ? { kind: 'wildcard', type }
      : { kind: 'variable', slot: bound(name, kind, variables), type }
  }
  if (part instanceof BuiltTuple)
    return { kind: 'tuple', fields: partsOf(part).map((field) => patternOf(field, variables)) }
  if (part instanceof BuiltSolution)
    return { kind: 'solution', ...reactantsOf(partsOf(part), variables) }
  if (part instanceof BuiltList)
    return {
      kind: 'list',
      items: partsOf(part).map((item) =>
        item instanceof BuiltRest
          ? { kind: 'rest', slot: variables.bind(item.name, { isRest: true, kind: 'any' }) }
          : { kind: 'item', pattern: patternOf(item, variables) },
      ),
    }
  if (part instanceof BuiltValue || part instanceof BuiltRest || part instanceof BuiltCopies)
    throw new TypeError('a rule takes variables, values, and tuples, lists and solutions of them')
  return { kind: 'constant', value: literalMolecule(part) }
}

/** What was put in where a form was made. */
function partsOf({ parts }: { readonly parts: readonly unknown[] }): readonly PatternPart[] {
  return parts as readonly PatternPart[]
}

function bound(name: string, kind: BuiltKind, variables: Variables): Slot {
  return variables.bind(name, { isRest: false, kind })
}
