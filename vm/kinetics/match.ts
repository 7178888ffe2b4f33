import { equal } from '../../interpreter/index.ts'
import type { Expression, Molecule, Slot } from '../../interpreter/index.ts'
import type { Binding, Slots } from './bindings.ts'
import type { Candidate, Candidates } from './candidates.ts'
import type { Lookup } from './lookups.ts'
import type { Pace } from './pace.ts'
import type { RateFailure } from './rate.ts'
import type { Kind } from './stock.ts'
import type { Draw } from './symmetry.ts'
import type { Take } from './take.ts'

/**
 * A way to react as far as kinds of molecules go: what each take of a rule takes, and what the variables
 * are. How many ways it is depends on how many copies there are at the moment.
 */
export interface Match {
  readonly slots: Slots
  /** By take. */
  readonly kinds: readonly Kind[]
  /** What is drawn inside each of them. */
  readonly insides: readonly (readonly Draw[])[]
  /** In how many ways that can be drawn. */
  readonly insideWays: number
  /** Whether something inside is drawn from an endless supply. */
  readonly hasSupplyInside: boolean
  /** The rate; 1 for a rule without one. */
  readonly rate: number
  /** Why it has no rate: then nothing may react any more as soon as it could. */
  readonly failure: RateFailure | undefined
}

/** A candidate for each take that agree on the variables. */
export interface Choice {
  readonly slots: Slots
  /** By take. */
  readonly candidates: readonly Candidate[]
}

/** Where choices are looked for. */
export interface Field {
  readonly takes: readonly Take[]
  /** By take. */
  readonly candidates: readonly Candidates[]
  /** What is bound before anything is taken. */
  readonly start: Slots
  /** By take. */
  readonly lookups: readonly (readonly Lookup[])[]
  /** The value of an expression of a condition; undefined where it has none. */
  readonly valueOf: (expression: Expression, slots: Slots) => Molecule | undefined
  readonly pace: Pace
}

/** For each take, the others in the order in which they are best chosen after it: those of known variables first. */
export function ordersOf(
  takes: readonly Take[],
  lookups: readonly (readonly Lookup[])[],
): readonly (readonly number[])[] {
  return takes.map((_, pivot) => {
    const bound = new Set<Slot>(takes[pivot]?.slots)
    const waiting = takes.map((_, i) => i).filter((i) => i !== pivot)
    const order: number[] = []
    while (waiting.length > 0) {
      const shares = (i: number): number =>
        (takes[i]?.slots.filter((slot) => bound.has(slot)).length ?? 0) +
        (lookups[i]?.filter(({ needs }) => needs.every((slot) => bound.has(slot))).length ?? 0)
      const best = waiting.reduce((a, b) => (shares(b) > shares(a) ? b : a))
      order.push(best)
      waiting.splice(waiting.indexOf(best), 1)
      for (const slot of takes[best]?.slots ?? []) bound.add(slot)
    }
    return order
  })
}

/** The variables of each take that can be known before it: other takes bind them too, or a condition says them. */
export function knownSlots(
  takes: readonly Take[],
  lookups: readonly (readonly Lookup[])[],
): readonly (readonly Slot[])[] {
  return takes.map((take, i) => [
    ...new Set([
      ...take.slots.filter((slot) =>
        takes.some((other) => other !== take && other.slots.includes(slot)),
      ),
      ...(lookups[i] ?? []).map(({ slot }) => slot),
    ]),
  ])
}

/**
 * Every choice with this candidate for this take, in which no earlier take has a candidate of the same
 * kind: so each choice is found once, from the first take that has its kind. `undefined` asks for a pause.
 */
export function* choicesWith(
  field: Field,
  pivot: number,
  candidate: Candidate,
  order: readonly number[],
): Generator<Choice | undefined> {
  const take = field.takes[pivot]
  const slots = take && agreed(field.start, take, candidate.binding)
  if (slots === undefined) return
  const chosen: Candidate[] = []
  chosen[pivot] = candidate
  yield* extended(field, { order, pivot }, 0, { slots, candidates: chosen })
}

interface Course {
  readonly order: readonly number[]
  readonly pivot: number
}

function* extended(
  field: Field,
  course: Course,
  index: number,
  choice: Choice,
): Generator<Choice | undefined> {
  const { order, pivot } = course
  const at = order[index]
  const take = at === undefined ? undefined : field.takes[at]
  if (at === undefined || take === undefined) {
    yield choice
    return
  }
  const own = choice.candidates[pivot]?.kind
  for (const candidate of agreeing(field, at, choice.slots)) {
    if (field.pace.isOver()) yield undefined
    if (at < pivot && candidate.kind === own) continue
    const slots = agreed(choice.slots, take, candidate.binding)
    if (slots === undefined) continue
    const candidates = [...choice.candidates]
    candidates[at] = candidate
    if (index + 1 === order.length) yield { slots, candidates }
    else yield* extended(field, course, index + 1, { slots, candidates })
  }
}

/** The candidates of a take that can go with what is bound, and perhaps some that cannot. */
function agreeing(field: Field, at: number, slots: Slots): Iterable<Candidate> {
  const candidates = field.candidates[at]
  if (candidates === undefined) return []
  for (const slot of field.takes[at]?.slots ?? []) {
    const value = slots[slot]
    const found = value === undefined ? undefined : candidates.having(slot, value)
    if (found !== undefined) return found
  }
  for (const { slot, expression, needs, isSolved } of field.lookups[at] ?? []) {
    if (needs.some((need) => slots[need] === undefined)) continue
    const value = field.valueOf(expression, slots)
    if (isSolved && !Number.isSafeInteger(value)) continue
    // A condition that fails is false.
    return value === undefined ? [] : (candidates.having(slot, value) ?? candidates.all)
  }
  return candidates.all
}

/** The slots with those of one take more; undefined where they do not agree. */
export function agreed(slots: Slots, take: Take, binding: Binding): Slots | undefined {
  let copy: Slots[number][] | undefined
  for (const slot of take.slots) {
    const value = binding.slots[slot]
    if (value === undefined) continue
    const known = slots[slot]
    if (known === undefined) {
      copy ??= [...slots]
      copy[slot] = value
    } else if (!equal(known, value)) return undefined
  }
  return copy ?? slots
}
