import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Cluster, ClusterNode, shardOf } from '../../distribution/index.ts'
import type { StoredRecord } from '../../distribution/index.ts'
import type { LocalSolution, Reacted } from '../../distribution/local-solution.ts'
import { connectNats } from '../../distribution/nats-tcp.ts'
import { Replay } from '../../distribution/replay.ts'
import { NO_FAULTS, World, runToInert } from '../../distribution/simulation/world.ts'
import { Random } from '../../interpreter/index.ts'
import { clusterGoldens, goldenBlueprint, isResult } from '../support/cluster-goldens.ts'
import type { Golden } from '../support/goldens.ts'
import { natsServer } from '../support/nats-server.ts'
import type { NatsServer } from '../support/nats-server.ts'

/*
 * Logs are runs of the reference: those of some goldens on three nodes at a real server, of which one is killed. And
 * nodes that react as no rule says are found out, though their records follow from one another.
 */

const SHARDS = 4
const clock = (): number => performance.now()

function golden(name: string): Golden {
  const found = clusterGoldens.find((each) => each.name === name)
  if (found === undefined) throw new Error(`there is no golden ${name}`)
  return found
}

describe('at a real server', () => {
  let server: NatsServer

  beforeAll(async () => {
    server = await natsServer()
  }, 120_000)

  afterAll(() => server[Symbol.asyncDispose]())

  test.each(['primes', 'factorial', 'n-queens', 'max', 'fibonacci', 'sat-by-choice'])(
    '%s',
    async (name) => {
      const blueprint = goldenBlueprint(golden(name), SHARDS, 1)
      const links = await Promise.all([1, 2, 3].map(() => connectNats(server.url)))
      const [{ bus }] = links as [(typeof links)[0], ...typeof links]
      const cluster = new Cluster({ bus, solution: name, blueprint, clock })
      await cluster.submit()
      const names = ['one', 'two', 'three']
      const nodes = links.map(
        (link, i) =>
          new ClusterNode(name, blueprint, {
            name: names[i] ?? '',
            bus: link.bus,
            clock,
            others: names,
            timing: { heartbeat: 20, patience: 150, resend: 20 },
            sizes: { reactions: 1, molecules: 3 },
          }),
      )
      setTimeout(() => nodes[1]?.kill(), 20)
      const { kind, solution, reactions } = await cluster.run()
      for (const node of nodes) node.kill()
      expect(kind).toBe('inert')
      expect(isResult(golden(name), solution)).toBe(true)
      const records: StoredRecord[] = []
      for (let shard = 0; shard <= SHARDS; shard++)
        records.push(...(await bus.read(`${name}.${String(shard)}`, 0)))
      records.sort((a, b) => a.sequence - b.sequence)
      const replay = new Replay({ blueprint })
      for (const { log, bytes, sequence } of records)
        replay.take(shardOf(log) ?? 0, bytes, sequence)
      replay.end()
      expect(replay.reactions).toEqual({ repeated: reactions, unrepeated: 0 })
      cluster.close()
      await Promise.all(links.map((link) => link.close()))
    },
    60_000,
  )
})

/** What a replay of a golden finds wrong whose nodes change what reactions have come to. */
function faultOf(name: string, changed: (reacted: Reacted) => Reacted): string | undefined {
  const blueprint = goldenBlueprint(golden(name), SHARDS, 1)
  const random = new Random(1)
  const replay = new Replay({ blueprint })
  const solution = (shard: number): LocalSolution => {
    const local = blueprint.solution(shard, { run: 'golden', onAnswer: () => undefined })
    return {
      add: (molecules) => {
        local.add(molecules)
      },
      arrive: (molecules, how) => {
        local.arrive(molecules, how)
      },
      remove: (molecules) => {
        local.remove(molecules)
      },
      react: (most) => changed(local.react(most)),
    }
  }
  const world = new World(
    {
      random: () => random.float(),
      ...{ nodes: 3, shards: SHARDS, faults: NO_FAULTS, solution },
      ways: (shard) => blueprint.ways(shard),
      onRecord: (shard, bytes, sequence) => {
        replay.take(shard, bytes, sequence)
      },
      sizes: { reactions: 1 },
    },
    blueprint.initial,
  )
  try {
    expect(runToInert(world, { faulty: 0, most: 5_000 })).toBeDefined()
    replay.end()
    return undefined
  } catch (error) {
    return String(error)
  }
}

describe('a node is found out that', () => {
  test('makes something else', () => {
    const fault = faultOf('max', (reacted) => ({
      ...reacted,
      added: reacted.reactions === 0 ? reacted.added : [...reacted.added, ['77', 1]],
    }))
    expect(fault).toMatch(/a record of shard \d is no run: 1 reactions do not make .*77/)
  })

  test('counts reactions that did not happen', () => {
    const fault = faultOf('max', (reacted) => ({
      ...reacted,
      reactions: reacted.reactions === 0 ? 0 : reacted.reactions + 1,
    }))
    expect(fault).toMatch(/is no run: 2 reactions do not make/)
  })

  test('says too early that nothing can react', () => {
    const fault = faultOf('max', () => ({ removed: [], added: [], reactions: 0, isInert: true }))
    expect(fault).toContain('the solution is not inert')
  })

  test('reacts as the rules say, is not', () => {
    expect(faultOf('max', (reacted) => reacted)).toBeUndefined()
  })
})
