import type {
  Entry,
  Host,
  LoweredProgram,
  Reducer,
  RunOptions,
  SolutionValue,
  Step,
} from '../interpreter/index.ts'
import { Allowance } from './allowance.ts'
import { Blueprint } from './blueprint.ts'
import { Cluster, eachOf } from './cluster.ts'
import type { ClusterOutcome, ClusterProgress } from './cluster.ts'
import { MemoryBus } from './memory-bus.ts'
import { ClusterNode } from './node.ts'
import type { NodeStats, Timing } from './node.ts'

export interface LocalClusterOptions extends Pick<
  RunOptions,
  'seed' | 'limits' | 'signal' | 'clock'
> {
  readonly program: LoweredProgram
  readonly host: Host
  readonly nodes: number
  readonly shards: number
  readonly timing?: Partial<Timing>
}

/** Several nodes in one process that share a solution over memory: the same as over a network, without one. */
export class LocalCluster implements Reducer {
  readonly #options: LocalClusterOptions
  readonly #bus = new MemoryBus()
  readonly #nodes: ClusterNode[] = []
  readonly #cluster: Cluster
  readonly #blueprint: Blueprint
  #solution: SolutionValue
  #injected: Iterable<Entry>[] = []
  #born = 0
  readonly #allowance: Allowance | undefined

  constructor(first: SolutionValue, options: LocalClusterOptions) {
    const { program, host, shards, seed, limits, signal, clock } = options
    this.#options = options
    this.#solution = first
    const { reactions } = limits
    this.#allowance = reactions === undefined ? undefined : new Allowance(reactions)
    this.#blueprint = new Blueprint({ program, host, first, shards, seed, depth: limits.depth })
    this.#cluster = new Cluster({
      bus: this.#bus,
      solution: SOLUTION,
      blueprint: this.#blueprint,
      limits,
      allowance: this.#allowance,
      clock,
      ...(signal === undefined ? {} : { signal }),
    })
  }

  /** As it was when it was last asked for. */
  get solution(): SolutionValue {
    return this.#solution
  }

  get reactions(): number {
    return this.#cluster.reactions
  }

  get progress(): ClusterProgress {
    return this.#cluster.progress
  }

  get nodes(): readonly ClusterNode[] {
    return this.#nodes
  }

  get blueprint(): Blueprint {
    return this.#blueprint
  }

  /** Before it runs. */
  inject(entries: Iterable<Entry>): void {
    if (this.#nodes.length > 0) throw new Error('a cluster takes molecules before it runs')
    this.#injected.push(entries)
  }

  async run(): Promise<ClusterOutcome> {
    await this.#cluster.submit(eachOf(this.#injected))
    this.#injected = []
    while (this.#nodes.length < this.#options.nodes) this.start()
    try {
      const outcome = await this.#cluster.run()
      this.#solution = outcome.solution
      return outcome
    } finally {
      for (const node of this.#nodes) node.kill()
      this.#cluster.close()
    }
  }

  step(): Step {
    throw new Error('a cluster does not go step by step: its nodes react at the same time')
  }

  /** One more node. */
  start(): ClusterNode {
    const { timing = {}, clock } = this.#options
    const born = ++this.#born
    const first = Array.from({ length: this.#options.nodes }, (_, i) => nameOf(i + 1))
    const node = new ClusterNode(SOLUTION, this.#blueprint, {
      name: nameOf(born),
      bus: this.#bus,
      clock,
      // Those that start together know of each other.
      others: born <= first.length ? first : this.#nodes.map(({ name }) => name),
      timing,
      allowance: this.#allowance,
      onTrouble: (error) => {
        this.#cluster.fail(error)
      },
    })
    this.#nodes.push(node)
    return node
  }

  /** A node ends as if it were killed; the others take its shards over. */
  kill(node: ClusterNode): NodeStats {
    node.kill()
    this.#nodes.splice(this.#nodes.indexOf(node), 1)
    return node.stats
  }
}

const SOLUTION = 'local'

function nameOf(number: number): string {
  return `node-${String(number)}`
}
