import type { WebServer } from '../../distribution/nats-web.ts'
import { watcherThread } from './cluster-threads.ts'
import type { WatcherThread } from './cluster-threads.ts'
import type { ClusterView, FromWatcher, ListedNode, ListedSolution } from './messages.ts'
import { PageNodes } from './page-nodes.ts'
import type { PageNode } from './page-nodes.ts'
import { ServerFrame } from './server-frame.ts'
import { Shown } from './shown.ts'

/** How a connection to a server stands, and what is seen there. */
export interface ServerClusterState {
  readonly phase: 'away' | 'connecting' | 'there'
  readonly url: string
  readonly solutions: readonly ListedSolution[]
  readonly listedNodes: readonly ListedNode[]
  /** The solution that is watched, and its program. */
  readonly watched: { readonly solution: string; readonly program: string } | undefined
  readonly view: ClusterView | undefined
  readonly result: { readonly text: string; readonly isCut: boolean } | undefined
  /** Nodes of this page that take part. */
  readonly nodes: readonly PageNode[]
  readonly trouble: string | undefined
}

const nothing: ServerClusterState = {
  ...{ phase: 'away', url: '', solutions: [], listedNodes: [], watched: undefined },
  ...{ view: undefined, result: undefined, nodes: [], trouble: undefined },
}

/** Between two looks at what there is, in milliseconds. */
const LOOK = 2_000

/** A real cluster, over the WebSocket of a NATS server. */
export class ServerCluster extends Shown<ServerClusterState> {
  #frame: ServerFrame | undefined
  #watcher: WatcherThread | undefined
  #nodes: PageNodes | undefined
  #looking: ReturnType<typeof setInterval> | undefined
  #born = 0

  constructor() {
    super(nothing)
  }

  connect(server: WebServer): void {
    this.leave()
    this.set({ phase: 'connecting', url: server.url })
    const frame = new ServerFrame({
      server,
      onConnected: () => {
        if (frame === this.#frame) this.#connected(frame)
      },
      onFailure: (message) => {
        if (frame !== this.#frame) return
        this.leave()
        this.set({ url: server.url, trouble: `${server.url}: ${message}` })
      },
      onTrouble: (message) => {
        this.set({ trouble: message })
      },
    })
    this.#frame = frame
  }

  /** Ends the connection, with all that goes over it. */
  leave(): void {
    clearInterval(this.#looking)
    this.#nodes?.end()
    this.#watcher?.end()
    this.#frame?.close()
    this.#nodes = undefined
    this.#watcher = undefined
    this.#frame = undefined
    this.set(nothing)
  }

  watch(solution: string): void {
    this.set({ view: undefined, result: undefined, watched: undefined, trouble: undefined })
    this.#watcher?.tell({ kind: 'watch', solution })
  }

  /** Takes part in the solution that is watched. */
  join(): void {
    const { watched } = this.state
    if (watched === undefined) return
    const drawn = crypto.getRandomValues(new Uint32Array(1))[0] ?? 0
    const name = `browser-${drawn.toString(36)}-${String(++this.#born)}`
    this.set({ trouble: undefined })
    this.#nodes?.start(name, watched.solution, {
      ...{ others: undefined, reactions: undefined, hasConsole: false },
    })
  }

  kill(name: string): void {
    this.#nodes?.kill(name)
  }

  leaveWith(name: string): void {
    this.#nodes?.leave(name)
  }

  #connected(frame: ServerFrame): void {
    const watcher = watcherThread((message) => {
      if (watcher === this.#watcher) this.#hear(message)
    })
    this.#watcher = watcher
    const { port1, port2 } = new MessageChannel()
    frame.serve('watcher', port1)
    watcher.tell({ kind: 'bus', port: port2 }, [port2])
    this.#nodes = new PageNodes({
      serve: (name, port) => {
        frame.serve(name, port)
      },
      forget: (name) => {
        frame.forget(name)
      },
      onChange: () => {
        this.set({ nodes: this.#nodes?.all ?? [] })
      },
      onOutput: () => undefined,
    })
    this.set({ phase: 'there' })
    const look = (): void => {
      watcher.tell({ kind: 'list' })
    }
    look()
    this.#looking = setInterval(look, LOOK)
  }

  #hear(message: FromWatcher): void {
    switch (message.kind) {
      case 'listed':
        this.set({ solutions: message.solutions, listedNodes: message.nodes })
        return
      case 'watching':
        this.set({ watched: message })
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
      case 'refused':
    }
  }
}
