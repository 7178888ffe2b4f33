import { ClusterHost, cancel, readRecord, shardOf } from '../../distribution/index.ts'
import type { Bus } from '../../distribution/index.ts'
import { connectNats } from '../../distribution/nats-tcp.ts'
import { Random, prelude, table } from '../../interpreter/index.ts'
import { clock, countBlueprint, head, inert, quantile, row, submitted, SHARDS } from './scene.ts'
import type { Scene } from './scene.ts'

const ROUNDS = 5

/**
 * From a reaction to when it is durable, on a node in this process that counts under full load: from when the
 * earliest reaction of a record can have happened, which is when the node last looked at its connection before, to
 * when it has the server's answer. And from the last reaction of a solution to when its logs say that it is inert.
 */
export async function latencies(scene: Scene, molecules: number): Promise<void> {
  const durable: number[] = []
  const answers: number[] = []
  const verdicts: number[] = []
  const link = await connectNats(scene.server.url)
  const looking = lookedAt()
  const bus = timed(link.bus, (bytes, begin, end) => {
    if (reactionsIn(bytes) > 0) durable.push(end - looking.since(begin))
    answers.push(end - begin)
  })
  const host = await ClusterHost.start({ name: 'here', bus, host: prelude, clock })
  for (let round = 0; round < ROUNDS; round++) {
    const solution = `latency-${String(round)}`
    const random = new Random(round + 1)
    const keys = Array.from({ length: molecules }, () => random.below(1_000))
    await submitted(scene.bus, { solution, entries: table(keys, keys) })
    await inert(scene.bus, solution)
    verdicts.push(await verdictOf(scene, solution))
    await cancel(scene.bus, solution, clock)
  }
  looking.stop()
  await host.leave()
  await link.close()
  head('', 'p50', 'p99')
  row('from a reaction to durable, under full load', ...both(durable))
  row('an append, under full load', ...both(answers))
  row(
    'stream round trips from the last reaction to inert',
    String(quantile(verdicts, 0.5)),
    `most ${String(Math.max(...verdicts))}`,
  )
}

function both(values: readonly number[]): readonly string[] {
  return [0.5, 0.99].map((share) => `${quantile(values, share).toFixed(1)} ms`)
}

/** When this process last looked at what has come to it. */
function lookedAt() {
  let [last, isOver] = [clock(), false]
  const look = (): void => {
    last = clock()
    if (!isOver) setImmediate(look)
  }
  setImmediate(look)
  return {
    since: (time: number) => Math.min(last, time),
    stop: () => (isOver = true),
  }
}

/** The same bus, of whose appends somebody is told when they began and ended. */
function timed(bus: Bus, tell: (bytes: Uint8Array, begin: number, end: number) => void): Bus {
  const append: Bus['append'] = async (log, bytes, expected) => {
    const begin = clock()
    const sequence = await bus.append(log, bytes, expected)
    tell(bytes, begin, clock())
    return sequence
  }
  return new Proxy(bus, {
    get: (target, name) => {
      if (name === 'append') return append
      const value: unknown = Reflect.get(target, name)
      return typeof value === 'function' ? (value.bind(target) as unknown) : value
    },
  })
}

function reactionsIn(bytes: Uint8Array): number {
  const record = readRecord(bytes)
  return record.kind === 'commit' ? record.reactions : 0
}

/**
 * How many records came one after the other, each in answer to one before, from the last reaction until the logs said
 * that all is inert: of one shard each, as a shard writes its next record when it has the answer to the last.
 */
async function verdictOf({ bus }: Scene, solution: string): Promise<number> {
  const records = []
  for (let shard = 0; shard <= countBlueprint(SHARDS).blueprint.shards; shard++)
    records.push(...(await bus.read(`${solution}.${String(shard)}`, 0)))
  records.sort((a, b) => a.sequence - b.sequence)
  const last = records.findLastIndex(({ bytes }) => reactionsIn(bytes) > 0)
  const state = new Map<number, ReturnType<typeof readRecord>>()
  const since = new Map<number, number>()
  const isInert = (): boolean => {
    const all = [...state.values()]
    const sum = (of: 'sent' | 'received'): number => all.reduce((n, each) => n + each[of], 0)
    return (
      all.length === SHARDS + 1 &&
      all.every((each) => each.isInert) &&
      sum('sent') === sum('received')
    )
  }
  for (const [i, { log, bytes }] of records.entries()) {
    const shard = shardOf(log) ?? 0
    state.set(shard, readRecord(bytes))
    // The record of the last reaction is the first trip.
    if (i >= last) since.set(shard, (since.get(shard) ?? 0) + 1)
    if (i >= last && isInert()) break
  }
  return Math.max(...since.values())
}
