import type { Lot } from './lot.ts'
import type { Arrival, ShardId } from './record.ts'

/** Molecules as they travel between shards: at most once each time, and sent again until they are confirmed. */
export interface Parcel {
  readonly from: ShardId
  readonly to: ShardId
  readonly n: number
  readonly molecules: Lot
}

/** Says that all lots up to one are in the log of the shard that they went to. */
export interface Confirmation {
  readonly from: ShardId
  readonly to: ShardId
  readonly n: number
}

/** What has come for a shard and is not in its log yet. */
export class Inbox {
  /** By where it comes from: the lots that follow the last one in the log, in order. */
  readonly #next = new Map<ShardId, Parcel[]>()
  /** Whom to tell how far the log goes, though nothing new came: the confirmation was lost. */
  readonly #late = new Set<ShardId>()
  /** Lots that came before, and lots before which one is missing: both are dropped. */
  repeated = 0
  early = 0

  /** A lot has come. It counts only when it is the next one: others are sent again. */
  take(parcel: Parcel, lastReceived: number): void {
    const row = this.#next.get(parcel.from) ?? []
    const expected = lastReceived + row.length + 1
    if (parcel.n < expected) {
      this.repeated++
      if (parcel.n <= lastReceived) this.#late.add(parcel.from)
    } else if (parcel.n > expected) this.early++
    else {
      row.push(parcel)
      this.#next.set(parcel.from, row)
    }
  }

  get isEmpty(): boolean {
    return this.#next.size === 0
  }

  /** Lots that can go into the log now, so many and of so many bytes at most, but one at least; they are out of here then. */
  arrivals(most: number, bytes: number): Arrival[] {
    const arrivals: Arrival[] = []
    let left = bytes
    for (const [from, row] of this.#next) {
      for (let next = row[0]; next !== undefined; next = row[0]) {
        left -= next.molecules.bytes.length
        if (arrivals.length > 0 && (arrivals.length >= most || left < 0)) return arrivals
        row.shift()
        arrivals.push({ from, n: next.n, molecules: next.molecules })
      }
      this.#next.delete(from)
    }
    return arrivals
  }

  /** Whom to tell again how far the log goes; once. */
  late(): readonly ShardId[] {
    const late = [...this.#late]
    this.#late.clear()
    return late
  }
}
