import { subjects } from './bus.ts'
import type { Bus } from './bus.ts'
import type { Confirmation, Parcel } from './inbox.ts'
import { ByteReader, ByteWriter, textIn } from './bytes.ts'
import { checksumOfBytes } from './checksum.ts'
import { LogError } from './errors.ts'
import { isCount, isObject, parsed, textOf } from './json.ts'
import { Lot } from './lot.ts'
import { PROTOCOL } from './record.ts'

/*
 * What nodes tell each other with the version of the protocol: molecules as bytes, all else as JSON. What cannot be
 * read is undefined: whoever gets it counts it and goes on.
 */

/** Molecules on their way to another shard. */
export function parcelBytes({ from, to, n, molecules }: Parcel): Uint8Array {
  const writer = new ByteWriter()
  writer.byte(PROTOCOL)
  writer.word(0)
  for (const count of [from, to, n]) writer.count(count)
  writer.bytes(molecules.bytes)
  const bytes = writer.done()
  const [sum] = checksumOfBytes(bytes.subarray(PARCEL_HEAD))
  new DataView(bytes.buffer, bytes.byteOffset).setUint32(1, sum, true)
  return bytes
}

/** The version, and a part of the checksum of what follows. */
const PARCEL_HEAD = 5

export function readParcel(bytes: Uint8Array): Parcel | undefined {
  const reader = new ByteReader(bytes)
  try {
    if (reader.byte() !== PROTOCOL) return undefined
    if (reader.word() !== checksumOfBytes(bytes.subarray(PARCEL_HEAD))[0]) return undefined
    const [from, to, n] = [reader.count(), reader.count(), reader.count()]
    return { from, to, n, molecules: Lot.from(reader.bytes(reader.left)).confirm() }
  } catch (error) {
    if (error instanceof LogError) return undefined
    throw error
  }
}

export function confirmationText(confirmation: Confirmation): string {
  return textOf({ v: PROTOCOL, ...confirmation })
}

export function readConfirmation(text: string): Confirmation | undefined {
  const value = ours(text)
  if (value === undefined) return undefined
  const { from, to, n } = value
  return isCount(from) && isCount(to) && isCount(n) ? { from, to, n } : undefined
}

/** A sign of life in a solution: which shards a node holds, and how many of them say that they are inert. */
export interface Heartbeat {
  readonly node: string
  readonly shards: readonly number[]
  /** The sequence of the last record of each of these. */
  readonly ends: readonly number[]
  readonly inert: number
  readonly hasFailed: boolean
}

export function heartbeatText(heartbeat: Heartbeat): string {
  return textOf({ v: PROTOCOL, ...heartbeat })
}

export function readHeartbeat(text: string): Heartbeat | undefined {
  const value = ours(text)
  if (value === undefined) return undefined
  const { node, shards, ends, inert, hasFailed } = value
  const isWhole = typeof node === 'string' && isCount(inert) && typeof hasFailed === 'boolean'
  if (!isWhole || !areCounts(shards) || !areCounts(ends)) return undefined
  return { node, shards, ends, inert, hasFailed }
}

function areCounts(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every(isCount)
}

/** What all nodes of a solution are told: that nothing is to react any more, or that it is over. */
export type Order = 'halt' | 'end'

export function orderText(order: Order): string {
  return textOf({ v: PROTOCOL, order })
}

export function readOrder(text: string): Order | undefined {
  const order = ours(text)?.['order']
  return order === 'halt' || order === 'end' ? order : undefined
}

/** Tells all nodes of a solution to let nothing react any more. */
export function halt(bus: Bus, solution: string): void {
  bus.send(subjects.control(solution), orderText('halt'))
}

/** Whether all nodes of a solution are told that it is over. */
export function isEnd(text: string): boolean {
  return readOrder(text) === 'end'
}

/** What a message is that cannot be read, in a few words. */
export function strangeness(message: string | Uint8Array): string {
  if (typeof message !== 'string' && message[0] === PROTOCOL) return 'a message that is not whole'
  const text = typeof message === 'string' ? message : textIn(message)
  const value = parsed(text)
  const version = isObject(value) ? value['v'] : undefined
  if (version === undefined) return 'a message that no node wrote'
  if (version === PROTOCOL) return 'a message that is not whole'
  return `a message of version ${shown(version)} of the protocol, and this node speaks ${String(PROTOCOL)}`
}

function shown(value: unknown): string {
  return typeof value === 'number' || typeof value === 'string' ? String(value).slice(0, 20) : '?'
}

function ours(text: string): Readonly<Record<string, unknown>> | undefined {
  const value = parsed(text)
  return isObject(value) && value['v'] === PROTOCOL ? value : undefined
}
