/*
 * Reactors in threads of their own, on Node: `hocl/worker`. In browsers the same name means `browser.ts`, where
 * the threads are web workers. What is said between threads is in `vm/remote/`, which knows no platform; here
 * threads are started and ended.
 */
import { Worker } from 'node:worker_threads'
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

/**
 * A reactor in a thread of its own, with a program's first solution in it. What it does never holds this thread
 * up, and it can be stopped at once whatever it is at. Rejects with a `ProgramError` where a text is none.
 */
export function reactorInWorker(
  text: string,
  options: WorkerReactorOptions = {},
): Promise<WorkerReactor> {
  return WorkerReactor.create(text, thread(), options)
}

/**
 * A reactor in a thread of its own that goes on where another one was when it gave a snapshot, in this thread or
 * elsewhere. Rejects with a `SnapshotError`, whatever is wrong with it.
 */
export function restoreInWorker(
  snapshot: Snapshot | string,
  options: WorkerRestoreOptions = {},
): Promise<WorkerReactor> {
  return WorkerReactor.restore(snapshot, thread(), options)
}

function thread(): WorkerReactorParts {
  const suffix = import.meta.url.endsWith('.ts') ? 'ts' : 'js'
  const port = new ThreadPort(new Worker(new URL(`./node-thread.${suffix}`, import.meta.url)))
  return { port, load: (url) => import(url) as Loaded }
}

// A module's exports have names.
type Loaded = Promise<Readonly<Record<string, unknown>>>

/** A thread of Node. It does not keep the process going: what waits for it does. */
class ThreadPort implements WorkerPort {
  readonly #worker: Worker
  #isClosed = false
  #error: Error | undefined

  constructor(worker: Worker) {
    this.#worker = worker
    worker.on('error', (error: unknown) => {
      this.#error = error instanceof Error ? error : new Error(String(error))
    })
  }

  send(message: unknown): void {
    this.#worker.postMessage(message)
  }

  listen(onMessage: (message: unknown) => void): void {
    this.#worker.on('message', onMessage)
  }

  onEnd(then: (error: Error | undefined) => void): void {
    this.#worker.on('exit', (code) => {
      const lost = this.#error ?? new Error(`it ended with exit code ${String(code)}`)
      then(this.#isClosed ? undefined : lost)
    })
  }

  close(): void {
    this.#isClosed = true
    void this.#worker.terminate()
  }
}
