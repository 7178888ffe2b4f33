import { NO_CHECKSUM, exchanged } from './checksum.ts'
import type { Checksum } from './checksum.ts'
import { addCopies, has, removeCopies } from './copies.ts'
import type { Amounts, Copies } from './copies.ts'
import { LogError } from './errors.ts'
import type { Departure, ShardId } from './record.ts'

/** All that a shard is, as its log tells. Only `apply` changes it. */
export interface ShardState {
  epoch: number
  /** The node that claimed it last; undefined before the first claim and after a seal. */
  owner: string | undefined
  /** The last record: its sequence in the log, and its checksum. */
  last: number
  before: Checksum
  /** Where the last whole snapshot begins; 0 where there is none. */
  snapshot: number
  readonly molecules: Amounts
  checksum: Checksum
  /** Lots that left and are not confirmed yet, the oldest first. */
  waiting: Departure[]
  /** How many lots went to each shard, and came from each. */
  readonly lastSent: Map<ShardId, number>
  readonly lastReceived: Map<ShardId, number>
  sent: number
  received: number
  reactions: number
  isInert: boolean
  failure: string | undefined
  /** The last injections that had a name, in their order. */
  readonly injections: Set<string>
  /** A snapshot of which not all parts are there yet. */
  unfinished: UnfinishedSnapshot | undefined
}

interface UnfinishedSnapshot {
  /** Where its first part stands. */
  readonly first: number
  next: number
  readonly parts: number
  readonly whole: ShardState
  /** Nothing was known of the shard before it. */
  readonly isStart: boolean
}

/** So many names of injections are remembered: who asks again asks soon. */
export const REMEMBERED_INJECTIONS = 1_000

export function emptyState(): ShardState {
  return {
    epoch: 0,
    owner: undefined,
    last: 0,
    before: NO_CHECKSUM,
    snapshot: 0,
    molecules: new Map(),
    checksum: NO_CHECKSUM,
    waiting: [],
    lastSent: new Map(),
    lastReceived: new Map(),
    sent: 0,
    received: 0,
    reactions: 0,
    isInert: false,
    failure: undefined,
    injections: new Set(),
    unfinished: undefined,
  }
}

/** Adds copies of a molecule, which may be negative, and keeps the checksum of all right. */
export function put(state: ShardState, molecule: string, copies: Copies[1]): void {
  changed(state, molecule, () => {
    addCopies(state.molecules, molecule, copies)
  })
}

/** Takes copies away; throws a `LogError` where they are not there. */
export function take(state: ShardState, molecule: string, copies: Copies[1]): void {
  if (!has(state.molecules, molecule, copies))
    throw new LogError(`${String(copies)} copies of ${molecule} were taken that are not there`)
  changed(state, molecule, () => {
    removeCopies(state.molecules, molecule, copies)
  })
}

function changed(state: ShardState, molecule: string, change: () => void): void {
  const before = state.molecules.get(molecule) ?? 0
  change()
  const after = state.molecules.get(molecule) ?? 0
  state.checksum = exchanged(state.checksum, molecule, { before, after })
}
