import { HostCallError, HostCalls, SolutionValue } from '../../interpreter/index.ts'
import type {
  CallOptions,
  Entry,
  Found,
  HostFunction,
  Limits,
  Outcome,
  Reaction,
  Step,
  Strategy,
} from '../../interpreter/index.ts'
import { planText } from '../plan/show.ts'
import { parseFor } from '../reactor/program.ts'
import type { Program, ProgramOptions } from '../reactor/program.ts'
import type { ReactionsOptions, ReactorStats, WaitOptions } from '../reactor/reactor.ts'
import { Stream } from '../reactor/stream.ts'
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
  /** Stops the reactor between two reactions, or with its thread where that takes longer than `patience`. */
  readonly signal?: AbortSignal
  /** Milliseconds between an abort and the end of a thread that does not react to it. 500 unless given. */
  readonly patience?: number
  /** A module that the thread loads: its functions are called there, pure ones and classes too. */
  readonly hostModule?: string | URL
}

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
  readonly #calls: HostCalls
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
  static async create(
    text: string,
    { port, load }: WorkerReactorParts,
    options: WorkerReactorOptions = {},
  ): Promise<WorkerReactor> {
    try {
      const { hostModule } = options
      const exports = hostModule === undefined ? undefined : await load(String(hostModule))
      const functions = ownFunctions(options.host)
      const host = hostOfSketches(exports, sketchesOf(functions), () => Promise.reject(notHere()))
      const program = parseFor(host, text, options)
      const reactor = new WorkerReactor(program, { port, functions, options })
      await reactor.#create(text)
      return reactor
    } catch (error) {
      port.close()
      throw error
    }
  }

  private constructor(
    program: Program,
    {
      port,
      functions,
      options,
    }: {
      readonly port: WorkerPort
      readonly functions: ReadonlyMap<string, HostFunction>
      readonly options: WorkerReactorOptions
    },
  ) {
    this.program = program
    this.#letters = new Letters(program)
    this.#port = port
    this.#functions = functions
    this.#options = options
    const { signal } = options
    const ended = this.#ending.signal
    const either = signal === undefined ? ended : AbortSignal.any([signal, ended])
    this.#calls = new HostCalls(options, either, () => 0)
    port.listen((message) => {
      // The thread sends nothing else.
      this.#hear(message as FromReactor)
    })
    port.onEnd((error) => {
      this.#ended(error)
    })
  }

  async #create(text: string): Promise<void> {
    const { name = 'program.hocl', hostModule, run, signal } = this.#options
    const { seed = 1, strategy = 'fast', limits = {} } = this.#options
    this.#tell({
      kind: 'create',
      name,
      text,
      modules: [...this.program.modules],
      functions: sketchesOf(this.#functions),
      hostModule: hostModule === undefined ? undefined : String(hostModule),
      seed,
      strategy,
      limits,
      run,
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
        void this.#call(said)
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

  async #call({ id, name, args, key }: Extract<FromReactor, { kind: 'call' }>): Promise<void> {
    const called = this.#functions.get(name)
    try {
      if (called === undefined) throw notHere()
      const given = args.map((arg) => this.#letters.read(arg))
      const answer = await called.apply(given, {
        random: () => 0,
        callKey: () => key,
        host: this.#calls,
      })
      this.#tell({ kind: 'answer', id, molecule: this.#letters.write(answer) })
    } catch (error) {
      if (this.#calls.isAborted) return
      const failure =
        error instanceof HostCallError
          ? error
          : new HostCallError(name, 'threw', error instanceof Error ? error.message : String(error))
      this.#options.onCallFailure?.(failure)
      this.#tell({ kind: 'no-answer', id, reason: failure.reason, message: failure.message })
    }
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

function errorOf({ name, message }: Extract<FromReactor, { kind: 'failed' }>): Error {
  switch (name) {
    case 'RangeError':
      return new RangeError(message)
    case 'TypeError':
      return new TypeError(message)
    default:
      return new Error(message)
  }
}

function notHere(): Error {
  return new Error('this happens in the thread of the reactor')
}
