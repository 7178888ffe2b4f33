import type { Allowance } from './allowance.ts'
import type { Blueprint } from './blueprint.ts'
import type { Bus } from './bus.ts'
import { subjects } from './bus.ts'
import { replay } from './apply.ts'
import { LogError, RefusedError, TooLargeError } from './errors.ts'
import { logEnd, lostTail } from './lost-tail.ts'
import type { LogEnd } from './lost-tail.ts'
import { passage } from './local-solution.ts'
import {
  confirmationText,
  heartbeatText,
  parcelBytes,
  readConfirmation,
  readHeartbeat,
  readOrder,
  readParcel,
  strangeness,
} from './messages.ts'
import type { Heartbeat } from './messages.ts'
import type { Parcel } from './inbox.ts'
import { Outside } from './outside.ts'
import { patiently } from './patience.ts'
import type { ShardId } from './record.ts'
import { ShardOwner } from './shard.ts'
import { sharesOf } from './shares.ts'
import type { Sizes } from './sizes.ts'
import { emptyState } from './shard-state.ts'
import type { ShardState } from './shard-state.ts'
import { snapshotIn } from './record-codec.ts'
import { after, every } from './timers.ts'
import { Turns } from './turns.ts'

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
  /** Where all nodes are in this process: how many reactions there may be in all of them. */
  readonly allowance?: Allowance | undefined
  /** The sequence of the record of its program; none where the solution is in this process only. */
  readonly program?: number
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
  /** Messages on our subjects that were none of ours. */
  readonly foreign: number
  /** Injections that were refused. */
  readonly rejected: number
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
  /** What other nodes told last, and when. */
  readonly #others = new Map<string, { readonly seen: number; readonly beat?: Heartbeat }>()
  /** How far each log went, as far as anybody has told: no log grows shorter. */
  readonly #known = new Map<ShardId, LogEnd>()
  /** Shards whose records were too long once: from then on they are short. */
  readonly #short = new Set<ShardId>()
  /** Records that the bus does not take, by their shard: the solution cannot go on. */
  readonly #dooms = new Map<ShardId, string>()
  /** The same for logs that had lost their end when they were last read. */
  readonly #lostTails = new Map<ShardId, string>()
  /** Shards that were given up because an append had no answer: they are taken again as soon as there are answers. */
  readonly #interrupted = new Set<ShardId>()
  /** What was wrong with messages, each told once. */
  readonly #strange = new Set<string>()
  readonly #ends: (() => void)[] = []
  readonly #turns: Turns
  /** Whose share each shard is, among the nodes that have been heard of; undefined when those are others. */
  #shares: readonly string[] | undefined
  #hasEnded = false
  #isHalted = false
  #counts = { claims: 0, fenced: 0, unknown: 0, repeated: 0, early: 0, foreign: 0, rejected: 0 }

  /** Joins a solution whose program the blueprint tells. */
  constructor(solution: string, blueprint: Blueprint, options: NodeOptions) {
    this.name = options.name
    this.#solution = solution
    this.#blueprint = blueprint
    this.#options = options
    this.#timing = { ...TIMING, ...options.timing }
    this.#clock = options.clock
    this.#turns = new Turns(options)
    const { bus } = options
    this.#ends.push(
      bus.listen(subjects.heartbeats(solution), (text) => {
        this.#heard(text)
      }),
      bus.listen(subjects.control(solution), (text) => {
        const order = readOrder(text)
        if (order === undefined) this.#wonder(text)
        if (order === 'halt') this.#halt()
        if (order === 'end') this.#end()
      }),
      bus.onReturn(() => {
        this.#compareAll().catch((error: unknown) => {
          this.#trouble(error)
        })
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
    for (const other of options.others ?? [])
      if (other !== this.name) this.#others.set(other, { seen: this.#clock() })
    this.#shares = undefined
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

  #isFirstFor(shard: ShardId): boolean {
    this.#shares ??= this.#sharesNow()
    return this.#shares[shard] === this.name
  }

  #sharesNow(): readonly string[] {
    const nodes = [this.name, ...this.#others.keys()].sort()
    // The outside has little to do, and is nobody's share.
    return [...sharesOf(this.#blueprint.shards, nodes), ...sharesOf(1, nodes)]
  }

  #beat(): void {
    const own = this.#ownBeat()
    this.#options.bus.send(subjects.heartbeats(this.#solution), heartbeatText(own))
    let [inert, hasFailed] = [own.inert, own.hasFailed]
    for (const { beat } of this.#others.values()) {
      inert += beat?.inert ?? 0
      hasFailed ||= beat?.hasFailed ?? false
    }
    // What has failed in one shard ends it for all.
    if (hasFailed && !this.#isHalted) this.#halt()
    const isStill = inert > this.#blueprint.shards
    const outside = this.#owned.get(this.#blueprint.outside)?.outside
    outside?.look({ isStill, hasFailed }).catch((error: unknown) => {
      this.#trouble(error)
    })
  }

  #ownBeat(): Heartbeat {
    const owners = Array.from(this.#owned.values(), ({ owner }) => owner)
    return {
      node: this.name,
      shards: this.shards,
      ends: owners.map(({ state }) => state.last),
      inert: owners.filter(({ isOwning, state }) => isOwning && state.isInert).length,
      hasFailed: owners.some(({ state }) => state.failure !== undefined),
    }
  }

  #heard(text: string): void {
    const beat = readHeartbeat(text)
    if (beat === undefined) this.#wonder(text)
    if (beat === undefined || beat.node === this.name) return
    const now = this.#clock()
    // Who comes is told who is there.
    if (!this.#others.has(beat.node)) {
      this.#beat()
      this.#shares = undefined
    }
    this.#others.set(beat.node, { seen: now, beat })
    for (const [i, shard] of beat.shards.entries()) {
      this.#seen.set(shard, now)
      this.#learn(shard, { sequence: beat.ends[i] ?? 0 })
    }
  }

  /** A log has been as long as this once. */
  #learn(shard: ShardId, end: LogEnd): void {
    if (end.sequence > (this.#known.get(shard)?.sequence ?? 0)) this.#known.set(shard, end)
  }

  #lookAround(): void {
    const now = this.#clock()
    for (const [other, { seen }] of this.#others)
      if (now - seen > this.#timing.patience && this.#others.delete(other)) this.#shares = undefined
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

  /** The logs were out of reach: those that have lost what was acknowledged are marked so. */
  async #compareAll(): Promise<void> {
    for (const [shard, known] of [...this.#known]) {
      const log = subjects.log(this.#solution, shard)
      const { bus, clock } = this.#options
      const lost = await patiently(() => lostTail(bus, log, known), clock)
      if (this.#hasEnded || lost === undefined) continue
      const owned = this.#owned.get(shard)
      if (owned?.owner.state.failure !== undefined) continue
      owned?.owner.lost()
      if (owned !== undefined) this.#dropped(shard, owned)
      this.#lostTails.set(shard, lost)
      if (!this.#claiming.has(shard)) await this.#claim(shard)
    }
    for (const shard of this.#hasEnded ? [] : this.#interrupted)
      if (!this.#owned.has(shard) && !this.#claiming.has(shard)) void this.#claim(shard)
    this.#interrupted.clear()
  }

  async #claim(shard: ShardId): Promise<void> {
    this.#claiming.add(shard)
    this.#seen.set(shard, this.#clock())
    try {
      const state = await this.#recovered(shard)
      if (state === undefined) this.#end()
      else if (!this.#hasEnded) this.#own(shard, state)
    } catch (error) {
      this.#trouble(error)
    } finally {
      this.#claiming.delete(shard)
    }
  }

  /** Undefined where the solution is over, and nobody had told. */
  async #recovered(shard: ShardId): Promise<ShardState | undefined> {
    const { bus } = this.#options
    const log = subjects.log(this.#solution, shard)
    const known = this.#known.get(shard)
    const found = known === undefined ? undefined : await lostTail(bus, log, known)
    // Somebody else may have claimed it meanwhile, in a place that was lost: what was seen stays seen.
    const lost = found ?? this.#lostTails.get(shard)
    const last = await bus.last(log)
    if ((lost !== undefined || last === undefined) && (await this.#isOver())) return undefined
    const state =
      last === undefined ? emptyState() : replay(await bus.read(log, snapshotIn(last.bytes)))
    this.#lostTails.delete(shard)
    // It is claimed only to say so, and nothing reacts, goes or comes in any more. Where a server has only not yet
    // caught up with others, it refuses the claim, and the log is read again.
    if (lost !== undefined && state.failure === undefined) this.#lostTails.set(shard, lost)
    return state
  }

  /** Nobody has this program any more: it was cancelled. */
  async #isOver(): Promise<boolean> {
    const { bus, program } = this.#options
    if (program === undefined) return false
    return (await bus.last(subjects.log(this.#solution, 'program')))?.sequence !== program
  }

  #own(shard: ShardId, state: ShardState): void {
    const { bus } = this.#options
    const sizes = this.#short.has(shard) ? SHORT : this.#options.sizes
    const solution = this.#solution
    let settle = (): void => undefined
    const gone = new Promise<void>((resolve) => (settle = resolve))
    const owner: ShardOwner = new ShardOwner(state, {
      shard,
      node: this.name,
      ...this.#blueprint.ways(shard),
      run: solution,
      solution: (calls) =>
        shard === this.#blueprint.outside ? passage : this.#blueprint.solution(shard, calls),
      ...(sizes === undefined ? {} : { sizes }),
      allowance: this.#options.allowance,
      port: {
        append: (bytes, expected) => void this.#append(shard, bytes, expected),
        send: (parcel) => {
          bus.sendBytes(subjects.parcels(solution, parcel.to), parcelBytes(parcel))
        },
        confirm: (confirmation) => {
          bus.send(
            subjects.confirmations(solution, confirmation.from),
            confirmationText(confirmation),
          )
        },
      },
    })
    const come: Parcel[] = []
    const ends = [
      bus.listenBytes(subjects.parcels(solution, shard), (bytes) => {
        const parcel = readParcel(bytes)
        if (parcel?.to !== shard || parcel.from > this.#blueprint.shards) this.#wonder(bytes)
        else if (come.push(parcel) === 1)
          void this.#turns.take(() => owner.receive(...come.splice(0)))
      }),
      bus.listen(subjects.confirmations(solution, shard), (text) => {
        const confirmation = readConfirmation(text)
        if (confirmation?.from === shard) owner.confirmed(confirmation)
        else this.#wonder(text)
      }),
    ]
    const outside = shard === this.#blueprint.outside ? this.#outsideOf(owner) : undefined
    const stop = (): void => {
      for (const end of ends) end()
      outside?.stop()
      settle()
    }
    this.#owned.set(shard, { owner, outside, stop, gone })
    if (this.#isHalted) owner.halt()
    const doom = this.#dooms.get(shard) ?? this.#lostTails.get(shard)
    if (doom !== undefined) owner.doom(doom)
  }

  #outsideOf(owner: ShardOwner): Outside {
    return new Outside({
      bus: this.#options.bus,
      solution: this.#solution,
      blueprint: this.#blueprint,
      owner,
      onRefusal: () => {
        this.#counts.rejected++
      },
    })
  }

  async #append(shard: ShardId, bytes: Uint8Array, expected: number): Promise<void> {
    const log = subjects.log(this.#solution, shard)
    // The owner asks for it while it is being made.
    await Promise.resolve()
    const owned = this.#owned.get(shard)
    if (owned === undefined) return
    const { owner } = owned
    try {
      const sequence = await this.#turns.append(log, bytes, expected)
      this.#learn(shard, logEnd(sequence, bytes))
      const kind = await this.#turns.take(() => owner.appended(sequence))
      if (kind === 'claim') this.#claimed(shard)
    } catch (error) {
      if (error instanceof RefusedError) this.#counts.fenced++
      else {
        this.#counts.unknown++
        this.#interrupted.add(shard)
      }
      // Fewer reactions make a shorter one; if that is still too long, nothing does.
      if (error instanceof TooLargeError && !this.#short.has(shard)) this.#short.add(shard)
      else if (error instanceof TooLargeError)
        this.#dooms.set(shard, `a record of shard ${String(shard)} is too long: ${error.message}`)
      owner.lost()
      this.#trouble(error)
    }
    if (owner.isLost) this.#dropped(shard, owned)
  }

  #claimed(shard: ShardId): void {
    this.#counts.claims++
    const lost = this.#lostTails.get(shard)
    if (lost !== undefined) this.#trouble(new LogError(lost))
  }

  #dropped(shard: ShardId, owned: Owned): void {
    owned.stop()
    this.#lostTails.delete(shard)
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

  /** It is over for all. */
  #end(): void {
    if (this.#hasEnded) return
    this.kill()
    this.#options.onEnd?.()
  }

  /** A message that is none of ours: it is counted, and each sort of it told once. */
  #wonder(message: string | Uint8Array): void {
    this.#counts.foreign++
    const what = strangeness(message)
    if (this.#strange.has(what)) return
    this.#strange.add(what)
    this.#trouble(new Error(`${what} came, and was dropped`))
  }

  #trouble(error: unknown): void {
    if (error instanceof RefusedError) return
    this.#options.onTrouble?.(error)
  }
}

const SHORT: Partial<Sizes> = { reactions: 100, arrivals: 4, molecules: 100, bytes: 4_000 }

interface Owned {
  readonly owner: ShardOwner
  readonly outside: Outside | undefined
  readonly stop: () => void
  /** When it is given away. */
  readonly gone: Promise<void>
}

/** Those who come at the same time have heard of each other after so many milliseconds. */
const GREETING = 60
