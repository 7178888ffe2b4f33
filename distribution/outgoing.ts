import { addCopies, lengthOf, removeCopies, sizeOf } from './copies.ts'
import type { Amounts, Copies } from './copies.ts'
import type { HomeOf } from './local-solution.ts'
import type { Departure, ShardId } from './record.ts'
import type { Sizes } from './sizes.ts'

export interface OutgoingOptions {
  readonly shard: ShardId
  readonly sizes: Sizes
  readonly homeOf: HomeOf
  /** Whether a molecule stays here for now, wherever it belongs. */
  readonly holds: (molecule: string) => boolean
}

/** How many lots have gone to a shard so far, and how many of them it has not confirmed. */
export interface Traffic {
  readonly lastSent: (to: ShardId) => number
  readonly unconfirmed: (to: ShardId) => number
}

/** Molecules in a shard that are to go elsewhere: where they belong, or where they are lent. */
export class Outgoing {
  readonly #options: OutgoingOptions
  readonly #away = new Map<ShardId, Amounts>()
  /** Molecules that go where they do not belong, until they come back. */
  readonly #lent = new Map<string, ShardId>()

  constructor(options: OutgoingOptions) {
    this.#options = options
  }

  get isEmpty(): boolean {
    return this.#away.size === 0
  }

  /** Whether a molecule is to be lent. */
  isLent(molecule: string): boolean {
    return this.#lent.has(molecule)
  }

  /** Notes which of the molecules that went and came are to go elsewhere. */
  note(removed: readonly Copies[], added: readonly Copies[]): void {
    for (const [molecule, copies] of added) {
      const to = this.#goal(molecule)
      if (to !== undefined) this.#put(to, molecule, copies)
    }
    for (const [molecule, copies] of removed) {
      const to = this.#goal(molecule)
      if (to === undefined) continue
      const away = this.#away.get(to) ?? new Map<string, Copies[1]>()
      removeCopies(away, molecule, copies)
      if (!away.has(molecule)) this.#lent.delete(molecule)
      if (away.size === 0) this.#away.delete(to)
      else this.#away.set(to, away)
    }
  }

  /** A molecule that belongs here goes elsewhere for a while, all copies of it that are here. */
  lend(molecule: string, copies: Copies[1], to: ShardId): void {
    const { shard } = this.#options
    const isPlain = copies > 0 && copies !== Infinity
    if (!isPlain || to === shard || this.#goal(molecule) !== undefined) return
    this.#lent.set(molecule, to)
    this.#put(to, molecule, copies)
  }

  /**
   * Lots for other shards, as far as these have room, and as many as a record holds: a few long lots rather than
   * many short ones, as each is a record where it arrives. Those first who have the fewest on their way.
   */
  lots(traffic: Traffic, mayLeave: (molecule: string) => boolean = () => true): Departure[] {
    const { window, characters } = this.#options.sizes
    const open = [...this.#away.keys()]
      .map((to) => ({ to, unconfirmed: traffic.unconfirmed(to) }))
      .filter(({ unconfirmed }) => unconfirmed < window)
      .sort((a, b) => a.unconfirmed - b.unconfirmed)
    const departures: Departure[] = []
    let left = TOGETHER * characters
    for (const { to } of open) {
      if (left <= 0) break
      const away = this.#away.get(to) ?? new Map<string, Copies[1]>()
      const molecules = this.#lotOf(away, mayLeave)
      if (molecules.length === 0) continue
      left -= sizeOf(molecules)
      for (const [molecule] of molecules) {
        away.delete(molecule)
        this.#lent.delete(molecule)
      }
      if (away.size === 0) this.#away.delete(to)
      departures.push({ to, n: traffic.lastSent(to) + 1, molecules })
    }
    return departures
  }

  #put(to: ShardId, molecule: string, copies: Copies[1]): void {
    let away = this.#away.get(to)
    if (away === undefined) this.#away.set(to, (away = new Map<string, Copies[1]>()))
    addCopies(away, molecule, copies)
  }

  /** Where a molecule is to go; undefined where it stays. */
  #goal(molecule: string): ShardId | undefined {
    const lent = this.#lent.get(molecule)
    if (lent !== undefined) return lent
    const { homeOf, shard, holds } = this.#options
    const home = homeOf(molecule)
    return home === shard || holds(molecule) ? undefined : home
  }

  #lotOf(away: Amounts, mayLeave: (molecule: string) => boolean): readonly Copies[] {
    const { characters, molecules: most } = this.#options.sizes
    const molecules: Copies[] = []
    let left = characters
    for (const [molecule, copies] of away) {
      if (!mayLeave(molecule)) continue
      left -= lengthOf(molecule)
      const isFull = left < 0 || molecules.length >= most
      if (isFull && molecules.length > 0) break
      molecules.push([molecule, copies])
    }
    return molecules
  }
}

/** So many full lots go into a record, and so many come out of one. */
export const TOGETHER = 4
