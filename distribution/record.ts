import { checksumOf } from './checksum.ts'
import type { Checksum } from './checksum.ts'
import type { Copies } from './copies.ts'
import { LogError } from './errors.ts'
import { areAll, areCopies, isCount, isLot, isObject, parsed, textOf } from './json.ts'

/** Nodes that speak another version do not understand each other's records. */
export const PROTOCOL = 2

/** The number of a shard of a solution, from 0 on. One more than the last is where molecules come in from outside. */
export type ShardId = number

/** Molecules on their way to another shard, the n-th lot that goes there. */
export interface Departure {
  readonly to: ShardId
  readonly n: number
  readonly molecules: readonly Copies[]
}

/** The same, as it is taken in. */
export interface Arrival {
  readonly from: ShardId
  readonly n: number
  readonly molecules: readonly Copies[]
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
  /** What came in from outside, at the shard that is there for it. */
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

/** The bytes of a record are the UTF-8 of this text. */
export function recordText(entry: LogEntry): string {
  return textOf({ v: PROTOCOL, ...entry })
}

/** Reads a record. Throws a `LogError` for what is none. */
export function readRecord(text: string): LogEntry {
  const value = parsed(text)
  if (!isObject(value)) throw new LogError('a record is no object')
  if (value['v'] !== PROTOCOL)
    throw new LogError(
      `a record is of version ${String(value['v'])} of the protocol, and this node speaks ${String(PROTOCOL)}`,
    )
  const { kind } = value
  if (!isKind(kind) || !isLink(value) || !checks[kind](value))
    throw new LogError('a record is not whole')
  // The checks have looked at each field that there must be.
  return value as unknown as LogEntry
}

export function recordChecksum(text: string): Checksum {
  return checksumOf(text)
}

// — what a record must have

type Fields = Readonly<Record<string, unknown>>

const checks: Readonly<Record<LogEntry['kind'], (fields: Fields) => boolean>> = {
  claim: ({ node }) => typeof node === 'string',
  commit: (fields) =>
    areCopies(fields['removed']) &&
    areCopies(fields['added']) &&
    areAll(fields['arrivals'], isArrival) &&
    areCopies(fields['injected']) &&
    (fields['injections'] === undefined || areAll(fields['injections'], isText)) &&
    areAll(fields['departures'], isDeparture) &&
    areAll(fields['confirmed'], isPair) &&
    isCount(fields['reactions']) &&
    isChecksum(fields['checksum']),
  snapshot: ({ part, parts, molecules, waiting, rest }) =>
    isCount(part) &&
    isCount(parts) &&
    part < parts &&
    areCopies(molecules) &&
    areAll(waiting, isDeparture) &&
    (part === parts - 1 ? isRest(rest) : rest === undefined),
  seal: () => true,
}

function isKind(kind: unknown): kind is LogEntry['kind'] {
  return typeof kind === 'string' && Object.hasOwn(checks, kind)
}

function isRest(rest: unknown): boolean {
  return (
    isObject(rest) &&
    typeof rest['owner'] === 'string' &&
    areAll(rest['lastSent'], isPair) &&
    areAll(rest['lastReceived'], isPair) &&
    isChecksum(rest['checksum']) &&
    areAll(rest['injections'], isText)
  )
}

function isText(value: unknown): boolean {
  return typeof value === 'string'
}

function isLink(fields: Fields): boolean {
  const { epoch, before, snapshot } = fields
  return isCount(epoch) && isChecksum(before) && isCount(snapshot) && isWord(fields)
}

function isWord({ isInert, sent, received, total, failure }: Fields): boolean {
  const isWhole = typeof isInert === 'boolean' && isCount(sent) && isCount(received)
  return isWhole && isCount(total) && (failure === undefined || isText(failure))
}

function isDeparture(value: unknown): boolean {
  return isLot(value) && isCount((value as unknown as Fields)['to'])
}

function isArrival(value: unknown): boolean {
  return isLot(value) && isCount((value as unknown as Fields)['from'])
}

function isPair(value: unknown): boolean {
  return Array.isArray(value) && value.length === 2 && value.every(isCount)
}

function isChecksum(value: unknown): boolean {
  return Array.isArray(value) && value.length === 4 && value.every(isCount)
}
