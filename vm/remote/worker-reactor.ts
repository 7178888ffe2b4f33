import { SolutionValue } from '../../interpreter/index.ts'
import type {
  CallOptions,
  Entry,
  Found,
  Host,
  HostFunction,
  Limits,
  Outcome,
  Reaction,
  Step,
  Strategy,
} from '../../interpreter/index.ts'
import { planText } from '../plan/show.ts'
import type { Past } from '../reactor/history.ts'
import { checkOptions } from '../reactor/options.ts'
import { parseFor } from '../reactor/program.ts'
import type { Program, ProgramOptions } from '../reactor/program.ts'
import type { ReactionsOptions, ReactorStats, WaitOptions } from '../reactor/reactor.ts'
import { Stream } from '../reactor/stream.ts'
import { readSnapshot } from '../snapshot/snapshot.ts'
import type { Snapshot } from '../snapshot/snapshot.ts'
import { CallsHere } from './calls-here.ts'
import { errorOf, notHere } from './errors.ts'
import { Letters } from './letters.ts'
import type { FromReactor, Question, SentAnswer, ToReactor } from './messages.ts'
import type { WorkerPort } from './port.ts'
import { hostOfSketches, ownFunctions, sketchesOf } from './remote-host.ts'
import type { LoadModule } from './serve.ts'

/** How a reactor in another thread runs. */
export interface WorkerReactorOptions extends ProgramOptions, CallOptions {
  /** 1 unless given: a run with the same seed and strategy is the same run. */
  readonly seed?: number
  /** `fast` unless given. */
  readonly strategy?: Strategy
  /** Bounds of each run. */
  readonly limits?: Partial<Limits>
  /** So many reactions can be undone, and what was there before each is kept. None unless given: it takes time. */
  readonly history?: number
  /** Stops the reactor between two reactions, or with its thread where that takes longer than `patience`. */
  readonly signal?: AbortSignal
  /** Milliseconds between an abort and the end of a thread that does not react to it. 500 unless given. */
  readonly patience?: number
  /** A module that the thread loads: its functions are called there, pure ones and classes too. */
  readonly hostModule?: string | URL
}

/** How a reactor goes on in another thread: its program, seed and strategy are those that it had. */
export type WorkerRestoreOptions = Omit<
  WorkerReactorOptions,
  'name' | 'modules' | 'seed' | 'strategy'
>

/** What makes a reactor in another thread, beside its options. */
export interface WorkerReactorParts {
  readonly port: WorkerPort
  /** Loads a host module here, as the program is read in both threads. */
  readonly load: LoadModule
}

/** A stream of reactions, and how many the thread has lost of it. */
interface Observed {
  readonly stream: Stream<Reaction>
  lost: number
}

/** What a reactor begins with. */
interface Start {
  readonly program: Program
  readonly options: WorkerReactorOptions
  readonly snapshot: Snapshot | undefined
}

interface Asked {
  readonly resolve: (answer: SentAnswer) => void
  readonly reject: (error: Error) => void
}

/**
 * A reactor in a thread of its own, as `Reactor` is one in this thread. What asks for something gives a
 * promise, and `solution` is as it was when a run ended, `latest` was called or a watched change came.
 * Functions of `host` are called in this thread, so for the program all of them answer later.
 */
export class WorkerReactor implements AsyncDisposable {
  readonly program: Program
  readonly #letters: Letters
  readonly #port: WorkerPort
  readonly #functions: ReadonlyMap<string, HostFunction>
  readonly #options: WorkerReactorOptions
  readonly #calls: CallsHere
  readonly #ending = new AbortController()
  readonly #asked = new Map<number, Asked>()
  readonly #reactionStreams = new Map<number, Observed>()
  readonly #changeStreams = new Set<Stream<SolutionValue>>()
  readonly #listeners = new Set<() => void>()
  readonly #ready = Promise.withResolvers<undefined>()
  #solution = SolutionValue.of([])
  #running: Promise<Outcome> | undefined
  #last: Outcome | undefined
  #lastId = 0
  #isOver = false
  #endedBy: Error | undefined

  /** A reactor in the thread behind a port, with a program's first solution in it. Rejects with a `ProgramError` where a text is none. */
  static create(
    text: string,
    parts: WorkerReactorParts,
    options: WorkerReactorOptions = {},
  ): Promise<WorkerReactor> {
    return WorkerReactor.#start(parts, options, (host) => {
      checkOptions(options)
      const program = parseFor(host, text, options)
      return { program, options, snapshot: undefined }
    })
  }

  /**
   * A reactor in the thread behind a port that goes on where another one was when it gave a snapshot, given as
   * it was or as JSON text. Rejects with a `SnapshotError`, whatever is wrong with it.
   */
  static restore(
    snapshot: Snapshot | string,
    parts: WorkerReactorParts,
    options: WorkerRestoreOptions = {},
  ): Promise<WorkerReactor> {
    return WorkerReactor.#start(parts, options, (host) => {
      checkOptions({ limits: options.limits })
      const { program, running } = readSnapshot(snapshot, host)
      const { seed, strategy } = running
      // It was read just now, so as a text it is JSON of a snapshot.
      const plain = typeof snapshot === 'string' ? (JSON.parse(snapshot) as Snapshot) : snapshot
      return { program, options: { ...options, seed, strategy }, snapshot: plain }
    })
  }

  static async #start(
    { port, load }: WorkerReactorParts,
    { host, hostModule }: WorkerRestoreOptions,
    read: (host: Host) => Start,
  ): Promise<WorkerReactor> {
    try {
      const exports = hostModule === undefined ? undefined : await load(String(hostModule))
      const functions = ownFunctions(host)
      const sketched = hostOfSketches(exports, sketchesOf(functions), () =>
        Promise.reject(notHere()),
      )
      const start = read(sketched)
      const reactor = new WorkerReactor(port, functions, start)
      await reactor.#create(start)
      return reactor
    } catch (error) {
      port.close()
      throw error
    }
  }

  private constructor(
    port: WorkerPort,
    functions: ReadonlyMap<string, HostFunction>,
    { program, options }: Start,
  ) {
    this.program = program
    this.#letters = new Letters(program)
    this.#port = port
    this.#functions = functions
    this.#options = options
    const { signal } = options
    const ended = this.#ending.signal
    const either = signal === undefined ? ended : AbortSignal.any([signal, ended])
    this.#calls = new CallsHere(functions, this.#letters, { options, signal: either })
    port.listen((message) => {
      // The thread sends nothing else.
      this.#hear(message as FromReactor)
    })
    port.onEnd((error) => {
      this.#ended(error)
    })
  }

  async #create({ snapshot }: Start): Promise<void> {
    const { hostModule, run, history, signal } = this.#options
    const { seed = 1, strategy = 'fast', limits = {} } = this.#options
    const { source } = this.program.lowered
    this.#tell({
      kind: 'create',
      name: source.name,
      text: source.text,
      modules: [...this.program.modules],
      functions: sketchesOf(this.#functions),
      hostModule: hostModule === undefined ? undefined : String(hostModule),
      seed,
      strategy,
      limits,
      run,
      history,
      snapshot,
    })
    await this.#ready.promise
    if (signal?.aborted === true) this.#abort()
    else
      signal?.addEventListener('abort', () => {
        this.#abort()
      })
  }

  /** As it was when the last news of it came. */
  get solution(): SolutionValue {
    return this.#solution
  }

  /** How the last run ended; undefined before the first. */
  get outcome(): Outcome | undefined {
    return this.#last
  }

  /** The solution as it is in the thread now. */
  async latest(): Promise<SolutionValue> {
    const answer = await this.#ask({ what: 'solution' })
    if (answer.what === 'solution') this.#news(answer.solution)
    return this.#solution
  }

  /**
   * Reduces until nothing can react, or until a limit, a failure or the signal stops it; can be called again
   * to go on. While it runs, a second call gives the same promise. Rejects only where the thread is lost.
   */
  run(): Promise<Outcome> {
    return (this.#running ??= this.#run())
  }

  async #run(): Promise<Outcome> {
    try {
      const answer = await this.#ask({ what: 'run' })
      if (answer.what !== 'outcome') throw notHere()
      this.#last = this.#letters.readOutcome(answer.outcome)
      this.#solution = this.#last.solution
    } catch (error) {
      if (!this.#isOver || this.#endedBy !== undefined) throw error
      // The thread was ended here, before it could tell how far it came.
      const { reactions = 0, pending = 0 } = this.#last ?? {}
      this.#last = { kind: 'aborted', solution: this.#solution, reactions, pending }
    } finally {
      this.#running = undefined
    }
    this.#turned()
    return this.#last
  }

  /** At most one reaction. Rejects while it runs. */
  async step(): Promise<Step> {
    const answer = await this.#ask({ what: 'step' })
    if (answer.what !== 'step') throw notHere()
    return this.#letters.readStep(answer.step)
  }

  /**
   * Undoes the last reaction, as far as the option `history` goes, and gives it; undefined where there is none.
   * Rejects while it runs.
   */
  async stepBack(): Promise<Reaction | undefined> {
    const answer = await this.#ask({ what: 'back' })
    if (answer.what !== 'back') throw notHere()
    return answer.reaction && this.#letters.readReaction(answer.reaction)
  }

  /** The reactions that `stepBack` can undo, the oldest first, each with the solution before it. Empty without the option `history`. */
  async history(): Promise<readonly Past[]> {
    const answer = await this.#ask({ what: 'history' })
    if (answer.what !== 'history') throw notHere()
    return answer.past.map((past) => this.#letters.readPast(past))
  }

  /** All that a reactor elsewhere needs to go on from here, as plain JSON; in the middle of a run, between two turns of it. */
  async snapshot(): Promise<Snapshot> {
    const answer = await this.#ask({ what: 'snapshot' })
    if (answer.what !== 'snapshot') throw notHere()
    return answer.snapshot
  }

  /** From now on it runs by itself whenever something is added. */
  start(): void {
    this.#tell({ kind: 'start' })
  }

  /** Adds molecules, as a text in which the program's definitions are known or as `hocl` makes them. */
  inject(molecules: string | Iterable<Entry>): void {
    this.#throwIfOver()
    this.#tell({ kind: 'inject', molecules: this.#letters.writeEntries(this.#entries(molecules)) })
  }

  /** Takes molecules away. Rejects, and takes nothing, where some of them are not there. */
  async remove(molecules: string | Iterable<Entry>): Promise<void> {
    const written = this.#letters.writeEntries(this.#entries(molecules))
    await this.#ask({ what: 'remove', molecules: written })
  }

  #entries(molecules: string | Iterable<Entry>): Iterable<Entry> {
    const { seed = 1 } = this.#options
    return typeof molecules === 'string' ? this.program.molecules(molecules, seed) : molecules
  }

  /** Each reaction from now on. A reader that is late loses the oldest. */
  reactions({ rule, capacity = 1024 }: ReactionsOptions = {}): Stream<Reaction> {
    this.#throwIfOver()
    const id = ++this.#lastId
    const stream = new Stream<Reaction>(capacity, () => {
      this.#reactionStreams.delete(id)
      this.#tell({ kind: 'leave', id })
    })
    this.#reactionStreams.set(id, { stream, lost: 0 })
    this.#tell({ kind: 'observe', id, rule, capacity })
    return stream
  }

  /** The solution whenever it has changed; a late reader gets the newest. */
  changes(): Stream<SolutionValue> {
    this.#throwIfOver()
    const stream = new Stream<SolutionValue>(1, () => {
      stop()
      this.#changeStreams.delete(stream)
    })
    let last = this.#solution
    const stop = this.subscribe(() => {
      if (this.#solution !== last) stream.put(this.#solution)
      last = this.#solution
    })
    this.#changeStreams.add(stream)
    return stream
  }

  /** The molecules that patterns match, as soon as they are there between two turns. Nothing is taken. */
  async waitFor(patterns: string, { when, signal }: WaitOptions = {}): Promise<Found> {
    this.program.taker(patterns, when)
    signal?.throwIfAborted()
    const id = this.#lastId + 1
    const answered = this.#ask({ what: 'wait', patterns, when })
    const leave = (): void => {
      this.#tell({ kind: 'leave', id })
      const { reason } = signal as { readonly reason: unknown }
      const error = reason instanceof Error ? reason : new Error('waiting was ended')
      this.#asked.get(id)?.reject(error)
      this.#asked.delete(id)
    }
    signal?.addEventListener('abort', leave)
    try {
      const answer = await answered
      if (answer.what !== 'found') throw notHere()
      return {
        molecules: answer.molecules.map(([text, copies]) => [this.#letters.read(text), copies]),
        variables: new Map(
          answer.variables.map(([name, text]) => [name, this.#letters.read(text)]),
        ),
      }
    } finally {
      signal?.removeEventListener('abort', leave)
    }
  }

  /** Calls back after each change; gives what ends that. Fits the external stores of React and Svelte. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener)
    if (this.#listeners.size === 1) this.#tell({ kind: 'watch', isOn: true })
    return () => {
      if (this.#listeners.delete(listener) && this.#listeners.size === 0)
        this.#tell({ kind: 'watch', isOn: false })
    }
  }

  /** The solution, as external stores ask for it. */
  readonly getSnapshot = (): SolutionValue => this.#solution

  /** How each rule is searched for, and why. */
  plan(): string {
    return planText(this.program.lowered)
  }

  async stats(): Promise<ReactorStats> {
    const answer = await this.#ask({ what: 'stats' })
    if (answer.what !== 'stats') throw notHere()
    return answer.stats
  }

  /** Ends the thread at once, whatever it is at, and all streams; whoever waits is told by an error. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#ended(undefined)
    this.#port.close()
    await this.#running?.catch(() => undefined)
  }

  // — what the thread says

  #hear(said: FromReactor): void {
    switch (said.kind) {
      case 'ready':
        this.#solution = this.#letters.readSolution(said.solution)
        this.#ready.resolve(undefined)
        return
      case 'refused':
        this.#ready.reject(new Error(`the thread of the reactor has refused: ${said.message}`))
        return
      case 'done':
        this.#asked.get(said.id)?.resolve(said.answer)
        this.#asked.delete(said.id)
        return
      case 'failed':
        this.#asked.get(said.id)?.reject(errorOf(said))
        this.#asked.delete(said.id)
        return
      case 'changed':
        this.#news(said.solution)
        this.#tell({ kind: 'seen' })
        return
      case 'reactions':
        this.#reactionsCame(said)
        return
      case 'call':
        void this.#calls.answer(said).then((answer) => {
          if (answer !== undefined) this.#tell(answer)
        })
    }
  }

  #news(text: string): void {
    this.#solution = this.#letters.readSolution(text)
    this.#turned()
  }

  #turned(): void {
    for (const listener of [...this.#listeners]) listener()
  }

  #reactionsCame({ id, reactions, lost }: Extract<FromReactor, { kind: 'reactions' }>): void {
    const observed = this.#reactionStreams.get(id)
    if (observed === undefined) return
    const { stream } = observed
    stream.lost += lost - observed.lost
    observed.lost = lost
    for (const reaction of reactions) stream.put(this.#letters.readReaction(reaction))
    this.#tell({ kind: 'more', id })
  }

  // — what is said to it

  #tell(message: ToReactor): void {
    if (!this.#isOver) this.#port.send(message)
  }

  #ask(question: Question): Promise<SentAnswer> {
    if (this.#isOver) return Promise.reject(this.#overError())
    const id = ++this.#lastId
    return new Promise((resolve, reject) => {
      this.#asked.set(id, { resolve, reject })
      this.#tell({ kind: 'ask', id, ...question })
    })
  }

  /** Asks the thread to stop, and ends it where it does not hear. */
  #abort(): void {
    if (this.#isOver) return
    this.#tell({ kind: 'abort' })
    const { patience = 500 } = this.#options
    const cancel = this.#calls.timer(patience, () => {
      this.#ended(undefined)
      this.#port.close()
    })
    this.#ask({ what: 'stats' }).then(cancel, cancel)
  }

  #ended(error: Error | undefined): void {
    if (this.#isOver) return
    this.#isOver = true
    this.#endedBy = error
    this.#ending.abort()
    const reason = this.#overError()
    this.#ready.reject(reason)
    for (const { reject } of this.#asked.values()) reject(reason)
    this.#asked.clear()
    for (const { stream } of [...this.#reactionStreams.values()]) stream.close()
    for (const stream of [...this.#changeStreams]) stream.close()
    this.#listeners.clear()
  }

  #overError(): Error {
    return this.#endedBy === undefined
      ? new Error('this reactor has ended')
      : new Error(`the thread of this reactor was lost: ${this.#endedBy.message}`, {
          cause: this.#endedBy,
        })
  }

  #throwIfOver(): void {
    if (this.#isOver) throw this.#overError()
  }
}
