import { RejectedError } from '../../distribution/index.ts'
import type { Bus, ServerFacts } from '../../distribution/index.ts'
import { HoclError } from '../../interpreter/index.ts'
import { syncIntervalOf } from './monitor.ts'

/** A connection to a server. */
export interface Link {
  readonly bus: Bus
  /** How the server keeps records, read back from it. */
  readonly facts: (monitor?: string) => Promise<ServerFacts>
  readonly close: () => Promise<void>
}

export interface LinkOptions {
  /** By how many servers of a group each record is to be kept at least. */
  readonly replicas?: number | undefined
  /** Whether the same can be done on nodes in this process. */
  readonly canBeLocal?: boolean
}

/** Connects to the server. Throws a `HoclError` with the code HOCL503 where it does not answer. */
export async function linkTo(
  url: string,
  onTrouble: (error: unknown) => void,
  { replicas, canBeLocal = false }: LinkOptions = {},
): Promise<Link> {
  // Loaded here: a shell user who runs a program waits for no network.
  const { connectNats } = await import('../../distribution/nats-tcp.ts')
  try {
    const { bus, close } = await connectNats(url, {
      onTrouble,
      ...(replicas === undefined ? {} : { replicas }),
    })
    const facts: Link['facts'] = async (monitor) => {
      const { server, version, replicas, isOnDisk } = await bus.facts()
      const syncInterval = await syncIntervalOf({ url, server, monitor })
      return { version, replicas, isOnDisk, syncInterval }
    }
    return { bus, facts, close }
  } catch (cause) {
    if (cause instanceof RejectedError)
      throw new HoclError(
        'HOCL504',
        `the server does not keep each record ${String(replicas)} times: ${cause.message}`,
        { hint: 'start as many servers as one group, or leave out `--replicas`', cause },
      )
    const why = cause instanceof Error && cause.message !== '' ? `: ${cause.message}` : ''
    throw new HoclError('HOCL503', `no NATS server with JetStream answers at ${url}${why}`, {
      hint: canBeLocal
        ? 'start one with `hocl cluster server`, or leave out `--nats` for nodes in this process'
        : 'start one with `hocl cluster server`, or say with `--nats` where it is',
      cause,
    })
  }
}
