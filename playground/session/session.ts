import type { Command, Event, RunSettings, SourceFile } from './messages.ts'

/** What is used of a web worker. */
export interface SessionWorker {
  postMessage(command: Command): void
  addEventListener(type: 'message', listener: (event: { readonly data: Event }) => void): void
  addEventListener(type: 'error', listener: (event: { readonly message?: string }) => void): void
  terminate(): void
}

/** How a session that had to be ended from outside is told. */
export type SessionLoss = 'stopped' | 'broken'

export interface SessionOptions {
  readonly makeWorker: () => SessionWorker
  readonly onEvent: (event: Event) => void
  /** The thread did not answer, or broke: what it had is lost, and there is a new one. */
  readonly onLoss: (loss: SessionLoss) => void
}

/** So long a thread may take to stop by itself. */
const GRACE = 400

/** The page's end of a session. Whatever the program is at, `stop` stops it. */
export class Session {
  readonly #options: SessionOptions
  #worker: SessionWorker
  #load = 0
  #stopping: ReturnType<typeof setTimeout> | undefined

  constructor(options: SessionOptions) {
    this.#options = options
    this.#worker = this.#made()
  }

  /** Reads a program and puts its first solution there; gives the number that its events carry. */
  load(files: readonly [SourceFile, ...SourceFile[]], settings: RunSettings): number {
    this.#load++
    this.#calm()
    this.send({ kind: 'load', load: this.#load, files, settings })
    return this.#load
  }

  send(command: Command): void {
    this.#worker.postMessage(command)
  }

  /** Pauses; a thread that does not answer soon is ended, and its reactions are lost. */
  stop(): void {
    this.send({ kind: 'pause' })
    this.#stopping ??= setTimeout(() => {
      this.#lose('stopped')
    }, GRACE)
  }

  #made(): SessionWorker {
    const worker = this.#options.makeWorker()
    worker.addEventListener('message', ({ data }) => {
      if (worker !== this.#worker || data.load !== this.#load) return
      if (data.kind === 'state' && data.state.status !== 'running') this.#calm()
      this.#options.onEvent(data)
    })
    worker.addEventListener('error', () => {
      if (worker === this.#worker) this.#lose('broken')
    })
    return worker
  }

  #calm(): void {
    clearTimeout(this.#stopping)
    this.#stopping = undefined
  }

  #lose(loss: SessionLoss): void {
    this.#calm()
    this.#worker.terminate()
    this.#worker = this.#made()
    this.#options.onLoss(loss)
  }
}
