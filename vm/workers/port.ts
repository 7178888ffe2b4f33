import type { Strategy } from '../../interpreter/index.ts'
import type { CodeGeneration } from '../head-search.ts'
import type { KernelUse } from '../kernels/kernels.ts'
import type { Parcel } from './parcel.ts'
import type { ShapeTable } from './shape-table.ts'

/** Solutions that are to be reduced in another thread, and all that their course depends on. */
export interface Task {
  readonly parcel: Parcel
  /** How many solutions are in it. */
  readonly count: number
  readonly seed: number
  readonly strategy: Strategy
  /** How deep molecules may nest, as seen from a solution around these. */
  readonly depth: number
  /** After so many reactions they come back as they are. */
  readonly reactions: number
  readonly ways: Ways
}

/** How a machine goes about it: the course depends on these, too. */
export interface Ways {
  /** When searches are made into generated functions; `when-hot` unless told. The reactions are the same. */
  readonly codeGeneration?: CodeGeneration
  /** When recognised rules react in one go under the strategy `fast`; `when-many` molecules are new unless told. */
  readonly kernels?: KernelUse
  /** How many inert solutions keep their stores; the others are kept as values. 16,384 if not given. */
  readonly awakeSolutions?: number
}

/** What became of the solutions of a task, in the same order. */
export interface Answer {
  readonly parcel: Parcel
  /** 1 for those that are inert. */
  readonly inert: Uint8Array<ArrayBuffer>
  readonly reactions: number
  /** How long it took, without the transport. */
  readonly milliseconds: number
}

/**
 * Threads that reduce solutions, beside the one that asks. The machine knows no platform: whoever makes it
 * knows how threads are started there and how arrays are moved to them.
 */
export interface Workers {
  /** The rules that these threads know. */
  readonly shapes: ShapeTable
  /** How many threads are ready now. Each can be given a second task while it is at the first. */
  readonly ready: number
  /** Milliseconds that each thread works before it is ready, or somewhat more. */
  readonly startMilliseconds: number
  /** There is enough to do: threads that are not there yet are to be started. */
  start(): void
  /**
   * Undefined where the task has to be done here: the thread is gone, a reaction failed or passed a limit.
   * The signal asks for what there is so far.
   */
  reduce(task: Task, signal: AbortSignal): Promise<Answer | undefined>
}
