import { readdirSync, statSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import { faultRun } from './fault-run.ts'
import type { FaultRun, FaultScene } from './fault-run.ts'
import { freePort, natsServer, serverGroup } from './nats-server.ts'
import type { NatsServer } from './nats-server.ts'
import { stallingProxy } from './stalling-proxy.ts'

/** Something that happens to nodes, a server or a network while words are counted, by a name. */
export interface Scene {
  readonly name: string
  readonly run: () => Promise<FaultRun>
  /** What a node says of it. */
  readonly says?: string
}

export const scenes: readonly Scene[] = [
  {
    name: 'nothing',
    run: () => withServer(() => Promise.resolve()),
  },
  {
    name: 'a node is killed',
    run: () =>
      withServer(async ({ nodes, pause }) => {
        await pause(800)
        nodes[1]?.child.kill('SIGKILL')
      }),
  },
  {
    name: 'all nodes are killed, and others come',
    run: () =>
      withServer(async ({ nodes, pause, start }) => {
        await pause(800)
        for (const { child } of nodes) child.kill('SIGKILL')
        await Promise.all([start('node-4'), start('node-5')])
      }),
  },
  {
    name: 'a node sleeps, is replaced and wakes up',
    run: () =>
      withServer(async ({ nodes, pause }) => {
        await pause(600)
        nodes[0]?.child.kill('SIGSTOP')
        await pause(2_500)
        nodes[0]?.child.kill('SIGCONT')
      }),
  },
  {
    name: 'a node is killed while it gives its shards away',
    run: () =>
      withServer(async ({ nodes, pause, start }) => {
        await pause(600)
        nodes[2]?.child.kill('SIGTERM')
        await pause(3)
        nodes[2]?.child.kill('SIGKILL')
        await start('node-4')
        nodes[0]?.child.kill('SIGTERM')
        await pause(20)
        nodes[1]?.child.kill('SIGKILL')
      }),
  },
  {
    name: 'the server is killed and started again',
    run: () =>
      withServer(async ({ pause }, server) => {
        await pause(800)
        await server.stop('SIGKILL')
        await pause(500)
        await server.start()
      }),
  },
  { name: 'the network of a node is cut', run: () => partitioned('both') },
  { name: 'a node hears nothing, and is heard', run: () => partitioned('answers') },
  { name: 'the stream is full, and gets more room', run: full, says: 'insufficient' },
  { name: 'a node may not write', run: forbidden, says: 'Permissions Violation' },
  { name: 'the leader of three servers is killed', run: leaderKilled },
]

async function withServer(
  meanwhile: (scene: FaultScene, server: NatsServer) => Promise<void>,
): Promise<FaultRun> {
  await using server = await natsServer()
  return await faultRun({ url: server.url, meanwhile: (scene) => meanwhile(scene, server) })
}

async function partitioned(direction: 'both' | 'answers'): Promise<FaultRun> {
  await using server = await natsServer()
  using proxy = await stallingProxy(server.url)
  return await faultRun({
    url: server.url,
    urls: [server.url, server.url, proxy.url],
    lasts: 6_000,
    meanwhile: async ({ pause }) => {
      await pause(800)
      proxy.stall(direction)
      await pause(3_000)
      proxy.heal()
    },
  })
}

async function full(): Promise<FaultRun> {
  await using server = await natsServer({ jetstream: ['max_file: 200KB'] })
  return await faultRun({
    url: server.url,
    lasts: 5_000,
    meanwhile: async ({ pause }) => {
      await pause(4_000)
      server.configure({ jetstream: ['max_file: 200MB'] })
      await server.stop('SIGTERM')
      await server.start()
    },
  })
}

/** The third node may read everything and write no record. */
async function forbidden(): Promise<FaultRun> {
  const port = await freePort()
  await using server = await natsServer({
    port,
    lines: [
      'authorization { users = [',
      '  { user: free, password: free }',
      '  { user: tied, password: tied, permissions: { publish: { deny: ["h.>"] } } }',
      '] }',
    ],
  })
  const at = (user: string): string => `nats://${user}:${user}@127.0.0.1:${String(port)}`
  return await faultRun({
    url: at('free'),
    // Nobody else takes the shards: it has to try.
    before: { url: at('tied'), says: 'Permissions Violation' },
    urls: [at('free'), at('free')],
    meanwhile: () => Promise.resolve(),
    ...(server.url === '' ? { lasts: 0 } : {}),
  })
}

async function leaderKilled(): Promise<FaultRun> {
  const servers = await serverGroup(3)
  const url = servers.map((server) => server.url).join(',')
  try {
    return await faultRun({
      url,
      urls: [url, url, url],
      replicas: 3,
      lasts: 6_000,
      meanwhile: async ({ pause, bus }) => {
        await pause(1_000)
        const { leader = '' } = await bus.facts()
        await servers[Number(leader.slice(1)) - 1]?.stop('SIGKILL')
      },
    })
  } finally {
    await Promise.all(servers.map((server) => server[Symbol.asyncDispose]()))
  }
}

/** Cuts off the end of the last file of records of a server that does not run, as a disk can. */
export function cutTail(server: NatsServer, bytes: number): void {
  const files = readdirSync(server.folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.blk') && name.includes('HOCL'))
    .map((name) => join(server.folder, name))
    .sort()
  const last = files.at(-1)
  if (last === undefined) throw new Error('the server has no file of records')
  truncateSync(last, statSync(last).size - bytes)
}
