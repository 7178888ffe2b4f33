/* A node in a thread of its own: it takes part in one solution, until it leaves or is killed. */
import { ClusterHost, PortBus } from '../../distribution/index.ts'
import { prelude } from '../../interpreter/index.ts'
import { portOf } from './message-port.ts'
import type { FromNode, ToNode } from './messages.ts'
import { hostOfPage } from './program-for-nodes.ts'
import { quickenPauses } from './quick-pauses.ts'

/** What is used of a worker's global scope. */
interface WorkerScope {
  postMessage(message: FromNode): void
  addEventListener(type: 'message', listener: (event: { readonly data: ToNode }) => void): void
}

// In a worker this is what the global scope is; the types here are those of a page.
const scope = globalThis as unknown as WorkerScope

quickenPauses()

let host: ClusterHost | undefined

scope.addEventListener('message', ({ data }) => {
  act(data).catch(complain)
})

async function act(message: ToNode): Promise<void> {
  if (message.kind === 'leave') {
    await host?.leave()
    scope.postMessage({ kind: 'left' })
    return
  }
  const { name, solution, others, reactions, hasConsole, port } = message
  const output = (text: string): void => {
    scope.postMessage({ kind: 'output', text })
  }
  host = await ClusterHost.start({
    name,
    bus: new PortBus(portOf(port)),
    host: hasConsole ? hostOfPage(output) : prelude,
    clock: () => performance.now(),
    isWanted: (each) => each === solution,
    ...(reactions !== undefined && { sizes: { reactions } }),
    ...(others !== undefined && { others }),
    onTrouble: complain,
    onNews: ({ kind }) => {
      scope.postMessage({ kind })
    },
  })
}

function complain(error: unknown): void {
  scope.postMessage({
    kind: 'trouble',
    message: error instanceof Error ? error.message : String(error),
  })
}
