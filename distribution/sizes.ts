/** How much goes into one record. */
export interface Sizes {
  /** Reactions, or a few more. */
  readonly reactions: number
  /** Lots that come in. */
  readonly arrivals: number
  /** Molecules in one lot that leaves. */
  readonly molecules: number
  /** Bytes in one lot that leaves, about, but for one molecule that is longer; four times as many come into a record. */
  readonly bytes: number
  /** Lots to one shard that are not confirmed yet: more wait where they are. */
  readonly window: number
  /** Records until the next snapshot. */
  readonly records: number
}

export const SIZES: Sizes = {
  reactions: 10_000,
  arrivals: 64,
  molecules: 4_000,
  bytes: 32_000,
  window: 16,
  records: 256,
}

/** So many full lots go into a record, and so many come out of one. */
export const TOGETHER = 4
