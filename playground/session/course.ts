import type { Outcome, Reaction, SolutionValue, Step } from '../../interpreter/index.ts'

/**
 * A solution on its way, whatever moves it. It stands at its last reaction; what was before is for who
 * records it.
 */
export interface Course {
  readonly solution: SolutionValue
  readonly reactions: number
  /** At every depth, about. */
  readonly molecules: number
  /** Simulated time, where there is one. */
  readonly time: number | undefined
  /** At most one reaction. */
  step(): Step
  /**
   * Until something ends it: so many reactions, with `reaction-limit`, or the clock, when it says that time
   * is over, with `time-limit`.
   */
  run(reactions: number): Promise<Outcome>
  inject(molecules: string): void
  /** Throws, and takes nothing, where some are not there. */
  remove(molecules: string): void
  /** From now on `solution` is asked for after each reaction, or no more. */
  keep(eachSolution: boolean): void
  /** Undoes the last reactions for good, so many; false where it cannot. */
  rewind(reactions: number): boolean
}

/** What courses are made with. */
export interface CourseOptions {
  readonly seed: number
  readonly limits: { readonly molecules?: number }
  /** Simulated time at which a course ends that has such a time. */
  readonly until?: number
  /** Milliseconds; when it jumps to ∞, a run ends at its next look. */
  readonly clock: () => number
}

/** The time limit of runs that end when the clock jumps: no clock reaches it by itself. */
export const NEVER = 1e15

/** A reaction that happened, and what was there before it. */
export interface Recorded {
  readonly reaction: Reaction
  readonly before: SolutionValue
}
