import { MessageChannel, receiveMessageOnPort, Worker } from 'node:worker_threads'
import type { MessagePort } from 'node:worker_threads'
import { ourFolders } from '../stray-errors.ts'
import type { BlockedData, BlockedMessage } from './blocked-thread.ts'

const BEAT_MILLISECONDS = 50

interface BlockedOptions {
  /** Of the run, from now; ∞ for none. */
  readonly milliseconds: number
  readonly isWatched: boolean
  /** A host function had not come back for a while, and signals ended the process: now they need not. */
  readonly onFree: () => void
  /** A host function was stopped at a place, as the time was over. */
  readonly onTerminated: (place: string) => void
}

/** Watches, from another thread, whether host functions come back. */
export class BlockedWatch {
  readonly #worker: Worker
  readonly #port: MessagePort
  readonly #timer: NodeJS.Timeout
  readonly #options: BlockedOptions

  constructor(options: BlockedOptions) {
    this.#options = options
    const beats = new Int32Array(new SharedArrayBuffer(4))
    const { port1, port2 } = new MessageChannel()
    this.#port = port1
    const workerData: BlockedData = {
      beats,
      ours: ourFolders,
      deadline: Date.now() + options.milliseconds,
      isWatched: options.isWatched,
      port: port2,
    }
    const suffix = import.meta.url.endsWith('.ts') ? 'ts' : 'js'
    this.#worker = new Worker(new URL(`./blocked-thread.${suffix}`, import.meta.url), {
      workerData,
      transferList: [port2],
    })
    // A Node without an inspector can do without.
    this.#worker.on('error', () => undefined)
    this.#worker.unref()
    this.#port.unref()
    this.#timer = setInterval(() => {
      Atomics.add(beats, 0, 1)
      this.look()
    }, BEAT_MILLISECONDS).unref()
  }

  /** Hears what the other thread has told. Gives whether it has stopped a function. */
  look(): boolean {
    for (;;) {
      const received = receiveMessageOnPort(this.#port) as { message: BlockedMessage } | undefined
      if (received === undefined) return false
      const { kind, place } = received.message
      this.#options.onFree()
      if (kind === 'released') continue
      this.#options.onTerminated(place)
      return true
    }
  }

  /** Ends when the other thread has gone: while it is connected, Node does not end without a word. */
  async close(): Promise<void> {
    clearInterval(this.#timer)
    this.#port.close()
    await this.#worker.terminate()
  }
}
