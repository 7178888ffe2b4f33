import type { Timer } from '../../interpreter/index.ts'

/** Time that passes when a test says so. */
export class VirtualTime {
  now = 0
  readonly #due = new Map<symbol, { readonly at: number; readonly then: () => void }>()

  readonly clock = (): number => this.now

  readonly timer: Timer = (milliseconds, then) => {
    const name = Symbol('timer')
    this.#due.set(name, { at: this.now + milliseconds, then })
    return () => {
      this.#due.delete(name)
    }
  }

  /** How many wait. */
  get waiting(): number {
    return this.#due.size
  }

  /** Lets time pass, and after each thing that was due all that follows from it. */
  async pass(milliseconds: number): Promise<void> {
    const end = this.now + milliseconds
    for (;;) {
      await settled()
      const [next] = [...this.#due].sort(([, a], [, b]) => a.at - b.at)
      if (next === undefined || next[1].at > end) break
      this.#due.delete(next[0])
      this.now = next[1].at
      next[1].then()
    }
    this.now = end
  }
}

/** When all that has been promised so far has happened. */
export async function settled(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve))
}
