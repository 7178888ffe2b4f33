import type {
  Entry,
  EvaluationFailure,
  Failure,
  Limits,
  OutcomeKind,
  Random,
  Reaction,
  RuleShape,
  Rule,
} from '../../interpreter/index.ts'
import { PlacedFailure, SizeFailure } from '../../interpreter/index.ts'
import type { Turns } from './pace.ts'

/** What moves a solution through time: the general way, or the one for networks of plain species. */
export interface Dynamics {
  /** When the last reaction happened. */
  readonly time: number
  readonly reactions: number
  /** Rate times ways, summed over all rules with a rate; ∞ where one without can react. */
  readonly propensity: number
  /** Molecules at every depth, where that is known without counting. */
  readonly moleculeCount?: number
  readonly method: SimulationMethod
  /** Events that were drawn and then rejected. */
  readonly nullEvents: number
  /** The outermost solution as it is now. */
  entries(): Iterable<Entry>
  /** Lets reactions happen until one of these bounds is met, or something else ends it. */
  advance(bounds: Bounds): Ending
}

/**
 * How a simulation works: for a solution that is a network of species, all propensities in a row or in a
 * tree of sums; else, or where it is asked for, in the general way. All are exact, and each makes a course
 * of its own of the same seed.
 */
export type SimulationMethod = 'direct' | 'tree' | 'general'

export interface Bounds {
  /** No reaction that comes later than this happens. */
  readonly until: number
  /** So many may have happened in all. */
  readonly reactions: number
  /** After so many it stops, with nothing drawn yet of what comes next: another way may go on from there. */
  readonly due: number
}

/**
 * Why it does not go on: a pause is due; the next reaction comes too late; there are enough; so many that
 * something else is due; none is possible; numbers have grown beyond what it can keep; or it cannot.
 */
export type Ending = 'paused' | 'late' | 'enough' | 'due' | 'inert' | 'outgrown' | Stop

/** An end that no bound asked for. */
export interface Stop {
  readonly kind: OutcomeKind
  readonly failure?: Failure
}

/** What dynamics need of the run around them. */
export interface DynamicsWorld {
  readonly source: Random
  /** A float in [0, 1), of that source. */
  readonly random: () => number
  readonly pace: Turns
  readonly limits: Limits
  /** Absent while nobody looks. */
  readonly observe: ((reaction: Reaction) => void) | undefined
}

/** The time from now to the next reaction of a Poisson process. */
export function waitingTime(propensity: number, random: () => number): number {
  return -Math.log(1 - random()) / propensity
}

/** A product without a value, as the end of a run. */
export function stopOf(
  error: EvaluationFailure,
  rule: Rule,
  shape: RuleShape,
  reactants: readonly Entry[],
): Stop {
  if (error instanceof SizeFailure) return { kind: 'size-limit' }
  const place = error instanceof PlacedFailure ? error.place : shape.place
  return { kind: 'failed', failure: { message: error.message, place, rule, reactants } }
}
