import type { HostCallError } from './host-call-error.ts'
import type { CallOptions } from './host-calls.ts'
import type { Entry, Rule } from './molecule.ts'
import type { SolutionValue } from './multiset.ts'
import type { Place } from './rule.ts'

/** Why a run stopped. Every limit is a value that comes back, never an exception. */
export type OutcomeKind =
  | 'inert'
  | 'until'
  | 'reaction-limit'
  | 'time-limit'
  | 'molecule-limit'
  | 'depth-limit'
  | 'size-limit'
  | 'call-limit'
  | 'failed'
  | 'aborted'

/** How a run ended; the solution is whole whatever the reason. */
export interface Outcome {
  readonly kind: OutcomeKind
  readonly solution: SolutionValue
  readonly reactions: number
  /** Product elements that still wait for an answer. */
  readonly pending: number
  /** When the last reaction happened, or until when, in a simulation. */
  readonly simulatedTime?: number
  readonly failure?: Failure
  /** Of a `size-limit`: the limit that a value would have passed, where the run gave one. */
  readonly limit?: keyof Limits
}

/** A product that had no value: nothing was taken, nothing added. */
export interface Failure {
  readonly message: string
  readonly place: Place
  readonly rule: Rule
  readonly reactants: readonly Entry[]
  /** Whether it is the rate of the reaction that has no value, or none that a rate can have. */
  readonly isRate?: boolean
  /** The call that failed, where it was one. */
  readonly call?: HostCallError
}

/** A reaction that happened. */
export interface Reaction {
  /** From 1. */
  readonly number: number
  readonly rule: Rule
  readonly reactants: readonly Entry[]
  readonly products: readonly Entry[]
  /** 0 in the outermost solution, one more for each solution around. */
  readonly level: number
  /** In a simulation. */
  readonly time?: number
}

/** Bounds of a run; one that is absent does not bind. */
export interface Limits {
  readonly reactions?: number
  readonly milliseconds?: number
  /** Of the whole solution, at every depth; ∞ copies count as one. */
  readonly molecules?: number
  /** How deep molecules may nest. */
  readonly depth: number
  /** Of a string that a reaction makes, in UTF-16 code units. */
  readonly characters?: number
  /** Of a list that a reaction makes. */
  readonly items?: number
  /** Of an Int that a reaction makes, without its sign. */
  readonly bits?: number
  /** Product elements that wait for answers of the host at once. */
  readonly calls?: number
}

/** How deep molecules may nest unless a run says otherwise. */
export const DEFAULT_DEPTH = 1_000
/** The deepest nesting that a run may ask for. */
export const LARGEST_DEPTH = 10_000

/**
 * Which reaction goes next. `fast`: what is found first, in a fixed order. `random`: drawn by the seed.
 * `uniform`: drawn from all matches, each as likely. `round-robin`: the rules take turns.
 * `round-robin-unfair`: the first rule that can react. `keep-small`: the rule that leaves the fewest
 * molecules. All but `round-robin-unfair` are fair.
 */
export type Strategy =
  'fast' | 'random' | 'uniform' | 'round-robin' | 'round-robin-unfair' | 'keep-small'

/** What a run needs to know beside the program. */
export interface RunOptions {
  readonly seed: number
  readonly strategy: Strategy
  readonly limits: Limits
  readonly signal?: AbortSignal
  /** Milliseconds from any start, never going back. */
  readonly clock: () => number
  /** Called after each reaction. */
  readonly observe?: (reaction: Reaction) => void
  /** What calls of host functions are made with. */
  readonly calls?: CallOptions
}

/** What reduces one solution: the reference, or the compiled machine. */
export interface Reducer {
  /** As it stands now, as a value. */
  readonly solution: SolutionValue
  readonly reactions: number
  /** How many molecules there are at every depth, where that is known without counting: for progress. */
  readonly moleculeCount?: number
  /** Simulated time, where there is one: of the last reaction, or the end of the run. */
  readonly time?: number
  /** Reduces until inert, a limit, a failure or an abort; can be called again to go on. */
  run(): Promise<Outcome>
  /** At most one reaction. Does not wait for answers. */
  step(): Step
  /** Adds molecules to the outermost solution, which makes it active again. */
  inject(entries: Iterable<Entry>): void
}

/** `waiting`: nothing can react until an asynchronous call answers. */
export type Step =
  | { readonly kind: 'reacted'; readonly reaction: Reaction }
  | { readonly kind: 'inert' | 'waiting' }
  | { readonly kind: 'stopped'; readonly outcome: Outcome }
