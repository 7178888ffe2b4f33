import type { RunOptions } from '../interpreter/index.ts'
import type { Ways, Workers } from './workers/port.ts'

/** When solutions are reduced apart. */
export type ApartUse = 'always' | 'when-many'

/** What a machine needs to know beside the solution. */
export interface MachineOptions extends RunOptions, Ways {
  /**
   * Solutions that nobody looks into before they are inert are reduced apart, by this thread and these. With
   * `none`, by this one alone: to the same result. If not given, all solutions take turns.
   */
  readonly workers?: Workers | 'none'
  /** When that is done; `when-many` molecules wait in solutions unless told. */
  readonly apart?: ApartUse
  /**
   * Where it is given, calls that answer later are not made before `parts.answers.start`, and this is called when an answer
   * has come: for whoever has to write down first what is to be called.
   */
  readonly onAnswer?: () => void
  /** Called whenever a run stops for a while. */
  readonly onTurn?: () => void
}
