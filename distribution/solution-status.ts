import { replay } from './apply.ts'
import { subjects } from './bus.ts'
import type { Bus, StoredRecord } from './bus.ts'
import { addCopies } from './copies.ts'
import type { Amounts } from './copies.ts'
import { LogError } from './errors.ts'
import { lineIn } from './failure.ts'
import { InertnessDetector } from './inertness.ts'
import type { Lot } from './lot.ts'
import { readRecord, snapshotIn } from './record-codec.ts'

/** How a solution stands, as its logs tell: nobody has to be asked. */
export interface SolutionStatus {
  /** `broken`: a log is not right, and nodes do not go on with it. */
  readonly state: 'running' | 'inert' | 'failed' | 'broken'
  readonly reactions: number
  /** Shards that say of themselves that they have nothing to do, of how many. */
  readonly inert: number
  readonly shards: number
  /** Lots that have left a shard and not come to another. */
  readonly onTheirWay: number
  /** The sequence of its newest record. */
  readonly sequence: number
  /** Why it failed, or what is wrong with its log. */
  readonly why?: string
}

/** All molecules of a solution at one point of its history. */
export interface Cut {
  readonly molecules: Amounts
  readonly reactions: number
  readonly sequence: number
}

/** So many logs are read at once. */
const AT_ONCE = 32
/** Looks until two of them agree; where none do, something happens all the time. */
const LOOKS = 4

/**
 * How a solution of so many shards stands, the outside included. It is inert where all last records say so and are
 * the same when they are read again: between the two looks they were the end of every log at once.
 */
export async function statusOf(
  bus: Bus,
  solution: string,
  shards: number,
): Promise<SolutionStatus> {
  let last = await lastOfAll(bus, solution, shards)
  let status = statusFrom(last, shards)
  for (let look = 1; status.state === 'inert' && look < LOOKS; look++) {
    const again = await lastOfAll(bus, solution, shards)
    if (again.every((record, shard) => record?.sequence === last[shard]?.sequence)) return status
    last = again
    status = statusFrom(last, shards)
  }
  return status.state === 'inert' ? { ...status, state: 'running' } : status
}

function statusFrom(last: readonly (StoredRecord | undefined)[], shards: number): SolutionStatus {
  const detector = new InertnessDetector(shards)
  let trouble: string | undefined
  for (const [shard, record] of last.entries()) {
    if (record === undefined) continue
    try {
      detector.take(shard, readRecord(record.bytes))
    } catch (error) {
      if (!(error instanceof LogError)) throw error
      trouble ??= `the log of shard ${String(shard)} is not right: ${error.message}`
    }
  }
  const { inert, onTheirWay } = detector.progress
  const { failure, reactions, isInert } = detector
  const why = trouble ?? (failure === undefined ? undefined : lineIn(failure))
  return {
    state:
      trouble !== undefined
        ? 'broken'
        : failure !== undefined
          ? 'failed'
          : isInert
            ? 'inert'
            : 'running',
    reactions,
    inert,
    shards,
    onTheirWay,
    sequence: Math.max(0, ...last.map((record) => record?.sequence ?? 0)),
    ...(why === undefined ? {} : { why }),
  }
}

/** All that the logs of a solution say of why it failed, as `Blueprint.ending` reads it; undefined where it has not. */
export async function failureTextOf(
  bus: Bus,
  solution: string,
  shards: number,
): Promise<string | undefined> {
  for (const record of await lastOfAll(bus, solution, shards)) {
    const failure = record && readRecord(record.bytes).failure
    if (failure !== undefined) return failure
  }
  return undefined
}

/** All molecules at one point: what stood in the logs when it was asked for, whatever has come since. */
export async function cutOf(bus: Bus, solution: string, shards: number): Promise<Cut> {
  const last = await lastOfAll(bus, solution, shards)
  const sequence = Math.max(0, ...last.map((record) => record?.sequence ?? 0))
  const molecules: Amounts = new Map()
  const left = new Map<string, readonly (readonly [n: number, lot: Lot])[]>()
  const received = new Map<string, number>()
  let reactions = 0
  await inTurns(shards, async (shard) => {
    const record = last[shard]
    if (record === undefined) return
    const records = await bus.read(record.log, snapshotIn(record.bytes))
    const state = replay(records.filter((each) => each.sequence <= sequence))
    reactions += state.reactions
    for (const [molecule, copies] of state.molecules) addCopies(molecules, molecule, copies)
    for (const { to, n, molecules: lot } of state.waiting) {
      const way = `${String(shard)} ${String(to)}`
      left.set(way, [...(left.get(way) ?? []), [n, lot]])
    }
    for (const [from, n] of state.lastReceived) received.set(`${String(from)} ${String(shard)}`, n)
  })
  // What has left and not arrived is in no shard.
  for (const [way, lots] of left)
    for (const [n, lot] of lots)
      if (n > (received.get(way) ?? 0))
        for (const [molecule, copies] of lot.copies()) addCopies(molecules, molecule, copies)
  return { molecules, reactions, sequence }
}

async function lastOfAll(
  bus: Bus,
  solution: string,
  shards: number,
): Promise<readonly (StoredRecord | undefined)[]> {
  const last: (StoredRecord | undefined)[] = []
  await inTurns(shards, async (shard) => {
    last[shard] = await bus.last(subjects.log(solution, shard))
  })
  return last
}

async function inTurns(count: number, act: (index: number) => Promise<void>): Promise<void> {
  for (let start = 0; start < count; start += AT_ONCE) {
    const some = Array.from({ length: Math.min(AT_ONCE, count - start) }, (_, i) => start + i)
    await Promise.all(some.map(act))
  }
}
