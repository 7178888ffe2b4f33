import type { Molecule } from '../molecule.ts'
import type { RuleShape } from '../rule.ts'
import { hasType } from '../types.ts'
import type { TypeTest } from '../types.ts'

/*
 * What a molecule can look like, as far as the text of a program tells. A form stands for a set of
 * molecules, never for too few: what is not known is `anything`.
 */

export type Form =
  /** Unknown: a function of the host made it. */
  | { readonly kind: 'anything' }
  /** Any molecule that floats in some solution of the program, or that is a field or item of one. */
  | { readonly kind: 'floating' | 'part' }
  | { readonly kind: 'constant'; readonly value: Atom }
  /** Some atom of a type. */
  | { readonly kind: 'int' | 'float' | 'boolean' | 'string' | 'symbol' }
  | { readonly kind: 'tuple'; readonly fields: readonly Forms[] }
  /** What is in it is part of the world. */
  | { readonly kind: 'list' | 'solution' | 'host' }
  /** Without a shape, any rule. */
  | { readonly kind: 'rule'; readonly shape: RuleShape | undefined }

/** One of these. */
export type Forms = readonly Form[]

/** A molecule without molecules inside. */
export type Atom = Exclude<
  Molecule,
  { readonly kind: 'tuple' | 'list' | 'solution' | 'rule' | 'host' | 'pending' }
>

export const anything: Form = { kind: 'anything' }

/** Names a form: equal forms have equal keys. */
export function keyOf(form: Form): string {
  switch (form.kind) {
    case 'constant':
      return `=${atomKey(form.value)}`
    case 'tuple':
      return `(${form.fields.map((field) => field.map(keyOf).join('|')).join(':')})`
    case 'rule':
      return form.shape === undefined ? 'rule' : `rule ${ruleKey(form.shape)}`
    case 'anything':
    case 'floating':
    case 'part':
    case 'int':
    case 'float':
    case 'boolean':
    case 'string':
    case 'symbol':
    case 'list':
    case 'solution':
    case 'host':
      return form.kind
  }
}

function atomKey(value: Atom): string {
  if (typeof value === 'string') return JSON.stringify(value)
  if (typeof value !== 'object') return String(value)
  return value.kind === 'symbol' ? `$${value.name}` : `${String(value.value)}f`
}

const ruleNumbers = new WeakMap<RuleShape, number>()
let lastRule = 0

function ruleKey(shape: RuleShape): number {
  const known = ruleNumbers.get(shape)
  if (known !== undefined) return known
  ruleNumbers.set(shape, ++lastRule)
  return lastRule
}

/** The type of an atom. */
export function kindOfAtom(value: Atom): 'int' | 'float' | 'boolean' | 'string' | 'symbol' {
  if (typeof value === 'object') return value.kind
  if (typeof value === 'string') return 'string'
  return typeof value === 'boolean' ? 'boolean' : 'int'
}

/** The forms that a value of a type can have; for `Any` what the whole world has. */
export function formsOfType(type: TypeTest, where: 'floating' | 'part'): Forms {
  switch (type.kind) {
    case 'number':
      return [{ kind: 'int' }, { kind: 'float' }]
    case 'int':
    case 'float':
    case 'boolean':
    case 'string':
    case 'symbol':
      return [{ kind: type.kind }]
    case 'fields':
      return [{ kind: 'tuple', fields: type.fields.map((field) => formsOfType(field, 'part')) }]
    case 'list':
    case 'solution':
    case 'host':
      return [{ kind: type.kind }]
    case 'rule':
      return [{ kind: 'rule', shape: undefined }]
    case 'tuple':
    case 'any':
    case 'object':
      return [{ kind: where }]
  }
}

/** Whether a molecule of this form may be of a type. The world is looked up by `some`. */
export function mayHaveType(
  form: Form,
  type: TypeTest,
  some: (form: Form, test: (form: Form) => boolean) => boolean,
): boolean {
  switch (form.kind) {
    case 'anything':
      return true
    case 'floating':
    case 'part':
      return some(form, (each) => mayHaveType(each, type, some))
    case 'constant':
      return hasType(form.value, type)
    case 'tuple':
      return type.kind === 'fields'
        ? type.fields.length === form.fields.length &&
            type.fields.every((field, i) =>
              form.fields[i]?.some((each) => mayHaveType(each, field, some)),
            )
        : type.kind === 'tuple' || isWide(type)
    case 'int':
    case 'float':
      return type.kind === form.kind || type.kind === 'number' || isWide(type)
    case 'boolean':
    case 'string':
    case 'symbol':
    case 'list':
    case 'host':
      return type.kind === form.kind || isWide(type)
    case 'solution':
    case 'rule':
      return type.kind === form.kind || type.kind === 'any'
  }
}

function isWide(type: TypeTest): boolean {
  return type.kind === 'any' || type.kind === 'object'
}
