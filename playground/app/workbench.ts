import type {
  Breakpoint,
  Command,
  DiagnosticForm,
  Event,
  LoadedProgram,
  MoleculeDetail,
  RunSettings,
  SessionState,
  SolutionForm,
  SourceFile,
  Watch,
} from '../session/messages.ts'
import sessionThread from '../session/session-thread.ts?thread'
import { Session } from '../session/session.ts'
import type { SessionLoss } from '../session/session.ts'
import { startingProject } from './starting-project.ts'
import type { Project } from './starting-project.ts'

/** What a program wrote, and what was answered. */
export interface ConsoleLine {
  readonly kind: 'output' | 'answer'
  readonly text: string
}

/** A sentence for the reader, which goes away by itself or when it is closed. */
export interface Notice {
  readonly id: number
  readonly text: string
  readonly tone: 'plain' | 'trouble'
  readonly action?: { readonly label: string; readonly act: () => void }
}

/** All that the page shows. Never changed: each change makes another one. */
export interface WorkbenchState extends Project {
  /** The file in the editor. */
  readonly active: string
  /** The texts have changed since they were loaded into the session. */
  readonly isStale: boolean
  readonly program: LoadedProgram | undefined
  /** What is wrong with the texts as they are now. */
  readonly diagnostics: readonly DiagnosticForm[]
  /** A module of the standard library that is looked at. */
  readonly library: SourceFile | undefined
  readonly session: SessionState
  /** The last solution that was told. */
  readonly solution: SolutionForm | undefined
  readonly console: readonly ConsoleLine[]
  readonly question: string | undefined
  readonly result: { readonly text: string; readonly isCut: boolean } | undefined
  readonly inspected: MoleculeDetail | undefined
  readonly breakpoints: readonly Breakpoint[]
  readonly notices: readonly Notice[]
}

const nothingYet: SessionState = {
  ...{ status: 'empty', position: 0, reactions: 0, molecules: 0, elapsed: 0 },
  recorded: { first: 0, last: 0 },
}

/** Pauses of typing after which the program is read again. */
const TYPING_PAUSE = 250
/** Lines of the console that are kept. */
const MOST_LINES = 2_000

/** What happens on the page: the files, the session, and everything that a part of the page can ask for. */
export class Workbench {
  #state: WorkbenchState
  readonly #listeners = new Set<() => void>()
  readonly #eventListeners = new Set<(event: Event) => void>()
  readonly #session: Session
  #reading: ReturnType<typeof setTimeout> | undefined
  #isRunWanted: Command | undefined
  #lastNotice = 0

  constructor(project: Project = startingProject) {
    this.#state = {
      ...project,
      active: project.files[0].name,
      isStale: false,
      session: nothingYet,
      ...{ program: undefined, solution: undefined, question: undefined, result: undefined },
      ...{ inspected: undefined, library: undefined },
      ...{ diagnostics: [], console: [], breakpoints: [], notices: [] },
    }
    this.#session = new Session({
      makeWorker: () => new Worker(sessionThread, { type: 'module' }),
      onEvent: (event) => {
        this.#hear(event)
      },
      onLoss: (loss) => {
        this.#lost(loss)
      },
    })
    this.#session.send({ kind: 'speed', perSecond: project.perSecond })
    this.load()
  }

  get state(): WorkbenchState {
    return this.#state
  }

  /** Calls back after each change; gives what ends that. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Calls back with each event of the session, reactions among them; gives what ends that. */
  listen(listener: (event: Event) => void): () => void {
    this.#eventListeners.add(listener)
    return () => this.#eventListeners.delete(listener)
  }

  #set(change: Partial<WorkbenchState>): void {
    this.#state = { ...this.#state, ...change }
    for (const listener of this.#listeners) listener()
  }

  // — files

  /** Takes other files and settings in the place of these. */
  open(project: Project): void {
    this.#set({ ...project, active: project.files[0].name, breakpoints: [] })
    this.#session.send({ kind: 'speed', perSecond: project.perSecond })
    this.load()
  }

  /** The same, with a way back to what was there. */
  replace(project: Project, told: string): void {
    const { files, settings, perSecond } = this.#state
    this.open(project)
    const act = (): void => {
      this.open({ files, settings, perSecond })
    }
    this.notify(told, 'plain', { label: 'Undo', act })
  }

  /** Puts a file into the editor; with a text, one that is not of the program. */
  show(name: string, text?: string): void {
    const { files, library } = this.#state
    if (text !== undefined) this.#set({ library: { name, text }, active: name })
    else if (files.some((file) => file.name === name) || library?.name === name)
      this.#set({ active: name })
  }

  set diagnostics(diagnostics: readonly DiagnosticForm[]) {
    this.#set({ diagnostics })
  }

  edit(name: string, text: string): void {
    const { files } = this.#state
    if (files.find((file) => file.name === name)?.text === text) return
    this.#setFiles(files.map((file) => (file.name === name ? { name, text } : file)))
  }

  add(file: SourceFile): void {
    const { files } = this.#state
    this.#setFiles([...files.filter(({ name }) => name !== file.name), file])
    this.#set({ active: file.name })
  }

  /** The file that runs stays. */
  removeFile(name: string): void {
    const [main, ...others] = this.#state.files
    if (name === main.name) return
    this.#setFiles([main, ...others.filter((file) => file.name !== name)])
    if (this.#state.active === name) this.#set({ active: main.name })
  }

  renameFile(name: string, newName: string): void {
    const { files, active } = this.#state
    if (newName === name || files.some((file) => file.name === newName)) return
    this.#setFiles(files.map((file) => (file.name === name ? { ...file, name: newName } : file)))
    if (active === name) this.#set({ active: newName })
  }

  #setFiles(files: readonly SourceFile[]): void {
    const [main, ...others] = files
    if (main === undefined) return
    this.#set({ files: [main, ...others], isStale: true })
    clearTimeout(this.#reading)
    this.#reading = setTimeout(() => {
      if (!this.#hasBegun) this.load()
    }, TYPING_PAUSE)
  }

  // — running

  /** Whether anything has happened that a new beginning would lose. */
  get #hasBegun(): boolean {
    const { status, reactions } = this.#state.session
    return status === 'running' || reactions > 0
  }

  /** From the beginning: the program is read, and nothing has reacted. */
  load(): void {
    clearTimeout(this.#reading)
    const { files, settings } = this.#state
    this.#set({
      ...{ isStale: false, result: undefined, inspected: undefined, question: undefined },
      console: [],
    })
    this.#session.load(files, settings)
    this.#session.send({ kind: 'breakpoints', breakpoints: this.#state.breakpoints })
  }

  set settings(settings: RunSettings) {
    this.#set({ settings })
    this.load()
  }

  set perSecond(perSecond: number) {
    this.#set({ perSecond })
    this.send({ kind: 'speed', perSecond })
  }

  set breakpoints(breakpoints: readonly Breakpoint[]) {
    this.#set({ breakpoints })
    this.send({ kind: 'breakpoints', breakpoints })
  }

  /** What pictures need of the session while it runs. */
  set watch(watch: Watch) {
    this.send({ kind: 'watch', watch })
  }

  /** Runs, from the beginning where the program was changed or has ended; pauses where it runs. */
  toggle(): void {
    if (this.#state.session.status === 'running') this.stop()
    else this.#begin({ kind: 'run' })
  }

  finish(): void {
    this.#begin({ kind: 'finish' })
  }

  step(reactions = 1): void {
    this.#begin({ kind: 'step', reactions })
  }

  back(reactions = 1): void {
    this.send({ kind: 'back', reactions })
  }

  seek(reactions: number): void {
    this.send({ kind: 'seek', reactions })
  }

  /** At once, whatever the program is at. */
  stop(): void {
    if (this.#state.session.status === 'running') this.#session.stop()
  }

  inject(molecules: string): void {
    this.send({ kind: 'inject', molecules })
  }

  remove(molecules: string): void {
    this.send({ kind: 'remove', molecules })
  }

  inspect(id: number): void {
    this.send({ kind: 'inspect', id })
  }

  answer(line: string): void {
    this.#set({
      question: undefined,
      console: this.#written({ kind: 'answer', text: `${line}\n` }),
    })
    this.send({ kind: 'answer', line })
  }

  send(command: Command): void {
    this.#session.send(command)
  }

  #begin(command: Command): void {
    const { isStale, session } = this.#state
    const isOver = session.status === 'ended' && session.position === session.reactions
    if (!isStale && !isOver) {
      this.send(command)
      return
    }
    this.#isRunWanted = command
    this.load()
  }

  // — what the session tells

  #hear(event: Event): void {
    switch (event.kind) {
      case 'loaded': {
        const { program, state } = event
        const { diagnostics } = program
        this.#set({ program, diagnostics, session: state, solution: state.solution })
        const wanted = this.#isRunWanted
        this.#isRunWanted = undefined
        if (wanted !== undefined && program.canRun) this.send(wanted)
        break
      }
      case 'state': {
        const { state } = event
        const hasEnded = state.status === 'ended' && this.#state.session.status !== 'ended'
        this.#set({ session: state, ...(state.solution && { solution: state.solution }) })
        if (hasEnded) this.send({ kind: 'result' })
        break
      }
      case 'output':
        this.#set({ console: this.#written({ kind: 'output', text: event.text }) })
        break
      case 'question':
        this.#set({ question: event.text })
        break
      case 'refused':
        this.notify(event.message, 'trouble')
        break
      case 'molecule':
        this.#set({ inspected: event })
        break
      case 'result':
        this.#set({ result: event })
        break
      case 'reactions':
    }
    for (const listener of this.#eventListeners) listener(event)
  }

  #written(line: ConsoleLine): readonly ConsoleLine[] {
    return [...this.#state.console, line].slice(-MOST_LINES)
  }

  #lost(loss: SessionLoss): void {
    this.#session.send({ kind: 'speed', perSecond: this.#state.perSecond })
    this.#set({ session: { ...this.#state.session, status: 'paused' }, isStale: true })
    if (loss === 'stopped')
      this.notify('The program was stopped in the middle of a reaction. It starts anew.')
    else this.notify('The program used up what the browser gives it, and was ended.', 'trouble')
  }

  // — what the reader is told

  notify(text: string, tone: Notice['tone'] = 'plain', action?: Notice['action']): void {
    const id = ++this.#lastNotice
    const notice = { id, text, tone, ...(action !== undefined && { action }) }
    this.#set({ notices: [...this.#state.notices.slice(-2), notice] })
    setTimeout(() => {
      this.dismiss(id)
    }, 8_000)
  }

  dismiss(id: number): void {
    this.#set({ notices: this.#state.notices.filter((notice) => notice.id !== id) })
  }
}
