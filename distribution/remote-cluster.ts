import type { Entry, Reducer, RunOptions, SolutionValue, Step } from '../interpreter/index.ts'
import type { Blueprint } from './blueprint.ts'
import { subjects } from './bus.ts'
import type { Bus } from './bus.ts'
import { Cluster } from './cluster.ts'
import type { ClusterOutcome, ClusterProgress } from './cluster.ts'
import { appendSurely, patiently } from './patience.ts'
import { programRecordText } from './program-record.ts'
import type { ProgramRecord } from './program-record.ts'

export interface RemoteClusterOptions extends Pick<RunOptions, 'limits' | 'signal' | 'clock'> {
  readonly bus: Bus
  /** A name that no other solution has. */
  readonly solution: string
  readonly record: ProgramRecord
  readonly blueprint: Blueprint
}

/** A solution that is given to the nodes of a bus, and taken from them when it is inert. */
export class RemoteCluster implements Reducer {
  readonly #options: RemoteClusterOptions
  readonly #cluster: Cluster
  #solution: SolutionValue
  #injected: Entry[] = []

  constructor(first: SolutionValue, options: RemoteClusterOptions) {
    this.#options = options
    this.#solution = first
    const { bus, solution, blueprint, limits, signal, clock } = options
    this.#cluster = new Cluster({
      ...{ bus, solution, blueprint, limits, clock },
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

  /** Before it runs. */
  inject(entries: Iterable<Entry>): void {
    for (const entry of entries) this.#injected.push(entry)
  }

  async run(): Promise<ClusterOutcome> {
    const { bus, solution, record, clock } = this.#options
    try {
      await this.#cluster.submit(this.#injected)
      // Nodes join when the program is there: by then all molecules are.
      const log = subjects.log(solution, 'program')
      await appendSurely(bus, { log, text: programRecordText(record), expected: 0 }, clock)
      bus.send(subjects.announcements, solution)
      const outcome = await this.#cluster.run()
      this.#solution = outcome.solution
      return outcome
    } finally {
      this.#cluster.close()
      bus.send(subjects.control(solution), 'end')
      await patiently(() => bus.forget(solution), clock)
    }
  }

  step(): Step {
    throw new Error('a cluster does not go step by step: its nodes react at the same time')
  }
}
