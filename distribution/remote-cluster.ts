import type { Entry, Reducer, RunOptions, SolutionValue, Step } from '../interpreter/index.ts'
import type { Blueprint } from './blueprint.ts'
import { subjects } from './bus.ts'
import type { Bus } from './bus.ts'
import { Cluster, eachOf } from './cluster.ts'
import type { ClusterOutcome, ClusterProgress } from './cluster.ts'
import type { Copies } from './copies.ts'
import { RefusedError } from './errors.ts'
import { orderText } from './messages.ts'
import { appendSurely, patiently } from './patience.ts'
import { programRecordBytes } from './program-record.ts'
import type { ProgramRecord } from './program-record.ts'

export interface RemoteClusterOptions extends Pick<RunOptions, 'limits' | 'signal' | 'clock'> {
  readonly bus: Bus
  /** A name that no other solution has. */
  readonly solution: string
  readonly record: Omit<ProgramRecord, 'rules'>
  readonly blueprint: Blueprint
  /** What it begins with in place of what the program does: what another one has come to. */
  readonly initial?: readonly Copies[]
  /** It is not followed: it stays with the nodes until somebody cancels it. */
  readonly isDetached?: boolean
}

/** A solution that is given to the nodes of a bus, and taken from them when it is inert. */
export class RemoteCluster implements Reducer {
  readonly #options: RemoteClusterOptions
  readonly #cluster: Cluster
  #solution: SolutionValue
  readonly #injected: Iterable<Entry>[] = []

  constructor(first: SolutionValue, options: RemoteClusterOptions) {
    this.#options = options
    this.#solution = first
    const { bus, solution, blueprint, limits, signal, clock, isDetached = false } = options
    this.#cluster = new Cluster({
      ...{ bus, solution, blueprint, limits, clock, isDetached },
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

  /** Before it runs: they are looked at when it is submitted. */
  inject(entries: Iterable<Entry>): void {
    this.#injected.push(entries)
  }

  /** Gives it to the nodes. Throws a `RefusedError` where a solution of that name is there. */
  async submit(): Promise<void> {
    const { bus, solution, record, clock, initial } = this.#options
    const log = subjects.log(solution, 'program')
    if ((await patiently(() => bus.last(log), clock)) !== undefined)
      throw new RefusedError(undefined)
    await this.#cluster.submit(eachOf(this.#injected), initial)
    // Nodes join when the program is there: by then all molecules are.
    const bytes = programRecordBytes({ ...record, rules: this.#options.blueprint.rules })
    await appendSurely(bus, { log, bytes, expected: 0 }, clock)
    bus.send(subjects.announcements, solution)
  }

  async run(): Promise<ClusterOutcome> {
    const { bus, solution, clock } = this.#options
    try {
      await this.submit()
      const outcome = await this.#cluster.run()
      this.#solution = outcome.solution
      return outcome
    } finally {
      this.#cluster.close()
      await cancel(bus, solution, clock)
    }
  }

  /** Something that no node can mend: a run throws it. */
  fail(error: unknown): void {
    this.#cluster.fail(error)
  }

  step(): Step {
    throw new Error('a cluster does not go step by step: its nodes react at the same time')
  }
}

/** Ends a solution on all nodes and forgets it. */
export async function cancel(bus: Bus, solution: string, clock: () => number): Promise<void> {
  bus.send(subjects.control(solution), orderText('end'))
  await patiently(() => bus.forget(solution), clock)
  // A node that takes a shard over meanwhile has written again: it is told again, and finds no program.
  bus.send(subjects.control(solution), orderText('end'))
}
