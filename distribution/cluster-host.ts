import type { Host } from '../interpreter/index.ts'
import { subjects } from './bus.ts'
import type { Bus } from './bus.ts'
import { ClusterNode } from './node.ts'
import type { NodeStats, Timing } from './node.ts'
import { blueprintOf, readProgramRecord } from './program-record.ts'

export interface ClusterHostOptions {
  readonly name: string
  readonly bus: Bus
  /** What programs can call. */
  readonly host: Host
  readonly clock: () => number
  readonly timing?: Partial<Timing>
  /** Told what happens, for people. */
  readonly onNews?: (news: HostNews) => void
  readonly onTrouble?: (error: unknown) => void
}

/** Something that a host did. */
export interface HostNews {
  readonly kind: 'joined' | 'left'
  readonly solution: string
  readonly stats?: NodeStats
}

/** A node for every solution that there is on a bus, and for those that come. */
export class ClusterHost {
  readonly #options: ClusterHostOptions
  readonly #nodes = new Map<string, ClusterNode>()
  readonly #joining = new Set<string>()
  readonly #ends: (() => void)[] = []

  private constructor(options: ClusterHostOptions) {
    this.#options = options
  }

  /** Joins all solutions that are there, and from now on those that are announced. */
  static async start(options: ClusterHostOptions): Promise<ClusterHost> {
    const host = new ClusterHost(options)
    const { bus } = options
    host.#ends.push(
      bus.listen(subjects.announcements, (solution) => {
        void host.#join(solution)
      }),
    )
    for (const solution of await bus.solutions()) await host.#join(solution)
    return host
  }

  get solutions(): readonly string[] {
    return [...this.#nodes.keys()]
  }

  /** Gives all shards away and ends. */
  async leave(): Promise<void> {
    for (const end of this.#ends.splice(0)) end()
    await Promise.all(Array.from(this.#nodes.values(), (node) => node.leave()))
    this.#nodes.clear()
  }

  async #join(solution: string): Promise<void> {
    if (this.#nodes.has(solution) || this.#joining.has(solution)) return
    this.#joining.add(solution)
    try {
      const { bus, host, name, clock, timing = {}, onTrouble, onNews } = this.#options
      const record = await bus.last(subjects.log(solution, 'program'))
      if (record === undefined) return
      const blueprint = blueprintOf(readProgramRecord(record.text), host)
      const node = new ClusterNode(solution, blueprint, {
        ...{ name, bus, clock, timing },
        ...(onTrouble === undefined ? {} : { onTrouble }),
        onEnd: () => {
          this.#nodes.delete(solution)
          onNews?.({ kind: 'left', solution, stats: node.stats })
        },
      })
      this.#nodes.set(solution, node)
      onNews?.({ kind: 'joined', solution })
    } catch (error) {
      this.#options.onTrouble?.(error)
    } finally {
      this.#joining.delete(solution)
    }
  }
}
