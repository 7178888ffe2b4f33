import { equal, hasType } from '../../interpreter/index.ts'
import type { Molecule, TypeTest } from '../../interpreter/index.ts'
import type { MoleculeClass } from '../store/molecule-class.ts'
import type { FlatField, FlatHead } from './flat-rule.ts'
import { columnIn } from './matter.ts'
import type { Matter } from './matter.ts'

/** Whether every element is one that a head takes: constants and types are looked at where the columns do not tell. */
export function fits(matter: Matter, head: FlatHead): boolean {
  const { tag, kind, arity } = matter.store.class
  if (head.isTuple !== (kind === 'tuple') || head.fields.length !== arity) return false
  return head.fields.every((field, at) => {
    if (at === 0 && tag !== undefined)
      return field.kind === 'constant' ? equal(field.value, tag) : field.type === undefined
    return holdsIn(matter, at, field)
  })
}

/** Whether a head takes any molecule of the store whole, whatever is inside. */
export function fitsWhole(head: FlatHead): boolean {
  const [only] = head.fields
  return !head.isTuple && only?.kind === 'variable' && only.type === undefined
}

/** Whether a head takes a molecule. */
export function takes({ isTuple, fields }: FlatHead, molecule: Molecule): boolean {
  if (!isTuple) return takesField(fields[0], molecule)
  if (typeof molecule !== 'object' || molecule.kind !== 'tuple') return false
  const given = molecule.fields
  if (given.length !== fields.length) return false
  for (let i = 0; i < fields.length; i++) if (!takesField(fields[i], given[i])) return false
  return true
}

function takesField(field: FlatField | undefined, given: Molecule | undefined): boolean {
  if (field === undefined || given === undefined) return false
  if (field.kind === 'constant') return equal(field.value, given)
  return field.type === undefined || hasType(given, field.type)
}

function holdsIn(matter: Matter, at: number, field: FlatField): boolean {
  if (field.kind !== 'constant' && field.type === undefined) return true
  const column = columnIn(matter, at)
  const { n } = matter
  if (field.kind === 'constant') {
    for (let i = 0; i < n; i++) if (!equal(column[i]!, field.value)) return false
    return true
  }
  const { type } = field
  if (type === undefined || (!Array.isArray(column) && takesInts(type))) return true
  for (let i = 0; i < n; i++) if (!hasType(column[i]!, type)) return false
  return true
}

function takesInts({ kind }: TypeTest): boolean {
  return kind === 'int' || kind === 'number' || kind === 'any' || kind === 'object'
}

/** The columns that the store of a class has. */
export function columnsOf({ tag, arity }: MoleculeClass): readonly number[] {
  return Array.from({ length: arity }, (_, column) => column).slice(tag === undefined ? 0 : 1)
}
