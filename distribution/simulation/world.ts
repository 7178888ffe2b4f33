import { Audit } from '../audit.ts'
import { apply, replay } from '../apply.ts'
import type { Confirmation, Parcel } from '../inbox.ts'
import { passage } from '../local-solution.ts'
import { Lot } from '../lot.ts'
import type { LocalSolution } from '../local-solution.ts'
import type { ShardId } from '../record.ts'
import { ShardOwner } from '../shard.ts'
import type { OwnerWays } from '../shard.ts'
import type { Sizes } from '../sizes.ts'
import { emptyState } from '../shard-state.ts'
import type { ShardState } from '../shard-state.ts'
import type { Copies } from '../copies.ts'
import { readRecord, recordBytes, snapshotIn } from '../record-codec.ts'

/*
 * A cluster in which everything happens one after the other, in an order that a seed draws: appends, parcels,
 * confirmations, nodes that are killed, paused and woken, messages that are lost, doubled and late. It has no
 * clock: a node takes a shard over whenever chance says so, also while another one holds it.
 */

/** How likely things go wrong. */
export interface Faults {
  /** A message is lost, or comes twice. */
  readonly lost: number
  readonly doubled: number
  /** An append is stored and its answer never comes. */
  readonly unanswered: number
  /** An append never comes to the server, and nobody says so. */
  readonly unsent: number
  /** A node is killed, paused or woken, at each step. */
  readonly killed: number
  readonly paused: number
  /** A node claims a shard, at each step; its owner may be alive. */
  readonly claimed: number
}

export const NO_FAULTS: Faults = {
  lost: 0,
  doubled: 0,
  unanswered: 0,
  unsent: 0,
  killed: 0,
  paused: 0,
  claimed: 0,
}

export interface WorldOptions {
  readonly random: () => number
  readonly nodes: number
  /** Without the one for what comes from outside. */
  readonly shards: number
  readonly faults: Faults
  readonly ways: (shard: ShardId) => OwnerWays
  readonly solution: (shard: ShardId) => LocalSolution
  readonly sizes?: Partial<Sizes>
  /** Told each record as it comes into the stream. */
  readonly onRecord?: (shard: ShardId, bytes: Uint8Array, sequence: number) => void
  /** What is made worse on purpose, so that it is seen whether somebody notices. */
  readonly flaw?: Flaw
}

/** Parts of the protocol that can be left out: each must be noticed. */
export type Flaw =
  | 'no-fence'
  | 'no-duplicate-check'
  | 'confirm-before-commit'
  | 'send-before-commit'
  | 'inert-too-early'
  | 'snapshot-beside-the-log'
  | 'no-counts'

interface StoredRecord {
  readonly sequence: number
  readonly bytes: Uint8Array
}

interface Node {
  readonly name: string
  readonly owners: Map<ShardId, ShardOwner>
  isPaused: boolean
}

/** Something that may happen next. */
interface Event {
  /** To whom; events for a paused node wait. */
  readonly node: Node | undefined
  readonly happen: () => void
}

/** A cluster under a seed. `step` lets one thing happen. */
export class World {
  readonly audit: Audit
  readonly #options: WorldOptions
  readonly #outside: ShardId
  readonly #logs = new Map<ShardId, StoredRecord[]>()
  readonly #nodes: Node[] = []
  readonly #events: Event[] = []
  /** Copies of states that somebody put beside the log. */
  readonly #beside = new Map<ShardId, { readonly state: ShardState; readonly sequence: number }>()
  #sequence = 0
  #born = 0
  isCalm = false

  constructor(options: WorldOptions, molecules: readonly Copies[]) {
    this.#options = options
    this.#outside = options.shards
    this.audit = new Audit(options.shards + 1)
    this.#submit(molecules)
    for (let i = 0; i < options.nodes; i++) this.#start()
  }

  /** Lets one thing happen. Throws a `LogError` where a promise is broken. */
  step(): void {
    if (!this.isCalm) this.#misfortune()
    const { faults } = this.#options
    if (this.#events.length === 0 || this.#chance(this.isCalm ? 0.05 : 0.05 + faults.claimed))
      this.#takeOver()
    const event = this.#drawEvent()
    event?.happen()
    if (event === undefined || this.#chance(0.02)) this.#resend()
  }

  /** From now on nothing goes wrong any more: whoever is paused wakes, and each shard is claimed when nobody holds it. */
  calmDown(): void {
    this.isCalm = true
    for (const node of this.#nodes) node.isPaused = false
  }

  /** What the detector says. */
  get isSaidToBeInert(): boolean {
    if (this.#options.flaw !== 'no-counts') return this.audit.isInert
    return this.audit.shardsAtRest === this.#outside + 1
  }

  get records(): number {
    return this.#sequence
  }

  #chance(likelihood: number): boolean {
    return this.#options.random() < likelihood
  }

  #below(bound: number): number {
    return Math.floor(this.#options.random() * bound)
  }

  // — nodes

  #start(): void {
    this.#nodes.push({ name: `node-${String(this.#born++)}`, owners: new Map(), isPaused: false })
  }

  #misfortune(): void {
    const { killed, paused } = this.#options.faults
    if (this.#chance(killed)) {
      const at = this.#below(this.#nodes.length)
      const [dead] = this.#nodes.splice(at, 1)
      // What it sent is on its way; what was to come to it is lost.
      for (let i = this.#events.length - 1; i >= 0; i--)
        if (this.#events[i]?.node === dead) this.#events.splice(i, 1)
      this.#start()
    }
    if (this.#chance(paused)) {
      const node = this.#nodes[this.#below(this.#nodes.length)]
      if (node !== undefined) node.isPaused = !node.isPaused
    }
  }

  /** Some node claims some shard: mostly one that nobody holds. */
  #takeOver(): void {
    const node = this.#nodes[this.#below(this.#nodes.length)]
    const shard = this.#below(this.#outside + 1)
    if (node === undefined || node.isPaused || node.owners.get(shard)?.isLost === false) return
    const isHeld = this.#nodes.some((each) => each.owners.get(shard)?.isLost === false)
    if (isHeld && (this.isCalm || !this.#chance(this.#options.faults.claimed))) return
    this.#own(node, shard)
  }

  #own(node: Node, shard: ShardId): void {
    const { ways, solution, sizes } = this.#options
    const state = this.#recovered(shard)
    const owner: ShardOwner = new ShardOwner(state, {
      shard,
      node: node.name,
      ...ways(shard),
      solution: () => (shard === this.#outside ? passage : solution(shard)),
      ...(sizes === undefined ? {} : { sizes }),
      port: {
        append: (bytes, expected) => {
          this.#append({ node, shard, owner: () => owner }, bytes, expected)
        },
        send: (parcel) => {
          this.#deliver(parcel)
        },
        confirm: (confirmation) => {
          this.#confirm(confirmation)
        },
      },
    })
    node.owners.set(shard, owner)
  }

  /** As whoever submits a program does it, before anything else: all molecules are in the log of the outside. */
  #submit(molecules: readonly Copies[]): void {
    const records: Uint8Array[] = []
    const ways = this.#options.ways(this.#outside)
    const owner = new ShardOwner(emptyState(), {
      shard: this.#outside,
      node: 'client',
      ...ways,
      solution: () => passage,
      port: { append: (bytes) => records.push(bytes), send: nothing, confirm: nothing },
    })
    owner.forward(
      molecules.map((each) => ({ to: ways.homeOf(each[0]), molecules: Lot.of([each]) })),
    )
    for (let bytes = records.shift(); bytes !== undefined; bytes = records.shift()) {
      this.#store(this.#outside, bytes)
      owner.appended(this.#sequence)
      if (records.length === 0 && owner.isOwning) owner.seal()
    }
  }

  #store(shard: ShardId, bytes: Uint8Array): void {
    let log = this.#logs.get(shard)
    if (log === undefined) this.#logs.set(shard, (log = []))
    const sequence = ++this.#sequence
    log.push({ sequence, bytes })
    this.audit.take(shard, bytes, sequence)
    this.#options.onRecord?.(shard, bytes, sequence)
  }

  #recovered(shard: ShardId): ShardState {
    const log = this.#logs.get(shard) ?? []
    const beside = this.#beside.get(shard)
    if (this.#options.flaw === 'snapshot-beside-the-log' && beside !== undefined) {
      const state = copyOf(beside.state)
      return log
        .filter(({ sequence }) => sequence > beside.sequence)
        .reduce((each, { bytes, sequence }) => apply(each, bytes, sequence), state)
    }
    const last = log.at(-1)
    // As a node reads it: from the snapshot that the last record names.
    const from = last === undefined ? 0 : snapshotIn(last.bytes)
    return replay(log.filter(({ sequence }) => sequence >= from))
  }

  // — the log

  #append(
    writer: { readonly node: Node; readonly shard: ShardId; readonly owner: () => ShardOwner },
    bytes: Uint8Array,
    expected: number,
  ): void {
    const { unanswered, unsent } = this.#options.faults
    const { flaw } = this.#options
    const { node, shard } = writer
    const written = flaw === 'inert-too-early' ? saidToBeInert(bytes) : bytes
    if (flaw === 'send-before-commit') this.#sendAll(shard, bytes)
    const answer = (happen: () => void): void => {
      this.#events.push({ node, happen })
    }
    this.#events.push({
      node: undefined,
      happen: () => {
        if (!this.isCalm && this.#chance(unsent)) {
          answer(() => {
            writer.owner().lost()
          })
          return
        }
        const last = this.#logs.get(shard)?.at(-1)?.sequence ?? 0
        if (last !== expected && flaw !== 'no-fence') {
          answer(() => {
            writer.owner().lost()
          })
          return
        }
        this.#store(shard, written)
        const sequence = this.#sequence
        const isAnswered = this.isCalm || !this.#chance(unanswered)
        answer(() => {
          if (isAnswered) writer.owner().appended(sequence)
          else writer.owner().lost()
          if (flaw === 'snapshot-beside-the-log' && this.#chance(0.2) && isAnswered)
            this.#beside.set(shard, { state: copyOf(writer.owner().state), sequence })
        })
      },
    })
  }

  #sendAll(from: ShardId, bytes: Uint8Array): void {
    const entry = readRecord(bytes)
    if (entry.kind !== 'commit') return
    for (const { to, n, molecules } of entry.departures) this.#deliver({ from, to, n, molecules })
  }

  // — messages

  #deliver(parcel: Parcel): void {
    this.#message(parcel.to, (owner) => {
      const { flaw } = this.#options
      if (flaw === 'confirm-before-commit')
        this.#confirm({ from: parcel.from, to: parcel.to, n: parcel.n })
      if (flaw !== 'no-duplicate-check') owner.receive(parcel)
      else owner.receive({ ...parcel, n: (owner.state.lastReceived.get(parcel.from) ?? 0) + 1 })
    })
  }

  #confirm(confirmation: Confirmation): void {
    this.#message(confirmation.from, (owner) => {
      owner.confirmed(confirmation)
    })
  }

  /** To whoever believes to own a shard: each of them gets it. */
  #message(to: ShardId, take: (owner: ShardOwner) => void): void {
    const { lost, doubled } = this.#options.faults
    if (!this.isCalm && this.#chance(lost)) return
    const times = !this.isCalm && this.#chance(doubled) ? 2 : 1
    for (let i = 0; i < times; i++)
      for (const node of this.#nodes) {
        const owner = node.owners.get(to)
        if (owner !== undefined && !owner.isLost)
          this.#events.push({
            node,
            happen: () => {
              if (!owner.isLost) take(owner)
            },
          })
      }
  }

  #resend(): void {
    for (const node of this.#nodes)
      if (!node.isPaused) for (const owner of node.owners.values()) owner.resend()
  }

  #drawEvent(): Event | undefined {
    for (let tries = 0; tries < 8 && this.#events.length > 0; tries++) {
      const at = this.#below(this.#events.length)
      const event = this.#events[at]
      if (event === undefined || event.node?.isPaused === true) continue
      const last = this.#events.pop()
      if (last !== undefined && last !== event) this.#events[at] = last
      return event
    }
    return undefined
  }
}

/** Lets a world run, with its faults for so many steps, until its solution is inert; undefined where that takes too long. */
export function runToInert(
  world: World,
  { faulty, most }: { readonly faulty: number; readonly most: number },
): number | undefined {
  for (let step = 0; step < most; step++) {
    if (step === faulty) world.calmDown()
    if (world.isSaidToBeInert) return step
    world.step()
  }
  return undefined
}

function saidToBeInert(bytes: Uint8Array): Uint8Array {
  const entry = readRecord(bytes)
  return entry.kind === 'claim' ? bytes : recordBytes({ ...entry, isInert: true })
}

/** A copy that somebody keeps beside the log. */
function copyOf(state: ShardState): ShardState {
  return {
    ...state,
    failure: undefined,
    unfinished: undefined,
    molecules: new Map(state.molecules),
    waiting: [...state.waiting],
    lastSent: new Map(state.lastSent),
    lastReceived: new Map(state.lastReceived),
    injections: new Set(state.injections),
  }
}

function nothing(): void {
  // Messages of whoever submits are lost: they are sent again by whoever takes over.
}
