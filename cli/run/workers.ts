import { Worker } from 'node:worker_threads'
import { ShapeTable } from '../../vm/index.ts'
import type { Answer, Task, Workers } from '../../vm/index.ts'
import type { Loaded } from '../load.ts'
import type { ThreadData, ThreadMessage } from './workers-thread.ts'

/** To start a thread that reads nothing. */
const THREAD_MILLISECONDS = 100
/** So long after it was asked for what it has, a thread that does not answer is ended. */
const ANSWER_MILLISECONDS = 2000

/** Threads of Node that reduce solutions of one program. They are started when there is enough to do. */
export class NodeWorkers implements Workers {
  readonly shapes: ShapeTable
  readonly startMilliseconds: number
  readonly #data: Omit<ThreadData, 'stop'>
  readonly #size: number
  readonly #url: URL
  #threads: Thread[] | undefined

  /**
   * So many threads beside this one. The program must be as it was read: before data and injections. Each
   * thread reads it again, which takes about as long as it took here.
   */
  constructor(
    size: number,
    { program, modules }: Loaded,
    { readMilliseconds = 0, url = threadUrl() } = {},
  ) {
    this.startMilliseconds = THREAD_MILLISECONDS + readMilliseconds
    this.shapes = new ShapeTable(program.shapes)
    this.#size = size
    this.#url = url
    const { name, text } = program.source
    this.#data = { name, text, modules: modules.found, signature: this.shapes.signature }
  }

  get ready(): number {
    return this.#threads?.filter(({ isReady }) => isReady).length ?? 0
  }

  /** Whether threads were started and none is left. */
  get isGone(): boolean {
    return this.#threads?.every(({ isGone }) => isGone) ?? false
  }

  start(): void {
    this.#threads ??= Array.from({ length: this.#size }, () => new Thread(this.#url, this.#data))
  }

  reduce(task: Task, signal: AbortSignal): Promise<Answer | undefined> {
    const [freest] = [...(this.#threads ?? [])]
      .filter(({ isReady }) => isReady)
      .sort((a, b) => a.waiting - b.waiting)
    return freest === undefined ? Promise.resolve(undefined) : freest.reduce(task, signal)
  }

  async close(): Promise<void> {
    await Promise.all((this.#threads ?? []).map((thread) => thread.close()))
    this.#threads = []
  }
}

function threadUrl(): URL {
  const suffix = import.meta.url.endsWith('.ts') ? 'ts' : 'js'
  return new URL(`./workers-thread.${suffix}`, import.meta.url)
}

/** One thread, and the tasks that it has. */
class Thread {
  isReady = false
  isGone = false
  readonly #worker: Worker
  readonly #stop = new Int32Array(new SharedArrayBuffer(4))
  /** In the order in which they will be answered. */
  readonly #tasks: ((answer: Answer | undefined) => void)[] = []

  constructor(url: URL, data: Omit<ThreadData, 'stop'>) {
    const workerData: ThreadData = { ...data, stop: this.#stop }
    this.#worker = new Worker(url, { workerData })
    this.#worker.on('message', (message: ThreadMessage) => {
      this.#hear(message)
    })
    // Out of memory, or a fault of ours: what it was at is reduced in the main thread.
    this.#worker.on('error', () => {
      this.#gone()
    })
    this.#worker.on('exit', () => {
      this.#gone()
    })
    this.#worker.unref()
  }

  get waiting(): number {
    return this.#tasks.length
  }

  async reduce(task: Task, signal: AbortSignal): Promise<Answer | undefined> {
    // It was asked to stop earlier, and has answered all of that.
    if (this.#tasks.length === 0) Atomics.store(this.#stop, 0, 0)
    const stop = (): void => {
      this.#askBack()
    }
    const answer = new Promise<Answer | undefined>((resolve) => {
      this.#tasks.push(resolve)
    })
    const { ints, doubles } = task.parcel
    this.#worker.postMessage(task, [ints.buffer, doubles.buffer])
    if (signal.aborted) stop()
    else signal.addEventListener('abort', stop)
    try {
      return await answer
    } finally {
      signal.removeEventListener('abort', stop)
    }
  }

  async close(): Promise<void> {
    this.#gone()
    await this.#worker.terminate()
  }

  #hear(message: ThreadMessage): void {
    switch (message.kind) {
      case 'ready':
        this.isReady = true
        return
      case 'unfit':
        void this.close()
        return
      case 'done':
        this.#tasks.shift()?.(message.answer)
    }
  }

  #askBack(): void {
    Atomics.store(this.#stop, 0, 1)
    setTimeout(() => {
      if (this.#tasks.length > 0 && Atomics.load(this.#stop, 0) === 1) void this.close()
    }, ANSWER_MILLISECONDS).unref()
  }

  #gone(): void {
    this.isReady = false
    this.isGone = true
    for (const task of this.#tasks.splice(0)) task(undefined)
  }
}
