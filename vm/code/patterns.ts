import { List, equal, hasType } from '../../interpreter/index.ts'
import type { ListItemPattern, Molecule, Pattern, Slot, TypeTest } from '../../interpreter/index.ts'
import type { Anatomy, Head } from '../plan/heads.ts'
import { isTag } from '../plan/planner.ts'
import type { Store } from '../store/store.ts'
import { IN_VALUE, Inside, canBeValue } from './inside.ts'
import type { Opening } from './inside.ts'
import type { Run } from './run.ts'

/** Whether a molecule looks like a pattern; binds the pattern's variables on the way. */
export type MatchCode = (value: Molecule, run: Run) => boolean

/** Whether what a slot holds looks like a head's pattern. */
export type HeadCode = (store: Store, slot: number, run: Run) => boolean

/** What compiling patterns needs: what is bound so far, and a way to open solutions. */
export interface PatternContext {
  readonly anatomy: Anatomy
  /** Grows in the order in which the code will run. */
  readonly bound: Set<Slot>
  readonly opening: Opening
}

/** Compiles a head's pattern. Fields are read from their columns; a tuple is not put together for it. */
export function headCode(head: Head, context: PatternContext): HeadCode {
  const { pattern } = head.reactant
  if (pattern.kind !== 'tuple') {
    const match = matchCode(pattern, context)
    if (pattern.kind === 'wildcard' && pattern.type === undefined) return () => true
    return (store, slot, run) => match(store.molecule(slot), run)
  }
  const fields = pattern.fields
    .map((field, column) => ({ column, field }))
    .filter(({ field }) => !isTag(field))
  const tags = pattern.fields
    .map((field, column) => ({ column, field }))
    .filter(({ field }) => isTag(field))
  const codes = [...tags, ...fields].map(({ column, field }) => ({
    column,
    match: matchCode(field, context),
  }))
  const arity = pattern.fields.length
  const [first, second] = codes
  if (first !== undefined && second !== undefined && codes.length === 2)
    return (store, slot, run) =>
      store.class.arity === arity &&
      matchField(store, slot, first, run) &&
      matchField(store, slot, second, run)
  return (store, slot, run) => {
    if (store.class.arity !== arity) return false
    for (const code of codes) if (!matchField(store, slot, code, run)) return false
    return true
  }
}

function matchField(
  store: Store,
  slot: number,
  code: { readonly column: number; readonly match: MatchCode },
  run: Run,
): boolean {
  const value = store.field(slot, code.column)
  return value !== undefined && code.match(value, run)
}

/** Compiles a pattern for a whole molecule. What solutions inside hold is left to later steps, which find them in their slots. */
export function matchCode(pattern: Pattern, context: PatternContext): MatchCode {
  switch (pattern.kind) {
    case 'variable':
      return variableCode(pattern.slot, pattern.type, context)
    case 'wildcard': {
      const { type } = pattern
      return type === undefined ? () => true : (value) => hasType(value, type)
    }
    case 'constant': {
      const constant = pattern.value
      if (typeof constant !== 'object' || constant.kind === 'symbol')
        return (value) => value === constant
      return (value) => equal(value, constant)
    }
    case 'rule': {
      const { name } = pattern
      const bind = variableCode(pattern.slot, undefined, context)
      return (value, run) =>
        typeof value === 'object' &&
        value.kind === 'rule' &&
        value.shape.name === name &&
        bind(value, run)
    }
    case 'tuple': {
      const fields = pattern.fields.map((field) => matchCode(field, context))
      return (value, run) => {
        if (
          typeof value !== 'object' ||
          value.kind !== 'tuple' ||
          value.fields.length !== fields.length
        )
          return false
        for (let i = 0; i < fields.length; i++) {
          const field = value.fields[i]
          if (field === undefined || fields[i]?.(field, run) !== true) return false
        }
        return true
      }
    }
    case 'solution': {
      const slot = context.anatomy.slotOf.get(pattern) ?? 0
      const { anatomy, opening } = context
      const opened = anatomy.opened.find((each) => each.pattern === pattern)
      const mayStay = opened !== undefined && canBeValue(opened)
      return (value, run) => {
        if (typeof value !== 'object' || value.kind !== 'solution') return false
        run.slots[slot] =
          (mayStay ? opening.look(value, insideOf(run, slot)) : opening.open(value)) ?? IN_VALUE
        return true
      }
    }
    case 'list': {
      const slot = context.anatomy.slotOf.get(pattern)
      if (slot === undefined) return listCode(pattern.items, context)
      const least = pattern.items.filter((item) => item.kind === 'item').length
      return (value, run) => {
        if (typeof value !== 'object' || value.kind !== 'list' || value.items.length < least)
          return false
        run.slots[slot] = value
        return true
      }
    }
  }
}

/** Where the molecules of a solution are noted while it is looked into. */
function insideOf({ inside }: Run, slot: Slot): Inside {
  while (inside.length < slot) inside.push(undefined)
  return (inside[slot] ??= new Inside())
}

function variableCode(
  slot: Slot,
  type: TypeTest | undefined,
  { bound }: PatternContext,
): MatchCode {
  const isRepeated = bound.has(slot)
  bound.add(slot)
  if (isRepeated)
    return (value, run) => {
      const known = run.slots[slot]
      return (
        (type === undefined || hasType(value, type)) &&
        known !== undefined &&
        (known === value || equal(known, value))
      )
    }
  if (type === undefined)
    return (value, run) => {
      run.slots[slot] = value
      return true
    }
  const test = typeCode(type)
  return (value, run) => {
    if (!test(value)) return false
    run.slots[slot] = value
    return true
  }
}

/** The common types without a detour. */
function typeCode(type: TypeTest): (value: Molecule) => boolean {
  switch (type.kind) {
    case 'int':
      return (value) => typeof value === 'number' || typeof value === 'bigint'
    case 'string':
      return (value) => typeof value === 'string'
    case 'symbol':
      return (value) => typeof value === 'object' && value.kind === 'symbol'
    default:
      return (value) => hasType(value, type)
  }
}

/** A list with one rest at most matches in one way: the items before the rest from the front, those after it from the end. */
function listCode(items: readonly ListItemPattern[], context: PatternContext): MatchCode {
  const restAt = items.findIndex((item) => item.kind === 'rest')
  const rest = items[restAt]
  const front = (restAt < 0 ? items : items.slice(0, restAt)).flatMap((item) =>
    item.kind === 'item' ? [matchCode(item.pattern, context)] : [],
  )
  const bindRest = rest?.kind === 'rest' ? variableCode(rest.slot, undefined, context) : undefined
  const back =
    restAt < 0
      ? []
      : items
          .slice(restAt + 1)
          .flatMap((item) => (item.kind === 'item' ? [matchCode(item.pattern, context)] : []))
  const least = front.length + back.length
  return (value, run) => {
    if (typeof value !== 'object' || value.kind !== 'list') return false
    const { items: given } = value
    if (bindRest === undefined ? given.length !== least : given.length < least) return false
    if (!matchRun(front, given, 0, run)) return false
    const end = given.length - back.length
    if (bindRest !== undefined && !bindRest(new List(given.slice(front.length, end)), run))
      return false
    return matchRun(back, given, end, run)
  }
}

function matchRun(
  codes: readonly MatchCode[],
  given: readonly Molecule[],
  from: number,
  run: Run,
): boolean {
  for (let i = 0; i < codes.length; i++) {
    const item = given[from + i]
    if (item === undefined || codes[i]?.(item, run) !== true) return false
  }
  return true
}
