import type { Host } from '../interpreter/index.ts'
import { subjects } from './bus.ts'
import type { Bus } from './bus.ts'
import { LogError } from './errors.ts'
import { textOf } from './json.ts'
import { ClusterNode, TIMING } from './node.ts'
import type { NodeStats, Timing } from './node.ts'
import { offerCalls, withOffers } from './offers.ts'
import { presenceText } from './presence.ts'
import type { Presence } from './presence.ts'
import { blueprintOf, readProgramRecord } from './program-record.ts'
import { SIZES } from './sizes.ts'
import type { Sizes } from './sizes.ts'
import { every } from './timers.ts'

export interface ClusterHostOptions {
  readonly name: string
  readonly bus: Bus
  /** What programs can call. */
  readonly host: Host
  readonly clock: () => number
  readonly timing?: Partial<Timing>
  /** How much goes into one record. */
  readonly sizes?: Partial<Sizes>
  /** Nodes that start at the same time: each begins with its share, without waiting for them to show. */
  readonly others?: readonly string[]
  /** The solutions that it takes part in, all unless said otherwise. */
  readonly isWanted?: (solution: string) => boolean
  /** Told what happens, for people. */
  readonly onNews?: (news: HostNews) => void
  readonly onTrouble?: (error: unknown) => void
  /** Told when somebody has asked it to give its shards away, and it has. */
  readonly onDrained?: () => void
}

/** Something that a host did. */
export interface HostNews {
  readonly kind: 'joined' | 'left'
  readonly solution: string
  readonly stats?: NodeStats
}

/** Between two words on how a node is, in milliseconds, and between two looks for solutions that it was not told of. */
const PRESENCE = 1_000
const SEARCH = 5_000

/** A node for every solution that there is on a bus, and for those that come. */
export class ClusterHost {
  readonly #options: ClusterHostOptions
  readonly #nodes = new Map<string, ClusterNode>()
  readonly #joining = new Set<string>()
  /** Solutions that this host cannot take part in. */
  readonly #refused = new Set<string>()
  readonly #ends: (() => void)[] = []
  readonly #past: NodeStats[] = []
  #trouble: (NonNullable<Presence['trouble']> & { readonly isLasting: boolean }) | undefined
  #isLeaving = false

  private constructor(options: ClusterHostOptions) {
    this.#options = options
  }

  /** Joins all solutions that are there, and from now on those that are announced. */
  static async start(options: ClusterHostOptions): Promise<ClusterHost> {
    const host = new ClusterHost(options)
    const { bus, name } = options
    host.#ends.push(
      bus.listen(subjects.announcements, (solution) => {
        host.#refused.delete(solution)
        void host.#join(solution)
      }),
      bus.listen(subjects.roll, () => {
        host.#present()
      }),
      bus.answer(subjects.list, async () => textOf({ solutions: await bus.solutions() })),
      bus.answer(subjects.drain(name), async () => {
        await host.leave()
        setTimeout(() => options.onDrained?.(), 0)
        return textOf({ ok: true })
      }),
      bus.onReturn(() => {
        // That the server was away is over; what is wrong with a log stays.
        if (host.#trouble?.isLasting !== true) host.#trouble = undefined
        host.#present()
      }),
      offerCalls(options.host, bus, { ...TIMING, ...options.timing }),
      every(PRESENCE, () => {
        host.#present()
      }),
      every(SEARCH, () => void host.#search()),
    )
    for (const solution of await bus.solutions()) await host.#join(solution)
    host.#present()
    return host
  }

  get solutions(): readonly string[] {
    return [...this.#nodes.keys()]
  }

  /** How it is, as it tells the others. */
  get presence(): Omit<Presence, 'v'> {
    const all = [...this.#past, ...Array.from(this.#nodes.values(), ({ stats }) => stats)]
    const trouble = this.#trouble && { solution: this.#trouble.solution, what: this.#trouble.what }
    const sum = (name: keyof NodeStats): number =>
      all.reduce((total, each) => total + each[name], 0)
    return {
      node: this.#options.name,
      solutions: this.solutions,
      shards: [...this.#nodes.values()].reduce((total, node) => total + node.shards.length, 0),
      claims: sum('claims'),
      fenced: sum('fenced'),
      unknown: sum('unknown'),
      repeated: sum('repeated'),
      early: sum('early'),
      foreign: sum('foreign'),
      rejected: sum('rejected'),
      ...(trouble === undefined ? {} : { trouble }),
    }
  }

  /** Gives all shards away and ends. */
  async leave(): Promise<void> {
    this.#isLeaving = true
    for (const end of this.#ends.splice(0)) end()
    await Promise.all(Array.from(this.#nodes.values(), (node) => node.leave()))
    this.#nodes.clear()
  }

  #present(): void {
    this.#options.bus.send(subjects.nodes, presenceText(this.presence))
  }

  /** Whoever was away has not heard what was announced. */
  async #search(): Promise<void> {
    try {
      for (const solution of await this.#options.bus.solutions()) await this.#join(solution)
    } catch {
      // The server is away: it looks again later.
    }
  }

  async #join(solution: string): Promise<void> {
    if (this.#nodes.has(solution) || this.#joining.has(solution) || this.#isLeaving) return
    if (this.#refused.has(solution) || this.#options.isWanted?.(solution) === false) return
    this.#joining.add(solution)
    try {
      const { bus, host, name, clock, timing = {}, sizes = {}, others, onNews } = this.#options
      const record = await bus.last(subjects.log(solution, 'program'))
      if (record === undefined) return
      const program = readProgramRecord(record.bytes)
      const blueprint = blueprintOf(
        program,
        withOffers(host, program.offers, bus, { ...TIMING, ...timing }),
      )
      const { slice = Infinity } = program
      const reactions = Math.min(slice, sizes.reactions ?? SIZES.reactions)
      const node = new ClusterNode(solution, blueprint, {
        ...{ name, bus, clock, timing, program: record.sequence },
        sizes: { ...sizes, reactions },
        ...(others !== undefined && { others }),
        onTrouble: (error) => {
          this.#complain(solution, error)
        },
        onEnd: () => {
          this.#nodes.delete(solution)
          if (this.#trouble?.solution === solution) this.#trouble = undefined
          this.#past.push(node.stats)
          onNews?.({ kind: 'left', solution, stats: node.stats })
        },
      })
      this.#nodes.set(solution, node)
      onNews?.({ kind: 'joined', solution })
    } catch (error) {
      if (error instanceof LogError) this.#refused.add(solution)
      this.#complain(solution, error)
    } finally {
      this.#joining.delete(solution)
    }
  }

  #complain(solution: string, error: unknown): void {
    const what = error instanceof Error ? error.message : String(error)
    const isNews = this.#trouble?.what !== what || this.#trouble.solution !== solution
    this.#trouble = { solution, what, isLasting: error instanceof LogError }
    // The same again and again, as while a server is away, is said once.
    if (isNews) this.#options.onTrouble?.(error)
    this.#present()
  }
}
