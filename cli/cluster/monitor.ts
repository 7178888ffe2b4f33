/** The port at which servers tell of themselves unless they were told another one. */
const USUAL_PORT = 8222
/** In milliseconds: a server at hand answers at once. */
const PATIENCE = 500

/**
 * How often a server writes what it has acknowledged, in milliseconds, as its monitoring port tells: the one that
 * is named, or the usual one if it is the same server that answers there. Undefined where nobody tells.
 */
export async function syncIntervalOf({
  url,
  server,
  monitor,
}: {
  readonly url: string
  readonly server: string
  readonly monitor: string | undefined
}): Promise<number | undefined> {
  const known = monitor ?? process.env['NATS_MONITOR'] ?? usualMonitor(url)
  if (known === undefined) return undefined
  try {
    const answer = await fetch(`${known.replace(/\/$/, '')}/varz`, {
      signal: AbortSignal.timeout(PATIENCE),
    })
    return intervalIn(await answer.json(), server)
  } catch {
    return undefined
  }
}

function usualMonitor(url: string): string | undefined {
  const [first = ''] = url.split(',')
  try {
    const { hostname } = new URL(first.includes('://') ? first : `nats://${first}`)
    return `http://${hostname}:${String(USUAL_PORT)}`
  } catch {
    return undefined
  }
}

/** Undefined for what is not of this server, or says nothing of it. */
function intervalIn(told: unknown, server: string): number | undefined {
  if (field(told, 'server_id') !== server) return undefined
  const config = field(field(told, 'jetstream'), 'config')
  if (field(config, 'sync_always') === true) return 0
  const nanoseconds = field(config, 'sync_interval')
  return typeof nanoseconds === 'number' ? nanoseconds / 1e6 : undefined
}

function field(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined
  return Object.entries(value).find(([key]) => key === name)?.[1]
}
