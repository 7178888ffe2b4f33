/* The frame that speaks to a server. `public/server-policy.js` has said before which server that may be. */
import { serveBus } from '../../distribution/index.ts'
import { connectWeb } from '../../distribution/nats-web.ts'
import type { WebLink, WebServer } from '../../distribution/nats-web.ts'
import { portOf } from './message-port.ts'
import type { FromServerFrame, ToServerFrame } from './server-letters.ts'

const served = new Map<string, () => void>()
let link: WebLink | undefined

addEventListener('message', ({ source, origin, data, ports }: MessageEvent<ToServerFrame>) => {
  if (source !== parent || origin !== location.origin) return
  const [port] = ports
  switch (data.kind) {
    case 'connect':
      void connect(data.server)
      return
    case 'bus':
      if (link !== undefined && port !== undefined)
        served.set(data.name, serveBus(link.bus, portOf(port)))
      return
    case 'bus-gone':
      served.get(data.name)?.()
      served.delete(data.name)
  }
})

tell({ kind: 'ready' })

async function connect(server: WebServer): Promise<void> {
  try {
    link = await connectWeb(server, {
      onTrouble: (error) => {
        tell({ kind: 'trouble', message: wordsOf(error) })
      },
    })
  } catch (error) {
    tell({ kind: 'failed', message: wordsOf(error) })
    return
  }
  tell({ kind: 'connected' })
  const why = await link.gone
  tell({ kind: 'failed', message: why ?? 'the connection was closed' })
}

function wordsOf(error: unknown): string {
  return error instanceof Error && error.message !== '' ? error.message : 'no server answers'
}

function tell(message: FromServerFrame): void {
  parent.postMessage(message, location.origin)
}
