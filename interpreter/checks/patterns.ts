import { equal } from '../molecule.ts'
import type { Molecule } from '../molecule.ts'
import type { ListItemPattern, Pattern, ReactantPattern, RuleShape, Slot } from '../rule.ts'
import { hasType } from '../types.ts'
import type { TypeTest } from '../types.ts'
import { kindOf, kindsOfType } from './kinds.ts'
import type { Kinds } from './kinds.ts'

/** Whether everything that `specific` takes is taken by `general` too, its variables being different ones. */
export function covers(general: Pattern, specific: Pattern): boolean {
  switch (general.kind) {
    case 'variable':
    case 'wildcard':
      return general.type === undefined || isOnly(specific, general.type)
    case 'constant':
      return specific.kind === 'constant' && equal(general.value, specific.value)
    case 'rule':
      return specific.kind === 'rule' && specific.name === general.name
    case 'tuple':
      return (
        specific.kind === 'tuple' &&
        specific.fields.length === general.fields.length &&
        general.fields.every((field, i) => isCovered(field, specific.fields[i]))
      )
    case 'list':
      return specific.kind === 'list' && coversItems(general.items, specific.items)
    case 'solution':
      if (specific.kind !== 'solution') return false
      if (general.rests.length > 0 && general.patterns.length === 0) return true
      return (
        general.rests.length === specific.rests.length &&
        coversAll(general.patterns, specific.patterns)
      )
  }
}

function isCovered(general: Pattern, specific: Pattern | undefined): boolean {
  return specific !== undefined && covers(general, specific)
}

function coversItems(
  general: readonly ListItemPattern[],
  specific: readonly ListItemPattern[],
): boolean {
  return (
    general.length === specific.length &&
    general.every((item, i) => {
      const other = specific[i]
      if (item.kind === 'rest' || other?.kind !== 'item') return item.kind === other?.kind
      return covers(item.pattern, other.pattern)
    })
  )
}

/** Whether the patterns can be paired so that each covers its partner. */
export function coversAll(
  general: readonly ReactantPattern[],
  specific: readonly ReactantPattern[],
): boolean {
  const [first, ...others] = general
  if (general.length !== specific.length) return false
  if (first === undefined) return true
  return specific.some(
    (each, i) =>
      first.kind === 'single' &&
      each.kind === 'single' &&
      covers(first.pattern, each.pattern) &&
      coversAll(others, [...specific.slice(0, i), ...specific.slice(i + 1)]),
  )
}

/** Whether all that a pattern takes is of a type. */
function isOnly(pattern: Pattern, type: TypeTest): boolean {
  const wanted = kindsOfType(type)
  if (wanted === undefined) return true
  if (pattern.kind === 'constant') return hasType(pattern.value, type)
  const kinds = kindsTaken(pattern)
  if (kinds === undefined || type.kind === 'host') return false
  if (type.kind !== 'fields') return kinds.every((kind) => wanted.includes(kind))
  return (
    pattern.kind === 'tuple' &&
    pattern.fields.length === type.fields.length &&
    type.fields.every((field, i) => {
      const inner = pattern.fields[i]
      return inner !== undefined && isOnly(inner, field)
    })
  )
}

/** The kinds of what a pattern takes. */
export function kindsTaken(pattern: Pattern): Kinds {
  switch (pattern.kind) {
    case 'variable':
    case 'wildcard':
      return kindsOfType(pattern.type)
    case 'constant': {
      const kind = kindOf(pattern.value)
      return kind && [kind]
    }
    case 'tuple':
    case 'list':
    case 'solution':
    case 'rule':
      return [pattern.kind]
  }
}

/** Whether some molecule could be taken by both. */
export function overlap(a: Pattern, b: Pattern): boolean {
  const [kinds, others] = [kindsTaken(a), kindsTaken(b)]
  if (kinds !== undefined && others !== undefined && !kinds.some((kind) => others.includes(kind)))
    return false
  if (a.kind === 'constant' && b.kind === 'constant') return equal(a.value, b.value)
  if (a.kind === 'constant' && b.kind === 'tuple') return overlapsValue(b.fields, a.value)
  if (b.kind === 'constant' && a.kind === 'tuple') return overlapsValue(a.fields, b.value)
  if (a.kind === 'rule' && b.kind === 'rule') return a.name === b.name
  if (a.kind !== 'tuple' || b.kind !== 'tuple') return true
  return (
    a.fields.length === b.fields.length &&
    a.fields.every((field, i) => {
      const other = b.fields[i]
      return other !== undefined && overlap(field, other)
    })
  )
}

function overlapsValue(fields: readonly Pattern[], value: Molecule): boolean {
  return (
    typeof value === 'object' && value.kind === 'tuple' && value.fields.length === fields.length
  )
}

/** Whether each variable of a rule's patterns stands there once, so that no two molecules must be equal. */
export function isLinear({ patterns }: RuleShape): boolean {
  const slots = patterns.flatMap(slotsOfReactant)
  return new Set(slots).size === slots.length
}

/** The slots that a pattern of a solution binds or compares with. */
export function slotsOfReactant(reactant: ReactantPattern): Slot[] {
  const own = slotsOfPattern(reactant.pattern)
  return reactant.kind === 'all' ? [...own, reactant.multiplicity] : own
}

function slotsOfPattern(pattern: Pattern): Slot[] {
  switch (pattern.kind) {
    case 'variable':
    case 'rule':
      return [pattern.slot]
    case 'tuple':
      return pattern.fields.flatMap(slotsOfPattern)
    case 'list':
      return pattern.items.flatMap((item) =>
        item.kind === 'rest' ? [item.slot] : slotsOfPattern(item.pattern),
      )
    case 'solution':
      return [...pattern.patterns.flatMap(slotsOfReactant), ...pattern.rests]
    case 'wildcard':
    case 'constant':
      return []
  }
}
