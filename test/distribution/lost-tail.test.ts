import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Cluster, ClusterNode, MemoryBus, statusOf } from '../../distribution/index.ts'
import type { SolutionStatus } from '../../distribution/index.ts'
import { Folder, ended, hocl, started } from '../support/command-line.ts'
import { clusterGoldens, goldenBlueprint } from '../support/cluster-goldens.ts'
import { cutTail } from '../support/fault-scenes.ts'
import { natsServer } from '../support/nats-server.ts'
import type { NatsServer } from '../support/nats-server.ts'
import { startedNode } from '../support/nodes.ts'
import type { NodeProcess } from '../support/nodes.ts'

/*
 * A log that has lost records that were acknowledged. Nobody goes on with what is left, and whoever asks is told,
 * also where nothing was going on.
 */

const SHARDS = 4
const LOST =
  /the tail of \w+\.\d+ is lost: record \d+ had been acknowledged, and the last one is \d+/
const clock = (): number => performance.now()

describe('on three nodes in memory', () => {
  test('a solution that was inert has failed as soon as its end is lost', async () => {
    const { bus, status, newest } = await inertSolution()
    bus.lose(newest - 1)
    const { state, why } = await until(status, ({ state }) => state !== 'inert')
    expect([state, why]).toEqual(['failed', expect.stringMatching(LOST)])
  })

  test('it is found out too where others have written in the places that were lost', async () => {
    const { bus, nodes, status, newest } = await inertSolution()
    for (const node of nodes.splice(0)) node.kill()
    node('knowing', bus)
    await until(status, ({ sequence }) => sequence > newest + SHARDS)
    bus.lose(newest - 2)
    const other = 'another.0'
    for (let last = 0, i = 0; i < 20; i++) last = await bus.append(other, new Uint8Array(1), last)
    const { state, why } = await until(status, ({ state }) => state === 'failed')
    expect([state, why]).toEqual(['failed', expect.stringMatching(LOST)])
  })

  test('a server that was away and has lost nothing changes nothing', async () => {
    const { bus, nodes, status, newest } = await inertSolution()
    const before = nodes.map(({ shards }) => shards)
    bus.lose(newest)
    await new Promise((resolve) => setTimeout(resolve, 200))
    expect(await status()).toMatchObject({ state: 'inert', sequence: newest })
    expect(nodes.map(({ shards }) => shards)).toEqual(before)
  })

  test('whoever follows it is told, though no node is left that knows', async () => {
    const { bus, cluster, nodes, newest } = await inertSolution()
    for (const node of nodes) node.kill()
    bus.lose(newest - 1)
    await new Promise((resolve) => setTimeout(resolve, 1_500))
    const { kind, trouble } = await cluster.run()
    expect([kind, trouble]).toEqual(['failed', expect.stringMatching(LOST)])
    cluster.close()
  })
})

const [golden] = clusterGoldens.filter(({ name }) => name === 'max')
const blueprint = goldenBlueprint(golden!, SHARDS, 1)
const TIMING = { heartbeat: 20, patience: 80, resend: 20 }

function node(name: string, bus: MemoryBus, others: readonly string[] = []): ClusterNode {
  return new ClusterNode('max', blueprint, { name, bus, clock, others, timing: TIMING })
}

async function inertSolution() {
  const bus = new MemoryBus()
  const cluster = new Cluster({ bus, solution: 'max', blueprint, clock })
  await cluster.submit()
  const names = ['one', 'two', 'three']
  const nodes = names.map((name) => node(name, bus, names))
  await cluster.run()
  const status = (): Promise<SolutionStatus> => statusOf(bus, 'max', SHARDS + 1)
  // Every node has told how far its logs go.
  await new Promise((resolve) => setTimeout(resolve, 3 * TIMING.heartbeat))
  return { bus, cluster, nodes, status, newest: (await status()).sequence }
}

async function until(
  status: () => Promise<SolutionStatus>,
  isSo: (status: SolutionStatus) => boolean,
): Promise<SolutionStatus> {
  for (let i = 0; ; i++) {
    const now = await status()
    if (isSo(now) || i === 500) return now
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

describe('at a real server', () => {
  const folder = new Folder({
    'count.hocl': 'let count = replace w::String:m, w:n by w:(m + n) in <"a":1, "a":2, count>\n',
    'slow.hocl': '<0, replace x::Int by x + 1>\n',
  })
  let server: NatsServer
  let nodes: NodeProcess[] = []

  beforeAll(async () => {
    server = await natsServer()
    nodes = await Promise.all(['one', 'two'].map((name) => startedNode(server.url, name)))
  }, 120_000)

  afterAll(async () => {
    for (const { child } of nodes) child.kill('SIGKILL')
    await server[Symbol.asyncDispose]()
    folder[Symbol.dispose]()
  })

  const given = () => ({ cwd: folder.path, env: { NATS_URL: server.url } })
  const cluster = (...args: readonly string[]) => hocl(['cluster', ...args], given())

  async function loseTail(bytes: number): Promise<void> {
    await server.stop('SIGKILL')
    cutTail(server, bytes)
    await server.start()
  }

  test('every command that asks says which log has lost its end', async () => {
    await cluster('submit', 'count.hocl', '--name', 'words')
    expect(await cluster('result', 'words')).toMatchObject({ code: 0 })
    await cluster('inject', 'words', '"a":3')
    expect(await cluster('result', 'words')).toMatchObject({ code: 0 })
    await loseTail(60)
    // Watches until it is inert, or has failed.
    for (let i = 0; i < 50 && (await cluster('status', 'words')).code === 0; i++);
    const asked = await Promise.all(
      (['status', 'watch', 'result'] as const).map((command) => cluster(command, 'words')),
    )
    for (const { code, stdout, stderr } of asked) {
      expect(code, stdout + stderr).toBe(4)
      expect(stdout + stderr).toMatch(LOST)
    }
    const refused = await cluster('inject', 'words', '"a":4')
    expect(refused.code).toBe(1)
    expect(refused.stderr).toMatch(LOST)
    await cluster('cancel', 'words')
  }, 60_000)

  test('`hocl cluster run` ends with one error that says so', async () => {
    const running = started(['cluster', 'run', 'slow.hocl', '--nats', server.url], given())
    const end = ended(running)
    while (nodes.every(({ told }) => !/has joined [\da-f]{8}-/.test(told())))
      await new Promise((resolve) => setTimeout(resolve, 50))
    await new Promise((resolve) => setTimeout(resolve, 500))
    await loseTail(2_000)
    const { code, stderr } = await end
    expect(code, stderr).toBe(4)
    expect(stderr.match(/error/g)).toHaveLength(1)
    expect(stderr).toMatch(/error: the tail of [\w-]+\.\d+ is lost/)
  }, 60_000)
})
