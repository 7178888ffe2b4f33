import type { Entry, Molecule, Random, Rule, RuleShape } from '../../interpreter/index.ts'

/**
 * A solution that is nothing but species: every molecule that can ever come about is known, and every
 * reaction is a change of their numbers. Rules are not among the species: no reaction touches them.
 */
export interface Network {
  readonly species: readonly Molecule[]
  /** How many copies of each; ±∞ where they never run out. */
  readonly counts: Float64Array
  /** What never changes: the rules. */
  readonly constants: readonly Entry[]
  readonly reactions: readonly NetworkReaction[]
  /** For each reaction, those whose propensity it changes. */
  readonly dependents: readonly (readonly number[])[]
  /** Whether some number of copies can become negative. */
  readonly isSigned: boolean
}

export interface NetworkReaction {
  /** Rate and what does not depend on numbers: the propensity is this times the falling powers of the terms. */
  readonly factor: number
  readonly terms: readonly Term[]
  readonly changes: readonly Change[]
  readonly rule: Rule
  readonly shape: RuleShape
  readonly reactants: readonly Entry[]
  readonly products: readonly Entry[]
}

/** n (n − 1) … of as many factors as copies are taken. */
export interface Term {
  readonly species: number
  /** Positive for copies, negative for anti-copies. */
  readonly taken: number
}

export interface Change {
  readonly species: number
  readonly by: number
}

/** Where a network stands: numbers of copies, and times. */
export interface NetworkState {
  readonly counts: Float64Array
  /** `[time of the last reaction, time of the next, number of the last reaction]`. */
  readonly clock: Float64Array
}

/** Bounds of one go. */
export interface Go {
  /** Finite. */
  readonly until: number
  readonly reactions: number
  readonly random: Random
  /** Asked before each reaction, if it is there: one that it refuses does not happen, and ends the go. */
  readonly mayReact?: ((reaction: number) => boolean) | undefined
}

/**
 * Lets reactions happen one after another, and gives how many. The time of the next is drawn in advance, and kept from one go to the next.
 */
export type NetworkMethod = (state: NetworkState, go: Go) => number

/** Numbers of copies beyond these are no longer exact as doubles. */
export const LARGEST_COPIES = 2 ** 52
/** What one reaction may change at most: batches of reactions stay below the bound above. */
export const LARGEST_CHANGE = 2 ** 30

/** The propensity of a reaction. Generated code multiplies in the same order, so that nothing is rounded otherwise. */
export function propensityOf(
  { factor, terms }: NetworkReaction,
  counts: Float64Array,
  isSigned: boolean,
): number {
  let propensity = factor
  for (const { species, taken } of terms) {
    let copies = counts[species] ?? 0
    if (taken < 0) copies = -copies
    if (isSigned && copies < 0) copies = 0
    for (let i = 0; i < Math.abs(taken); i++) propensity *= copies - i
  }
  return propensity
}

/** For each reaction, those that take what it changes, in order. */
export function dependentsOf(
  reactions: readonly Pick<NetworkReaction, 'terms' | 'changes'>[],
): readonly (readonly number[])[] {
  const takers = new Map<number, number[]>()
  for (const [i, { terms }] of reactions.entries())
    for (const { species } of terms) {
      const known = takers.get(species)
      if (known === undefined) takers.set(species, [i])
      else known.push(i)
    }
  return reactions.map(({ changes }) => {
    const found = new Set(changes.flatMap(({ species }) => takers.get(species) ?? []))
    return [...found].sort((a, b) => a - b)
  })
}
