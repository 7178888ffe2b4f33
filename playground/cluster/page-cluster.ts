import type { RunSettings, SourceFile } from '../session/messages.ts'
import { watcherThread } from './cluster-threads.ts'
import type { WatcherThread } from './cluster-threads.ts'
import type { ClusterView, FromWatcher, Refusal } from './messages.ts'
import { IN_THE_PAGE } from './messages.ts'
import { PageNodes } from './page-nodes.ts'
import type { PageNode } from './page-nodes.ts'
import { refusedSettings } from './refused-settings.ts'
import { Shown } from './shown.ts'

/** How a cluster of the page stands. */
export interface PageClusterState {
  readonly phase: 'none' | 'starting' | 'on' | 'refused'
  readonly nodes: readonly PageNode[]
  readonly refusals: readonly Refusal[]
  readonly view: ClusterView | undefined
  readonly result: { readonly text: string; readonly isCut: boolean } | undefined
  /** Records each second; ∞ for as many as there are. */
  readonly perSecond: number
  readonly isPaused: boolean
  readonly trouble: string | undefined
}

const nothing: PageClusterState = {
  ...{ phase: 'none', nodes: [], refusals: [], view: undefined, result: undefined },
  ...{ perSecond: 8, isPaused: false, trouble: undefined },
}

/** What is to run, on how many nodes. */
export interface PageClusterRequest {
  readonly files: readonly [SourceFile, ...SourceFile[]]
  readonly settings: RunSettings
  readonly nodes: number
  readonly shards: number
}

/** More threads than that are of no use to anybody. */
export const MOST_NODES = 8

/** A cluster inside the page: its bus in one thread, each node in another. */
export class PageCluster extends Shown<PageClusterState> {
  readonly #onOutput: (text: string) => void
  #watcher: WatcherThread | undefined
  #nodes: PageNodes | undefined
  #born = 0
  #wanted = 0

  constructor(onOutput: (text: string) => void) {
    super(nothing)
    this.#onOutput = onOutput
  }

  start({ files, settings, nodes, shards }: PageClusterRequest): void {
    this.stop()
    const refusals = refusedSettings(settings)
    if (refusals.length > 0) {
      this.set({ phase: 'refused', refusals })
      return
    }
    this.set({ phase: 'starting' })
    this.#wanted = nodes
    this.#born = 0
    const watcher = watcherThread((message) => {
      if (watcher === this.#watcher) this.#hear(message)
    })
    this.#watcher = watcher
    this.#nodes = new PageNodes({
      serve: (name, port) => {
        watcher.tell({ kind: 'node', name, port }, [port])
      },
      forget: (name) => {
        watcher.tell({ kind: 'node-gone', name })
      },
      onChange: () => {
        this.set({ nodes: this.#nodes?.all ?? [] })
      },
      onOutput: this.#onOutput,
    })
    this.#tellPace()
    const { seed, limits } = settings
    const { reactions } = limits
    watcher.tell({
      kind: 'start',
      start: { files, seed, shards, ...(reactions !== undefined && { reactions }) },
    })
  }

  /** Ends everything at once. */
  stop(): void {
    this.#nodes?.end()
    this.#watcher?.end()
    this.#nodes = undefined
    this.#watcher = undefined
    const { perSecond } = this.state
    this.set({ ...nothing, perSecond })
  }

  add(): void {
    if (this.state.nodes.length >= MOST_NODES) return
    const born = ++this.#born
    const first = Array.from({ length: this.#wanted }, (_, i) => nameOf(i + 1))
    this.#nodes?.start(nameOf(born), IN_THE_PAGE, {
      // A node that comes later hears from those who are there.
      others: born <= this.#wanted ? first : undefined,
      reactions: reactionsInRecord(this.state.perSecond),
      hasConsole: true,
    })
  }

  kill(name: string): void {
    this.#nodes?.kill(name)
  }

  set perSecond(perSecond: number) {
    this.set({ perSecond })
    this.#tellPace()
  }

  pause(isPaused: boolean): void {
    this.set({ isPaused })
    this.#tellPace()
  }

  #tellPace(): void {
    const { isPaused, perSecond } = this.state
    this.#watcher?.tell({ kind: 'pace', perSecond: isPaused ? 0 : perSecond })
  }

  #hear(message: FromWatcher): void {
    switch (message.kind) {
      case 'refused':
        this.#watcher?.end()
        this.set({ phase: 'refused', refusals: message.refusals })
        return
      case 'watching':
        this.set({ phase: 'on' })
        while (this.#born < this.#wanted) this.add()
        return
      case 'view':
        this.set({ view: message.view })
        return
      case 'result':
        this.set({ result: message })
        return
      case 'trouble':
        this.set({ trouble: message.message })
        return
      case 'listed':
    }
  }
}

function nameOf(number: number): string {
  return `node-${String(number)}`
}

/** Where records are slow, each holds little, so that there is something to see. */
function reactionsInRecord(perSecond: number): number | undefined {
  return perSecond === Infinity ? undefined : Math.max(1, Math.round(perSecond / 50))
}
