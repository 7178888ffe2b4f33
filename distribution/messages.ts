import type { Confirmation, Parcel } from './inbox.ts'
import { isCount, isLot, isObject, parsed, textOf } from './json.ts'

/** Molecules on their way to another shard. */
export function parcelText(parcel: Parcel): string {
  return textOf(parcel)
}

/** Undefined for what is no parcel. */
export function readParcel(text: string): Parcel | undefined {
  const value = parsed(text)
  if (!isLot(value)) return undefined
  const { from, to, n, molecules } = value as Partial<Parcel> & typeof value
  return isCount(from) && isCount(to) ? { from, to, n, molecules } : undefined
}

export function confirmationText(confirmation: Confirmation): string {
  return textOf(confirmation)
}

/** Undefined for what is no confirmation. */
export function readConfirmation(text: string): Confirmation | undefined {
  const value = parsed(text)
  if (!isObject(value)) return undefined
  const { from, to, n } = value
  return isCount(from) && isCount(to) && isCount(n) ? { from, to, n } : undefined
}

/** A sign of life: which shards a node holds. */
export interface Heartbeat {
  readonly node: string
  readonly shards: readonly number[]
}

export function heartbeatText(heartbeat: Heartbeat): string {
  return textOf(heartbeat)
}

/** Undefined for what is none. */
export function readHeartbeat(text: string): Heartbeat | undefined {
  const value = parsed(text)
  if (!isObject(value)) return undefined
  const { node, shards } = value
  if (typeof node !== 'string' || !Array.isArray(shards) || !shards.every(isCount)) return undefined
  return { node, shards }
}
