import type { Allowance } from './allowance.ts'
import { apply } from './apply.ts'
import { exchanged } from './checksum.ts'
import { addCopies, lengthOf, removeCopies } from './copies.ts'
import type { Amounts, Copies } from './copies.ts'
import { Inbox } from './inbox.ts'
import type { Confirmation, Parcel } from './inbox.ts'
import type { HomeOf, LocalSolution, Reacted } from './local-solution.ts'
import type { CallsOfShard } from './machine-solution.ts'
import { Outgoing } from './outgoing.ts'
import type { Left } from './outgoing.ts'
import { Lot } from './lot.ts'
import type { BoundLot } from './lots-by-home.ts'
import { recordBytes } from './record-codec.ts'
import type { Arrival, Claim, Commit, Departure, LogEntry, ShardId, Snapshot } from './record.ts'
import { Sending } from './sending.ts'
import { SIZES, TOGETHER } from './sizes.ts'
import type { Sizes } from './sizes.ts'
import { Injections } from './injections.ts'
import type { Injection } from './injections.ts'
import type { ShardState } from './shard-state.ts'

/** What an owner does to the world. An append is answered by `appended`, `refused` or `unknown`, later. */
export interface OwnerPort {
  append(bytes: Uint8Array, expected: number): void
  send(parcel: Parcel): void
  confirm(confirmation: Confirmation): void
}

/** Where the molecules of a shard go, and where those come from in which something may still react. */
export interface OwnerWays {
  readonly homeOf: HomeOf
  /** Where solutions of this shard go that react for long, until they are inert; undefined where they stay. */
  readonly unitHomeOf?: HomeOf | undefined
  readonly outside?: ShardId
  readonly lender?: ShardId
}

export interface OwnerOptions extends OwnerWays {
  readonly shard: ShardId
  readonly node: string
  readonly port: OwnerPort
  /** What the keys of calls begin with: the name of the solution. */
  readonly run?: string
  /** An empty solution with the rules that act here. */
  readonly solution: (calls: CallsOfShard) => LocalSolution
  readonly sizes?: Partial<Sizes>
  /** Where all that reacts draws on one number of reactions. */
  readonly allowance?: Allowance | undefined
}

/**
 * One node's ownership of one shard, from the claim until it is lost. It changes only by records that are in the
 * log, and nothing of a record leaves before that: after a refusal or an unknown outcome all that is not in the
 * log is forgotten. It knows no time and no network, and does one thing after the other.
 */
export class ShardOwner {
  readonly shard: ShardId
  readonly #options: OwnerOptions
  readonly #sizes: Sizes
  readonly #inbox = new Inbox()
  readonly #sending: Sending
  readonly #outgoing: Outgoing
  #state: ShardState
  #local: LocalSolution | undefined
  #inFlight: { readonly bytes: Uint8Array; readonly entry: LogEntry } | undefined
  /** Parts of a snapshot that are still to be written. */
  #parts: Omit<Snapshot, keyof Omit<Claim, 'kind' | 'node'>>[] = []
  #sinceSnapshot = 0
  #phase: 'claiming' | 'owning' | 'sealing' | 'lost' = 'claiming'
  #isHalted = false
  /** A record may be written only to say what was confirmed. */
  #isTidying = false
  /** What comes in from outside, where this is the shard for it. */
  readonly #injections = new Injections()
  readonly #forwarded: BoundLot[] = []
  /** Why nothing can go on here, and is not in the log yet. */
  #doom: string | undefined

  /** Claims a shard as its log tells it, however far that was read. */
  constructor(state: ShardState, options: OwnerOptions) {
    this.shard = options.shard
    this.#state = state
    this.#options = options
    this.#sizes = { ...SIZES, ...options.sizes }
    const { shard, homeOf } = options
    this.#outgoing = new Outgoing({
      ...{ shard, homeOf, sizes: this.#sizes },
      holds: (molecule) => this.#local?.holds?.(molecule) === true,
    })
    this.#sending = new Sending({
      window: this.#sizes.window,
      send: (departure) => {
        this.#send(departure)
      },
    })
    this.#write({
      kind: 'claim',
      ...this.#link(),
      epoch: state.epoch + 1,
      node: options.node,
    })
  }

  get state(): ShardState {
    return this.#state
  }

  get isOwning(): boolean {
    return this.#phase === 'owning'
  }

  get isLost(): boolean {
    return this.#phase === 'lost'
  }

  /** Lots that came twice and lots that came too early, so far. */
  get dropped(): { readonly repeated: number; readonly early: number } {
    return this.#inbox
  }

  // — what happens to it

  /** The record is in the log; gives what it was. Throws a `LogError` where the log cannot be right. */
  appended(sequence: number): LogEntry['kind'] | undefined {
    const written = this.#inFlight
    if (written === undefined || this.isLost) return undefined
    this.#inFlight = undefined
    this.#state = apply(this.#state, written.bytes, sequence, written.entry)
    const { entry } = written
    if (entry.kind === 'claim') this.#begin()
    if (entry.kind === 'seal') this.lost()
    if (entry.kind === 'commit') this.#committed(entry)
    // What is to be called is in the log: whoever comes after this owner calls with the same keys.
    if (!this.#isHalted && this.#state.failure === undefined) this.#local?.startCalls?.()
    this.#go()
    return entry.kind
  }

  /** Somebody else has written to the log, or nobody knows whether this record is there: the log must be read again. */
  lost(): void {
    this.#phase = 'lost'
    const entry = this.#inFlight?.entry
    if (entry?.kind === 'commit') this.#options.allowance?.giveBack(entry.reactions)
    this.#inFlight = undefined
    this.#local?.end?.()
    this.#local = undefined
    this.#injections.drop()
  }

  /** What came at once goes into one record, as far as there is room. */
  receive(...parcels: readonly Parcel[]): void {
    if (this.isLost) return
    for (const parcel of parcels) this.#inbox.take(parcel, this.#lastReceivedOrWritten(parcel.from))
    this.#go()
  }

  confirmed({ to, n }: Confirmation): void {
    const last = this.#state.lastSent.get(to) ?? 0
    if (this.isLost || n > last) return
    if (this.#sending.confirm(to, n)) this.#go()
  }

  /**
   * Sends again what was not confirmed, where nothing has gone on since it was last asked to, and writes down what
   * was: who comes after this owner need not send that again.
   */
  resend(): void {
    if (!this.isOwning) return
    this.#sending.again(this.#state.waiting)
    this.#isTidying = true
    this.#go()
    this.#isTidying = false
  }

  /**
   * Molecules come in from outside, however many, sorted by where they go: they leave with the record with which they
   * come in. Only for the shard that is there for it.
   */
  forward(lots: readonly BoundLot[]): void {
    this.#forwarded.push(...lots)
    this.#go()
  }

  /** Molecules come in that go into one record, or none: `settle` is told whether it is in the log. A name that is known is not taken again. */
  injectWhole(injection: Injection): void {
    const { name, settle } = injection
    if (name !== undefined && this.#state.injections.has(name)) settle?.('known')
    else if (this.isLost) settle?.('lost')
    else {
      this.#injections.add(injection)
      this.#go()
    }
  }

  /** How many molecules wait here to go where they belong, by their copies as one. */
  get waiting(): number {
    return this.#injections.size + this.#state.molecules.size
  }

  /** The solution cannot go on, for a reason that only the world knows: that is all that this owner will say. */
  doom(why: string): void {
    this.#doom = why
    this.#isHalted = true
  }

  /** Something has failed elsewhere: no reaction any more. */
  halt(): void {
    this.#isHalted = true
  }

  /** Gives the shard away as soon as what is in flight is in the log. */
  seal(): void {
    if (this.isLost) return
    this.#phase = 'sealing'
    this.#go()
  }

  // — one record after the other

  #begin(): void {
    if (this.#phase === 'claiming') this.#phase = 'owning'
    const { shard } = this
    const { epoch } = this.#state
    this.#local = this.#options.solution({
      run: `${this.#options.run ?? 'run'}/${String(shard)}.${String(epoch)}`,
      onAnswer: () => {
        this.#go()
      },
    })
    const all = [...this.#state.molecules]
    this.#local.add(Lot.of(all))
    this.#outgoing.note([], all)
    this.#sending.add(this.#state.waiting)
  }

  #go(): void {
    if (this.#inFlight !== undefined || this.isLost || this.#phase === 'claiming') return
    for (const from of this.#inbox.late()) this.#confirmTo(from)
    if (this.#phase === 'sealing') {
      this.#write({ kind: 'seal', ...this.#link() })
      return
    }
    const part = this.#parts.shift()
    if (part !== undefined) {
      this.#write({ ...part, ...this.#link() })
      return
    }
    const commit = this.#nextCommit()
    if (commit !== undefined) this.#write(commit)
  }

  #write(entry: LogEntry): void {
    const bytes = recordBytes(entry)
    this.#inFlight = { bytes, entry }
    this.#options.port.append(bytes, this.#state.last)
  }

  /** What the next record says of what is there, if it changes nothing. */
  #link(): Omit<Claim, 'kind' | 'node'> {
    const { epoch, before, snapshot, isInert, sent, received, reactions, failure } = this.#state
    const word = { isInert, sent, received, total: reactions }
    return { epoch, before, snapshot, ...word, ...(failure === undefined ? {} : { failure }) }
  }

  /** Undefined where there is nothing to say. */
  #nextCommit(): Commit | undefined {
    const state = this.#state
    const arrivals = this.#inbox.arrivals(this.#sizes.arrivals, TOGETHER * this.#sizes.bytes)
    const { molecules: injected, names } = this.#injections.next(
      TOGETHER * this.#sizes.bytes,
      state.injections,
    )
    this.#take(arrivals, injected)
    const reacted = this.#react()
    const { areArrivalsTaken = false } = reacted
    const arrived = areArrivalsTaken ? [] : arrivals.flatMap(({ molecules }) => molecules.copies())
    this.#outgoing.note([], [...arrived, ...injected])
    this.#outgoing.note(reacted.removed, reacted.added)
    const forwarded = this.#nextForwarded()
    const left =
      forwarded.length === 0
        ? this.#left(reacted, injected)
        : { made: reacted.added, injected, departures: forwarded }
    const change = { arrived, injected: left.injected, removed: reacted.removed, added: left.made }
    const { departures } = left
    const confirmed = this.#sending.newlyConfirmed(state.waiting)
    const failure = state.failure ?? reacted.failure ?? this.#doom
    const isInert =
      reacted.isInert &&
      reacted.isWaiting !== true &&
      this.#outgoing.isEmpty &&
      this.#inbox.isEmpty &&
      this.#injections.size + this.#forwarded.length === 0
    const isNews =
      arrivals.length + injected.length + names.length > 0 ||
      reacted.removed.length + reacted.added.length + reacted.reactions > 0 ||
      departures.length > 0 ||
      (this.#isTidying && confirmed.length > 0) ||
      isInert !== state.isInert ||
      failure !== state.failure
    if (!isNews) return undefined
    return {
      kind: 'commit',
      ...this.#link(),
      removed: change.removed,
      added: change.added,
      arrivals,
      areArrivalsTaken,
      injected: change.injected,
      ...(names.length === 0 ? {} : { injections: names }),
      departures,
      confirmed,
      isInert,
      reactions: reacted.reactions,
      total: state.reactions + reacted.reactions,
      sent: state.sent + departures.length,
      received: state.received + arrivals.length,
      checksum: this.#checksumAfter(change, departures),
      ...(failure === undefined ? {} : { failure }),
    }
  }

  /** What comes from where it was reduced can be taken at once; in what is lent, or comes from outside, something may react. */
  #take(arrivals: readonly Arrival[], injected: readonly Copies[]): void {
    const { outside, lender } = this.#options
    for (const { from, molecules } of arrivals)
      this.#local?.arrive(molecules, { areInert: from !== outside && from !== lender })
    if (injected.length > 0) this.#local?.add(Lot.of(injected))
  }

  /** As many as go into a record. */
  #nextForwarded(): readonly Departure[] {
    const last = new Map(this.#state.lastSent)
    return this.#forwarded.splice(0, TOGETHER).map(({ to, molecules }) => {
      const n = (last.get(to) ?? 0) + 1
      last.set(to, n)
      return { to, n, molecules, origin: 'outside' }
    })
  }

  get #isStopped(): boolean {
    return this.#isHalted || this.#state.failure !== undefined
  }

  #react(): Reacted {
    if (this.#local === undefined || this.#isStopped)
      return { removed: [], added: [], reactions: 0, isInert: true }
    const { allowance } = this.#options
    const reacted = this.#local.react(this.#sizes.reactions, allowance?.left)
    allowance?.take(reacted.reactions)
    if (reacted.isStopped === true) allowance?.exceed()
    return reacted
  }

  /** How many of some molecules go into one lot. */
  #firstLot(molecules: readonly Copies[]): number {
    let left = this.#sizes.bytes
    for (const [i, [molecule]] of molecules.entries()) {
      left -= lengthOf(molecule)
      if (i > 0 && (left < 0 || i >= this.#sizes.molecules)) return i
    }
    return molecules.length
  }

  /** How many of some lots go into one part of a snapshot. */
  #firstLots(lots: readonly Departure[]): number {
    let left = TOGETHER * this.#sizes.bytes
    const count = lots.findIndex(({ molecules }) => (left -= molecules.bytes.length) < 0)
    return count < 0 ? lots.length : Math.max(1, count)
  }

  /**
   * What leaves with this record. While something reacts here, only what does not wait for that: solutions that are
   * lent, or that have become inert where they were lent to. Nothing, once nothing is to react any more: whatever
   * arrives counts as inert.
   */
  #left({ added, isInert, active, failure }: Reacted, injected: readonly Copies[]): Left {
    const fresh = { made: added, injected }
    const none = { ...fresh, departures: [] }
    if (this.#isStopped || failure !== undefined) return none
    const { unitHomeOf } = this.#options
    if (unitHomeOf !== undefined && active !== undefined)
      for (const [molecule, copies] of active)
        this.#outgoing.lend(molecule, copies, unitHomeOf(molecule))
    if ((!isInert && active === undefined) || this.#outgoing.isEmpty) return none
    const mayLeave = (molecule: string): boolean =>
      isInert ||
      (unitHomeOf === undefined ? active?.has(molecule) !== true : this.#outgoing.isLent(molecule))
    const { waiting, lastSent } = this.#state
    const unconfirmed = this.#sending.unconfirmed(waiting)
    const left = this.#outgoing.lots(fresh, { unconfirmed, lastSent }, mayLeave)
    const leaving = left.departures.flatMap(({ molecules }) => molecules.copies())
    if (leaving.length > 0) this.#local?.remove(leaving)
    return left
  }

  #checksumAfter(
    { arrived, injected, removed, added }: Come,
    departures: readonly Departure[],
  ): Commit['checksum'] {
    const { molecules, checksum } = this.#state
    const after: Amounts = new Map()
    const known = ([molecule]: Copies): void => {
      const copies = molecules.get(molecule)
      if (copies !== undefined && !touched.has(molecule)) after.set(molecule, copies)
      touched.add(molecule)
    }
    const touched = new Set<string>()
    const leaving = departures.flatMap((each) =>
      each.origin === 'here' ? each.molecules.copies() : [],
    )
    for (const row of [arrived, injected, removed, added, leaving])
      for (const each of row) known(each)
    for (const row of [arrived, injected])
      for (const [molecule, copies] of row) addCopies(after, molecule, copies)
    for (const [molecule, copies] of removed) removeCopies(after, molecule, copies)
    for (const [molecule, copies] of added) addCopies(after, molecule, copies)
    for (const [molecule, copies] of leaving) removeCopies(after, molecule, copies)
    let sum = checksum
    for (const molecule of touched) {
      const before = molecules.get(molecule) ?? 0
      sum = exchanged(sum, molecule, { before, after: after.get(molecule) ?? 0 })
    }
    return sum
  }

  // — what a record that is in the log lets go

  #committed({ departures, arrivals }: Commit): void {
    this.#injections.settle()
    this.#sending.add(departures)
    for (const from of new Set(arrivals.map((each: Arrival) => each.from))) this.#confirmTo(from)
    this.#sinceSnapshot++
    if (this.#sinceSnapshot >= this.#sizes.records && this.#parts.length === 0) this.#planSnapshot()
  }

  #send({ to, n, molecules }: Departure): void {
    this.#options.port.send({ from: this.shard, to, n, molecules })
  }

  #confirmTo(from: ShardId): void {
    const n = this.#state.lastReceived.get(from) ?? 0
    this.#options.port.confirm({ from, to: this.shard, n })
  }

  /** Lots that are in the record on its way count as received. */
  #lastReceivedOrWritten(from: ShardId): number {
    const entry = this.#inFlight?.entry
    const written = entry?.kind === 'commit' ? entry.arrivals : []
    let last = this.#state.lastReceived.get(from) ?? 0
    for (const each of written) if (each.from === from && each.n > last) last = each.n
    return last
  }

  #planSnapshot(): void {
    this.#sinceSnapshot = 0
    const { owner = '', waiting, lastSent, lastReceived, checksum, injections } = this.#state
    const contents: Pick<Snapshot, 'molecules' | 'waiting'>[] = []
    let left: readonly Copies[] = [...this.#state.molecules]
    while (left.length > 0) {
      const count = this.#firstLot(left)
      contents.push({ molecules: left.slice(0, count), waiting: [] })
      left = left.slice(count)
    }
    for (let rest = waiting; rest.length > 0;) {
      const count = this.#firstLots(rest)
      contents.push({ molecules: [], waiting: rest.slice(0, count) })
      rest = rest.slice(count)
    }
    if (contents.length === 0) contents.push({ molecules: [], waiting: [] })
    const parts = contents.length
    const rest = {
      owner,
      lastSent: [...lastSent],
      lastReceived: [...lastReceived],
      checksum,
      injections: [...injections],
    }
    for (const [part, content] of contents.entries()) {
      const isLast = part === parts - 1
      this.#parts.push({ kind: 'snapshot', part, parts, ...content, ...(isLast ? { rest } : {}) })
    }
  }
}

/** What has come to a shard, and what its reactions took and made. */
interface Come {
  readonly arrived: readonly Copies[]
  readonly injected: readonly Copies[]
  readonly removed: readonly Copies[]
  readonly added: readonly Copies[]
}
