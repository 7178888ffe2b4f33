import { grownInts } from './column.ts'

/** Slots that were found, in a buffer that is used again. */
export interface Found {
  items: Int32Array<ArrayBuffer>
  count: number
  /** Whether there is another batch. */
  hasMore: boolean
}

/** Adds some slots to what was found. */
export function append(found: Found, slots: Int32Array, from: number, to: number): void {
  const count = found.count + to - from
  makeRoom(found, count)
  found.items.set(slots.subarray(from, to), found.count)
  found.count = count
}

export function appendOne(found: Found, slot: number): void {
  makeRoom(found, found.count + 1)
  found.items[found.count++] = slot
}

function makeRoom(found: Found, count: number): void {
  if (count > found.items.length)
    found.items = grownInts(found.items, Math.max(count, found.items.length * 2))
}
