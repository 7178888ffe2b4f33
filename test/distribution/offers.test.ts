import { afterEach, expect, test } from 'vitest'
import { ClusterHost, MemoryBus, subjects, withOffers } from '../../distribution/index.ts'
import { hostWith, prelude, print } from '../../interpreter/index.ts'
import type { Host, HostFunction } from '../../interpreter/index.ts'
import { Folder, hocl } from '../support/command-line.ts'
import { natsServer } from '../support/nats-server.ts'
import { startedNode } from '../support/nodes.ts'

/* Functions that other nodes have, when those nodes are slow, or gone. */

const timing = { heartbeat: 20, patience: 200, resend: 20 }

const ends: (() => unknown)[] = []
afterEach(async () => {
  for (const end of ends.splice(0)) await end()
})

function shop(price: (name: string) => Promise<number>): Host {
  return hostWith(prelude, [{ name: 'shop', origin: 'a test', exports: { price } }])
}

async function started(bus: MemoryBus, name: string, host: Host): Promise<void> {
  const clock = (): number => performance.now()
  const node = await ClusterHost.start({ name, bus, host, clock, timing })
  ends.push(() => node.leave())
}

/** `price`, as a node has it that does not offer it. */
function priceElsewhere(bus: MemoryBus): (key: string) => Promise<string> {
  const offer = { name: 'price', arity: [1, 1] } as const
  const found: HostFunction | undefined = withOffers(prelude, [offer], bus, timing).functions.get(
    'price',
  )
  return async (key) => {
    const answer = await found?.apply(['bread'], { random: () => 0, callKey: () => key })
    return answer === undefined ? 'none' : print(answer)
  }
}

test('a call goes to another node when whoever has it gives no sign of life', async () => {
  const bus = new MemoryBus()
  let gone = 0
  // A node that is killed while it has the call: it neither answers nor offers any more.
  const end = bus.answer(subjects.call('price'), async () => {
    gone++
    end()
    await new Promise<undefined>(() => undefined)
  })
  await started(
    bus,
    'alive',
    shop(async (name) => await Promise.resolve(name.length)),
  )
  expect(await priceElsewhere(bus)('k/1')).toBe('5')
  expect(gone).toBe(1)
})

test('a call that takes long is made once, as long as there are signs of life', async () => {
  const bus = new MemoryBus()
  let called = 0
  const slow = shop(async (name) => {
    called++
    await new Promise((resolve) => setTimeout(resolve, 4 * timing.patience))
    return name.length
  })
  await started(bus, 'slow', slow)
  expect(await priceElsewhere(bus)('k/2')).toBe('5')
  expect(called).toBe(1)
})

test('real nodes: calls of one that is killed go over in the time of a failover', async () => {
  await using server = await natsServer()
  using folder = new Folder({
    'shop.ts': `
      export async function price(name: string): Promise<number> {
        process.stderr.write('asked for ' + name + '\\n')
        await new Promise((resolve) => setTimeout(resolve, 1_000))
        return name.length
      }`,
    'prices.hocl': `<${Array.from({ length: 40 }, (_, i) => `"p${String(i)}"`).join(', ')},
      replace x::String by PRICE:x:price(x)>`,
  })
  const shopArgs = ['--host', `${folder.path}/shop.ts`]
  const nodes = await Promise.all([
    startedNode(server.url, 'plain'),
    startedNode(server.url, 'first', shopArgs),
    startedNode(server.url, 'second', shopArgs),
  ])
  ends.push(
    ...nodes.map(
      ({ child }) =>
        () =>
          child.kill('SIGKILL'),
    ),
  )
  const args = ['cluster', 'run', 'prices.hocl', '--host', 'shop.ts', '--nats', server.url]
  const running = hocl(args, { cwd: folder.path })
  const [, first] = nodes
  await expect.poll(() => first.told()).toContain('asked for')
  const killed = performance.now()
  first.child.kill('SIGKILL')
  const { code, stdout, stderr } = await running
  expect(code, stderr).toBe(0)
  for (let i = 0; i < 40; i++) expect(stdout).toContain(`PRICE:"p${String(i)}"`)
  // Signs of life stop for a second, and the calls take one: far from the half minute that an answer may take.
  expect(performance.now() - killed).toBeLessThan(15_000)
}, 60_000)
