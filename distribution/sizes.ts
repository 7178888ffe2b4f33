/** How much goes into one record. */
export interface Sizes {
  /** Reactions, or a few more. */
  readonly reactions: number
  /** Lots that come in. */
  readonly arrivals: number
  /** Molecules in one lot that leaves. */
  readonly molecules: number
  /** Characters in one lot that leaves, but for one molecule that is longer; four times as many come into a record. */
  readonly characters: number
  /** Lots to one shard that are not confirmed yet: more wait where they are. */
  readonly window: number
  /** Records until the next snapshot. */
  readonly records: number
}

export const SIZES: Sizes = {
  reactions: 10_000,
  arrivals: 64,
  molecules: 1_000,
  characters: 48_000,
  window: 16,
  records: 256,
}
