import type { Copies } from './copies.ts'

/** What became of the molecules of a shard. */
export interface Reacted {
  readonly removed: readonly Copies[]
  readonly added: readonly Copies[]
  readonly reactions: number
  /** Nothing can react any more. */
  readonly isInert: boolean
  /** A product has no value: nothing goes on. */
  readonly failure?: string
}

/**
 * The molecules that a node holds for a shard, and the rules that may take them. What reacts is only true
 * once it is in the log: a node that loses the shard forgets it.
 */
export interface LocalSolution {
  /** Molecules come in. */
  add(molecules: readonly Copies[]): void
  /** Molecules go away; they are there. */
  remove(molecules: readonly Copies[]): void
  /** Lets some reactions happen, so many at most or a few more. */
  react(most: number): Reacted
}

/** Which shard a molecule belongs to, by its exchange form. */
export type HomeOf = (molecule: string) => number

/** Molecules that only pass through: no rule acts here. */
export const passage: LocalSolution = {
  add: () => undefined,
  remove: () => undefined,
  react: () => ({ removed: [], added: [], reactions: 0, isInert: true }),
}
