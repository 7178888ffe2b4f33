import type { Molecule, Rule, Solution, Symbol } from './molecule.ts'
import { Float } from './molecule.ts'
import type { List, Tuple } from './molecule.ts'
import { typeText } from './type-text.ts'
import { builtinType, hasType } from './types.ts'
import type { TypeTest } from './types.ts'

/** The type names of the language, and what values of them are in JavaScript as arguments. */
export interface ArgumentTypes {
  readonly Int: number | bigint
  readonly Float: number
  readonly Number: number | bigint
  readonly Bool: boolean
  readonly String: string
  readonly Symbol: Symbol
  readonly Tuple: Tuple
  readonly List: readonly unknown[]
  readonly Solution: Solution
  readonly Rule: Rule
  readonly Any: unknown
  readonly Object: unknown
}

/** What a function may answer where it says that it gives such a type. */
export interface AnswerTypes {
  readonly Int: number | bigint
  readonly Float: number | Float
  readonly Number: number | bigint | Float
  readonly Bool: boolean
  readonly String: string
  readonly Symbol: Symbol | null | undefined
  readonly Tuple: Tuple
  readonly List: readonly unknown[] | List
  readonly Solution:
    | Solution
    | ReadonlySet<unknown>
    | ReadonlyMap<unknown, unknown>
    | Readonly<Record<string, unknown>>
  readonly Rule: Rule
  readonly Any: unknown
  readonly Object: unknown
}

/** A class of the host, whose values are a type of their own. */
export type AnyClass = abstract new (...args: never[]) => object

/** A type that a function takes or gives: the name of one of the language, or a registered class. */
export type HostType = keyof ArgumentTypes | AnyClass

/** The type of an argument in JavaScript. */
export type ArgumentOf<T> = T extends keyof ArgumentTypes
  ? ArgumentTypes[T]
  : T extends abstract new (...args: never[]) => infer Value
    ? Value
    : never

/** The type of an answer in JavaScript. */
export type AnswerOf<T> = T extends keyof AnswerTypes
  ? AnswerTypes[T]
  : T extends abstract new (...args: never[]) => infer Value
    ? Value
    : never

/** The test for a type as it is declared. */
export function typeTestOf(type: HostType): TypeTest {
  if (typeof type === 'function') return { kind: 'host', className: type.name, class: type }
  const found = builtinType(type)
  if (found === undefined) throw new TypeError(`\`${type}\` is no type of the language`)
  return found
}

/** An answer as its declared type has it: a Float may be whole. Undefined where it is of another type. */
export function fittedTo(type: TypeTest, molecule: Molecule): Molecule | undefined {
  if (type.kind === 'float' && typeof molecule === 'number' && Number.isFinite(molecule))
    return new Float(molecule)
  return hasType(molecule, type) ? molecule : undefined
}

/** `a String`, `an Int`, `any molecule`. */
export function withArticle(type: TypeTest): string {
  const text = typeText(type)
  return `${/^[AEIO]/.test(text) ? 'an' : 'a'} \`${text}\``
}
