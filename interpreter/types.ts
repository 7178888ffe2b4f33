import type { Molecule } from './molecule.ts'

/** What a type name selects at match time. */
export type TypeTest =
  | { readonly kind: 'int' | 'float' | 'number' | 'boolean' | 'string' | 'symbol' }
  | { readonly kind: 'tuple' | 'list' | 'solution' | 'rule' }
  /** `object` is anything but rules and solutions. */
  | { readonly kind: 'any' | 'object' }
  | { readonly kind: 'fields'; readonly fields: readonly TypeTest[] }
  | { readonly kind: 'host'; readonly className: string; readonly class: HostClassReference }

/** The class itself, so that instances of a subclass are taken too. */
export type HostClassReference = abstract new (...args: never[]) => object

const aliases: ReadonlyMap<string, TypeTest> = new Map<string, TypeTest>([
  ...['Int', 'int', 'Integer', 'BigInteger', 'Long', 'long', 'Short', 'short', 'Byte', 'byte'].map(
    (name) => [name, { kind: 'int' }] as const,
  ),
  ...['Float', 'float', 'Double', 'double'].map((name) => [name, { kind: 'float' }] as const),
  ['Number', { kind: 'number' }],
  ...['Bool', 'boolean', 'Boolean'].map((name) => [name, { kind: 'boolean' }] as const),
  ...['String', 'char', 'Character'].map((name) => [name, { kind: 'string' }] as const),
  ['Symbol', { kind: 'symbol' }],
  ['Tuple', { kind: 'tuple' }],
  ['List', { kind: 'list' }],
  ['Solution', { kind: 'solution' }],
  ['Rule', { kind: 'rule' }],
  ['Any', { kind: 'any' }],
  ['Object', { kind: 'object' }],
])

/** The test for a built-in type name, or undefined: then it may be a host class. */
export function builtinType(name: string): TypeTest | undefined {
  return aliases.get(name)
}

/** Every name of a built-in type, aliases too. */
export const builtinTypeNames: readonly string[] = [...aliases.keys()]

/** Whether a molecule is of a type. */
export function hasType(molecule: Molecule, type: TypeTest): boolean {
  switch (type.kind) {
    case 'int':
      return typeof molecule === 'number' || typeof molecule === 'bigint'
    case 'float':
      return typeof molecule === 'object' && molecule.kind === 'float'
    case 'number':
      return (
        typeof molecule === 'number' ||
        typeof molecule === 'bigint' ||
        (typeof molecule === 'object' && molecule.kind === 'float')
      )
    case 'boolean':
      return typeof molecule === 'boolean'
    case 'string':
      return typeof molecule === 'string'
    case 'symbol':
    case 'tuple':
    case 'list':
    case 'solution':
    case 'rule':
      return typeof molecule === 'object' && molecule.kind === type.kind
    case 'any':
      return typeof molecule !== 'object' || molecule.kind !== 'pending'
    case 'object':
      return (
        typeof molecule !== 'object' ||
        (molecule.kind !== 'rule' && molecule.kind !== 'solution' && molecule.kind !== 'pending')
      )
    case 'host':
      return (
        typeof molecule === 'object' &&
        molecule.kind === 'host' &&
        molecule.value instanceof type.class
      )
    case 'fields':
      return (
        typeof molecule === 'object' &&
        molecule.kind === 'tuple' &&
        molecule.fields.length === type.fields.length &&
        type.fields.every((field, i) => {
          const value = molecule.fields[i]
          return value !== undefined && hasType(value, field)
        })
      )
  }
}
