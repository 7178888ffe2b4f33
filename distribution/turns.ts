import { pause } from '../vm/index.ts'

interface Waiting {
  readonly act: () => void
  readonly fail: (error: unknown) => void
}

/** After so many milliseconds of work what was sent meanwhile goes out, and what came is looked at. */
const LONG = 2

/**
 * What the shards of a node have to work out, one after the other. While one of them works, what those before have
 * written is on its way: a server that got all of it at once would wait for the node, and then the node for the server.
 */
export class Turns {
  readonly #clock: () => number
  readonly #waiting: Waiting[] = []
  #isRunning = false
  #since = -Infinity

  constructor(clock: () => number) {
    this.#clock = clock
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

  async #run(): Promise<void> {
    this.#isRunning = true
    for (let next = this.#waiting.shift(); next !== undefined; next = this.#waiting.shift()) {
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
