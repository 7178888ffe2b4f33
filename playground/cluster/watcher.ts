import {
  MemoryBus,
  PortBus,
  RemoteCluster,
  blueprintOf,
  halt,
  isEnd,
  overviewOf,
  readProgramRecord,
  withOffers,
  serveBus,
  subjects,
} from '../../distribution/index.ts'
import type { Blueprint, Bus } from '../../distribution/index.ts'
import { prelude } from '../../interpreter/index.ts'
import { portOf } from './message-port.ts'
import { IN_THE_PAGE } from './messages.ts'
import type { ClusterStart, FromWatcher, ToWatcher } from './messages.ts'
import { PacedBus } from './paced-bus.ts'
import { hostOfPage, programForNodes } from './program-for-nodes.ts'
import { WatchedSolution } from './watched-solution.ts'

export interface WatcherOptions {
  readonly tell: (message: FromWatcher) => void
  readonly clock: () => number
}

/** Views are told so often at most, in milliseconds. */
const BETWEEN_VIEWS = 80
/** So long nodes have to say that they are there. */
const ROLL = 300

/** Keeps the bus of a page's cluster, or uses one elsewhere, and tells what happens on it. */
export class Watcher {
  readonly #options: WatcherOptions
  readonly #nodes = new Map<string, () => void>()
  #bus: Bus = new MemoryBus()
  #paced: PacedBus | undefined
  #watched: WatchedSolution | undefined
  #unfollow: () => void = () => undefined
  #isViewComing = false
  #mostReactions = Infinity
  /** Something else has ended it than what its logs say. */
  #ending: 'limit' | 'cancelled' | undefined
  #hasResult = false

  constructor(options: WatcherOptions) {
    this.#options = options
  }

  async hear(message: ToWatcher): Promise<void> {
    try {
      await this.#act(message)
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error)
      this.#options.tell({ kind: 'trouble', message: why })
    }
  }

  async #act(message: ToWatcher): Promise<void> {
    switch (message.kind) {
      case 'start':
        await this.#start(message.start)
        return
      case 'pace':
        if (this.#paced === undefined) this.#paced = new PacedBus(this.#bus)
        this.#paced.perSecond = message.perSecond
        return
      case 'node':
        this.#paced ??= new PacedBus(this.#bus)
        this.#nodes.set(message.name, serveBus(this.#paced, portOf(message.port)))
        return
      case 'node-gone':
        this.#nodes.get(message.name)?.()
        this.#nodes.delete(message.name)
        return
      case 'bus':
        this.#bus = new PortBus(portOf(message.port))
        return
      case 'list':
        await this.#list()
        return
      case 'watch':
        await this.#watchThere(message.solution)
    }
  }

  async #start(start: ClusterStart): Promise<void> {
    const host = hostOfPage(() => undefined)
    const read = programForNodes(start, host)
    if (!('blueprint' in read)) {
      this.#options.tell({ kind: 'refused', refusals: read })
      return
    }
    const { record, blueprint, first } = read
    this.#mostReactions = start.reactions ?? Infinity
    const cluster = new RemoteCluster(first, {
      ...{ bus: this.#bus, solution: IN_THE_PAGE, record, blueprint, isDetached: true },
      ...{ limits: { depth: record.depth }, clock: this.#options.clock },
    })
    await cluster.submit()
    this.#follow(IN_THE_PAGE, record.name, blueprint)
  }

  async #watchThere(solution: string): Promise<void> {
    const found = await this.#bus.last(subjects.log(solution, 'program'))
    if (found === undefined) throw new Error(`there is no solution \`${solution}\` at this server`)
    const record = readProgramRecord(found.bytes)
    const host = withOffers(prelude, record.offers, this.#bus)
    this.#follow(solution, record.name, blueprintOf(record, host))
  }

  async #list(): Promise<void> {
    const { solutions, nodes } = await overviewOf(this.#bus, ROLL)
    this.#options.tell({
      kind: 'listed',
      solutions,
      nodes: nodes.map(({ node, shards, solutions: hosted, trouble }) => ({
        ...{ node, shards, solutions: hosted },
        ...(trouble !== undefined && { trouble: `${trouble.solution}: ${trouble.what}` }),
      })),
    })
  }

  #follow(solution: string, program: string, blueprint: Blueprint): void {
    this.#unfollow()
    this.#ending = undefined
    this.#hasResult = false
    const watched = new WatchedSolution(blueprint)
    this.#watched = watched
    this.#options.tell({ kind: 'watching', solution, program })
    const unfollow = this.#bus.follow(solution, 0, (record) => {
      watched.take(record)
      if (watched.reactions >= this.#mostReactions && this.#ending === undefined) {
        this.#ending = 'limit'
        halt(this.#bus, solution)
      }
      this.#soon()
    })
    const unlisten = this.#bus.listen(subjects.control(solution), (text) => {
      if (!isEnd(text)) return
      this.#ending = 'cancelled'
      this.#soon()
    })
    this.#unfollow = () => {
      unfollow()
      unlisten()
    }
    this.#soon()
  }

  #soon(): void {
    if (this.#isViewComing) return
    this.#isViewComing = true
    setTimeout(() => {
      this.#isViewComing = false
      this.#view()
    }, BETWEEN_VIEWS)
  }

  #view(): void {
    const watched = this.#watched
    if (watched === undefined) return
    const view = watched.view()
    const state = view.state === 'running' ? (this.#ending ?? 'running') : view.state
    this.#options.tell({ kind: 'view', view: { ...view, state } })
    const hasEnded = state !== 'running' && state !== 'broken'
    if (hasEnded && !this.#hasResult) this.#options.tell({ kind: 'result', ...watched.result() })
    this.#hasResult = hasEnded
  }
}
