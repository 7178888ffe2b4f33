import { wsconnect } from '@nats-io/nats-core'
import { NatsBus } from './nats-bus.ts'
import type { NatsBusOptions } from './nats-bus.ts'

/** A server that speaks NATS over WebSocket, and how it is entered. */
export interface WebServer {
  /** `ws://127.0.0.1:8080`, `wss://…` */
  readonly url: string
  readonly user?: string
  readonly password?: string
  readonly token?: string
}

/** A bus over a WebSocket of its own. */
export interface WebLink {
  readonly bus: NatsBus
  /** Resolves when the connection is gone for good, with why if nobody has closed it. */
  readonly gone: Promise<string | undefined>
  /** Sends what waits and closes the connection. */
  close(): Promise<void>
}

/** Connects to NATS as a browser can. Rejects where no server answers. */
export async function connectWeb(
  { url, user, password, token }: WebServer,
  options: NatsBusOptions = {},
): Promise<WebLink> {
  const connection = await wsconnect({
    servers: url,
    name: 'hocl-web',
    ...(user !== undefined && { user }),
    ...(password !== undefined && { pass: password }),
    ...(token !== undefined && { token }),
    // A page may speak to the server that its reader named, and not to those that this one knows.
    ignoreClusterUpdates: true,
    maxReconnectAttempts: -1,
    reconnectTimeWait: 500,
    timeout: 5_000,
  })
  const bus = await NatsBus.open(connection, options)
  return {
    bus,
    gone: connection.closed().then((error) => error?.message),
    close: async () => {
      await connection.drain()
    },
  }
}
