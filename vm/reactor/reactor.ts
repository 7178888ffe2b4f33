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
import type { MachineOptions } from '../machine-options.ts'
import { planText } from '../plan/show.ts'
import { History, holdsCalls } from './history.ts'
import type { Past } from './history.ts'
import { checkOptions } from './options.ts'
import { hostOf, isRuleNamed, parse } from './program.ts'
import type { Program, ProgramOptions } from './program.ts'
import { Stream } from './stream.ts'
import { Restorable, readSnapshot, snapshotOf } from '../snapshot/snapshot.ts'
import type { Snapshot } from '../snapshot/snapshot.ts'
import { Waiters } from './waiters.ts'

/** How a reactor runs. */
export interface ReactorOptions extends ProgramOptions, CallOptions {
  /** 1 unless given: a run with the same seed and strategy is the same run. */
  readonly seed?: number
  /** `fast` unless given. */
  readonly strategy?: Strategy
  /** Bounds of each run and of each step; molecules nest to 1,000 levels unless `depth` says otherwise. */
  readonly limits?: Partial<Limits>
  /** Stops the reactor between two reactions. */
  readonly signal?: AbortSignal
  /** Milliseconds from any start, never going back. */
  readonly clock?: () => number
  /** Called after each reaction. */
  readonly observe?: (reaction: Reaction) => void
  /** So many reactions can be undone, and what was there before each is kept. None unless given: it takes time. */
  readonly history?: number
}

/** How a reactor goes on elsewhere: its program, seed and strategy are those that it had. */
export type RestoreOptions = Omit<ReactorOptions, 'name' | 'modules' | 'seed' | 'strategy'>

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
  #machine: Machine
  readonly #options: MachineOptions
  /** Present where reactions can be undone. */
  readonly #history: History | undefined
  readonly #ending = new AbortController()
  readonly #observers = new Set<(reaction: Reaction) => void>()
  readonly #listeners = new Set<() => void>()
  readonly #streams = new Set<Stream<Reaction> | Stream<SolutionValue>>()
  readonly #waiters = new Waiters()
  #running: Promise<Outcome> | undefined
  #last: Outcome | undefined
  #isLive = false
  #isChanged = false

  /**
   * A reactor that goes on where another one was when it gave a snapshot, given as it was or as JSON text.
   * Functions of the host are to be given again; so can be limits. Calls that waited are made again, with
   * their keys. Throws a `SnapshotError`, whatever is wrong.
   */
  static restore(snapshot: Snapshot | Restorable | string, options: RestoreOptions = {}): Reactor {
    const read =
      snapshot instanceof Restorable ? snapshot : readSnapshot(snapshot, hostOf(options.host))
    const { program, running } = read
    checkOptions({ limits: options.limits })
    const limits = { ...running.limits, ...options.limits }
    const restored = { ...options, ...running, limits }
    return new Reactor(program, SolutionValue.empty, restored, (machine) => {
      read.fill(machine)
    })
  }

  /**
   * A reactor with a program's first solution in it. Nothing reacts yet. Throws a `ProgramError` where a
   * text is none, and a `RangeError` where a seed, a strategy or a limit is none.
   */
  static create(program: Program | string, options: ReactorOptions = {}): Reactor {
    checkOptions(options)
    const parsed = typeof program === 'string' ? parse(program, options) : program
    return new Reactor(parsed, parsed.first(options.seed ?? 1), options)
  }

  private constructor(
    program: Program,
    first: SolutionValue,
    options: ReactorOptions,
    fill?: (machine: Machine) => void,
  ) {
    const { seed = 1, strategy = 'fast', signal, observe, history } = options
    const { signal: ended } = this.#ending
    this.program = program
    this.#options = {
      ...{ seed, strategy, limits: { depth: DEFAULT_DEPTH, ...options.limits } },
      signal: signal === undefined ? ended : AbortSignal.any([signal, ended]),
      clock: options.clock ?? hostClock,
      calls: options,
      observe: (reaction) => {
        this.#history?.note(reaction, this.#now())
        this.#tell(reaction)
      },
      onTurn: () => {
        this.#turned(false)
      },
    }
    this.#machine = new Machine(first, this.#options)
    fill?.(this.#machine)
    if (history !== undefined) this.#history = new History(history, this.#now())
    this.#watch()
    if (observe !== undefined) this.#observeBy(observe)
  }

  /** What a history is told. */
  #now(): ConstructorParameters<typeof History>[1] {
    const machine = this.#machine
    const { pending, arrived } = machine.parts.answers
    return {
      get solution() {
        return machine.solution
      },
      ...{ pending, arrived },
    }
  }

  /** Reactions are only told one by one where somebody wants to know. */
  #watch(): void {
    this.#machine.isObserved = this.#observers.size > 0 || this.#history !== undefined
  }

  #tell(reaction: Reaction): void {
    for (const observer of this.#observers) observer(reaction)
  }

  /** As it is now: a value that never changes, cheap to keep and to compare. The same object while nothing reacts. */
  get solution(): SolutionValue {
    return this.#history?.undone?.before ?? this.#machine.solution
  }

  /**
   * All that a reactor elsewhere needs to go on from here, as plain JSON: `JSON.stringify` writes it. Throws
   * a `SnapshotError` in the middle of a reaction, and where a value of a host class cannot be written.
   */
  snapshot(): Snapshot {
    const undone = this.#history?.undone
    const machine = undone === undefined ? this.#machine : this.#machineAt(undone)
    return snapshotOf(machine, this.program, this.#options)
  }

  /** The reactions that `stepBack` can undo, the oldest first, each with the solution before it. Empty without the option `history`. */
  get history(): readonly Past[] {
    return this.#history?.past ?? []
  }

  /**
   * Undoes the last reaction, as far as the option `history` goes, and gives it; undefined where there is none.
   * `step` and `run` make it again, unless something was put in or taken out: from there on another course
   * is taken. What functions of the host did is not undone, and they are not called again.
   */
  stepBack(): Reaction | undefined {
    this.#throwIfBusy()
    const reaction = this.#history?.back()
    if (reaction !== undefined) this.#turned(false)
    return reaction
  }

  #throwIfBusy(): void {
    if (this.#running !== undefined || this.#machine.parts.isWorking)
      throw new Error('a reactor that runs cannot be stepped')
  }

  /** A machine with what was there before a reaction. */
  #machineAt({ reaction, before }: Past): Machine {
    if (holdsCalls(before))
      throw new Error('calls wait in this past solution: go forward before it is changed')
    const machine = new Machine(before, this.#options)
    machine.parts.random.resume(this.#machine.parts.random.state)
    const reactions = reaction.number - 1
    machine.restore({ ...machine.parts, reactions, since: reactions })
    return machine
  }

  /** Puts in what is told, here and now: what was undone is gone for good then. */
  #inject(entries: Iterable<Entry>): void {
    const undone = this.#history?.undone
    if (undone !== undefined) {
      this.#throwIfBusy()
      this.#machine = this.#machineAt(undone)
      this.#watch()
    }
    this.#machine.inject(entries)
    this.#history?.begin(this.#now())
    this.#changed()
  }

  /** Makes an undone reaction again. */
  #forward(): Reaction | undefined {
    const reaction = this.#history?.forward()
    if (reaction !== undefined) this.#tell(reaction)
    return reaction
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
        while (this.#forward() !== undefined);
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
    this.#throwIfBusy()
    const again = this.#forward()
    const step: Step =
      again === undefined ? this.#machine.step() : { kind: 'reacted', reaction: again }
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
    this.#inject(this.#entries(molecules))
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
    this.#inject(taken)
  }

  #entries(molecules: string | Iterable<Entry>): Iterable<Entry> {
    return typeof molecules === 'string'
      ? this.program.molecules(molecules, this.#options.seed)
      : molecules
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
    const { moleculeCount } = this.#machine
    const undone = this.#history?.undone
    const reactions = undone === undefined ? this.#machine.reactions : undone.reaction.number - 1
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
    this.#watch()
    return () => {
      this.#observers.delete(observer)
      this.#watch()
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
