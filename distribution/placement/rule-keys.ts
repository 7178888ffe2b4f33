import type { Expression, Pattern, RuleShape, Slot } from '../../interpreter/index.ts'
import { takenBy } from './sorts.ts'
import type { Taken } from './sorts.ts'

/** Where the key of a molecule stands: a field, or the molecule as a whole. */
export type KeyPlace = number | 'whole'

/** What a rule takes at one of its patterns. */
export interface Reactant {
  readonly taken: Taken
  /** Where each variable stands in it: only there can it tell the home of the molecule. */
  readonly places: ReadonlyMap<Slot, readonly KeyPlace[]>
}

/** A way to bring all that a rule takes together: a variable that each of its patterns has. */
export interface RuleKey {
  readonly name: string
  /** By pattern. */
  readonly places: readonly KeyPlace[]
}

/** What a rule takes from the solution that it is in. */
export function reactantsOf({ patterns }: RuleShape): readonly Reactant[] {
  return patterns.map(({ pattern }) => ({
    taken: takenBy(pattern),
    places: placesIn(pattern),
  }))
}

/** The keys that a rule of two patterns or more can be placed by. */
export function keysOf(shape: RuleShape): readonly RuleKey[] {
  const same = equalSlots(shape.condition)
  const reactants = reactantsOf(shape).map(({ places }) => byRepresentative(places, same))
  const [first, ...others] = reactants
  if (first === undefined) return []
  const keys: RuleKey[] = []
  for (const [slot, own] of first)
    for (const place of own) {
      const rest = others.map((each) => each.get(slot)?.[0])
      if (rest.includes(undefined)) continue
      keys.push({
        name: shape.slotNames[slot] ?? '_',
        places: [place, ...rest.filter((each) => each !== undefined)],
      })
    }
  return keys
}

function placesIn(pattern: Pattern): ReadonlyMap<Slot, readonly KeyPlace[]> {
  const places = new Map<Slot, KeyPlace[]>()
  if (pattern.kind === 'variable') places.set(pattern.slot, ['whole'])
  if (pattern.kind !== 'tuple') return places
  for (const [i, field] of pattern.fields.entries())
    if (field.kind === 'variable') places.set(field.slot, [...(places.get(field.slot) ?? []), i])
  return places
}

/** Variables that the condition says are equal stand for one another. */
function equalSlots(condition: Expression | undefined): ReadonlyMap<Slot, Slot> {
  const same = new Map<Slot, Slot>()
  const visit = (expression: Expression | undefined): void => {
    if (expression?.kind !== 'binary') return
    const { operator, left, right } = expression
    if (operator === '&&') {
      visit(left)
      visit(right)
    } else if (operator === '==' && left.kind === 'slot' && right.kind === 'slot') {
      const [a, b] = [representative(left.slot, same), representative(right.slot, same)]
      if (a !== b) same.set(Math.max(a, b), Math.min(a, b))
    }
  }
  visit(condition)
  return same
}

function representative(slot: Slot, same: ReadonlyMap<Slot, Slot>): Slot {
  let found = slot
  for (let next = same.get(found); next !== undefined; next = same.get(found)) found = next
  return found
}

function byRepresentative(
  places: ReadonlyMap<Slot, readonly KeyPlace[]>,
  same: ReadonlyMap<Slot, Slot>,
): ReadonlyMap<Slot, readonly KeyPlace[]> {
  const merged = new Map<Slot, KeyPlace[]>()
  for (const [slot, own] of places) {
    const known = representative(slot, same)
    merged.set(known, [...(merged.get(known) ?? []), ...own])
  }
  return merged
}
