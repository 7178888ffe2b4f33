import { pause } from '../vm/index.ts'
import type { Bus } from './bus.ts'

interface Waiting {
  readonly act: () => void
  readonly fail: (error: unknown) => void
}

/** After so many milliseconds of work what was sent meanwhile goes out, and what came is looked at. */
const LONG = 2
/** With so many records, or bytes in them, on their way to the log, nothing more is worked out. */
const MOST_RECORDS = 16
const MOST_BYTES = 256_000

/**
 * What the shards of a node have to work out, one after the other. While one of them works, what those before have
 * written is on its way: a server that got all of it at once would wait for the node, and then the node for the server.
 * Where the server is slower, they wait for it before they react: what has happened is to be in the log soon.
 */
export class Turns {
  readonly #clock: () => number
  readonly #bus: Pick<Bus, 'append'>
  readonly #waiting: Waiting[] = []
  #isRunning = false
  #since = -Infinity
  #records = 0
  #bytes = 0
  /** Called when the server has answered. */
  #goOn: () => void = () => undefined

  constructor({ clock, bus }: { readonly clock: () => number; readonly bus: Pick<Bus, 'append'> }) {
    this.#clock = clock
    this.#bus = bus
  }

  /** Gives what it comes to when it was its turn. */
  take<T>(act: () => T): Promise<T> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({
        act: () => {
          resolve(act())
        },
        fail: reject,
      })
      if (!this.#isRunning) void this.#run()
    })
  }

  /** Adds a record to a log, as the bus does, and counts it until there is an answer. */
  async append(log: string, bytes: Uint8Array, expected: number): Promise<number> {
    this.#records++
    this.#bytes += bytes.length
    try {
      return await this.#bus.append(log, bytes, expected)
    } finally {
      this.#records--
      this.#bytes -= bytes.length
      this.#goOn()
    }
  }

  async #run(): Promise<void> {
    this.#isRunning = true
    for (let next = this.#waiting.shift(); next !== undefined; next = this.#waiting.shift()) {
      while (this.#records >= MOST_RECORDS || this.#bytes >= MOST_BYTES)
        await new Promise<void>((resolve) => (this.#goOn = resolve))
      if (this.#clock() - this.#since > LONG) {
        await pause()
        this.#since = this.#clock()
      }
      try {
        next.act()
      } catch (error) {
        next.fail(error)
      }
    }
    this.#isRunning = false
  }
}
