import type { Departure, ShardId } from './record.ts'

/** Lots to one shard that are sent again at once. */
const RESENT = 8

export interface SendingOptions {
  readonly send: (departure: Departure) => void
  /** So many lots to one shard are on their way at most. */
  readonly window: number
}

/**
 * Lots of the log on their way to other shards: sent in their order, as far as those before them are confirmed, and
 * sent again where nothing goes on.
 */
export class Sending {
  readonly #options: SendingOptions
  readonly #unsent = new Map<ShardId, Departure[]>()
  /** Up to which lot this owner has sent. */
  readonly #sent = new Map<ShardId, number>()
  /** Up to which lot others have confirmed. */
  readonly #confirmed = new Map<ShardId, number>()
  /** To whom something was sent, or who has confirmed something, since the last time that lots were sent again. */
  readonly #goingOn = new Set<ShardId>()

  constructor(options: SendingOptions) {
    this.#options = options
  }

  /** Lots that are in the log now, or were when the shard was taken over. */
  add(departures: readonly Departure[]): void {
    for (const departure of departures) {
      const { to, n } = departure
      const unsent = this.#unsent.get(to)
      if (unsent === undefined) this.#unsent.set(to, [departure])
      else unsent.push(departure)
      // The oldest that is there tells what was confirmed before.
      if (!this.#confirmed.has(to)) this.#confirmed.set(to, n - 1)
    }
    for (const to of new Set(departures.map((each) => each.to))) this.#next(to)
  }

  /** Whether that is news. */
  confirm(to: ShardId, n: number): boolean {
    if (n <= (this.#confirmed.get(to) ?? 0)) return false
    this.#confirmed.set(to, n)
    this.#next(to)
    return true
  }

  #next(to: ShardId): void {
    const unsent = this.#unsent.get(to) ?? []
    const most = (this.#confirmed.get(to) ?? 0) + this.#options.window
    const later = unsent.findIndex(({ n }) => n > most)
    for (const departure of unsent.splice(0, later < 0 ? unsent.length : later)) {
      this.#sent.set(to, departure.n)
      this.#options.send(departure)
    }
    if (unsent.length === 0) this.#unsent.delete(to)
    this.#goingOn.add(to)
  }

  /** Sends again what was not confirmed, the oldest first, where nothing has gone on since it was last asked to. */
  again(waiting: readonly Departure[]): void {
    const counts = new Map<ShardId, number>()
    for (const departure of waiting) {
      const { to, n } = departure
      const count = counts.get(to) ?? 0
      const isOnItsWay = n <= (this.#sent.get(to) ?? 0) && n > (this.#confirmed.get(to) ?? 0)
      if (!isOnItsWay || count >= RESENT || this.#goingOn.has(to)) continue
      counts.set(to, count + 1)
      this.#options.send(departure)
    }
    this.#goingOn.clear()
  }

  /** How many lots to each shard are not confirmed. */
  unconfirmed(waiting: readonly Departure[]): ReadonlyMap<ShardId, number> {
    const counts = new Map<ShardId, number>()
    for (const { to, n } of waiting)
      if (n > (this.#confirmed.get(to) ?? 0)) counts.set(to, (counts.get(to) ?? 0) + 1)
    return counts
  }

  /** Up to which lot others have confirmed, where the log does not say so yet. */
  newlyConfirmed(waiting: readonly Departure[]): (readonly [ShardId, number])[] {
    const oldest = new Map<ShardId, number>()
    for (const { to, n } of waiting) if (!oldest.has(to)) oldest.set(to, n)
    return [...oldest].flatMap(([to, n]) => {
      const confirmed = this.#confirmed.get(to) ?? 0
      return confirmed >= n ? [[to, confirmed] as const] : []
    })
  }
}
