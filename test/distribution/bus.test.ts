import { MessageChannel } from 'node:worker_threads'
import type { MessagePort } from 'node:worker_threads'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  MemoryBus,
  NobodyError,
  PortBus,
  RefusedError,
  TooLargeError,
  serveBus,
} from '../../distribution/index.ts'
import type { Bus, StoredRecord } from '../../distribution/index.ts'
import { bytesOf, textIn } from '../../distribution/bytes.ts'
import { connectNats } from '../../distribution/nats-tcp.ts'
import type { NatsLink } from '../../distribution/nats-tcp.ts'
import { connectWeb } from '../../distribution/nats-web.ts'
import type { WebLink } from '../../distribution/nats-web.ts'
import type { Port } from '../../vm/index.ts'
import { natsServer } from '../support/nats-server.ts'
import type { NatsServer } from '../support/nats-server.ts'

/*
 * What nodes may rely on, of every bus there is: the one in memory, the same through a port,
 * and a real nats-server by TCP and by WebSocket.
 */

let servers: readonly NatsServer[] = []
let link: NatsLink | undefined
let web: WebLink | undefined

beforeAll(async () => {
  // One each: they write to logs of the same names.
  servers = [await natsServer(), await natsServer({ hasWeb: true })]
  link = await connectNats(servers[0]!.url)
  web = await connectWeb({ url: servers[1]!.webUrl! })
}, 120_000)

afterAll(async () => {
  await link?.close()
  await web?.close()
  for (const server of servers) await server[Symbol.asyncDispose]()
})

const memory = new MemoryBus()
const [here, there] = portPair()
serveBus(new MemoryBus(), there)
const remote = new PortBus(here)

const buses: readonly (readonly [string, () => Bus])[] = [
  ['memory', () => memory],
  ['memory through a port', () => remote],
  ['nats', () => link!.bus],
  ['nats over WebSocket', () => web!.bus],
]

describe.each(buses)('the bus %s', (_, busOf) => {
  test('adds records to a log, and gives their places', async () => {
    const bus = busOf()
    const first = await bus.append('a.0', bytesOf('one'), 0)
    const second = await bus.append('a.0', bytesOf('two'), first)
    expect(second).toBeGreaterThan(first)
    expect(await bus.last('a.0')).toEqual({ log: 'a.0', sequence: second, bytes: bytesOf('two') })
    expect((await bus.read('a.0', 0)).map(({ bytes }) => textIn(bytes))).toEqual(['one', 'two'])
    expect((await bus.read('a.0', second)).map(({ bytes }) => textIn(bytes))).toEqual(['two'])
  })

  test('refuses a record whose writer has not seen the last one', async () => {
    const bus = busOf()
    const first = await bus.append('b.0', bytesOf('one'), 0)
    await expect(bus.append('b.0', bytesOf('again'), 0)).rejects.toThrow(RefusedError)
    await bus.append('b.0', bytesOf('two'), first)
    await expect(bus.append('b.0', bytesOf('late'), first)).rejects.toThrow(RefusedError)
    expect((await bus.read('b.0', 0)).map(({ bytes }) => textIn(bytes))).toEqual(['one', 'two'])
  })

  test('lets one of many writers win', async () => {
    const bus = busOf()
    const tried = await Promise.allSettled(
      Array.from({ length: 10 }, (_, i) => bus.append('c.0', bytesOf(String(i)), 0)),
    )
    expect(tried.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await bus.read('c.0', 0)).toHaveLength(1)
  })

  test('has no record of a log that nobody wrote', async () => {
    const bus = busOf()
    expect(await bus.last('d.0')).toBeUndefined()
    expect(await bus.read('d.0', 0)).toEqual([])
  })

  test('shows the records of a solution in their order, and those that come', async () => {
    const bus = busOf()
    let [zero, one] = [0, 0]
    for (let i = 0; i < 5; i++) {
      zero = await bus.append('e.0', bytesOf(`0 ${String(i)}`), zero)
      one = await bus.append('e.1', bytesOf(`1 ${String(i)}`), one)
    }
    await bus.append('f.0', bytesOf('of another'), 0)
    const seen: StoredRecord[] = []
    const stop = bus.follow('e', 0, (record) => seen.push(record))
    await until(() => seen.length === 10)
    zero = await bus.append('e.0', bytesOf('0 5'), zero)
    await until(() => seen.length === 11)
    expect(seen.map(({ sequence }) => sequence)).toEqual(
      seen.map(({ sequence }) => sequence).sort((a, b) => a - b),
    )
    expect(seen.map(({ bytes }) => textIn(bytes)).slice(0, 3)).toEqual(['0 0', '1 0', '0 1'])
    stop()
    await bus.append('e.0', bytesOf('0 6'), zero)
    await pause(50)
    expect(seen).toHaveLength(11)
  })

  test('brings messages to whoever listens', async () => {
    const bus = busOf()
    const heard: string[] = []
    const stop = bus.listen('x.s.1', (text) => heard.push(text))
    await pause(20)
    bus.send('x.s.1', 'here')
    bus.send('x.s.2', 'elsewhere')
    await until(() => heard.length === 1)
    stop()
    await pause(20)
    bus.send('x.s.1', 'too late')
    await pause(50)
    expect(heard).toEqual(['here'])
  })

  test('brings bytes as they are', async () => {
    const bus = busOf()
    const heard: Uint8Array[] = []
    const stop = bus.listenBytes('x.s.3', (bytes) => heard.push(bytes))
    await pause(20)
    const all = Uint8Array.from({ length: 256 }, (_, byte) => byte)
    bus.sendBytes('x.s.3', all)
    await until(() => heard.length === 1)
    stop()
    expect([...(heard[0] ?? [])]).toEqual([...all])
  })
})

describe('a bus through a port', () => {
  test('leaves no question open when the other end is gone', async () => {
    const bus = new MemoryBus()
    const [near, far] = portPair()
    const end = serveBus(bus, far)
    new PortBus(near).answer('q', () => new Promise(() => undefined))
    await pause(20)
    const asked = bus.ask('q', 'are you there?')
    await pause(20)
    end()
    await expect(asked).rejects.toThrow(NobodyError)
  })

  test('says which error it was', async () => {
    const [near, far] = portPair()
    serveBus(new MemoryBus({ largest: 3 }), far)
    const bus = new PortBus(near)
    await expect(bus.append('a.0', bytesOf('too long'), 0)).rejects.toThrow(TooLargeError)
    await expect(bus.ask('nobody', '', 10)).rejects.toThrow(NobodyError)
    await bus.append('a.0', bytesOf('one'), 0)
    await expect(bus.append('a.0', bytesOf('two'), 0)).rejects.toMatchObject({ last: 1 })
  })
})

/** The two ends of a channel between threads: what is sent is copied. */
function portPair(): readonly [Port, Port] {
  const { port1, port2 } = new MessageChannel()
  const portOf = (port: MessagePort): Port => ({
    send: (message) => {
      port.postMessage(message)
    },
    listen: (onMessage) => {
      port.on('message', onMessage)
      port.unref()
    },
  })
  return [portOf(port1), portOf(port2)]
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}

async function until(isSo: () => boolean): Promise<void> {
  for (let i = 0; i < 500 && !isSo(); i++) await pause(10)
  expect(isSo()).toBe(true)
}
