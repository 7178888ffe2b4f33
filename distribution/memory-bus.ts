import { pause } from '../vm/index.ts'
import type { Bus, Reply, StoredRecord } from './bus.ts'
import { bytesOf, textIn } from './bytes.ts'
import { NobodyError, RefusedError, TooLargeError } from './errors.ts'

/**
 * Logs and messages of one process: for a cluster inside an application, and for tests. What is in it ends
 * with the process.
 */
export class MemoryBus implements Bus {
  readonly #logs = new Map<string, StoredRecord[]>()
  readonly #records: StoredRecord[] = []
  readonly #followers = new Set<(record: StoredRecord) => void>()
  readonly #listeners = new Map<string, Set<(message: string | Uint8Array) => void>>()
  readonly #answers = new Map<string, Set<Reply>>()
  readonly #returns = new Set<() => void>()
  readonly #largest: number

  /** With records of so many bytes at most. */
  constructor({ largest = Infinity }: { readonly largest?: number } = {}) {
    this.#largest = largest
  }

  async append(log: string, bytes: Uint8Array, expected: number): Promise<number> {
    // As over a network: nobody goes on before others had their turn.
    await pause()
    if (bytes.length > this.#largest) throw TooLargeError.of(bytes.length, this.#largest)
    const records = this.#logs.get(log) ?? []
    const last = records.at(-1)?.sequence ?? 0
    if (last !== expected) throw new RefusedError(last)
    const record = { log, sequence: this.#records.length + 1, bytes }
    this.#logs.set(log, records)
    records.push(record)
    this.#records.push(record)
    for (const take of this.#followers) take(record)
    return record.sequence
  }

  async last(log: string): Promise<StoredRecord | undefined> {
    await pause()
    return this.#logs.get(log)?.at(-1)
  }

  async read(log: string, from: number): Promise<readonly StoredRecord[]> {
    await pause()
    return (this.#logs.get(log) ?? []).filter(({ sequence }) => sequence >= from)
  }

  follow(solution: string, from: number, take: (record: StoredRecord) => void): () => void {
    const takeOwn = (record: StoredRecord): void => {
      if (record.log.startsWith(`${solution}.`) && record.sequence >= from) take(record)
    }
    for (const record of this.#records) takeOwn(record)
    this.#followers.add(takeOwn)
    return () => this.#followers.delete(takeOwn)
  }

  onReturn(act: () => void): () => void {
    this.#returns.add(act)
    return () => this.#returns.delete(act)
  }

  /** As a server does that was away and did not keep its last records: those after a sequence are lost. */
  lose(after: number): void {
    this.#records.splice(after)
    for (const [log, records] of this.#logs) {
      const kept = records.filter(({ sequence }) => sequence <= after)
      if (kept.length === 0) this.#logs.delete(log)
      else this.#logs.set(log, kept)
    }
    for (const act of this.#returns) act()
  }

  async solutions(): Promise<readonly string[]> {
    await pause()
    return [...this.#logs.keys()].flatMap((log) => /^(.*)\.program$/.exec(log)?.[1] ?? [])
  }

  async forget(solution: string): Promise<void> {
    await pause()
    for (const log of [...this.#logs.keys()])
      if (log.startsWith(`${solution}.`)) this.#logs.delete(log)
  }

  send(subject: string, text: string): void {
    this.#send(subject, text)
  }

  sendBytes(subject: string, bytes: Uint8Array): void {
    this.#send(subject, bytes)
  }

  #send(subject: string, message: string | Uint8Array): void {
    const listeners = this.#listeners.get(subject)
    if (listeners === undefined) return
    for (const take of listeners)
      void pause().then(() => {
        if (listeners.has(take)) take(message)
      })
  }

  async ask(subject: string, text: string): Promise<string> {
    await pause()
    for (const reply of this.#answers.get(subject) ?? []) {
      const answer = await reply(text)
      if (answer !== undefined) return answer
    }
    throw NobodyError.at(subject)
  }

  answer(subject: string, reply: Reply): () => void {
    let answers = this.#answers.get(subject)
    if (answers === undefined) this.#answers.set(subject, (answers = new Set()))
    answers.add(reply)
    return () => answers.delete(reply)
  }

  listen(subject: string, take: (text: string) => void): () => void {
    return this.#listen(subject, (message) => {
      take(typeof message === 'string' ? message : textIn(message))
    })
  }

  listenBytes(subject: string, take: (bytes: Uint8Array) => void): () => void {
    return this.#listen(subject, (message) => {
      take(typeof message === 'string' ? bytesOf(message) : message)
    })
  }

  #listen(subject: string, take: (message: string | Uint8Array) => void): () => void {
    let listeners = this.#listeners.get(subject)
    if (listeners === undefined) this.#listeners.set(subject, (listeners = new Set()))
    listeners.add(take)
    return () => listeners.delete(take)
  }
}
