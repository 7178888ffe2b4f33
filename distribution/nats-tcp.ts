import { connect } from '@nats-io/transport-node'
import type { NodeConnectionOptions } from '@nats-io/transport-node'
import type { NatsConnection } from '@nats-io/nats-core'
import { NatsBus } from './nats-bus.ts'
import type { NatsBusOptions } from './nats-bus.ts'

/** A bus over a connection of its own. */
export interface NatsLink {
  readonly bus: NatsBus
  readonly connection: NatsConnection
  /** Sends what waits and closes the connection. */
  readonly close: () => Promise<void>
}

/** Connects to NATS by TCP: `nats://127.0.0.1:4222`, or several of one group with commas. Rejects where no server answers. */
export async function connectNats(url: string, options: NatsBusOptions = {}): Promise<NatsLink> {
  const connection = await connect({
    ...addressOf(url),
    name: 'hocl',
    // Nodes outlive their server: they wait until it is there again.
    maxReconnectAttempts: -1,
    reconnectTimeWait: 250,
    timeout: 5_000,
  })
  void tellTroubles(connection, options.onTrouble)
  const bus = await NatsBus.open(connection, options)
  return {
    bus,
    connection,
    close: async () => {
      await connection.drain()
    },
  }
}

/** `nats://user:password@host:4222`, and the servers of a group after commas. */
function addressOf(url: string): Pick<NodeConnectionOptions, 'servers' | 'user' | 'pass'> {
  const servers = url.split(',').map((each) => each.trim())
  const given = /^(?:nats|tls):\/\/([^@:/]+):([^@/]*)@/.exec(servers[0] ?? '')
  const [, user, pass] = given ?? []
  const bare = servers.map((each) => each.replace(/^((?:nats|tls):\/\/)[^@/]*@/, '$1'))
  if (user === undefined || pass === undefined) return { servers: bare }
  return { servers: bare, user: decodeURIComponent(user), pass: decodeURIComponent(pass) }
}

/** What the server says beside answers: that something is not permitted. */
async function tellTroubles(
  connection: NatsConnection,
  onTrouble: NatsBusOptions['onTrouble'],
): Promise<void> {
  for await (const status of connection.status())
    if (status.type === 'error') onTrouble?.(status.error)
}
