import type { Port } from '../../vm/index.ts'

/** What is used of a port of the browser. */
interface BrowserPort {
  postMessage(message: unknown): void
  onmessage: ((event: MessageEvent<unknown>) => void) | null
}

/** A port of the browser, as a bus takes it. What came before somebody listens has waited. */
export function portOf(port: BrowserPort): Port {
  return {
    send: (message) => {
      port.postMessage(message)
    },
    listen: (onMessage) => {
      port.onmessage = ({ data }) => {
        onMessage(data)
      }
    },
  }
}
