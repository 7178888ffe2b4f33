import type { Random } from '../../interpreter/index.ts'
import type { Activation } from '../activation.ts'
import type { Answers } from '../answers.ts'
import type { Dormitory } from '../dormitory.ts'
import type { Kernels } from '../kernels/kernels.ts'
import type { Membrane } from '../membrane.ts'
import type { Ready } from '../ready.ts'
import type { RuleTable } from '../rule-table.ts'
import type { Selection } from '../selection.ts'
import type { Sleepers } from '../sleepers.ts'
import type { ClassTable } from '../store/molecule-class.ts'

/** A turn that the clock has cut short, at how many reactions it ends, if known, and whether sleepers have had theirs: it is gone on with first. */
export type CutShort = Readonly<{
  membrane: Membrane
  until: number | undefined
  isAwake: boolean
}>

/** The numbers that a machine keeps. */
export interface Counters {
  readonly reactions: number
  /** So many of them were the last that happened in one go. */
  readonly atOnce: number
  readonly lastId: number
  readonly looks: number
  /** At least as many as there are. */
  readonly molecules: number
  /** Milliseconds of a run that is under way. */
  readonly used: number
  /** The reactions when it began. */
  readonly since: number
}

/** All that the course of a machine depends on. */
export interface MachineParts extends Counters {
  readonly root: Membrane
  readonly random: Random
  readonly classes: ClassTable
  readonly rules: RuleTable
  readonly ready: Ready
  readonly dormitory: Dormitory
  readonly activation: Activation
  readonly selection: Selection | undefined
  readonly kernels: Kernels | undefined
  readonly sleepers: Sleepers | undefined
  readonly answers: Answers
  readonly cutShort: CutShort | undefined
  /** Whether it is in the middle of a turn: then these parts do not fit each other. */
  readonly isWorking: boolean
}
