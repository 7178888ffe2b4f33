import { describe, expect, test, vi } from 'vitest'
import { ClusterHost, MemoryBus, RemoteCluster } from '../../../distribution/index.ts'
import { prelude } from '../../../interpreter/index.ts'
import type { RunSettings } from '../../../playground/session/messages.ts'
import type { ShardView } from '../../../playground/cluster/messages.ts'
import { groupsOf } from '../../../playground/cluster/node-groups.ts'
import { PacedBus } from '../../../playground/cluster/paced-bus.ts'
import { refusedSettings } from '../../../playground/cluster/refused-settings.ts'
import { programForNodes } from '../../../playground/cluster/program-for-nodes.ts'
import { serverAddress } from '../../../playground/cluster/server-address.ts'
import { WatchedSolution } from '../../../playground/cluster/watched-solution.ts'

const clock = (): number => performance.now()

function read(text: string, shards = 4) {
  return programForNodes({ files: [{ name: 'main.hocl', text }], seed: 1, shards }, prelude)
}

function readable(text: string) {
  const program = read(text)
  if (!('blueprint' in program)) throw new Error('it can be run')
  return program
}

describe('the address of a server', () => {
  test.each([
    ['ws://127.0.0.1:8080', 'ws://127.0.0.1:8080'],
    [' wss://nats.example.org/some/path ', 'wss://nats.example.org'],
    ['localhost:8080', 'ws://localhost:8080'],
    ['nats.example.org:443', 'wss://nats.example.org'],
    ['ws://[::1]:8080', 'ws://[::1]:8080'],
  ])('%s is %s', (typed, url) => {
    expect(serverAddress(typed)).toEqual({ url })
  })

  test.each([
    '',
    'nats://127.0.0.1:4222',
    'http://example.org',
    'ws://',
    'ws://a b',
    'ws://*',
    'ws://*.org',
    'ws://me:secret@example.org',
    "ws://x; script-src 'unsafe-inline'",
  ])('`%s` is none, and it is said why', (typed) => {
    expect(serverAddress(typed)).toHaveProperty('trouble')
  })
})

describe('a program for nodes', () => {
  test('is refused as the command line refuses it', () => {
    expect(read('<1, 2')).toMatchObject([{ code: expect.stringMatching(/^HOCL1/) }])
    expect(read('<nothing(1)>')).toMatchObject([{ place: expect.stringContaining('main.hocl:1') }])
  })

  test('is refused with settings that are for one machine alone', () => {
    const settings: RunSettings = { seed: 1, strategy: 'fast', isStochastic: false, limits: {} }
    expect(refusedSettings(settings)).toEqual([])
    expect(refusedSettings({ ...settings, isStochastic: true })).toHaveLength(1)
    expect(refusedSettings({ ...settings, strategy: 'random' })).toHaveLength(1)
  })

  test('carries all modules that it was read with', () => {
    const program = programForNodes(
      {
        files: [
          { name: 'main.hocl', text: 'import "./more.hocl";\n<1, 2, larger>' },
          { name: 'more.hocl', text: 'let larger = replace x, y by x if x >= y in' },
        ],
        ...{ seed: 1, shards: 2 },
      },
      prelude,
    )
    if (!('blueprint' in program)) throw new Error(JSON.stringify(program))
    expect(program.record.modules.map(({ path }) => path)).toEqual(['./more.hocl'])
  })
})

describe('a solution that is watched', () => {
  test('is told as its nodes leave it', async () => {
    const bus = new MemoryBus()
    const { record, blueprint, first } = readable(
      'let add = replace w:m::Int, w:n::Int by w:(m + n) in <"a":1, "a":2, "b":3, "b":4, 7, add>',
    )
    await new RemoteCluster(first, {
      ...{ bus, solution: 's', record, blueprint, clock, isDetached: true },
      limits: { depth: record.depth },
    }).submit()
    const watched = new WatchedSolution(blueprint)
    bus.follow('s', 0, (each) => {
      watched.take(each)
    })
    expect(watched.state).toBe('running')
    const host = await ClusterHost.start({ name: 'one', bus, host: prelude, clock })
    await vi.waitUntil(() => watched.state === 'inert', 20_000)
    const view = watched.view()
    expect(watched.result().text).toContain('"a":3')
    expect(view).toMatchObject({ reactions: 2, onTheirWay: 0 })
    // All came in at the entrance, and went from there to the shards.
    expect(view.ways.every(({ from }) => from === 4)).toBe(true)
    expect(view.ways.reduce((sum, { molecules }) => sum + molecules, 0)).toBe(5)
    expect(view.shards.map(({ owner }) => owner)).toEqual(Array(5).fill('one'))
    expect(view.shards.flatMap(({ entries }) => entries.map(({ text }) => text)).sort()).toEqual([
      '"a":3',
      '"b":7',
      '7',
    ])
    expect(watched.view().crossings).toEqual([])
    await host.leave()
  })

  test('is not believed after a record that cannot be right', () => {
    const watched = new WatchedSolution(readable('<1>').blueprint)
    watched.take({ log: 's.0', sequence: 1, bytes: new TextEncoder().encode('{"v":1}') })
    expect(watched.view()).toMatchObject({ state: 'broken', why: /shard 0/ })
  })
})

test('a paced bus holds records of reactions and lets claims pass', async () => {
  const inner = new MemoryBus()
  const bus = new PacedBus(inner)
  bus.perSecond = 0
  const { record, blueprint, first } = readable('let m = replace x, y by x if x >= y in <1, 2, m>')
  await new RemoteCluster(first, {
    ...{ bus: inner, solution: 's', record, blueprint, clock, isDetached: true },
    limits: { depth: record.depth },
  }).submit()
  const watched = new WatchedSolution(blueprint)
  inner.follow('s', 0, (each) => {
    watched.take(each)
  })
  const host = await ClusterHost.start({ name: 'one', bus, host: prelude, clock })
  await vi.waitUntil(() => watched.view().shards.every(({ owner }) => owner === 'one'), 20_000)
  const { commits } = watched.view()
  expect(watched.state).toBe('running')
  bus.perSecond = Infinity
  await vi.waitUntil(() => watched.state === 'inert', 20_000)
  expect(watched.view().commits).toBeGreaterThan(commits)
  await host.leave()
})

test('nodes stand side by side, those of the page first, what nobody holds last', () => {
  const shard = (number: number, owner: string | undefined): ShardView => ({
    ...{ shard: number, isOutside: false, owner, claims: 1, isInert: true, reactions: 0 },
    ...{ commits: 0, molecules: 0, distinct: 0, entries: [], kinds: [] },
  })
  const shards = [
    shard(0, 'far'),
    shard(1, 'node-2'),
    shard(2, 'submission'),
    shard(3, 'node-1'),
    shard(4, undefined),
  ]
  const groups = groupsOf(shards, [{ name: 'node-1', state: 'there' }])
  expect(groups.map(({ name, place }) => [name, place])).toEqual([
    ['node-1', 'page'],
    ['far', 'elsewhere'],
    ['node-2', 'gone'],
    [undefined, 'nobody'],
  ])
})
