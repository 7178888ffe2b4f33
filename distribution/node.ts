import type { Blueprint } from './blueprint.ts'
import type { Bus, StoredRecord } from './bus.ts'
import { subjects } from './bus.ts'
import { replay } from './apply.ts'
import { checksumOf } from './checksum.ts'
import { LogError, RefusedError } from './errors.ts'
import { passage } from './local-solution.ts'
import { isCount, isObject, parsed } from './json.ts'
import {
  confirmationText,
  heartbeatText,
  parcelText,
  readConfirmation,
  readHeartbeat,
  readParcel,
} from './messages.ts'
import type { ShardId } from './record.ts'
import { ShardOwner } from './shard.ts'
import type { Sizes } from './shard.ts'
import { emptyState } from './shard-state.ts'
import type { ShardState } from './shard-state.ts'

/** When things are done, in milliseconds. They decide when a node tries, never whether it may. */
export interface Timing {
  /** Between two signs of life. */
  readonly heartbeat: number
  /** Without one for so long, a shard's owner is taken for dead. */
  readonly patience: number
  /** Until what was not confirmed is sent again. */
  readonly resend: number
}

export const TIMING: Timing = { heartbeat: 250, patience: 1_000, resend: 100 }

export interface NodeOptions {
  readonly name: string
  readonly bus: Bus
  /** Milliseconds from any start, never going back. */
  readonly clock: () => number
  /** Other nodes that are there already, as far as is known: each begins with its share. */
  readonly others?: readonly string[]
  readonly timing?: Partial<Timing>
  readonly sizes?: Partial<Sizes>
  /** Told when the solution has ended for all. */
  readonly onEnd?: () => void
  /** Told what goes wrong and cannot be mended here: a log that is not right. */
  readonly onTrouble?: (error: unknown) => void
}

/** What happened to a node so far. */
export interface NodeStats {
  readonly claims: number
  /** Shards that were lost to somebody else, or given up because an append had no answer. */
  readonly fenced: number
  readonly unknown: number
  /** Parcels that came twice, or before their turn. */
  readonly repeated: number
  readonly early: number
}

/**
 * Hosts shards of a solution: claims those that nobody holds, lets their molecules react, and gives them up when it
 * is told by a refusal that somebody else has taken them.
 */
export class ClusterNode {
  readonly name: string
  readonly #options: NodeOptions
  readonly #timing: Timing
  readonly #clock: () => number
  readonly #solution: string
  readonly #blueprint: Blueprint
  readonly #owned = new Map<ShardId, Owned>()
  /** Shards that are being read. */
  readonly #claiming = new Set<ShardId>()
  /** When a sign of life of each shard's owner was last seen. */
  readonly #seen = new Map<ShardId, number>()
  /** When other nodes were last heard of. */
  readonly #others = new Map<string, number>()
  readonly #ends: (() => void)[] = []
  #hasEnded = false
  #isHalted = false
  #counts = { claims: 0, fenced: 0, unknown: 0, repeated: 0, early: 0 }

  /** Joins a solution whose program the blueprint tells. */
  constructor(solution: string, blueprint: Blueprint, options: NodeOptions) {
    this.name = options.name
    this.#solution = solution
    this.#blueprint = blueprint
    this.#options = options
    this.#timing = { ...TIMING, ...options.timing }
    this.#clock = options.clock
    const { bus } = options
    this.#ends.push(
      bus.listen(subjects.heartbeats(solution), (text) => {
        this.#heard(text)
      }),
      bus.listen(subjects.control(solution), (text) => {
        if (text === 'halt') this.#halt()
        if (text === 'end') {
          this.kill()
          options.onEnd?.()
        }
      }),
      every(this.#timing.heartbeat, () => {
        this.#beat()
      }),
      every(this.#timing.resend, () => {
        for (const { owner } of this.#owned.values()) owner.resend()
      }),
      every(this.#timing.patience / 5, () => {
        this.#lookAround()
      }),
    )
    this.#beat()
    for (const other of options.others ?? []) this.#others.set(other, this.#clock())
    if (options.others === undefined)
      this.#ends.push(
        after(GREETING, () => {
          this.#begin()
        }),
      )
    else this.#begin()
  }

  /** Each node begins with its share; for the others it waits whether somebody shows. */
  #begin(): void {
    for (const shard of this.#shards())
      if (!this.#seen.has(shard))
        this.#seen.set(shard, this.#isFirstFor(shard) ? -Infinity : this.#clock())
    this.#lookAround()
  }

  get shards(): readonly ShardId[] {
    return [...this.#owned.keys()]
  }

  get stats(): NodeStats {
    const counts = { ...this.#counts }
    for (const { owner } of this.#owned.values()) {
      counts.repeated += owner.dropped.repeated
      counts.early += owner.dropped.early
    }
    return counts
  }

  /** Gives all shards away and ends. */
  async leave(): Promise<void> {
    for (const { owner } of this.#owned.values()) owner.seal()
    await Promise.all([...this.#owned.values()].map(({ gone }) => gone))
    this.kill()
  }

  /** Ends at once, as a process does that is killed: nobody is told. */
  kill(): void {
    this.#hasEnded = true
    for (const end of this.#ends.splice(0)) end()
    for (const { owner, stop } of this.#owned.values()) {
      owner.lost()
      stop()
    }
    this.#owned.clear()
  }

  // — who holds what

  #shards(): ShardId[] {
    return Array.from({ length: this.#blueprint.shards + 1 }, (_, shard) => shard)
  }

  /** By the highest weight (Thaler and Ravishankar 1998), among the nodes that have been heard of. */
  #isFirstFor(shard: ShardId): boolean {
    const own = weight(this.name, shard)
    for (const other of this.#others.keys()) if (weight(other, shard) > own) return false
    return true
  }

  #beat(): void {
    const text = heartbeatText({ node: this.name, shards: this.shards })
    this.#options.bus.send(subjects.heartbeats(this.#solution), text)
  }

  #heard(text: string): void {
    const beat = readHeartbeat(text)
    if (beat === undefined || beat.node === this.name) return
    const now = this.#clock()
    // Who comes is told who is there.
    if (!this.#others.has(beat.node)) this.#beat()
    this.#others.set(beat.node, now)
    for (const shard of beat.shards) this.#seen.set(shard, now)
  }

  #lookAround(): void {
    const now = this.#clock()
    for (const [other, seen] of this.#others)
      if (now - seen > this.#timing.patience) this.#others.delete(other)
    for (const shard of this.#shards()) {
      if (this.#owned.has(shard) || this.#claiming.has(shard)) continue
      const seen = this.#seen.get(shard)
      if (seen === undefined) continue
      const silence = now - seen
      // The first in line goes at once, the others when it does not.
      const patience = this.#timing.patience * (this.#isFirstFor(shard) ? 1 : 1.5)
      if (silence > patience) void this.#claim(shard)
    }
  }

  async #claim(shard: ShardId): Promise<void> {
    this.#claiming.add(shard)
    this.#seen.set(shard, this.#clock())
    try {
      const state = await this.#recovered(shard)
      if (!this.#hasEnded) this.#own(shard, state)
    } catch (error) {
      this.#trouble(error)
    } finally {
      this.#claiming.delete(shard)
    }
  }

  async #recovered(shard: ShardId): Promise<ShardState> {
    const { bus } = this.#options
    const log = subjects.log(this.#solution, shard)
    const last = await bus.last(log)
    if (last === undefined) return emptyState()
    const records = await bus.read(log, snapshotIn(last))
    return replay(records)
  }

  #own(shard: ShardId, state: ShardState): void {
    const { bus, sizes } = this.#options
    const solution = this.#solution
    let settle = (): void => undefined
    const gone = new Promise<void>((resolve) => (settle = resolve))
    const owner: ShardOwner = new ShardOwner(state, {
      shard,
      node: this.name,
      homeOf: this.#blueprint.homeOf(shard),
      solution: () =>
        shard === this.#blueprint.outside ? passage : this.#blueprint.solution(shard),
      ...(sizes === undefined ? {} : { sizes }),
      port: {
        append: (text, expected) => void this.#append(shard, text, expected),
        send: (parcel) => {
          bus.send(subjects.parcels(solution, parcel.to), parcelText(parcel))
        },
        confirm: (confirmation) => {
          bus.send(
            subjects.confirmations(solution, confirmation.from),
            confirmationText(confirmation),
          )
        },
      },
    })
    const ends = [
      bus.listen(subjects.parcels(solution, shard), (text) => {
        const parcel = readParcel(text)
        if (parcel?.to === shard) owner.receive(parcel)
      }),
      bus.listen(subjects.confirmations(solution, shard), (text) => {
        const confirmation = readConfirmation(text)
        if (confirmation?.from === shard) owner.confirmed(confirmation)
      }),
    ]
    const stop = (): void => {
      for (const end of ends) end()
      settle()
    }
    this.#owned.set(shard, { owner, stop, gone })
    if (this.#isHalted) owner.halt()
  }

  async #append(shard: ShardId, text: string, expected: number): Promise<void> {
    const log = subjects.log(this.#solution, shard)
    // The owner asks for it while it is being made.
    await Promise.resolve()
    const owned = this.#owned.get(shard)
    if (owned === undefined) return
    const { owner } = owned
    try {
      const sequence = await this.#options.bus.append(log, text, expected)
      if (owner.appended(sequence) === 'claim') this.#counts.claims++
    } catch (error) {
      if (error instanceof RefusedError) this.#counts.fenced++
      else this.#counts.unknown++
      owner.lost()
      this.#trouble(error)
    }
    if (owner.isLost) this.#dropped(shard, owned)
  }

  #dropped(shard: ShardId, owned: Owned): void {
    owned.stop()
    if (this.#owned.get(shard) === owned) this.#owned.delete(shard)
    const { repeated, early } = owned.owner.dropped
    this.#counts = {
      ...this.#counts,
      repeated: this.#counts.repeated + repeated,
      early: this.#counts.early + early,
    }
    this.#seen.set(shard, this.#clock())
  }

  #halt(): void {
    this.#isHalted = true
    for (const { owner } of this.#owned.values()) owner.halt()
  }

  #trouble(error: unknown): void {
    if (error instanceof RefusedError) return
    this.#options.onTrouble?.(error)
  }
}

interface Owned {
  readonly owner: ShardOwner
  readonly stop: () => void
  /** When it is given away. */
  readonly gone: Promise<void>
}

function weight(node: string, shard: ShardId): number {
  return checksumOf(`${node} ${String(shard)}`)[0]
}

/** Where the last whole snapshot begins, as a record tells. */
function snapshotIn({ text, log }: StoredRecord): number {
  const record = parsed(text)
  if (!isObject(record) || !isCount(record['snapshot']))
    throw new LogError(`the last record of ${log} is none`)
  return record['snapshot']
}

/** Those who come at the same time have heard of each other after so many milliseconds. */
const GREETING = 60

function after(milliseconds: number, act: () => void): () => void {
  const timer = setTimeout(act, milliseconds)
  return () => {
    clearTimeout(timer)
  }
}

function every(milliseconds: number, act: () => void): () => void {
  const timer = setInterval(act, milliseconds)
  return () => {
    clearInterval(timer)
  }
}
