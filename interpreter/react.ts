import { placed } from './evaluate.ts'
import type { Environment } from './evaluate.ts'
import type { Surroundings } from './host.ts'
import { locations, replaced, solutionsIn, contentsOf } from './locate.ts'
import type { Location } from './locate.ts'
import { matches } from './match.ts'
import type { Match, Matching, Ways } from './match.ts'
import { isRule } from './molecule.ts'
import type { Entry, Molecule, Rule } from './molecule.ts'
import type { Multiset, SolutionValue } from './multiset.ts'
import { productOf } from './pending.ts'
import type { PendingElement, Product } from './pending.ts'
import { shapeOf } from './rule.ts'

/** A reaction that is possible: the rule, what it takes, and where. */
export interface Possible {
  readonly location: Location
  readonly rule: Rule
  readonly match: Match
}

/** A reaction carried out: the outermost solution after it. */
export interface Reacted {
  readonly solution: SolutionValue
  readonly products: readonly Entry[]
  readonly pending: readonly PendingElement[]
}

/** Remembers which contents are inert: they are values, so it stays true. */
export class Inertness {
  readonly #inert = new WeakSet<Multiset>()

  has(contents: Multiset): boolean {
    return this.#inert.has(contents)
  }

  add(contents: Multiset): void {
    this.#inert.add(contents)
  }

  /** Nothing inside it is active, and it is not pending: only then can it be taken. */
  isThere(molecule: Molecule): boolean {
    if (typeof molecule !== 'object') return true
    if (molecule.kind === 'pending') return false
    for (const { solution } of solutionsIn(molecule))
      if (!this.#inert.has(contentsOf(solution))) return false
    return true
  }
}

/** Every reaction that is possible in one solution, its inner ones left aside. */
export function* possibleIn(location: Location, matching: Matching): Ways<Possible> {
  const rules = [...location.contents.entries()].filter(([m, n]) => isRule(m) && n > 0)
  for (const [rule] of matching.order(rules))
    if (isRule(rule))
      for (const match of matches(rule, location.contents, matching))
        yield match === 'pause' ? match : { location, rule, match }
}

/**
 * Every reaction that is possible anywhere, and none if the solution is inert. Solutions without a
 * reaction, all inner ones inert and nothing pending, are found to be inert on the way, inner ones first.
 */
export function* possible(
  root: SolutionValue,
  inertness: Inertness,
  matching: Matching,
): Generator<Possible> {
  for (const reaction of search(root, inertness, matching)) if (reaction !== 'pause') yield reaction
}

/** The same, with the pauses that the matching asks for. */
export function* search(
  root: SolutionValue,
  inertness: Inertness,
  matching: Matching,
): Ways<Possible> {
  const all = locations(root, (contents) => inertness.has(contents)).reverse()
  for (const location of all) {
    let isActive = false
    for (const reaction of possibleIn(location, matching)) {
      if (reaction !== 'pause') isActive = true
      yield reaction
    }
    if (!isActive && [...location.contents.molecules()].every((m) => inertness.isThere(m)))
      inertness.add(location.contents)
  }
}

/** Carries out a reaction, all of it or nothing: a product without a value fails with a `PlacedFailure`. */
export function react(
  { location, rule, match }: Possible,
  surroundings: Surroundings,
  nextId: () => number,
): Reacted {
  const shape = shapeOf(rule)
  const env: Environment = { slots: [...match.slots], captured: rule.captured, surroundings }
  const product = productOf(shape.product, env, match.reactants, nextId)
  const self: readonly Entry[] = shape.shots === 'many' ? [[rule, 1]] : []
  const kept = shape.isCatalytic ? [...self, ...match.reactants] : self
  const contents = placed(shape.place, () => match.left.plus([...kept, ...entriesOf(product)]))
  return {
    solution: replaced(location, contents),
    products: product.entries,
    pending: product.pending,
  }
}

function entriesOf(product: Product): Entry[] {
  return [...product.entries, ...product.pending.map((p) => [p, 1] as const)]
}
