import { createServer } from 'node:net'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import axe from 'axe-core'
import type { Frame, Page } from 'playwright-core'
import { Blueprint, ClusterHost, RemoteCluster, statusOf } from '../../../distribution/index.ts'
import { connectNats } from '../../../distribution/nats-tcp.ts'
import type { NatsLink } from '../../../distribution/nats-tcp.ts'
import { Source } from '../../../grammar/index.ts'
import {
  FoundModules,
  firstSolution,
  hostWith,
  lowerSource,
  prelude,
} from '../../../interpreter/index.ts'
import type { Host } from '../../../interpreter/index.ts'
import { natsServer } from '../../support/nats-server.ts'
import type { NatsServer } from '../../support/nats-server.ts'
import { isAbsent } from '../../support/parts.ts'
import { Playground } from '../support/browser.ts'

const clock = (): number => performance.now()
const shards = 4

describe.skipIf(isAbsent('chromium'))('a cluster at a server', () => {
  let playground: Playground
  let server: NatsServer
  let link: NatsLink
  beforeAll(async () => {
    playground = await Playground.start()
    server = await natsServer({ hasWeb: true })
    link = await connectNats(server.url)
  }, 180_000)
  afterEach(() => playground.close())
  afterAll(async () => {
    await playground[Symbol.asyncDispose]()
    await link.close()
    await server[Symbol.asyncDispose]()
  })

  test('is listed and watched, and a node in the browser alone makes it inert', async () => {
    await submit(
      'words',
      'let add = replace w:m::Int, w:n::Int by w:(m + n) in <"a":1, "a":2, "b":5, add>',
    )
    const page = await connected()
    await page.getByRole('button', { name: 'Watch words' }).click()
    await page.getByRole('heading', { name: 'words' }).waitFor()
    await clusterStatus(page, 'Reacting')
    await page.getByText('No node is at this server.').waitFor()
    await page.getByRole('button', { name: 'Join as a node' }).click()
    await clusterStatus(page, 'Inert')
    expect(await page.getByLabel('Result of the cluster').innerText()).toContain('"a":3')
    expect(await faults(page.mainFrame())).toEqual([])
    const frame = page.frames().find((each) => each.url().includes('server.html'))
    expect(await faults(frame!)).toEqual([])
    // The server has it, too.
    expect(await statusOf(link.bus, 'words', shards + 1)).toMatchObject({
      ...{ state: 'inert', reactions: 1 },
    })
    await page.getByRole('cell', { name: 'inert', exact: true }).waitFor()
    await page.getByRole('button', { name: /^Let browser-.* leave$/ }).click()
    await page.getByRole('region', { name: 'Nobody yet' }).locator('.shard').nth(shards).waitFor()
  })

  test('is only watched while nodes elsewhere react', async () => {
    await submit('largest', 'let m = replace x, y by x if x >= y in <1, 2, 3, m>')
    const page = await connected()
    await page.getByRole('button', { name: 'Watch largest' }).click()
    await clusterStatus(page, 'Reacting')
    const host = await ClusterHost.start({
      ...{ name: 'far', bus: link.bus, host: prelude, clock },
      isWanted: (solution) => solution === 'largest',
    })
    await clusterStatus(page, 'Inert')
    await page.getByRole('region', { name: 'far' }).locator('.shard').first().waitFor()
    expect(await page.getByRole('button', { name: 'Kill far' }).count()).toBe(0)
    await host.leave()
  })

  test('says why a program that needs another host is not for the browser', async () => {
    const tools = hostWith(prelude, [
      { name: 'tools', origin: 'a test', exports: { twice: (n: number) => 2 * n } },
    ])
    await submit('tools', 'let t = replace-one x::Int by tools.twice(x) in <1, t>', tools)
    const page = await connected()
    await page.getByRole('button', { name: 'Watch tools' }).click()
    await page
      .getByRole('alert')
      .filter({ hasText: 'the program cannot be run here: there is no function' })
      .waitFor()
  })

  test('lets the page speak to the server that was typed in, and to no other', async () => {
    let came = 0
    const other = createServer(() => came++)
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
    const address = other.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    const page = await connected()
    const frame = page.frames().find((each) => each.url().includes('server.html'))
    for (const place of [page.mainFrame(), frame!]) {
      const refused = await place.evaluate(
        (url) =>
          new Promise<string>((resolve) => {
            addEventListener('securitypolicyviolation', ({ effectiveDirective }) => {
              resolve(effectiveDirective)
            })
            const socket = new WebSocket(url)
            socket.onopen = () => {
              resolve('open')
            }
          }),
        `ws://127.0.0.1:${String(port)}`,
      )
      expect(refused).toBe('connect-src')
    }
    expect(came).toBe(0)
    other.close()
    // The browser complains of what it has refused.
    expect(playground.complaints.splice(0).join()).toContain('Content Security Policy')
  })

  test('says what is wrong with an address, and when nobody answers', async () => {
    const page = await opened()
    await connect(page, 'nats://127.0.0.1:4222')
    await page.getByRole('alert').filter({ hasText: 'Browsers reach NATS by WebSocket' }).waitFor()
    await connect(page, 'ws://127.0.0.1:9')
    await page.getByRole('alert').filter({ hasText: 'ws://127.0.0.1:9:' }).waitFor()
    expect(playground.complaints.splice(0).join()).toContain('WebSocket connection')
  })

  test('is entered with a user and a password', async () => {
    const secured = await natsServer({
      hasWeb: true,
      lines: ['authorization { user: "ann", password: "right" }'],
    })
    try {
      const page = await opened()
      await connect(page, secured.webUrl!)
      await page.getByRole('alert').filter({ hasText: /auth/i }).waitFor()
      await page.getByLabel('User').fill('ann')
      await page.getByLabel('Password').fill('right')
      await connect(page, secured.webUrl!)
      await page.getByText(`Connected to ${secured.webUrl!}`).waitFor()
      // The first attempt was refused, which the browser tells; the page is not to see the server go.
      await page.close()
      playground.complaints.splice(0)
    } finally {
      await secured[Symbol.asyncDispose]()
    }
  })

  async function submit(solution: string, text: string, host: Host = prelude): Promise<void> {
    const program = lowerSource(new Source('main.hocl', text), {
      host,
      modules: new FoundModules([]),
    })
    const { value: first } = firstSolution(program, 1)
    const depth = 100
    await new RemoteCluster(first!, {
      ...{ bus: link.bus, solution, clock, limits: { depth }, isDetached: true },
      record: {
        ...{
          name: 'main.hocl',
          text,
          modules: [],
          shards,
          seed: 1,
          depth,
          isCentral: false,
          offers: [],
        },
      },
      blueprint: new Blueprint({ program, host, first: first!, shards, seed: 1, depth }),
    }).submit()
  }

  async function opened(): Promise<Page> {
    const page = await playground.open()
    await page.getByRole('tab', { name: 'Cluster' }).click()
    await page.getByRole('button', { name: 'At a server' }).click()
    return page
  }

  async function connected(): Promise<Page> {
    const page = await opened()
    await connect(page, server.webUrl!)
    await page.getByText(`Connected to ${server.webUrl!}`).waitFor()
    return page
  }
})

async function connect(page: Page, url: string): Promise<void> {
  await page.getByLabel('NATS server, by WebSocket').fill(url)
  await page.getByRole('button', { name: 'Connect', exact: true }).click()
}

/** What axe finds wrong with a page or a frame; with a frame in it, too. */
async function faults(frame: Frame): Promise<readonly string[]> {
  await frame.evaluate(axe.source)
  return frame.evaluate(async () => {
    const { run } = Reflect.get(globalThis, 'axe') as typeof axe
    const { violations } = await run()
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
  })
}

async function clusterStatus(page: Page, text: string): Promise<void> {
  await page
    .locator('.cluster-status [role=status]')
    .filter({ hasText: new RegExp(`^${text}`) })
    .waitFor()
}
