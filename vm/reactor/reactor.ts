import {
  DEFAULT_DEPTH,
  SolutionValue,
  find,
  holdsSolution,
  negateInt,
} from '../../interpreter/index.ts'
import type {
  CallOptions,
  Entry,
  Found,
  Limits,
  Molecule,
  Outcome,
  Reaction,
  Step,
  Strategy,
} from '../../interpreter/index.ts'
import { Machine } from '../machine.ts'
import { planText } from '../plan/show.ts'
import { isRuleNamed, parse } from './program.ts'
import type { Program, ProgramOptions } from './program.ts'
import { Stream } from './stream.ts'
import { Waiters } from './waiters.ts'

/** How a reactor runs. */
export interface ReactorOptions extends ProgramOptions, CallOptions {
  /** 1 unless given: a run with the same seed and strategy is the same run. */
  readonly seed?: number
  /** `fast` unless given. */
  readonly strategy?: Strategy
  /** Bounds of each run; molecules nest to 1,000 levels unless `depth` says otherwise. */
  readonly limits?: Partial<Limits>
  /** Stops the reactor between two reactions. */
  readonly signal?: AbortSignal
  /** Milliseconds from any start, never going back. */
  readonly clock?: () => number
  /** Called after each reaction. */
  readonly observe?: (reaction: Reaction) => void
}

/** What a stream of reactions shows, and how many of them wait for a late reader. */
export interface ReactionsOptions {
  /** Reactions of the rules of this name only. */
  readonly rule?: string
  /** 1,024 unless given. */
  readonly capacity?: number
}

/** What else must be true of molecules that somebody waits for, and until when. */
export interface WaitOptions {
  /** A condition on the variables of the patterns: `x > 3`. */
  readonly when?: string
  readonly signal?: AbortSignal
}

/** Figures of a reactor. */
export interface ReactorStats {
  readonly reactions: number
  /** At every depth; more than there are where some went with a solution around them. */
  readonly molecules: number
  readonly isRunning: boolean
}

/**
 * A living solution in an application: molecules come in, rules react, and whoever is interested is told.
 * The solution is always whole, whatever stops a run, and can be read at any time between reactions.
 */
export class Reactor implements AsyncDisposable {
  readonly program: Program
  readonly #machine: Machine
  readonly #seed: number
  readonly #ending = new AbortController()
  readonly #observers = new Set<(reaction: Reaction) => void>()
  readonly #listeners = new Set<() => void>()
  readonly #streams = new Set<Stream<Reaction> | Stream<SolutionValue>>()
  readonly #waiters = new Waiters()
  #running: Promise<Outcome> | undefined
  #last: Outcome | undefined
  #isLive = false
  #isChanged = false

  /** A reactor with a program's first solution in it. Nothing reacts yet. Throws a `ProgramError` where a text is none. */
  static create(program: Program | string, options: ReactorOptions = {}): Reactor {
    return new Reactor(typeof program === 'string' ? parse(program, options) : program, options)
  }

  private constructor(program: Program, options: ReactorOptions) {
    const { seed = 1, strategy = 'fast', limits = {}, signal, observe } = options
    this.program = program
    this.#seed = seed
    const { signal: ended } = this.#ending
    this.#machine = new Machine(program.first(seed), {
      seed,
      strategy,
      limits: { depth: DEFAULT_DEPTH, ...limits },
      signal: signal === undefined ? ended : AbortSignal.any([signal, ended]),
      clock: options.clock ?? hostClock,
      calls: options,
      observe: (reaction) => {
        for (const observer of this.#observers) observer(reaction)
      },
      onTurn: () => {
        this.#turned(false)
      },
    })
    this.#machine.isObserved = false
    if (observe !== undefined) this.#observeBy(observe)
  }

  /** As it is now: a value that never changes, cheap to keep and to compare. The same object while nothing reacts. */
  get solution(): SolutionValue {
    return this.#machine.solution
  }

  /** How the last run ended; undefined before the first. */
  get outcome(): Outcome | undefined {
    return this.#last
  }

  /**
   * Reduces until nothing can react, whatever is added meanwhile, or until a limit, a failure or the signal stops it; can be called again to
   * go on. While it runs, a second call gives the same promise. Never rejects.
   */
  run(): Promise<Outcome> {
    return (this.#running ??= this.#reduce())
  }

  async #reduce(): Promise<Outcome> {
    try {
      for (;;) {
        this.#isChanged = false
        const outcome = await this.#machine.run()
        this.#last = outcome
        // What came in the meantime may react.
        if (outcome.kind !== 'inert' || !this.#hasChanged()) return outcome
      }
    } finally {
      this.#running = undefined
      this.#turned(this.#last?.kind === 'inert')
    }
  }

  /** Asked anew each time: others change it while something is awaited. */
  #hasChanged(): boolean {
    return this.#isChanged
  }

  /** At most one reaction. Not while it runs. */
  step(): Step {
    if (this.#running !== undefined) throw new Error('a reactor that runs cannot be stepped')
    const step = this.#machine.step()
    this.#turned(step.kind === 'inert')
    return step
  }

  /** From now on it runs by itself whenever something is added. */
  start(): void {
    this.#isLive = true
    void this.run()
  }

  /** Adds molecules, as a text in which the program's definitions are known or as `hocl` makes them. */
  inject(molecules: string | Iterable<Entry>): void {
    this.#throwIfEnded()
    this.#machine.inject(this.#entries(molecules))
    this.#changed()
  }

  /** Takes molecules away. Throws, and takes nothing, where some of them are not there. */
  remove(molecules: string | Iterable<Entry>): void {
    this.#throwIfEnded()
    const wanted = SolutionValue.of(this.#entries(molecules)).contents()
    const there = this.solution.contents()
    const taken: Entry[] = []
    for (const [molecule, copies] of wanted.entries()) {
      if (copies < 0) throw new RangeError('a number of copies to remove is positive')
      const present = there.multiplicityOf(molecule)
      if (present < copies)
        throw new RangeError(
          `of ${String(copies)} molecules to remove ${String(present)} are there`,
        )
      taken.push([molecule, negateInt(copies)])
    }
    this.#machine.inject(taken)
    this.#changed()
  }

  #entries(molecules: string | Iterable<Entry>): Iterable<Entry> {
    return typeof molecules === 'string' ? this.program.molecules(molecules, this.#seed) : molecules
  }

  #changed(): void {
    this.#isChanged = true
    this.#turned(false)
    if (this.#isLive) void this.run()
  }

  /** Each reaction from now on. A reader that is late loses the oldest. */
  reactions({ rule, capacity = 1024 }: ReactionsOptions = {}): Stream<Reaction> {
    const stream = this.#opened(
      new Stream<Reaction>(capacity, () => {
        stop()
        this.#streams.delete(stream)
      }),
    )
    const stop = this.#observeBy((reaction) => {
      if (rule === undefined || isRuleNamed(reaction.rule, rule)) stream.put(reaction)
    })
    return stream
  }

  /** The solution after each turn in which it changed; a late reader gets the newest. */
  changes(): Stream<SolutionValue> {
    let last: SolutionValue | undefined = this.solution
    const stream = this.#opened(
      new Stream<SolutionValue>(1, () => {
        stop()
        this.#streams.delete(stream)
      }),
    )
    const stop = this.subscribe(() => {
      const { solution } = this
      if (solution !== last) stream.put(solution)
      last = solution
    })
    return stream
  }

  #opened<T extends Stream<Reaction> | Stream<SolutionValue>>(stream: T): T {
    this.#throwIfEnded()
    this.#streams.add(stream)
    return stream
  }

  /**
   * The molecules that patterns match, as soon as they are there between two turns: `RES:x, DONE`.
   * Nothing is taken. What comes and goes within a turn of 10 ms is not seen.
   */
  waitFor(patterns: string, options: WaitOptions = {}): Promise<Found> {
    this.#throwIfEnded()
    const rule = this.program.taker(patterns, options.when)
    const waiting = this.#waiters.wait(
      (isInert) => find(rule, this.solution, isThere(isInert)),
      options,
    )
    this.#waiters.look(this.#last?.kind === 'inert' && !this.#isChanged)
    return waiting
  }

  /** Calls back after each turn; gives what ends that. Fits the external stores of React and Svelte. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** The solution, as external stores ask for it. */
  readonly getSnapshot = (): SolutionValue => this.solution

  /** How each rule is searched for, and why. */
  plan(): string {
    return planText(this.program.lowered)
  }

  stats(): ReactorStats {
    const { reactions, moleculeCount } = this.#machine
    return { reactions, molecules: moleculeCount, isRunning: this.#running !== undefined }
  }

  /** Ends the run, if there is one, and all streams; whoever waits is told by an error. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#isLive = false
    this.#ending.abort()
    await this.#running
    for (const stream of this.#streams) stream.close()
    this.#waiters.end()
    this.#listeners.clear()
  }

  #throwIfEnded(): void {
    if (this.#ending.signal.aborted) throw new Error('this reactor has ended')
  }

  #observeBy(observer: (reaction: Reaction) => void): () => void {
    this.#observers.add(observer)
    this.#machine.isObserved = true
    return () => {
      this.#observers.delete(observer)
      this.#machine.isObserved = this.#observers.size > 0
    }
  }

  #turned(isInert: boolean): void {
    for (const listener of this.#listeners) listener()
    this.#waiters.look(isInert)
  }
}

/** For time limits only: what reacts does not depend on it. */
function hostClock(): number {
  // eslint-disable-next-line no-restricted-properties -- an application that gives no clock means the host's
  return performance.now()
}

/** A solution that may still react is there for others once all is inert. */
function isThere(isInert: boolean): (molecule: Molecule) => boolean {
  return (molecule) => {
    if (typeof molecule === 'object' && molecule.kind === 'pending') return false
    return isInert || !holdsSolution(molecule) || SolutionValue.of([[molecule, 1]]).isPassive
  }
}
