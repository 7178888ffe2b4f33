import type { LogEntry, ShardId } from './record.ts'

interface LastWord {
  readonly failure?: string | undefined
  readonly isInert: boolean
  readonly sent: number
  readonly received: number
}

/**
 * Reads the records of all shards in the order of their stream, and tells when a solution is inert: each shard
 * says so, and as many lots have come as have left. Every beginning of the stream is a cut that could have been
 * seen at once, as an arrival stands after its departure; so at such a point nothing is on its way and nothing
 * can start, and it stays so until something comes in from outside (Mattern 1987, the four-counter method, needs
 * two such looks where several streams have no common order).
 */
export class InertnessDetector {
  readonly #shards: number
  readonly #last = new Map<ShardId, LastWord>()
  #notInert: number
  #onTheirWay = 0
  #failure: string | undefined
  /** How many reactions there were. */
  reactions = 0

  /** Of so many shards, the one for what comes from outside included. */
  constructor(shards: number) {
    this.#shards = shards
    this.#notInert = shards
  }

  /** The next record of the stream. */
  take(shard: ShardId, entry: LogEntry): void {
    if (entry.kind === 'claim' || entry.kind === 'seal') return
    const { isInert, sent, received, failure } =
      entry.kind === 'commit' ? entry : (entry.rest ?? this.#last.get(shard) ?? NOTHING)
    if (entry.kind === 'commit') this.reactions += entry.reactions
    this.#failure ??= failure
    const before = this.#last.get(shard) ?? NOTHING
    this.#last.set(shard, { isInert, sent, received })
    this.#onTheirWay += sent - received - (before.sent - before.received)
    this.#notInert += Number(before.isInert) - Number(isInert)
  }

  get isInert(): boolean {
    return this.#notInert === 0 && this.#onTheirWay === 0 && this.#last.size === this.#shards
  }

  get failure(): string | undefined {
    return this.#failure
  }

  /** For people: how many shards are inert, and how many lots are between two. */
  get progress(): { readonly inert: number; readonly onTheirWay: number } {
    return { inert: this.#shards - this.#notInert, onTheirWay: this.#onTheirWay }
  }
}

const NOTHING: LastWord = { isInert: false, sent: 0, received: 0 }
