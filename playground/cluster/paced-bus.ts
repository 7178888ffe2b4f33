import { readRecord } from '../../distribution/index.ts'
import type { Bus, StoredRecord } from '../../distribution/index.ts'

/**
 * A bus that lets so many records of reactions into the logs each second, so that somebody can watch: for nodes it
 * is a slow network. Claims and messages pass, so nobody is taken for dead.
 */
export class PacedBus implements Bus {
  readonly #bus: Bus
  readonly #waiting: (() => void)[] = []
  #perSecond = Infinity
  #timer: ReturnType<typeof setInterval> | undefined

  constructor(bus: Bus) {
    this.#bus = bus
  }

  /** 0 holds all records, ∞ none. */
  set perSecond(perSecond: number) {
    this.#perSecond = perSecond
    clearInterval(this.#timer)
    this.#timer = undefined
    if (perSecond === Infinity) for (const pass of this.#waiting.splice(0)) pass()
    else if (perSecond > 0) this.#tick(perSecond)
  }

  get perSecond(): number {
    return this.#perSecond
  }

  async append(log: string, bytes: Uint8Array, expected: number): Promise<number> {
    if (this.#perSecond !== Infinity && isCommit(bytes))
      await new Promise<void>((resolve) => this.#waiting.push(resolve))
    return await this.#bus.append(log, bytes, expected)
  }

  /** A timer comes 50 times a second at most: more than that pass together. */
  #tick(perSecond: number): void {
    const milliseconds = Math.max(20, 1000 / perSecond)
    let allowed = 0
    this.#timer = setInterval(() => {
      // What nobody wanted is not saved for later.
      allowed = Math.min(allowed + (perSecond * milliseconds) / 1000, perSecond / 10 + 1)
      while (allowed >= 1 && this.#waiting.length > 0) {
        allowed--
        this.#waiting.shift()?.()
      }
    }, milliseconds)
  }

  last(log: string): Promise<StoredRecord | undefined> {
    return this.#bus.last(log)
  }

  read(log: string, from: number): Promise<readonly StoredRecord[]> {
    return this.#bus.read(log, from)
  }

  follow(solution: string, from: number, take: (record: StoredRecord) => void): () => void {
    return this.#bus.follow(solution, from, take)
  }

  onReturn(act: () => void): () => void {
    return this.#bus.onReturn(act)
  }

  solutions(): Promise<readonly string[]> {
    return this.#bus.solutions()
  }

  forget(solution: string): Promise<void> {
    return this.#bus.forget(solution)
  }

  send(subject: string, text: string): void {
    this.#bus.send(subject, text)
  }

  listen(subject: string, take: (text: string) => void): () => void {
    return this.#bus.listen(subject, take)
  }

  sendBytes(subject: string, bytes: Uint8Array): void {
    this.#bus.sendBytes(subject, bytes)
  }

  listenBytes(subject: string, take: (bytes: Uint8Array) => void): () => void {
    return this.#bus.listenBytes(subject, take)
  }

  ask(subject: string, text: string, milliseconds: number): Promise<string> {
    return this.#bus.ask(subject, text, milliseconds)
  }

  answer(subject: string, reply: (text: string) => Promise<string | undefined>): () => void {
    return this.#bus.answer(subject, reply)
  }
}

/** Whether molecules react, go or come in it, rather than that somebody takes a shard. */
function isCommit(bytes: Uint8Array): boolean {
  try {
    return readRecord(bytes).kind === 'commit'
  } catch {
    return false
  }
}
