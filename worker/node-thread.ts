import { parentPort } from 'node:worker_threads'
import { serveReactor } from '../vm/index.ts'

/* A thread of Node that hosts a reactor. */

if (parentPort !== null) {
  const port = parentPort
  serveReactor(
    {
      send: (message) => {
        port.postMessage(message)
      },
      listen: (onMessage) => {
        port.on('message', onMessage)
      },
    },
    // A module's exports have names.
    (url) => import(url) as Promise<Readonly<Record<string, unknown>>>,
  )
}
