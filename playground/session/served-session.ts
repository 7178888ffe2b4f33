import { isRule, print, printed } from '../../interpreter/index.ts'
import type { Outcome, SolutionValue } from '../../interpreter/index.ts'
import { ProgramError, asynchronousCalls } from '../../vm/index.ts'
import { diagnosticForm, labelForm } from './diagnostic-form.ts'
import { ruleForm, rulesOf, solutionForm } from './forms.ts'
import type { Command, Event, LoadedProgram, RuleForm, SessionState, Status } from './messages.ts'
import type { OutcomeForm, Watch } from './messages.ts'
import { Numbering } from './numbering.ts'
import { PageConsole } from './page-console.ts'
import { readProgram } from './read-program.ts'
import type { ReadProgram } from './read-program.ts'
import { RunningProgram, outcomeForm } from './running-program.ts'
import { typeOf } from './molecule-words.ts'

/** What a session needs of the thread around it. */
export interface SessionHost {
  tell(event: Event): void
  /** Milliseconds from any start. */
  clock(): number
  /** Lets what waits happen: commands above all. */
  breathe(milliseconds: number): Promise<void>
}

/** How long steps are made before the page is told. */
const FRAME = 14
/** While it runs unseen, the page is told how far it is so often. */
const NEWS = 100
/** A state with a solution may take one part in so many of the time. */
const SHARE = 6
/** A result is cut after so many characters. */
const LONGEST_RESULT = 2_000_000
const LONGEST_DETAIL = 20_000

/** What is said to a program that is there. */
type ProgramCommand = Exclude<Command, { kind: 'load' | 'speed' | 'watch' | 'answer' }>

type EventBody = Event extends infer E ? (E extends Event ? Omit<E, 'load'> : never) : never

/** The session itself: takes commands, runs the program in turns, and tells what happens. */
export class ServedSession {
  readonly #host: SessionHost
  #load = 0
  #running: RunningProgram | undefined
  #console: PageConsole | undefined
  #status: Status = 'empty'
  #outcome: OutcomeForm | undefined
  #stoppedAt: string | undefined
  #speed = Infinity
  #watch: Watch = { entries: 2_500, reactions: true }
  /** Counts runs: one that is not the last has been stopped. */
  #run = 0
  /** The clock jumps then, and the run ends like one whose time is over. */
  #isHalting = false
  /** Whether no run is in its last turn. */
  #isSettled = true
  #elapsed = 0
  #told = 0
  #cost = 0
  #shown: SolutionValue | undefined

  constructor(host: SessionHost) {
    this.#host = host
  }

  async hear(command: Command): Promise<void> {
    try {
      await this.#obey(command)
    } catch (error) {
      this.#refuse(command.kind, error)
    }
  }

  async #obey(command: Command): Promise<void> {
    const running = this.#running
    if (command.kind === 'load') this.#loadProgram(command)
    else if (command.kind === 'answer') this.#console?.answer(command.line)
    else if (command.kind === 'speed') {
      this.#speed = command.perSecond
      this.#interrupt()
    } else if (command.kind === 'watch') {
      this.#watch = command.watch
      this.#shown = undefined
      this.#interrupt()
      this.#tellState()
    } else if (running !== undefined) await this.#obeyFor(running, command)
  }

  async #obeyFor(running: RunningProgram, command: ProgramCommand): Promise<void> {
    switch (command.kind) {
      case 'breakpoints':
        running.breakpoints = command.breakpoints
        this.#interrupt()
        return
      case 'run':
        return this.#go(running, { most: Infinity })
      case 'finish':
        return this.#go(running, { most: Infinity, isUnbounded: true })
      case 'step':
        return this.#go(running, { most: command.reactions, isAtOnce: true })
      case 'pause':
        this.#halt()
        return
      case 'back':
        this.#show(running, running.position - command.reactions)
        return
      case 'seek':
        this.#show(running, command.reactions)
        return
      case 'inject':
        running.inject(command.molecules)
        this.#changed()
        return
      case 'remove':
        running.remove(command.molecules)
        this.#changed()
        return
      case 'inspect':
        this.#inspect(running, command.id)
        return
      case 'result':
        this.#tellResult(running)
    }
  }

  #refuse(command: Command['kind'], error: unknown): void {
    if (error instanceof ProgramError) {
      const [first] = error.diagnostics
      const hint = first?.hint === undefined ? '' : `: ${first.hint}`
      this.#tell({ kind: 'refused', command, message: `${first?.title ?? ''}${hint}` })
      return
    }
    const message = error instanceof Error ? error.message : String(error)
    this.#tell({ kind: 'refused', command, message })
    if (this.#status === 'running') this.#rest('paused')
  }

  #tell(event: EventBody): void {
    this.#host.tell({ load: this.#load, ...event })
  }

  // — loading

  #loadProgram({ load, files, settings }: Extract<Command, { kind: 'load' }>): void {
    this.#run++
    this.#load = load
    this.#running = undefined
    this.#outcome = undefined
    this.#stoppedAt = undefined
    this.#shown = undefined
    this.#elapsed = 0
    this.#isHalting = !this.#isSettled
    this.#console = new PageConsole({
      output: (text) => {
        this.#tell({ kind: 'output', text })
      },
      question: (text) => {
        this.#tell({ kind: 'question', text })
      },
    })
    const read = readProgram(files, this.#console.functions)
    let { diagnostics } = read
    const { program } = read
    if (program !== undefined)
      try {
        const first = program.first(settings.seed)
        const later = settings.isStochastic ? asynchronousCalls(first.contents().entries()) : []
        if (later.length > 0) throw new ProgramError(later)
        this.#running = new RunningProgram(program, settings, () =>
          this.#isHalting || this.#load !== load ? Infinity : this.#host.clock(),
        )
      } catch (error) {
        if (!(error instanceof ProgramError)) throw error
        diagnostics = [...diagnostics, ...error.diagnostics.map(diagnosticForm)]
      }
    this.#status = this.#running === undefined ? 'empty' : 'ready'
    const loaded = { ...loadedProgram(read, this.#running), diagnostics }
    this.#tell({ kind: 'loaded', program: loaded, state: this.#state(true) })
  }

  // — running

  /** A run looks anew at what it has been told. */
  #interrupt(): void {
    if (this.#status === 'running') this.#isHalting = true
  }

  #halt(): void {
    if (this.#status !== 'running') return
    this.#run++
    this.#isHalting = true
    this.#rest('paused')
  }

  #rest(status: Status): void {
    this.#status = status
    this.#tellState({ isAtRest: true })
  }

  async #go(running: RunningProgram, how: How): Promise<void> {
    if (this.#status === 'running') {
      if (how.isUnbounded !== true) return
      this.#halt()
    }
    const run = ++this.#run
    // The run before this one may still be in its last turn.
    while (!this.#isSettled) await this.#host.breathe(0)
    if (run !== this.#run) return
    this.#isHalting = false
    this.#status = 'running'
    this.#outcome = undefined
    this.#stoppedAt = undefined
    // Before anything is tried: the first search may take for ever.
    this.#tell({ kind: 'state', state: this.#state(false) })
    running.begin()
    this.#isSettled = false
    const end = await this.#turns(running, how, run)
    this.#isSettled = true
    this.#isHalting = false
    if (run !== this.#run || end === undefined) {
      // It was stopped and has told so; now it stands still.
      if (run + 1 === this.#run) this.#tellState({ isAtRest: true })
      return
    }
    if (end.kind === 'ended') this.#outcome = end.outcome
    if (end.kind === 'breakpoint') this.#stoppedAt = end.met
    this.#rest(end.kind === 'ended' ? 'ended' : 'paused')
  }

  async #turns(running: RunningProgram, how: How, run: number): Promise<End | undefined> {
    const { milliseconds: most = Infinity } = running.settings.limits
    let owed = 0
    let left = how.most
    while (run === this.#run) {
      this.#isHalting = false
      const start = this.#host.clock()
      const isFast = how.isUnbounded === true || how.isAtOnce === true || this.#speed === Infinity
      if (isFast && this.#mayRush(running, how)) {
        const outcome = await this.#rush(running, most - this.#elapsed)
        this.#elapsed += this.#host.clock() - start
        if (outcome.kind !== 'time-limit') return { kind: 'ended', outcome: outcomeForm(outcome) }
      } else {
        owed = isFast ? Infinity : Math.min(owed + (this.#speed * FRAME) / 1000, this.#speed + 1)
        const { end, made } = this.#steps(running, Math.min(left, owed), how)
        this.#elapsed += this.#host.clock() - start
        left -= made
        owed -= made
        if (end !== undefined && end.kind !== 'waiting') return end
        if (left <= 0) return { kind: 'paused' }
        this.#tellState()
        await this.#host.breathe(isFast && end === undefined ? 0 : FRAME)
      }
      if (this.#elapsed >= most) return { kind: 'ended', outcome: { kind: 'time-limit' } }
    }
    return undefined
  }

  /** Whether nobody needs to see each reaction, and none needs to be recorded. */
  #mayRush(running: RunningProgram, { isUnbounded, isAtOnce }: How): boolean {
    if (isAtOnce === true || running.isWorthRecording || !running.isAtPresent) return false
    return isUnbounded === true || !running.hasBreakpoints
  }

  async #rush(running: RunningProgram, milliseconds: number): Promise<Outcome> {
    const end = this.#host.clock() + milliseconds
    let isOver = false
    const news = async (): Promise<void> => {
      for (;;) {
        await this.#host.breathe(NEWS)
        if (isOver) return
        if (this.#host.clock() >= end) this.#isHalting = true
        running.follow()
        this.#tellState()
      }
    }
    void news()
    try {
      return await running.rush()
    } finally {
      isOver = true
    }
  }

  /** Steps until something ends them, the page is to be told, or there were so many. */
  #steps(
    running: RunningProgram,
    most: number,
    { isUnbounded }: How,
  ): { readonly end: End | { readonly kind: 'waiting' } | undefined; readonly made: number } {
    const end = this.#host.clock() + FRAME
    let made = 0
    while (made + 1 <= most) {
      const stepped = running.step(this.#watch.reactions)
      if (stepped.kind === 'ended' || stepped.kind === 'waiting') return { end: stepped, made }
      made++
      if (stepped.kind === 'breakpoint' && isUnbounded !== true) return { end: stepped, made }
      if (this.#host.clock() >= end || this.#isHalting) break
    }
    return { end: undefined, made }
  }

  // — what is not running

  #show(running: RunningProgram, position: number): void {
    if (this.#status === 'running') this.#halt()
    running.seek(position)
    const wasAtEnd = this.#outcome !== undefined && running.isAtPresent
    this.#stoppedAt = undefined
    this.#rest(wasAtEnd ? 'ended' : running.reactions === 0 ? 'ready' : 'paused')
  }

  #changed(): void {
    this.#outcome = undefined
    if (this.#status !== 'running') this.#rest('paused')
  }

  #inspect(running: RunningProgram, id: number): void {
    const molecule = running.numbering.molecule(id)
    if (molecule === undefined) throw new Error('this molecule was too long ago')
    const text = print(molecule, { width: 60 })
    const rule = isRule(molecule) ? { rule: ruleForm(molecule, running.numbering) } : {}
    const shown = text.length > LONGEST_DETAIL ? `${text.slice(0, LONGEST_DETAIL)}…` : text
    this.#tell({ kind: 'molecule', id, text: shown, type: typeOf(molecule), ...rule })
  }

  #tellResult(running: RunningProgram): void {
    let text = ''
    for (const piece of printed(running.solution)) {
      text += piece
      if (text.length > LONGEST_RESULT) break
    }
    const isCut = text.length > LONGEST_RESULT
    this.#tell({ kind: 'result', text: isCut ? text.slice(0, LONGEST_RESULT) : text, isCut })
  }

  // — telling

  /** With the solution where it is wanted and has changed; while it runs, only as often as it is cheap enough. */
  #tellState({ isAtRest = this.#status !== 'running' } = {}): void {
    const running = this.#running
    const batch = running?.reporter.take()
    if (batch !== undefined) this.#tell({ kind: 'reactions', ...batch })
    const now = this.#host.clock()
    const isDue = isAtRest || now - this.#told >= this.#cost * SHARE
    const state = this.#state(isDue)
    if (isDue) {
      this.#told = this.#host.clock()
      this.#cost = this.#told - now
    }
    this.#tell({ kind: 'state', state })
  }

  #state(withSolution: boolean): SessionState {
    const running = this.#running
    const { entries } = this.#watch
    const outcome = this.#status === 'ended' ? this.#outcome : undefined
    let solution: SessionState['solution']
    if (running !== undefined && withSolution && entries > 0) {
      const shown = running.solution
      if (shown !== this.#shown || outcome !== undefined) {
        const isInert = outcome?.kind === 'inert'
        solution = solutionForm(shown, entries, { numbering: running.numbering, isInert })
        this.#shown = shown
      }
    }
    return {
      status: this.#status,
      position: running?.position ?? 0,
      reactions: running?.reactions ?? 0,
      recorded: running?.recorded ?? { first: 0, last: 0 },
      molecules: running?.molecules ?? 0,
      elapsed: this.#elapsed,
      ...(running?.time !== undefined && { time: running.time }),
      ...(outcome !== undefined && { outcome }),
      ...(this.#stoppedAt !== undefined && { stoppedAt: this.#stoppedAt }),
      ...(solution !== undefined && { solution }),
    }
  }
}

/** How far a run goes. */
interface How {
  readonly most: number
  /** Whatever the speed is. */
  readonly isAtOnce?: boolean
  /** The same, and past breakpoints. */
  readonly isUnbounded?: boolean
}

type End =
  | { readonly kind: 'paused' }
  | { readonly kind: 'breakpoint'; readonly met: string }
  | { readonly kind: 'ended'; readonly outcome: OutcomeForm }

function loadedProgram(read: ReadProgram, running: RunningProgram | undefined): LoadedProgram {
  const { lowered, diagnostics, modules } = read
  const numbering = running?.numbering ?? new Numbering()
  const floating = running === undefined ? [] : rulesOf(running.solution, numbering)
  const names = new Set(floating.map(({ name }) => name))
  const written: RuleForm[] = []
  for (const shape of lowered.shapes) {
    if (shape.name === undefined || names.has(shape.name)) continue
    if (modules.includes(shape.place.source.name)) continue
    names.add(shape.name)
    const { name, shots, isCatalytic, place } = shape
    const text = place.source.slice(place.span)
    const at = labelForm(place, '')
    written.push({ id: 0, name, text: text.slice(0, 200), shots, isCatalytic, at })
  }
  const hasRates = lowered.shapes.some(({ rate }) => rate !== undefined)
  const rules = [...floating, ...written]
  return { canRun: running !== undefined, diagnostics, rules, modules, hasRates }
}
