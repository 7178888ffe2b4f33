import {
  List,
  Multiset,
  SolutionValue,
  equal,
  hasType,
  negateInt,
} from '../../interpreter/index.ts'
import type {
  Int,
  ListItemPattern,
  Molecule,
  Pattern,
  Slot,
  Solution,
  SolutionPattern,
} from '../../interpreter/index.ts'
import { choose } from './choose.ts'
import type { Pace } from './pace.ts'
import type { Draw } from './symmetry.ts'
import type { Take, Takes } from './take.ts'

/*
 * The ways in which one molecule fits a pattern, each with the number of choices of copies inside it. As
 * in the reference, bindings are copied and never changed. A generator that gives `undefined` asks for a
 * pause: a pattern of a large solution can have many ways.
 */

/** By slot. */
export type Slots = readonly (Molecule | undefined)[]

/** One way in which a molecule fits. */
export interface Binding {
  readonly slots: Slots
  readonly inside: readonly Draw[]
}

/** What is needed of a rule and of the run while it looks at molecules. */
export interface Fitting {
  readonly plan: Takes
  /** How many copies each take takes, by position; undefined where it is no number of copies. */
  readonly copies: readonly (Int | undefined)[]
  readonly pace: Pace
}

const NOTHING: readonly Draw[] = []

/** Every way in which a molecule fits a pattern, with some variables bound already. */
export function* bindings(
  pattern: Pattern,
  molecule: Molecule,
  slots: Slots,
  fitting: Fitting,
): Generator<Binding | undefined> {
  switch (pattern.kind) {
    case 'variable': {
      const bound =
        pattern.type === undefined || hasType(molecule, pattern.type)
          ? bind(slots, pattern.slot, molecule)
          : undefined
      if (bound !== undefined) yield { slots: bound, inside: NOTHING }
      return
    }
    case 'wildcard':
      if (pattern.type === undefined || hasType(molecule, pattern.type))
        yield { slots, inside: NOTHING }
      return
    case 'constant':
      if (equal(pattern.value, molecule)) yield { slots, inside: NOTHING }
      return
    case 'rule': {
      const isIt =
        typeof molecule === 'object' &&
        molecule.kind === 'rule' &&
        molecule.shape.name === pattern.name
      const bound = isIt ? bind(slots, pattern.slot, molecule) : undefined
      if (bound !== undefined) yield { slots: bound, inside: NOTHING }
      return
    }
    case 'tuple':
      if (
        typeof molecule === 'object' &&
        molecule.kind === 'tuple' &&
        molecule.fields.length === pattern.fields.length
      )
        yield* inFields(pattern.fields, molecule.fields, { slots, inside: NOTHING }, fitting)
      return
    case 'list':
      if (typeof molecule === 'object' && molecule.kind === 'list')
        yield* inItems(pattern.items, molecule.items, { slots, inside: NOTHING }, fitting)
      return
    case 'solution':
      if (typeof molecule === 'object' && molecule.kind === 'solution')
        yield* inSolution(pattern, contentsOf(molecule), slots, fitting)
  }
}

/** The slots with one more value; undefined where the slot holds something else already. */
export function bind(slots: Slots, slot: Slot, value: Molecule): Slots | undefined {
  const known = slots[slot]
  if (known !== undefined) return equal(known, value) ? slots : undefined
  const copy = [...slots]
  copy[slot] = value
  return copy
}

function* inFields(
  patterns: readonly Pattern[],
  fields: readonly Molecule[],
  before: Binding,
  fitting: Fitting,
): Generator<Binding | undefined> {
  const [pattern, ...others] = patterns
  const [field, ...rest] = fields
  if (pattern === undefined || field === undefined) {
    yield before
    return
  }
  for (const next of bindings(pattern, field, before.slots, fitting))
    if (next === undefined) yield undefined
    else yield* inFields(others, rest, joined(before, next), fitting)
}

function joined(before: Binding, next: Binding): Binding {
  if (before.inside.length === 0) return next
  return { slots: next.slots, inside: [...before.inside, ...next.inside] }
}

/** A rest in a list is a sequence of any length. */
function* inItems(
  patterns: readonly ListItemPattern[],
  items: readonly Molecule[],
  before: Binding,
  fitting: Fitting,
): Generator<Binding | undefined> {
  const [pattern, ...others] = patterns
  if (pattern === undefined) {
    if (items.length === 0) yield before
    return
  }
  if (pattern.kind === 'item') {
    const [item, ...rest] = items
    if (item === undefined) return
    for (const next of bindings(pattern.pattern, item, before.slots, fitting))
      if (next === undefined) yield undefined
      else yield* inItems(others, rest, joined(before, next), fitting)
    return
  }
  const shortest = others.length === 0 ? items.length : 0
  for (let length = items.length; length >= shortest; length--) {
    if (fitting.pace.isOver()) yield undefined
    const slots = bind(before.slots, pattern.slot, new List(items.slice(0, length)))
    if (slots !== undefined)
      yield* inItems(others, items.slice(length), { ...before, slots }, fitting)
  }
}

function contentsOf(solution: Solution): Multiset {
  return solution instanceof SolutionValue
    ? solution.contents()
    : Multiset.of(solution.contents().entries())
}

/** What was taken of an inner solution so far, and what is left of it. */
interface Taken {
  readonly slots: Slots
  readonly draws: readonly Draw[]
  readonly left: Multiset
}

/** `<P>` takes a solution as a whole: what the patterns leave goes to the first rest, or must be nothing. */
function* inSolution(
  pattern: SolutionPattern,
  contents: Multiset,
  slots: Slots,
  fitting: Fitting,
): Generator<Binding | undefined> {
  const takes = fitting.plan.takesIn(pattern)
  const [first, ...others] = pattern.rests
  // Each take takes of one molecule only.
  if (first === undefined && contents.distinct > takes.length) return
  for (const taken of takeFrom(takes, 0, { slots, draws: NOTHING, left: contents }, fitting)) {
    if (taken === undefined) {
      yield undefined
      continue
    }
    if (first === undefined) {
      if (taken.left.distinct === 0) yield { slots: taken.slots, inside: taken.draws }
      continue
    }
    let bound = bind(taken.slots, first, new SolutionValue(taken.left))
    for (const rest of others) bound = bound && bind(bound, rest, SolutionValue.empty)
    if (bound !== undefined) yield { slots: bound, inside: taken.draws }
  }
}

function* takeFrom(
  takes: readonly Take[],
  index: number,
  taken: Taken,
  fitting: Fitting,
): Generator<Taken | undefined> {
  const take = takes[index]
  if (take === undefined) {
    yield taken
    return
  }
  for (const next of takeOne(take, taken, fitting))
    if (next === undefined) yield undefined
    else yield* takeFrom(takes, index + 1, next, fitting)
}

function* takeOne(take: Take, taken: Taken, fitting: Fitting): Generator<Taken | undefined> {
  const n = fitting.copies[take.position]
  if (take.copies.kind !== 'all' && n === undefined) return
  for (const [molecule, among] of taken.left.entries()) {
    if (fitting.pace.isOver()) yield undefined
    const ways = n === undefined ? 1 : choose(among, n)
    if (ways === 0 || (typeof molecule === 'object' && molecule.kind === 'pending')) continue
    for (const fit of bindings(take.pattern, molecule, taken.slots, fitting)) {
      if (fit === undefined) {
        yield undefined
        continue
      }
      const slots =
        take.copies.kind === 'all' ? bind(fit.slots, take.copies.slot, among) : fit.slots
      if (slots === undefined) continue
      const draw = { position: take.position, molecule, among, ways, inside: fit.inside }
      const left =
        n === undefined ? taken.left.without(molecule) : taken.left.add(molecule, negateInt(n))
      yield { slots, draws: [...taken.draws, draw], left }
    }
  }
}
