/*
 * `npm run bench:scale [MOLECULES]`: a keyed count in up to 10,000 shards on 100 nodes. Logs, owners and channels are the
 * real ones, all in this process; time is simulated: what an owner computes takes as long as it takes here, on a core
 * that the shards of its node share, and appends and messages take what was measured at a server (docs/distribution.md).
 * Prints a table; the last columns say what one append of a node for all its shards would make of it.
 */
import type { Copies } from '../../distribution/index.ts'
import { ShardOwner } from '../../distribution/shard.ts'
import { InertnessDetector } from '../../distribution/inertness.ts'
import { passage } from '../../distribution/local-solution.ts'
import type { LocalSolution, Reacted } from '../../distribution/local-solution.ts'
import type { Lot } from '../../distribution/lot.ts'
import { LotsByHome } from '../../distribution/lots-by-home.ts'
import type { BoundLot } from '../../distribution/lots-by-home.ts'
import { readRecord } from '../../distribution/record-codec.ts'
import { SIZES } from '../../distribution/sizes.ts'
import { emptyState } from '../../distribution/shard-state.ts'
import type { Parcel, Confirmation } from '../../distribution/inbox.ts'

/** Measured with nats-server 2.10.27 and `sync_interval: always` on the same machine, in milliseconds. */
const COSTS = {
  /** The server takes so long for an append, of which it does one after the other: 2,994 a second. */
  append: 1_000 / 2_994,
  /** A kilobyte of a record, at 100 MB/s. */
  kilobyte: 0.01,
  /** A message, from one node to another or to the server. */
  message: 0.25,
}
const NODES = 100
const KEYS = 20_000
const [molecules = 100_000] = process.argv.slice(2).map(Number)

interface Simulated {
  /** Until it is known that all is inert, in simulated milliseconds. */
  readonly time: number
  readonly records: number
  readonly appends: number
  readonly lots: number
  /** What all owners have computed, in real milliseconds. */
  readonly work: number
  readonly heap: number
}

function simulated(shards: number, { isGrouped }: { readonly isGrouped: boolean }): Simulated {
  const timeline = new Timeline()
  const stream = new Stream(timeline, shards + 1)
  const nodes = Array.from({ length: NODES }, () => new Core(timeline, stream, isGrouped))
  const owners: ShardOwner[] = []
  let lots = 0
  const post = (to: number, act: (owner: ShardOwner) => void): void => {
    timeline.at(COSTS.message, () => {
      const owner = owners[to]
      if (owner !== undefined)
        nodes[to % NODES]?.compute(() => {
          act(owner)
        })
    })
  }
  for (let shard = 0; shard <= shards; shard++) {
    const core = nodes[shard % NODES]
    core?.compute(() => {
      owners[shard] = new ShardOwner(emptyState(), {
        shard,
        node: String(shard % NODES),
        homeOf: (molecule) => keyOf(molecule) % shards,
        outside: shards,
        solution: () => (shard === shards ? passage : new Counts()),
        port: {
          append: (bytes) => {
            core.append(shard, bytes, (sequence) => owners[shard]?.appended(sequence))
          },
          send: (parcel: Parcel) => {
            lots++
            post(parcel.to, (owner) => {
              owner.receive(parcel)
            })
          },
          confirm: (confirmation: Confirmation) => {
            post(confirmation.from, (owner) => {
              owner.confirmed(confirmation)
            })
          },
        },
      })
    })
  }
  nodes[shards % NODES]?.compute(() => owners[shards]?.forward(injected(shards)))
  const time = timeline.run(() => stream.isInert)
  const work = nodes.reduce((sum, node) => sum + node.work, 0)
  const heap = process.memoryUsage().heapUsed / 1e6
  return { time, records: stream.records, appends: stream.appends, lots, work, heap }
}

function injected(shards: number): BoundLot[] {
  const homeOf = (molecule: string): number => keyOf(molecule) % shards
  const sorted = new LotsByHome({ firstOf: homeOf, firstOfAtoms: () => undefined }, SIZES)
  const lots: BoundLot[] = []
  for (let i = 0; i < molecules; i++) {
    // A multiplier that shares no factor with the number of keys: each comes as often.
    const lot = sorted.addWritten([`${String((i * 7_919) % KEYS)}:${String(i)}`, 1])
    if (lot !== undefined) lots.push(lot)
  }
  return [...lots, ...sorted.rest()]
}

function keyOf(molecule: string): number {
  return Number(molecule.slice(0, molecule.indexOf(':')))
}

/** The sum by key, as one machine would work it out. */
class Counts implements LocalSolution {
  readonly #sums = new Map<number, number>()
  readonly #new: Copies[] = []

  add(molecules: Lot): void {
    this.#new.push(...molecules.copies())
  }

  arrive(molecules: Lot): void {
    this.add(molecules)
  }

  remove(): void {
    throw new Error('all that comes here belongs here')
  }

  react(): Reacted {
    const [removed, added] = [new Map<string, number>(), new Map<string, number>()]
    let reactions = 0
    for (const [molecule] of this.#new.splice(0)) {
      const key = keyOf(molecule)
      const before = this.#sums.get(key)
      const sum = (before ?? 0) + Number(molecule.slice(molecule.indexOf(':') + 1))
      this.#sums.set(key, sum)
      if (before === undefined) continue
      reactions++
      const old = `${String(key)}:${String(before)}`
      if (!added.delete(old)) count(removed, old)
      count(removed, molecule)
      count(added, `${String(key)}:${String(sum)}`)
    }
    return { removed: [...removed], added: [...added], reactions, isInert: true }
  }
}

function count(amounts: Map<string, number>, molecule: string): void {
  amounts.set(molecule, (amounts.get(molecule) ?? 0) + 1)
}

/** What happens, in the order of simulated time. */
class Timeline {
  now = 0
  readonly #heap: { readonly time: number; readonly order: number; readonly act: () => void }[] = []
  #order = 0

  /** After so many milliseconds. */
  at(delay: number, act: () => void): void {
    const event = { time: this.now + delay, order: this.#order++, act }
    const heap = this.#heap
    let at = heap.push(event) - 1
    for (; at > 0; at = (at - 1) >> 1) {
      const above = heap[(at - 1) >> 1]
      if (above === undefined || !isBefore(event, above)) break
      heap[at] = above
    }
    heap[at] = event
  }

  /** Until it is over; gives the time. */
  run(isOver: () => boolean): number {
    for (let event = this.#next(); event !== undefined; event = this.#next()) {
      this.now = event.time
      event.act()
      if (isOver()) return this.now
    }
    throw new Error('nothing happens any more, and it is not inert')
  }

  #next() {
    const heap = this.#heap
    const [first] = heap
    const last = heap.pop()
    if (first === undefined || last === undefined || heap.length === 0) return first
    let at = 0
    for (;;) {
      const [left, right] = [heap[2 * at + 1], heap[2 * at + 2]]
      const isLeft = left !== undefined && (right === undefined || isBefore(left, right))
      const below = isLeft ? left : right
      if (below === undefined || !isBefore(below, last)) break
      heap[at] = below
      at = 2 * at + (isLeft ? 1 : 2)
    }
    heap[at] = last
    return first
  }
}

interface Timed {
  readonly time: number
  readonly order: number
}

function isBefore(a: Timed, b: Timed): boolean {
  return a.time < b.time || (a.time === b.time && a.order < b.order)
}

/** A record, and who waits for its sequence. */
interface Append {
  readonly shard: number
  readonly bytes: Uint8Array
  readonly answer: (sequence: number) => void
}

/** The stream of a server, which adds one record after the other. */
class Stream {
  records = 0
  appends = 0
  readonly #timeline: Timeline
  readonly #detector: InertnessDetector
  #free = 0

  constructor(timeline: Timeline, shards: number) {
    this.#timeline = timeline
    this.#detector = new InertnessDetector(shards)
  }

  get isInert(): boolean {
    return this.#detector.isInert
  }

  /** Adds records together; `done` when their writer knows. */
  append(records: readonly Append[], done: (sequences: readonly number[]) => void): void {
    const size = records.reduce((sum, { bytes }) => sum + bytes.length, 0)
    const { now } = this.#timeline
    const start = Math.max(now + COSTS.message, this.#free)
    this.#free = start + COSTS.append + (size / 1_000) * COSTS.kilobyte
    this.appends++
    this.#timeline.at(this.#free - now, () => {
      const sequences = records.map(({ shard, bytes }) => {
        this.#detector.take(shard, readRecord(bytes))
        return ++this.records
      })
      this.#timeline.at(COSTS.message, () => {
        done(sequences)
      })
    })
  }
}

/** A node: what its owners compute is done one after the other. */
class Core {
  work = 0
  readonly #timeline: Timeline
  readonly #stream: Stream
  readonly #isGrouped: boolean
  #free = 0
  #waiting: Append[] = []
  #isAppending = false

  constructor(timeline: Timeline, stream: Stream, isGrouped: boolean) {
    this.#timeline = timeline
    this.#stream = stream
    this.#isGrouped = isGrouped
  }

  compute(act: () => void): void {
    this.#timeline.at(Math.max(0, this.#free - this.#timeline.now), () => {
      // Something else was computed meanwhile.
      if (this.#free > this.#timeline.now) {
        this.compute(act)
        return
      }
      const before = process.threadCpuUsage()
      act()
      const { user, system } = process.threadCpuUsage(before)
      const took = (user + system) / 1_000
      this.work += took
      this.#free = this.#timeline.now + took
    })
  }

  append(shard: number, bytes: Uint8Array, answer: (sequence: number) => void): void {
    const append = { shard, bytes, answer }
    if (!this.#isGrouped) {
      this.#write([append])
      return
    }
    this.#waiting.push(append)
    if (!this.#isAppending) this.#writeAll()
  }

  #writeAll(): void {
    const records = this.#waiting.splice(0)
    if (records.length === 0) return
    this.#isAppending = true
    this.#write(records)
  }

  #write(records: readonly Append[]): void {
    // What is computed leaves when that is done.
    this.#timeline.at(Math.max(0, this.#free - this.#timeline.now), () => {
      this.#stream.append(records, (sequences) => {
        if (this.#isGrouped) this.#isAppending = false
        this.compute(() => {
          for (const [i, { answer }] of records.entries()) answer(sequences[i] ?? 0)
        })
        if (this.#isGrouped) this.#writeAll()
      })
    })
  }
}

tell(
  `${molecules.toLocaleString('en')} molecules of ${KEYS.toLocaleString('en')} keys, ${String(NODES)} nodes, one stream of ${Math.round(1_000 / COSTS.append).toLocaleString('en')} appends/s`,
)
tell(
  '| shards | seconds | records | lots | CPU of all owners | µs a molecule | MB | seconds, one append a node | appends |',
)
tell('| --- | --- | --- | --- | --- | --- | --- | --- | --- |')
for (const shards of [10, 100, 1_000, 10_000]) {
  const single = simulated(shards, { isGrouped: false })
  const grouped = simulated(shards, { isGrouped: true })
  const cells = [
    shards.toLocaleString('en'),
    (single.time / 1_000).toFixed(2),
    single.records.toLocaleString('en'),
    single.lots.toLocaleString('en'),
    `${(single.work / 1_000).toFixed(2)} s`,
    ((single.work * 1_000) / molecules).toFixed(1),
    single.heap.toFixed(0),
    (grouped.time / 1_000).toFixed(2),
    grouped.appends.toLocaleString('en'),
  ]
  tell(`| ${cells.join(' | ')} |`)
}

function tell(line: string): void {
  process.stdout.write(`${line}\n`)
}
