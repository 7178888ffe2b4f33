import type { Outcome, SolutionValue } from '../../interpreter/index.ts'
import { SnapshotError } from '../../vm/index.ts'
import type { Program } from '../../vm/index.ts'
import { Breakpoints } from './breakpoints.ts'
import type { Course } from './course.ts'
import { labelForm } from './diagnostic-form.ts'
import type { Breakpoint, OutcomeForm, RunSettings } from './messages.ts'
import { Numbering } from './numbering.ts'
import { MOST_RECORDED, ReactorCourse } from './reactor-course.ts'
import { ReactionLog } from './reaction-log.ts'
import { Reporter } from './reporter.ts'
import { SimulationCourse } from './simulation-course.ts'

/** In a larger solution reactions are not recorded: that would take longer than they do. */
const LARGEST_RECORDED = 20_000

/** What came of one step: a reaction, nothing yet, a breakpoint or the end. */
export type Stepped =
  | { readonly kind: 'reacted' }
  | { readonly kind: 'waiting' }
  | { readonly kind: 'breakpoint'; readonly met: string }
  | { readonly kind: 'ended'; readonly outcome: OutcomeForm }

/**
 * A program that was loaded: its course, what is recorded of it, and which moment is shown. `position` is
 * behind `reactions` while the past is looked at.
 */
export class RunningProgram {
  readonly program: Program
  readonly settings: RunSettings
  readonly numbering = new Numbering()
  readonly reporter = new Reporter(this.numbering)
  readonly #course: Course
  readonly #clock: () => number
  readonly #log = new ReactionLog(MOST_RECORDED)
  #breakpoints: Breakpoints
  #position = 0
  #isRecorded: boolean
  #canRecord = true

  constructor(program: Program, settings: RunSettings, clock: () => number) {
    const { seed, strategy, limits } = settings
    const { molecules, until } = limits
    const options = { seed, clock, limits: molecules === undefined ? {} : { molecules } }
    this.program = program
    this.settings = settings
    this.#clock = clock
    if (settings.isStochastic)
      this.#course = new SimulationCourse(program, {
        ...options,
        ...(until !== undefined && { until }),
      })
    else this.#course = new ReactorCourse(program, { ...options, strategy, isKept: false })
    this.#isRecorded = false
    this.#breakpoints = new Breakpoints(program, [])
    this.#record()
  }

  /** What is shown. */
  get solution(): SolutionValue {
    return this.#log.at(this.#position)?.before ?? this.#course.solution
  }

  get position(): number {
    return this.#position
  }

  get reactions(): number {
    return this.#course.reactions
  }

  get molecules(): number {
    return this.#course.molecules
  }

  get time(): number | undefined {
    const { time } = this.#course
    if (time === undefined || this.isAtPresent) return time
    return this.#log.at(this.#position - 1)?.reaction.time ?? 0
  }

  get recorded(): { readonly first: number; readonly last: number } {
    return { first: this.#log.first, last: this.#log.last }
  }

  get isAtPresent(): boolean {
    return this.#position === this.reactions
  }

  set breakpoints(breakpoints: readonly Breakpoint[]) {
    this.#breakpoints = new Breakpoints(this.program, breakpoints)
  }

  get hasBreakpoints(): boolean {
    return !this.#breakpoints.isEmpty
  }

  /** A run begins: breakpoints that are met already do not count. */
  begin(): void {
    if (this.hasBreakpoints) this.#breakpoints.begin(this.solution)
  }

  /** Whether more can be recorded of a run that does not wait for anybody to look. */
  get isWorthRecording(): boolean {
    return this.#isRecorded && !(this.#log.isFull && this.isAtPresent)
  }

  /** One reaction, or one of the past that is looked at again. */
  step(isWatched: boolean): Stepped {
    if (!this.isAtPresent) return this.#again(isWatched)
    if (this.#left <= 0) return { kind: 'ended', outcome: { kind: 'reaction-limit' } }
    this.#record()
    const before = this.#isRecorded ? this.#course.solution : undefined
    const start = this.#clock()
    const step = this.#course.step()
    const cost = this.#clock() - start
    switch (step.kind) {
      case 'inert':
        return { kind: 'ended', outcome: { kind: 'inert' } }
      case 'waiting':
        return { kind: 'waiting' }
      case 'stopped':
        return { kind: 'ended', outcome: outcomeForm(step.outcome) }
      case 'reacted':
    }
    const { reaction } = step
    this.#position = this.reactions
    if (before !== undefined) this.#log.put(reaction, before)
    if (isWatched)
      this.reporter.note(reaction, {
        ...(before !== undefined && { around: [before, this.#course.solution] }),
        // The clock jumps where a run is to end.
        ...(Number.isFinite(cost) && { cost }),
      })
    else this.reporter.skip(1)
    const met = this.hasBreakpoints
      ? this.#breakpoints.metBy(reaction, () => this.#course.solution)
      : undefined
    return met === undefined ? { kind: 'reacted' } : { kind: 'breakpoint', met }
  }

  #again(isWatched: boolean): Stepped {
    const past = this.#log.at(this.#position)
    this.#position++
    if (this.#position >= this.#log.last) this.#position = this.reactions
    if (past !== undefined && isWatched)
      this.reporter.note(past.reaction, { around: [past.before, this.solution] })
    return { kind: 'reacted' }
  }

  /** So many reactions may still happen. */
  get #left(): number {
    return (this.settings.limits.reactions ?? Infinity) - this.reactions
  }

  /** As fast as possible and unseen, until something ends it or the clock jumps. */
  async rush(): Promise<Outcome> {
    if (this.#isRecorded && this.#canRecord) this.#course.keep(false)
    this.#isRecorded = false
    const before = this.reactions
    const outcome = await this.#course.run(this.#left)
    this.reporter.skip(this.reactions - before)
    this.#position = this.reactions
    return outcome
  }

  /** A run that is under way has come so far. */
  follow(): void {
    this.#position = this.reactions
  }

  /** Shows another moment, the nearest one that is recorded. */
  seek(position: number): void {
    const { first, last } = this.recorded
    if (position >= last) this.#position = this.reactions
    else this.#position = Math.max(first, Math.min(position, last))
    if (position < last && this.#position === last) this.#position = this.reactions
  }

  inject(molecules: string): void {
    this.#program(molecules)
    this.#takeAnotherCourse()
    this.#course.inject(molecules)
  }

  remove(molecules: string): void {
    this.#program(molecules)
    this.#takeAnotherCourse()
    this.#course.remove(molecules)
  }

  /** Throws a `ProgramError` before anything changes. */
  #program(molecules: string): void {
    this.program.molecules(molecules, this.settings.seed)
  }

  /** What comes after the moment that is shown is gone. */
  #takeAnotherCourse(): void {
    const undone = this.reactions - this.#position
    if (undone === 0) return
    if (this.#log.last !== this.reactions || !this.#course.rewind(undone))
      throw new Error('this moment can be looked at but not changed: go to the present first')
    this.#log.cut(this.#position)
  }

  /** Goes on recording, where it is worth while. */
  #record(): void {
    const isSmall = this.#isRecorded || this.molecules <= LARGEST_RECORDED
    if (isSmall !== this.#isRecorded && this.#canRecord)
      try {
        this.#course.keep(isSmall)
        this.#isRecorded = isSmall
      } catch (error) {
        if (!(error instanceof SnapshotError)) throw error
        // It holds what no snapshot can hold, so it goes on as it is.
        this.#canRecord = false
      }
    if (this.#log.last !== this.reactions) this.#log.begin(this.reactions)
  }
}

/** How a run ended, as data. */
export function outcomeForm({ kind, failure }: Outcome): OutcomeForm {
  if (failure === undefined) return { kind }
  const { message, place } = failure
  return { kind, failure: { message, at: labelForm(place, message) } }
}
