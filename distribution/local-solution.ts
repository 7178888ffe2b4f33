import type { Copies } from './copies.ts'
import type { Lot } from './lot.ts'

/** What became of the molecules of a shard. */
export interface Reacted {
  readonly removed: readonly Copies[]
  readonly added: readonly Copies[]
  readonly reactions: number
  /** All that has arrived since the last time was taken, beside what was removed: what is left of it is among the added. */
  readonly areArrivalsTaken?: boolean
  /** Nothing can react any more. */
  readonly isInert: boolean
  /** Calls are out, or are to be made: something will come. */
  readonly isWaiting?: boolean
  /** Where it is not inert and somebody is to know: the molecules in which something still reacts. */
  readonly active?: ReadonlyMap<string, Copies[1]>
  /** A product has no value: nothing goes on. */
  readonly failure?: string
  /** More would have happened than are allowed. */
  readonly isStopped?: boolean
}

/**
 * The molecules that a node holds for a shard, and the rules that may take them. What reacts is only true
 * once it is in the log: a node that loses the shard forgets it.
 */
export interface LocalSolution {
  /** Molecules come in. */
  add(molecules: Lot): void
  /**
   * The same, of which `react` may say that they were taken. Where they are inert, nothing inside them can react: that
   * was found out elsewhere.
   */
  arrive(molecules: Lot, how: { readonly areInert: boolean }): void
  /** Molecules go away; they are there. */
  remove(molecules: readonly Copies[]): void
  /** Lets some reactions happen, so many at most or a few more, and never more than are allowed. */
  react(most: number, allowed?: number): Reacted
  /** Makes the calls that the molecules wait for, as far as they are in the log. */
  startCalls?(): void
  /** Whether a molecule stays here for now, wherever it belongs: a call is out for it. */
  holds?(molecule: string): boolean
  /** Nobody wants to know of it any more. */
  end?(): void
}

/** Which shard a molecule belongs to, by its exchange form. */
export type HomeOf = (molecule: string) => number

/** Molecules that only pass through: no rule acts here. */
export const passage: LocalSolution = {
  add: () => undefined,
  arrive: () => undefined,
  remove: () => undefined,
  react: () => ({ removed: [], added: [], reactions: 0, isInert: true }),
}
