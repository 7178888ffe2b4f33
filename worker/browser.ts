/* Reactors in web workers: what `hocl/worker` means in browsers. */
import { WorkerReactor } from '../vm/index.ts'
import type {
  Snapshot,
  WorkerPort,
  WorkerReactorOptions,
  WorkerReactorParts,
  WorkerRestoreOptions,
} from '../vm/index.ts'

export { WorkerReactor }
export type { WorkerReactorOptions, WorkerRestoreOptions }

/** What is used of a web worker. */
interface WebWorker {
  postMessage(message: unknown): void
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void
  addEventListener(type: 'error', listener: (event: { readonly message?: string }) => void): void
  terminate(): void
}

// Every browser has it; the types of Node, with which this is checked, do not.
declare const Worker: new (url: URL, options: { readonly type: 'module' }) => WebWorker

/**
 * A reactor in a web worker, with a program's first solution in it. What it does never holds the page up, and
 * it can be stopped at once whatever it is at. Rejects with a `ProgramError` where a text is none.
 */
export function reactorInWorker(
  text: string,
  options: WorkerReactorOptions = {},
): Promise<WorkerReactor> {
  return WorkerReactor.create(text, thread(), options)
}

/**
 * A reactor in a web worker that goes on where another one was when it gave a snapshot, in this page or elsewhere.
 * Rejects with a `SnapshotError`, whatever is wrong with it.
 */
export function restoreInWorker(
  snapshot: Snapshot | string,
  options: WorkerRestoreOptions = {},
): Promise<WorkerReactor> {
  return WorkerReactor.restore(snapshot, thread(), options)
}

function thread(): WorkerReactorParts {
  // Written so, bundlers find the file of the worker.
  const worker = new Worker(new URL('./browser-thread.js', import.meta.url), { type: 'module' })
  return { port: new WebWorkerPort(worker), load: (url) => import(url) as Loaded }
}

// A module's exports have names.
type Loaded = Promise<Readonly<Record<string, unknown>>>

class WebWorkerPort implements WorkerPort {
  readonly #worker: WebWorker

  constructor(worker: WebWorker) {
    this.#worker = worker
  }

  send(message: unknown): void {
    this.#worker.postMessage(message)
  }

  listen(onMessage: (message: unknown) => void): void {
    this.#worker.addEventListener('message', ({ data }) => {
      onMessage(data)
    })
  }

  /** An error that nobody catches there: what the worker would do from then on is not known. */
  onEnd(then: (error: Error | undefined) => void): void {
    this.#worker.addEventListener('error', ({ message }) => {
      this.#worker.terminate()
      then(new Error(message ?? 'its script does not load'))
    })
  }

  close(): void {
    this.#worker.terminate()
  }
}
