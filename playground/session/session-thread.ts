/* The thread of a session: a web worker that hosts a reactor. */
import type { Command, Event } from './messages.ts'
import { ServedSession } from './served-session.ts'

/** What is used of a worker's global scope. */
interface WorkerScope {
  postMessage(message: Event): void
  addEventListener(type: 'message', listener: (event: { readonly data: Command }) => void): void
}

// In a worker this is what the global scope is; the types here are those of a page.
const scope = globalThis as unknown as WorkerScope

const waiting: (() => void)[] = []
const channel = new MessageChannel()
channel.port1.onmessage = () => waiting.shift()?.()

function soon(then: () => void): void {
  waiting.push(then)
  channel.port2.postMessage(undefined)
}

// The reactor pauses by this where it is there: a browser's timers would make it wait 4 ms each time.
Reflect.set(globalThis, 'setImmediate', soon)

const session = new ServedSession({
  tell: (event) => {
    scope.postMessage(event)
  },
  clock: () => performance.now(),
  breathe: (milliseconds) =>
    new Promise((resolve) => {
      if (milliseconds === 0) soon(resolve)
      else setTimeout(resolve, milliseconds)
    }),
})

scope.addEventListener('message', ({ data }) => {
  void session.hear(data)
})
