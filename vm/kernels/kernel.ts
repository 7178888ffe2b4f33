import type { Entry, Molecule } from '../../interpreter/index.ts'
import type { Run } from '../code/run.ts'
import type { MoleculeClass } from '../store/molecule-class.ts'
import type { ListFold } from './list-fold.ts'
import type { Left, Matter } from './matter.ts'

/** The shapes of rules that are recognised. */
export type KernelName =
  'fold' | 'keyed fold' | 'divides' | 'exchange' | 'duplicates' | 'counted batch' | 'subtraction'

/** What a kernel is to work on. */
export interface Task {
  readonly matter: Matter
  /** Of the rule, or of the first of several. */
  readonly captured: readonly Molecule[]
  /** So many reactions may happen at most. */
  readonly most: number
  /** For working expressions out: its captured values and slots are free to be set. */
  readonly run: Run
  readonly classOf: (molecule: Molecule) => MoleculeClass
}

/** What came of it: the end of some run that the rule alone could have had. */
export interface Done {
  readonly reactions: number
  readonly left: Left
  /** Whether no two of what is left in the store can react by this rule. */
  readonly isExact: boolean
  /** Molecules for other stores. */
  readonly added?: readonly Entry[]
}

/**
 * A rule, or a few that belong together, worked off in one go over the columns of a store. Nothing changes
 * before it is done, so it can be dropped at any time; it yields where the clock is to be looked at. It
 * gives nothing where the molecules are not such as it takes: then they react one by one.
 */
export interface Kernel {
  readonly name: KernelName
  /** What it does, for plans. */
  readonly text: string
  /** So many molecules at least make it worth while. */
  readonly least: number
  /** The same where most of them are copies of others that share a slot. */
  readonly leastCopies: number
  /** Whether there can be more molecules than before, or deeper ones. */
  readonly canGrow: boolean
  work(task: Task): Generator<undefined, Done | undefined>
  /** The same for a few molecules in a list, where that is quicker. */
  readonly ofList?: ListFold | undefined
}
