import { apply } from './apply.ts'
import { areEqualBytes } from './bytes.ts'
import type { Amounts } from './copies.ts'
import { addCopies } from './copies.ts'
import { LogError } from './errors.ts'
import { InertnessDetector } from './inertness.ts'
import type { Lot } from './lot.ts'
import { readRecord } from './record-codec.ts'
import type { Commit, LogEntry, ShardId } from './record.ts'
import { emptyState } from './shard-state.ts'
import type { ShardState } from './shard-state.ts'

/**
 * Reads the logs of all shards from their beginning, as anybody can who does not take part: that each record
 * follows from those before, that what arrives is what departed, once and unchanged, and that after a
 * solution was said to be inert nothing has happened that did not come from outside.
 */
export class Audit {
  readonly #shards: number
  readonly #states = new Map<ShardId, ShardState>()
  /** Lots that have left and not arrived, by where they go. */
  readonly #onTheirWay = new Map<string, Lot>()
  readonly #detector: InertnessDetector
  #hasBeenInert = false

  constructor(shards: number) {
    this.#shards = shards
    this.#detector = new InertnessDetector(shards)
  }

  /** The next record of the stream. Throws a `LogError` where it cannot be right. */
  take(shard: ShardId, bytes: Uint8Array, sequence: number): LogEntry {
    const entry = readRecord(bytes)
    const wasInert = this.#hasBeenInert
    const state = this.#states.get(shard) ?? emptyState()
    this.#states.set(shard, apply(state, bytes, sequence, entry))
    this.#detector.take(shard, entry)
    if (entry.kind === 'commit') {
      for (const { to, n, molecules } of entry.departures)
        this.#onTheirWay.set(wayOf(shard, to, n), molecules)
      for (const { from, n, molecules } of entry.arrivals) {
        const way = wayOf(from, shard, n)
        const departed = this.#onTheirWay.get(way)
        if (departed === undefined || !areEqualBytes(departed.bytes, molecules.bytes))
          throw new LogError(`lot ${way} arrived and is not what left, or never left`)
        this.#onTheirWay.delete(way)
      }
      const isFromOutside = shard === this.#shards - 1
      if (wasInert && !isFromOutside && entry.reactions + entry.arrivals.length > 0)
        throw new LogError('the solution was inert, and something happened in it')
      if (isFromOutside && comesFromOutside(entry)) this.#hasBeenInert = false
    }
    this.#hasBeenInert ||= this.#detector.isInert
    return entry
  }

  get isInert(): boolean {
    return this.#detector.isInert
  }

  /** Shards that say of themselves that they have nothing to do. */
  get shardsAtRest(): number {
    return this.#detector.progress.inert
  }

  get reactions(): number {
    return this.#detector.reactions
  }

  stateOf(shard: ShardId): ShardState | undefined {
    return this.#states.get(shard)
  }

  /** All molecules: those in shards, and those between two. */
  molecules(): Amounts {
    const all: Amounts = new Map()
    for (const { molecules } of this.#states.values())
      for (const [molecule, copies] of molecules) addCopies(all, molecule, copies)
    for (const lot of this.#onTheirWay.values())
      for (const [molecule, copies] of lot.copies()) addCopies(all, molecule, copies)
    return all
  }
}

function wayOf(from: ShardId, to: ShardId, n: number): string {
  return `${String(n)} from ${String(from)} to ${String(to)}`
}

function comesFromOutside({ injected, departures }: Commit): boolean {
  return injected.length > 0 || departures.some(({ origin }) => origin === 'outside')
}
