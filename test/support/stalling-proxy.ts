import { connect, createServer } from 'node:net'
import type { Socket } from 'node:net'

/** A way to a server that can be cut without either side being told, as a network does it. */
export interface StallingProxy {
  readonly url: string
  /** Nothing comes through any more, in both directions or in that of the answers only; what was sent waits. */
  stall(direction: 'both' | 'answers'): void
  /** What waits goes on. */
  heal(): void
  [Symbol.dispose](): void
}

export async function stallingProxy(server: string): Promise<StallingProxy> {
  const { hostname, port } = new URL(server)
  const pairs = new Set<{ readonly client: Socket; readonly server: Socket }>()
  let stalled: 'both' | 'answers' | undefined
  const apply = ({ client, server: far }: { client: Socket; server: Socket }): void => {
    if (stalled === 'both') client.pause()
    else client.resume()
    if (stalled === undefined) far.resume()
    else far.pause()
  }
  const listener = createServer((client) => {
    const far = connect(Number(port), hostname)
    const pair = { client, server: far }
    pairs.add(pair)
    client.pipe(far)
    far.pipe(client)
    const end = (): void => {
      client.destroy()
      far.destroy()
      pairs.delete(pair)
    }
    for (const socket of [client, far]) socket.on('error', end).on('close', end)
    apply(pair)
  })
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve))
  const address = listener.address()
  const own = typeof address === 'object' && address !== null ? address.port : 0
  const change = (to: typeof stalled): void => {
    stalled = to
    for (const pair of pairs) {
      // A pipe resumes by itself: it is taken apart while nothing is to come through.
      pair.client.unpipe()
      pair.server.unpipe()
      if (to !== 'both') pair.client.pipe(pair.server)
      if (to === undefined) pair.server.pipe(pair.client)
      apply(pair)
    }
  }
  return {
    url: `nats://127.0.0.1:${String(own)}`,
    stall: change,
    heal: () => {
      change(undefined)
    },
    [Symbol.dispose]: () => {
      for (const { client, server: far } of pairs) {
        client.destroy()
        far.destroy()
      }
      listener.close()
    },
  }
}
