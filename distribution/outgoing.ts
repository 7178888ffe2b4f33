import { isInfinite } from '../interpreter/index.ts'
import { addCopies, lengthOf, removeCopies, sizeOf } from './copies.ts'
import type { Amounts, Copies } from './copies.ts'
import { Lot } from './lot.ts'
import type { HomeOf } from './local-solution.ts'
import type { Departure, Origin, ShardId } from './record.ts'
import type { Sizes } from './sizes.ts'
import { TOGETHER } from './sizes.ts'

/** What was made or came in only just. */
export interface Fresh {
  readonly made: readonly Copies[]
  readonly injected: readonly Copies[]
}

/** Lots that leave, and what of the fresh molecules stays for now. */
export interface Left extends Fresh {
  readonly departures: readonly Departure[]
}

/** How many lots have gone to each shard so far, and how many of them it has not confirmed. */
export interface Traffic {
  readonly lastSent: ReadonlyMap<ShardId, number>
  readonly unconfirmed: ReadonlyMap<ShardId, number>
}

export interface OutgoingOptions {
  readonly shard: ShardId
  readonly sizes: Sizes
  readonly homeOf: HomeOf
  /** Whether a molecule stays here for now, wherever it belongs. */
  readonly holds: (molecule: string) => boolean
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

  /**
   * Lots for other shards, as far as these have room, and as many as a record holds: a few long lots rather than
   * many short ones, as each is a record where it arrives. Those first who have the fewest on their way. What is fresh
   * and leaves at once has never been in the shard: the rest of it is.
   */
  lots(
    fresh: Fresh,
    { unconfirmed, lastSent }: Traffic,
    mayLeave: (molecule: string) => boolean = () => true,
  ): Left {
    if (this.isEmpty) return { ...fresh, departures: [] }
    const [made, injected] = [amountsOf(fresh.made), amountsOf(fresh.injected)]
    const open = [...this.#away.keys()]
      .map((to) => ({ to, count: unconfirmed.get(to) ?? 0, n: lastSent.get(to) ?? 0 }))
      .sort((a, b) => a.count - b.count)
    const departures: Departure[] = []
    let left = TOGETHER * this.#options.sizes.bytes
    for (let next = open.shift(); next !== undefined && left > 0; next = open.shift()) {
      const { to, count, n } = next
      if (count >= this.#options.sizes.window) continue
      const leaving = this.#lotFor(to, mayLeave)
      if (leaving.length === 0) continue
      left -= sizeOf(leaving)
      const origin = originOf(leaving, made, injected)
      departures.push({ to, n: n + 1, molecules: Lot.of(leaving), origin })
      // One lot for each, and then the next ones.
      if (this.#away.has(to)) open.push({ to, count: count + 1, n: n + 1 })
    }
    return { made: [...made], injected: [...injected], departures }
  }

  #lotFor(to: ShardId, mayLeave: (molecule: string) => boolean): readonly Copies[] {
    const away = this.#away.get(to) ?? new Map<string, Copies[1]>()
    const molecules: Copies[] = []
    let left = this.#options.sizes.bytes
    for (const [molecule, copies] of away) {
      if (!mayLeave(molecule)) continue
      left -= lengthOf(molecule)
      const isFull = left < 0 || molecules.length >= this.#options.sizes.molecules
      if (isFull && molecules.length > 0) break
      molecules.push([molecule, copies])
    }
    if (molecules.length === away.size) this.#away.delete(to)
    else for (const [molecule] of molecules) away.delete(molecule)
    if (this.#lent.size > 0) for (const [molecule] of molecules) this.#lent.delete(molecule)
    return molecules
  }
}

/** Where molecules that leave have been. What is fresh is taken out of there. */
function originOf(leaving: readonly Copies[], made: Amounts, injected: Amounts): Origin {
  for (const [fresh, origin] of [
    [made, 'made'],
    [injected, 'outside'],
  ] as const) {
    if (!isOf(fresh, leaving)) continue
    for (const [molecule] of leaving) fresh.delete(molecule)
    return origin
  }
  return 'here'
}

/** Whether these molecules, with all copies that are there, are among some. Endless ones may have been there, too. */
function isOf(amounts: Amounts, molecules: readonly Copies[]): boolean {
  return molecules.every(
    ([molecule, copies]) => amounts.get(molecule) === copies && !isInfinite(copies),
  )
}

function amountsOf(molecules: readonly Copies[]): Amounts {
  const amounts: Amounts = new Map()
  for (const [molecule, copies] of molecules) addCopies(amounts, molecule, copies)
  return amounts
}
