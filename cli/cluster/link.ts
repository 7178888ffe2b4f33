import type { Bus } from '../../distribution/index.ts'
import { HoclError } from '../../interpreter/index.ts'

/** Connects to the server. Throws a `HoclError` with the code HOCL503 where it does not answer. */
export async function linkTo(
  url: string,
  onTrouble: (error: unknown) => void,
): Promise<{ readonly bus: Bus; readonly close: () => Promise<void> }> {
  // Loaded here: a shell user who runs a program waits for no network.
  const { connectNats } = await import('../../distribution/nats-tcp.ts')
  try {
    return await connectNats(url, { onTrouble })
  } catch (cause) {
    const why = cause instanceof Error && cause.message !== '' ? `: ${cause.message}` : ''
    throw new HoclError('HOCL503', `no NATS server with JetStream answers at ${url}${why}`, {
      hint: 'start one with `nats-server -js`, or leave out `--nats` for nodes in this process',
      cause,
    })
  }
}
