import { apply } from './apply.ts'
import type { Amounts, Copies } from './copies.ts'
import { addCopies } from './copies.ts'
import { LogError } from './errors.ts'
import { InertnessDetector } from './inertness.ts'
import { readRecord } from './record.ts'
import type { LogEntry, ShardId } from './record.ts'
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
  readonly #onTheirWay = new Map<string, readonly Copies[]>()
  readonly #detector: InertnessDetector
  #hasBeenInert = false

  constructor(shards: number) {
    this.#shards = shards
    this.#detector = new InertnessDetector(shards)
  }

  /** The next record of the stream. Throws a `LogError` where it cannot be right. */
  take(shard: ShardId, text: string, sequence: number): LogEntry {
    const entry = readRecord(text)
    const wasInert = this.#hasBeenInert
    this.#states.set(shard, apply(this.#states.get(shard) ?? emptyState(), text, sequence))
    this.#detector.take(shard, entry)
    if (entry.kind === 'commit') {
      for (const { to, n, molecules } of entry.departures)
        this.#onTheirWay.set(wayOf(shard, to, n), molecules)
      for (const { from, n, molecules } of entry.arrivals) {
        const way = wayOf(from, shard, n)
        if (!areTheSame(this.#onTheirWay.get(way), molecules))
          throw new LogError(`lot ${way} arrived and is not what left, or never left`)
        this.#onTheirWay.delete(way)
      }
      const isFromOutside = shard === this.#shards - 1
      if (wasInert && !isFromOutside && entry.reactions + entry.arrivals.length > 0)
        throw new LogError('the solution was inert, and something happened in it')
      if (isFromOutside && entry.injected.length > 0) this.#hasBeenInert = false
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
    for (const molecules of this.#onTheirWay.values())
      for (const [molecule, copies] of molecules) addCopies(all, molecule, copies)
    return all
  }
}

function wayOf(from: ShardId, to: ShardId, n: number): string {
  return `${String(n)} from ${String(from)} to ${String(to)}`
}

function areTheSame(a: readonly Copies[] | undefined, b: readonly Copies[]): boolean {
  if (a?.length !== b.length) return false
  return a.every(([molecule, copies], i) => {
    const other = b[i]
    return other !== undefined && molecule === other[0] && copies === other[1]
  })
}
