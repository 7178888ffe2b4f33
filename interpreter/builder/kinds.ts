import type { Kind } from '../checks/kinds.ts'
import type { AnyClass } from '../host-types.ts'
import type { Molecule, Symbol } from '../molecule.ts'
import type { TypeTest } from '../types.ts'

/** What sort of molecule an expression of a rule that is built gives; `any` where that is not known. */
export type BuiltKind = Kind | 'number' | 'any'

/** The kinds that arithmetic takes. */
export type NumericKind = 'int' | 'float' | 'number' | 'any'

/** The kind of arithmetic with two kinds. */
export type SumKind<A, B> = 'string' extends A | B
  ? 'string'
  : [A, B] extends ['int', 'int']
    ? 'int'
    : 'any' extends A | B
      ? 'any'
      : 'float' extends A | B
        ? 'float'
        : 'number'

/** The kind of a value of JavaScript that stands in a rule as it is. */
export type LiteralKind<Value> = Value extends bigint
  ? 'int'
  : Value extends number
    ? number extends Value
      ? 'number'
      : `${Value}` extends `${bigint}`
        ? 'int'
        : 'float'
    : Value extends string
      ? 'string'
      : Value extends boolean
        ? 'boolean'
        : Value extends Symbol
          ? 'symbol'
          : 'any'

/** A value of JavaScript that stands in a rule as it is. */
export type Literal =
  number | bigint | string | boolean | Exclude<Molecule, number | bigint | string | boolean>

/** The test that a pattern makes for a kind. */
export function testOfKind(kind: BuiltKind, hostClass: AnyClass | undefined): TypeTest | undefined {
  if (kind === 'host') return hostClass && { kind, className: hostClass.name, class: hostClass }
  return kind === 'any' ? undefined : { kind }
}
