import { afterEach, expect, test } from 'vitest'
import {
  Blueprint,
  ClusterHost,
  LogError,
  MemoryBus,
  RemoteCluster,
  TooLargeError,
  cutOf,
  statusOf,
  subjects,
} from '../../distribution/index.ts'
import type { ProgramRecord } from '../../distribution/index.ts'
import { bytesOf, textIn } from '../../distribution/bytes.ts'
import { programRecordBytes } from '../../distribution/program-record.ts'
import { firstSolution, lowerSource, noModules, prelude, print } from '../../interpreter/index.ts'
import { Source } from '../../grammar/index.ts'

/*
 * What does not belong on the bus: it is refused with a reason, and a solution beside it is not disturbed.
 */

const COUNT = 'let count = replace w::Int:m, w:n by w:(m + n) in <1:1, 1:2, 2:5, count>'
const RESULT = '<1:3, 2:5, count>'
const clock = () => performance.now()
const timing = { heartbeat: 20, patience: 80, resend: 20 }

let hosts: ClusterHost[] = []

afterEach(async () => {
  await Promise.all(hosts.map((host) => host.leave()))
  hosts = []
})

async function hostAt(bus: MemoryBus, name: string): Promise<{ readonly troubles: string[] }> {
  const troubles: string[] = []
  const onTrouble = (error: unknown): void => void troubles.push(String(error))
  hosts.push(await ClusterHost.start({ name, bus, host: prelude, clock, timing, onTrouble }))
  return { troubles }
}

function blueprintFor(text: string): Blueprint {
  const program = lowerSource(new Source('p.hocl', text), { host: prelude, modules: noModules })
  const { value: first, diagnostic } = firstSolution(program, 1)
  if (first === undefined) throw new Error(diagnostic.title)
  return new Blueprint({ program, host: prelude, first, shards: 4, seed: 1, depth: 100 })
}

function recordOf(text: string, more: Partial<ProgramRecord> = {}): ProgramRecord {
  const record = { rules: [], name: 'p.hocl', text, modules: [], shards: 4, seed: 1, depth: 100 }
  return { ...record, isCentral: false, offers: [], ...more }
}

async function submit(bus: MemoryBus, solution: string, text = COUNT): Promise<RemoteCluster> {
  const record = recordOf(text)
  const blueprint = blueprintFor(text)
  const cluster = new RemoteCluster(blueprint.whole(new Map()), {
    ...{ bus, solution, record, blueprint, clock, limits: { depth: 100 }, isDetached: true },
  })
  await cluster.submit()
  return cluster
}

async function settled(bus: MemoryBus, solution: string): Promise<string> {
  for (let i = 0; i < 500; i++) {
    const { state } = await statusOf(bus, solution, 5)
    if (state !== 'running') return state
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  return 'running'
}

async function resultOf(bus: MemoryBus, solution: string): Promise<string> {
  const { molecules } = await cutOf(bus, solution, 5)
  return print(blueprintFor(COUNT).whole(molecules))
}

test('a program of another version is not joined, and its neighbour runs', async () => {
  const bus = new MemoryBus()
  const { troubles } = await hostAt(bus, 'one')
  const text = textIn(programRecordBytes(recordOf(COUNT))).replace('"v":3', '"v":99')
  await bus.append(subjects.log('other', 'program'), bytesOf(text), 0)
  bus.send(subjects.announcements, 'other')
  await submit(bus, 'ours')
  expect(await settled(bus, 'ours')).toBe('inert')
  expect(await resultOf(bus, 'ours')).toBe(RESULT)
  expect(troubles.join()).toContain('a program is of version 99 of the protocol')
  expect(hosts[0]?.solutions).toEqual(['ours'])
  expect(hosts[0]?.presence.trouble?.solution).toBe('other')
})

test.each([
  ['shards', recordOf(COUNT, { shards: 1_000_000 }), 'over the limits: 1000000 shards'],
  ['depth', recordOf(COUNT, { depth: 1_000_000 }), 'a depth of 1000000'],
  ['a text with an error', recordOf('<1, '), 'cannot be run here'],
  [
    'a rule that nobody knows',
    recordOf(COUNT, { rules: [['{"rule":"who"}', 1]] }),
    'cannot be run here',
  ],
])('a program that asks for too much is not joined: %s', async (_, record, why) => {
  const bus = new MemoryBus()
  const { troubles } = await hostAt(bus, 'one')
  await bus.append(subjects.log('large', 'program'), programRecordBytes(record), 0)
  bus.send(subjects.announcements, 'large')
  await submit(bus, 'ours')
  expect(await settled(bus, 'ours')).toBe('inert')
  expect(troubles.join()).toContain(why)
  expect(hosts[0]?.solutions).toEqual(['ours'])
})

test.each([
  ['nonsense', bytesOf('nonsense'), 'what stands for a record is none'],
  ['nothing', new Uint8Array(), 'what stands for a record is none'],
  ['a beginning', new Uint8Array([3, 1, 1]), 'its checksum is another'],
  ['one of another version', bytesOf('{"v":2,"kind":"seal","epoch":1}'), 'is of version 2 of'],
])(
  'a record that somebody has put into a log stops its solution alone: %s',
  async (_, bytes, why) => {
    const bus = new MemoryBus()
    const { troubles } = await hostAt(bus, 'one')
    await submit(bus, 'bad')
    await submit(bus, 'ours')
    expect(await settled(bus, 'bad')).toBe('inert')
    const log = subjects.log('bad', 1)
    await bus.append(log, bytes, (await bus.last(log))?.sequence ?? 0)
    const status = await statusOf(bus, 'bad', 5)
    expect(status.state).toBe('broken')
    expect(status.why).toContain('the log of shard 1 is not right')
    expect(status.why).toContain(why)
    // Whoever takes the shard over reads the log.
    await hosts.pop()?.leave()
    const { troubles: later } = await hostAt(bus, 'two')
    await expect(cutOf(bus, 'bad', 5)).rejects.toThrow(LogError)
    expect(await settled(bus, 'ours')).toBe('inert')
    expect(await resultOf(bus, 'ours')).toBe(RESULT)
    await submit(bus, 'new')
    expect(await settled(bus, 'new')).toBe('inert')
    expect([...troubles, ...later].join()).toContain('LogError')
  },
)

test.each([0, 1, 10, 40, -1])('a record that was altered is found: byte %i', async (at) => {
  const bus = new MemoryBus()
  await hostAt(bus, 'one')
  await submit(bus, 'ours')
  expect(await settled(bus, 'ours')).toBe('inert')
  await expect(cutOf(new Altered(bus, at), 'ours', 5)).rejects.toThrow(LogError)
})

/** Shows one byte of the first records as another one, as a disk with a fault would. */
class Altered extends MemoryBus {
  readonly #bus: MemoryBus
  readonly #at: number

  constructor(bus: MemoryBus, at: number) {
    super()
    this.#bus = bus
    this.#at = at
  }

  override async last(log: string) {
    return await this.#bus.last(log)
  }

  override async read(log: string, from: number) {
    const [first, ...others] = await this.#bus.read(log, from)
    if (first === undefined) return []
    const bytes = Uint8Array.from(first.bytes)
    const at = (this.#at + bytes.length) % bytes.length
    bytes[at] = (bytes[at] ?? 0) ^ 1
    return [{ ...first, bytes }, ...others]
  }
}

test('a molecule that no record can hold ends its solution with a reason', async () => {
  const bus = new MemoryBus({ largest: 20_000 })
  await hostAt(bus, 'one')
  const grow = '<"x", replace s::String by s.concat(s) if size(s) < 40000>'
  await submit(bus, 'large', grow)
  expect(await settled(bus, 'large')).toBe('failed')
  const { why } = await statusOf(bus, 'large', 5)
  expect(why).toContain('is too long')
  // All is there as it was before.
  const { molecules } = await cutOf(bus, 'large', 5)
  expect([...molecules.keys()].join()).toContain('"x"')
  await submit(bus, 'ours')
  expect(await settled(bus, 'ours')).toBe('inert')
  const record = recordOf(`<"${'x'.repeat(30_000)}">`)
  const bytes = programRecordBytes(record)
  await expect(bus.append(subjects.log('huge', 'program'), bytes, 0)).rejects.toThrow(TooLargeError)
})
