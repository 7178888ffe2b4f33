import type { LogEntry, ShardId, Word } from './record.ts'

/**
 * Reads the records of all shards in the order of their stream, and tells when a solution is inert: each shard
 * says so, and as many lots have come as have left. Every beginning of the stream is a cut that could have been
 * seen at once, as an arrival stands after its departure; so at such a point nothing is on its way and nothing
 * can start, and it stays so until something comes in from outside (Mattern 1987, the four-counter method, needs
 * two such looks where several streams have no common order).
 */
export class InertnessDetector {
  readonly #shards: number
  readonly #last = new Map<ShardId, Word>()
  #notInert: number
  #onTheirWay = 0
  #failure: string | undefined
  #reactions = 0

  /** Of so many shards, the one for what comes from outside included. */
  constructor(shards: number) {
    this.#shards = shards
    this.#notInert = shards
  }

  /** The next record of the stream. */
  take(shard: ShardId, entry: LogEntry): void {
    const { isInert, sent, received, total, failure } = entry
    this.#failure ??= failure
    const before = this.#last.get(shard) ?? NOTHING
    this.#last.set(shard, { isInert, sent, received, total })
    this.#reactions += total - before.total
    this.#onTheirWay += sent - received - (before.sent - before.received)
    this.#notInert += Number(before.isInert) - Number(isInert)
  }

  get isInert(): boolean {
    return this.#notInert === 0 && this.#onTheirWay === 0 && this.#last.size === this.#shards
  }

  /** How many reactions there were. */
  get reactions(): number {
    return this.#reactions
  }

  get failure(): string | undefined {
    return this.#failure
  }

  /** For people: how many shards are inert, and how many lots are between two. */
  get progress(): { readonly inert: number; readonly onTheirWay: number } {
    return { inert: this.#shards - this.#notInert, onTheirWay: this.#onTheirWay }
  }
}

const NOTHING: Word = { isInert: false, sent: 0, received: 0, total: 0 }
