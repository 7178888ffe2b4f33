/* The thread that keeps the bus of a cluster in the page, and watches its solution. */
import type { FromWatcher, ToWatcher } from './messages.ts'
import { quickenPauses } from './quick-pauses.ts'
import { Watcher } from './watcher.ts'

/** What is used of a worker's global scope. */
interface WorkerScope {
  postMessage(message: FromWatcher): void
  addEventListener(type: 'message', listener: (event: { readonly data: ToWatcher }) => void): void
}

// In a worker this is what the global scope is; the types here are those of a page.
const scope = globalThis as unknown as WorkerScope

quickenPauses()

const watcher = new Watcher({
  tell: (message) => {
    scope.postMessage(message)
  },
  clock: () => performance.now(),
})

// One after the other, in the order in which they came.
let before = Promise.resolve()
scope.addEventListener('message', ({ data }) => {
  before = before.then(() => watcher.hear(data))
})
