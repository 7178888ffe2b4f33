import { nodeThread } from './cluster-threads.ts'
import type { NodeThread } from './cluster-threads.ts'
import type { ToNode } from './messages.ts'

/** A node that runs in this page. */
export interface PageNode {
  readonly name: string
  readonly state: 'coming' | 'there' | 'leaving'
  readonly trouble?: string
}

export interface PageNodesOptions {
  /** Gives a node its end of the bus. */
  readonly serve: (name: string, port: MessagePort) => void
  readonly forget: (name: string) => void
  readonly onChange: () => void
  readonly onOutput: (text: string) => void
}

/** How a node takes part: as `ToNode` says it. */
type Joining = Pick<Extract<ToNode, { kind: 'join' }>, 'others' | 'reactions' | 'hasConsole'>

interface Entry {
  node: PageNode
  readonly thread: NodeThread
}

/** The nodes of this page, each in a thread of its own. */
export class PageNodes {
  readonly #options: PageNodesOptions
  readonly #entries = new Map<string, Entry>()

  constructor(options: PageNodesOptions) {
    this.#options = options
  }

  get all(): readonly PageNode[] {
    return [...this.#entries.values()].map(({ node }) => node)
  }

  start(name: string, solution: string, { others, reactions, hasConsole }: Joining): void {
    const { port1, port2 } = new MessageChannel()
    const thread = nodeThread((message) => {
      switch (message.kind) {
        case 'joined':
          this.#change(name, { state: 'there' })
          return
        case 'left':
          this.kill(name)
          return
        case 'trouble':
          this.#change(name, { trouble: message.message })
          return
        case 'output':
          this.#options.onOutput(message.text)
      }
    })
    this.#entries.set(name, { node: { name, state: 'coming' }, thread })
    this.#options.serve(name, port1)
    thread.tell({ kind: 'join', name, solution, others, reactions, hasConsole, port: port2 }, [
      port2,
    ])
    this.#options.onChange()
  }

  /** Its thread ends at once: nobody is told, as where a machine fails. */
  kill(name: string): void {
    this.#entries.get(name)?.thread.end()
    this.#entries.delete(name)
    this.#options.forget(name)
    this.#options.onChange()
  }

  /** It gives its shards away first. */
  leave(name: string): void {
    this.#entries.get(name)?.thread.tell({ kind: 'leave' })
    this.#change(name, { state: 'leaving' })
  }

  end(): void {
    for (const { thread } of this.#entries.values()) thread.end()
    this.#entries.clear()
  }

  #change(name: string, change: Partial<PageNode>): void {
    const entry = this.#entries.get(name)
    if (entry === undefined) return
    entry.node = { ...entry.node, ...change }
    this.#options.onChange()
  }
}
