import type { Checksum } from './checksum.ts'
import { addCopies, changeBetween } from './copies.ts'
import type { Amounts, Copies } from './copies.ts'
import type { Lot } from './lot.ts'

/** Nodes that speak another version do not understand each other's records. */
export const PROTOCOL = 3

/** The number of a shard of a solution, from 0 on. One more than the last is where molecules come in from outside. */
export type ShardId = number

/** Molecules on their way to another shard, the n-th lot that goes there. */
export interface Departure {
  readonly to: ShardId
  readonly n: number
  readonly molecules: Lot
  readonly origin: Origin
}

/**
 * Where molecules that leave have been: in the shard; nowhere, as reactions of this very record have made them; or
 * outside, from where they came with this record. Only what was in the shard is taken from it.
 */
export type Origin = 'here' | 'made' | 'outside'

/** The same, as it is taken in. */
export interface Arrival {
  readonly from: ShardId
  readonly n: number
  readonly molecules: Lot
}

/** What a shard says of itself in each of its records: how it stands once that is in the log. */
export interface Word {
  /** Nothing will start here by itself: only an arrival can change that. */
  readonly isInert: boolean
  /** How many lots have been sent and received, since ever, and how many reactions there were. */
  readonly sent: number
  readonly received: number
  readonly total: number
  /** Why nothing goes on: a product that has no value. */
  readonly failure?: string
}

/** What each record says of the ones before it, and of what they have come to. */
interface Link extends Word {
  /** The claim that its writer goes by. */
  readonly epoch: number
  /** The checksum of the record before. */
  readonly before: Checksum
  /** The sequence where the last whole snapshot begins; 0 where there is none. */
  readonly snapshot: number
}

/** A node takes the shard over: whoever held it before is refused from now on. */
export interface Claim extends Link {
  readonly kind: 'claim'
  readonly node: string
}

/** What a shard did: any number of reactions, and molecules that went and came. */
export interface Commit extends Link {
  readonly kind: 'commit'
  readonly removed: readonly Copies[]
  readonly added: readonly Copies[]
  readonly arrivals: readonly Arrival[]
  /** Reactions took all that arrived, beside what was removed: what is as it was before is among the added then. */
  readonly areArrivalsTaken: boolean
  /** What came in from outside and stays, at the shard that is there for it. */
  readonly injected: readonly Copies[]
  /** The names of the injections that this was, where whoever sent them gave one: none is taken twice. */
  readonly injections?: readonly string[]
  readonly departures: readonly Departure[]
  /** Up to which lot each shard has confirmed what came from here. */
  readonly confirmed: readonly (readonly [to: ShardId, n: number])[]
  /** How many reactions this was. */
  readonly reactions: number
  /** Of the molecules that are here now. */
  readonly checksum: Checksum
}

/** A part of all that a shard is, so that what came before can be forgotten. */
export interface Snapshot extends Link {
  readonly kind: 'snapshot'
  readonly part: number
  readonly parts: number
  readonly molecules: readonly Copies[]
  /** Lots that left and are not confirmed, the oldest first. */
  readonly waiting: readonly Departure[]
  /** In the last part: all else. */
  readonly rest?: SnapshotRest
}

export interface SnapshotRest {
  readonly owner: string
  readonly lastSent: readonly (readonly [to: ShardId, n: number])[]
  readonly lastReceived: readonly (readonly [from: ShardId, n: number])[]
  readonly checksum: Checksum
  /** The last injections by name. */
  readonly injections: readonly string[]
}

/** The owner gives the shard away: anybody may claim it at once. */
export interface Seal extends Link {
  readonly kind: 'seal'
}

export type LogEntry = Claim | Commit | Snapshot | Seal

/** What happened in a record, without what it only says to be short. */
export interface Events {
  /** What came in from outside, and all that reactions took and made. */
  readonly injected: readonly Copies[]
  readonly removed: readonly Copies[]
  readonly added: readonly Copies[]
}

/** All arrivals have come before that; all departures leave after it. What was taken and made again is in neither. */
export function eventsOf(commit: Commit): Events {
  const { arrivals, areArrivalsTaken, departures } = commit
  const left = (from: Origin): Copies[] =>
    departures.flatMap(({ origin, molecules }) => (origin === from ? molecules.copies() : []))
  const injected = [...commit.injected, ...left('outside')]
  const [removed, added] = [commit.removed, [...commit.added, ...left('made')]]
  if (!areArrivalsTaken) return { injected, removed, added }
  const before: Amounts = new Map()
  const after: Amounts = new Map()
  for (const { molecules } of arrivals)
    for (const [molecule, copies] of molecules.copies()) addCopies(before, molecule, copies)
  for (const [molecule, copies] of removed) addCopies(before, molecule, copies)
  for (const [molecule, copies] of added) addCopies(after, molecule, copies)
  return { injected, ...changeBetween(before, after) }
}
