import { holds, evaluate } from './evaluate.ts'
import type { Environment } from './evaluate.ts'
import type { Surroundings } from './host.ts'
import { isInfinite, negateInt } from './integer.ts'
import type { Int } from './integer.ts'
import { List, equal, isInt } from './molecule.ts'
import type { Entry, Molecule, Rule } from './molecule.ts'
import { Multiset, SolutionValue } from './multiset.ts'
import { shapeOf } from './rule.ts'
import type { ListItemPattern, Pattern, ReactantPattern, SolutionPattern } from './rule.ts'
import { hasType } from './types.ts'

/*
 * What a rule can take, found by trying everything: the meaning of section 5 of the language, without
 * an index. Slots are never changed in place: every binding is a copy, so that trying on is simple.
 */

/** Reactants that were found for a rule, and what they leave. */
export interface Match {
  /** By slot; `undefined` only for slots that the product binds. */
  readonly slots: readonly (Molecule | undefined)[]
  readonly reactants: readonly Entry[]
  /** The solution without the reactants and without the copy of the rule that reacts. */
  readonly left: Multiset
}

/** What matching needs to know of the world around. */
export interface Matching extends Surroundings {
  /** Whether a molecule can be taken: nothing inside it is still active, and it is not pending. */
  isThere(molecule: Molecule): boolean
  /** The order in which candidates are tried. */
  order(entries: Iterable<Entry>): Iterable<Entry>
  /** Asked before each candidate: whether the search stops here for a while. Without it, it never does. */
  isPauseDue?(): boolean
}

/** What a search finds: each way to match, and `pause` where it can be left, or gone on with. */
export type Ways<Way> = Generator<Way | 'pause'>

/** The rule whose patterns are matched, for its captured values, and the world around. */
interface Search {
  readonly rule: Rule
  readonly matching: Matching
}

type Slots = readonly (Molecule | undefined)[]

interface Taken {
  readonly slots: Slots
  readonly reactants: readonly Entry[]
  readonly left: Multiset
}

/** Every way in which a rule can react with the other molecules of a solution. */
export function* matches(rule: Rule, contents: Multiset, matching: Matching): Ways<Match> {
  const shape = shapeOf(rule)
  const start: Taken = {
    slots: shape.topRests.reduce<Slots>(
      (slots, slot) => bind(slots, slot, SolutionValue.empty) ?? slots,
      [],
    ),
    reactants: [],
    // The rule that reacts is never its own reactant; another copy of it may be.
    left: contents.add(rule, -1),
  }
  for (const taken of takeAll(shape.patterns, start, { rule, matching })) {
    if (taken === 'pause') {
      yield taken
      continue
    }
    const env: Environment = {
      slots: [...taken.slots],
      captured: rule.captured,
      surroundings: matching,
    }
    if (holds(shape.condition, env)) yield taken
  }
}

/** Takes a molecule for each pattern; those that take all copies go last, as they take what the others leave. */
function* takeAll(patterns: readonly ReactantPattern[], start: Taken, search: Search): Ways<Taken> {
  const ordered = [
    ...patterns.filter((p) => p.kind !== 'all'),
    ...patterns.filter((p) => p.kind === 'all'),
  ]
  yield* takeFrom(ordered, 0, start, search)
}

function* takeFrom(
  patterns: readonly ReactantPattern[],
  index: number,
  taken: Taken,
  search: Search,
): Ways<Taken> {
  const pattern = patterns[index]
  if (pattern === undefined) {
    yield taken
    return
  }
  for (const next of take(pattern, taken, search))
    if (next === 'pause') yield next
    else yield* takeFrom(patterns, index + 1, next, search)
}

function* take(pattern: ReactantPattern, taken: Taken, search: Search): Ways<Taken> {
  const n = pattern.kind === 'fixed' ? fixedCopies(pattern, search) : 1
  if (n === undefined) return
  for (const [molecule, multiplicity] of search.matching.order(taken.left.entries())) {
    if (!search.matching.isThere(molecule)) continue
    if (search.matching.isPauseDue?.() === true) yield 'pause'
    for (const slots of matchMolecule(pattern.pattern, molecule, taken.slots, search)) {
      if (slots === 'pause') {
        yield slots
        continue
      }
      if (pattern.kind === 'all') {
        const bound = bind(slots, pattern.multiplicity, multiplicity)
        if (bound !== undefined)
          yield {
            slots: bound,
            reactants: [...taken.reactants, [molecule, multiplicity]],
            left: taken.left.without(molecule),
          }
      } else if (n > 0 ? multiplicity >= n : multiplicity <= n) {
        yield {
          slots,
          reactants: [...taken.reactants, [molecule, n]],
          left: taken.left.add(molecule, negateInt(n)),
        }
      }
    }
  }
}

/** The n of `p^n`; undefined where it is no number of copies, and then nothing matches. */
function fixedCopies(
  pattern: Extract<ReactantPattern, { kind: 'fixed' }>,
  search: Search,
): Int | undefined {
  let n: Molecule | undefined
  const env: Environment = {
    slots: [],
    captured: search.rule.captured,
    surroundings: search.matching,
  }
  try {
    n = evaluate(pattern.multiplicity, env)
  } catch {
    return undefined
  }
  return isInt(n) && n !== 0 && !isInfinite(n) ? n : undefined
}

/** Every way in which one molecule fits a pattern. */
function* matchMolecule(
  pattern: Pattern,
  molecule: Molecule,
  slots: Slots,
  search: Search,
): Ways<Slots> {
  switch (pattern.kind) {
    case 'variable': {
      const bound =
        pattern.type === undefined || hasType(molecule, pattern.type)
          ? bind(slots, pattern.slot, molecule)
          : undefined
      if (bound !== undefined) yield bound
      return
    }
    case 'wildcard':
      if (pattern.type === undefined || hasType(molecule, pattern.type)) yield slots
      return
    case 'constant':
      if (equal(pattern.value, molecule)) yield slots
      return
    case 'rule': {
      const isIt =
        typeof molecule === 'object' &&
        molecule.kind === 'rule' &&
        molecule.shape.name === pattern.name
      const bound = isIt ? bind(slots, pattern.slot, molecule) : undefined
      if (bound !== undefined) yield bound
      return
    }
    case 'tuple':
      if (
        typeof molecule === 'object' &&
        molecule.kind === 'tuple' &&
        molecule.fields.length === pattern.fields.length
      )
        yield* matchFields(pattern.fields, molecule.fields, slots, search)
      return
    case 'list':
      if (typeof molecule === 'object' && molecule.kind === 'list')
        yield* matchItems(pattern.items, molecule.items, slots, search)
      return
    case 'solution':
      if (typeof molecule === 'object' && molecule.kind === 'solution')
        yield* matchSolution(pattern, Multiset.of(molecule.contents().entries()), slots, search)
  }
}

function* matchFields(
  patterns: readonly Pattern[],
  fields: readonly Molecule[],
  slots: Slots,
  search: Search,
): Ways<Slots> {
  const [pattern, ...others] = patterns
  const [field, ...rest] = fields
  if (pattern === undefined || field === undefined) {
    yield slots
    return
  }
  for (const next of matchMolecule(pattern, field, slots, search))
    if (next === 'pause') yield next
    else yield* matchFields(others, rest, next, search)
}

/** A rest in a list is a sequence of any length. */
function* matchItems(
  patterns: readonly ListItemPattern[],
  items: readonly Molecule[],
  slots: Slots,
  search: Search,
): Ways<Slots> {
  const [pattern, ...others] = patterns
  if (pattern === undefined) {
    if (items.length === 0) yield slots
    return
  }
  if (pattern.kind === 'item') {
    const [item, ...rest] = items
    if (item === undefined) return
    for (const next of matchMolecule(pattern.pattern, item, slots, search))
      if (next === 'pause') yield next
      else yield* matchItems(others, rest, next, search)
    return
  }
  const shortest = others.length === 0 ? items.length : 0
  for (let length = items.length; length >= shortest; length--) {
    if (search.matching.isPauseDue?.() === true) yield 'pause'
    const bound = bind(slots, pattern.slot, new List(items.slice(0, length)))
    if (bound !== undefined) yield* matchItems(others, items.slice(length), bound, search)
  }
}

/** `<P>` takes a solution as a whole: what the patterns leave goes to the first rest, or must be nothing. */
function* matchSolution(
  pattern: SolutionPattern,
  contents: Multiset,
  slots: Slots,
  search: Search,
): Ways<Slots> {
  const start: Taken = { slots, reactants: [], left: contents }
  for (const taken of takeAll(pattern.patterns, start, search)) {
    if (taken === 'pause') {
      yield taken
      continue
    }
    const [first, ...others] = pattern.rests
    if (first === undefined) {
      if (taken.left.distinct === 0) yield taken.slots
      continue
    }
    let bound = bind(taken.slots, first, new SolutionValue(taken.left))
    for (const rest of others) bound = bound && bind(bound, rest, SolutionValue.empty)
    if (bound !== undefined) yield bound
  }
}

/** The slots with one more value; undefined where the slot holds something else already. */
function bind(slots: Slots, slot: number, value: Molecule): Slots | undefined {
  const known = slots[slot]
  if (known !== undefined) return equal(known, value) ? slots : undefined
  const copy = [...slots]
  copy[slot] = value
  return copy
}
