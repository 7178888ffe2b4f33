import { connect } from '@nats-io/transport-node'
import type { NatsConnection } from '@nats-io/nats-core'
import { NatsBus } from './nats-bus.ts'
import type { NatsBusOptions } from './nats-bus.ts'

/** A bus over a connection of its own. */
export interface NatsLink {
  readonly bus: NatsBus
  readonly connection: NatsConnection
  /** Sends what waits and closes the connection. */
  close(): Promise<void>
}

/** Connects to NATS by TCP: `nats://127.0.0.1:4222`. Rejects where no server answers. */
export async function connectNats(url: string, options: NatsBusOptions = {}): Promise<NatsLink> {
  const connection = await connect({
    servers: url,
    name: 'hocl',
    // Nodes outlive their server: they wait until it is there again.
    maxReconnectAttempts: -1,
    reconnectTimeWait: 250,
    timeout: 5_000,
  })
  const bus = await NatsBus.open(connection, options)
  return {
    bus,
    connection,
    close: async () => {
      await connection.drain()
    },
  }
}
