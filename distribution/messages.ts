import { subjects } from './bus.ts'
import type { Bus } from './bus.ts'
import type { Confirmation, Parcel } from './inbox.ts'
import { isCount, isLot, isObject, parsed, textOf } from './json.ts'
import { PROTOCOL } from './record.ts'

/*
 * What nodes tell each other, as JSON with the version of the protocol. What cannot be read is undefined: whoever
 * gets it counts it and goes on.
 */

/** Molecules on their way to another shard. */
export function parcelText(parcel: Parcel): string {
  return textOf({ v: PROTOCOL, ...parcel })
}

export function readParcel(text: string): Parcel | undefined {
  const value = ours(text)
  if (!isLot(value)) return undefined
  const { from, to, n, molecules } = value as Partial<Parcel> & typeof value
  return isCount(from) && isCount(to) ? { from, to, n, molecules } : undefined
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
export function strangeness(text: string): string {
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
