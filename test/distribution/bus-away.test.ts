import { MessageChannel } from 'node:worker_threads'
import type { MessagePort } from 'node:worker_threads'
import { expect, test } from 'vitest'
import { MemoryBus, PortBus, serveBus } from '../../distribution/index.ts'
import type { Bus } from '../../distribution/index.ts'
import { bytesOf, textIn } from '../../distribution/bytes.ts'
import { connectNats } from '../../distribution/nats-tcp.ts'
import { connectWeb } from '../../distribution/nats-web.ts'
import type { Port } from '../../vm/index.ts'
import { natsServer } from '../support/nats-server.ts'

/*
 * What nodes may rely on, of every bus there is, when its logs are out of reach for a while. The client of NATS has
 * one sort of connection in a process, the one that was opened last: so each bus is opened when it is its turn.
 */

/** A bus, and what keeps it from its logs for a while. */
interface Opened extends AsyncDisposable {
  readonly bus: Bus
  readonly goAway: () => Promise<void>
}

const buses: readonly (readonly [string, () => Promise<Opened>])[] = [
  [
    'memory',
    () => {
      const bus = new MemoryBus()
      return Promise.resolve({ bus, goAway: () => forgetful(bus), ...nothingToClose })
    },
  ],
  [
    'memory through a port',
    () => {
      const behind = new MemoryBus()
      const { port1, port2 } = new MessageChannel()
      serveBus(behind, portOf(port2))
      const bus = new PortBus(portOf(port1))
      return Promise.resolve({ bus, goAway: () => forgetful(behind), ...nothingToClose })
    },
  ],
  ['nats', () => atServer((server) => connectNats(server.url))],
  ['nats over WebSocket', () => atServer((server) => connectWeb({ url: server.webUrl ?? '' }))],
]

test.each(buses)(
  'the bus %s tells that it was away and is there again, and goes on with what is followed',
  async (_, open) => {
    await using opened = await open()
    const { bus, goAway } = opened
    let returns = 0
    const stop = bus.onReturn(() => returns++)
    const first = await bus.append('r.0', bytesOf('one'), 0)
    const seen: string[] = []
    const stopFollowing = bus.follow('r', 0, ({ bytes }) => seen.push(textIn(bytes)))
    await until(() => seen.length === 1)
    await goAway()
    await until(() => returns > 0)
    await surely(() => bus.append('r.0', bytesOf('two'), first))
    await until(() => seen.length === 2)
    expect(seen).toEqual(['one', 'two'])
    stop()
    stopFollowing()
  },
  60_000,
)

const nothingToClose = { [Symbol.asyncDispose]: () => Promise.resolve() }

function forgetful(bus: MemoryBus): Promise<void> {
  bus.lose(Infinity)
  return Promise.resolve()
}

async function atServer(
  connect: (server: Awaited<ReturnType<typeof natsServer>>) => Promise<{
    readonly bus: Bus
    readonly close: () => Promise<void>
  }>,
): Promise<Opened> {
  const server = await natsServer({ hasWeb: true })
  const { bus, close } = await connect(server)
  return {
    bus,
    goAway: async () => {
      await server.stop('SIGKILL')
      await server.start()
    },
    [Symbol.asyncDispose]: async () => {
      await close()
      await server[Symbol.asyncDispose]()
    },
  }
}

function portOf(port: MessagePort): Port {
  return {
    send: (message) => {
      port.postMessage(message)
    },
    listen: (onMessage) => {
      port.on('message', onMessage)
      port.unref()
    },
  }
}

/** A server that has just been started may say no for a while. */
async function surely(act: () => Promise<unknown>): Promise<void> {
  for (let i = 0; ; i++) {
    try {
      await act()
      return
    } catch (error) {
      if (i === 100) throw error
      await pause(50)
    }
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}

async function until(isSo: () => boolean): Promise<void> {
  for (let i = 0; i < 500 && !isSo(); i++) await pause(10)
  expect(isSo()).toBe(true)
}
