import { serveReactor } from '../vm/index.ts'

/* A web worker that hosts a reactor. */

// What a web worker has, which the types of Node do not know.
const scope = globalThis as unknown as {
  postMessage(message: unknown): void
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void
}

serveReactor(
  {
    send: (message) => {
      scope.postMessage(message)
    },
    listen: (onMessage) => {
      scope.addEventListener('message', ({ data }) => {
        onMessage(data)
      })
    },
  },
  // A module's exports have names.
  (url) => import(url) as Promise<Readonly<Record<string, unknown>>>,
)
