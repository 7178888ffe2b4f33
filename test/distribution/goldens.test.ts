import { describe, expect, test } from 'vitest'
import { Replay } from '../../distribution/replay.ts'
import { NO_FAULTS, World, runToInert } from '../../distribution/simulation/world.ts'
import { Random, print } from '../../interpreter/index.ts'
import type { SolutionValue } from '../../interpreter/index.ts'
import { clusterGoldens, goldenBlueprint, isResult } from '../support/cluster-goldens.ts'
import type { Golden } from '../support/goldens.ts'

/*
 * Every golden that becomes inert by itself, on three nodes that fail, gives one of its results, and its log is a run
 * of the reference. `HOCL_SEEDS=20 npx vitest run test/distribution/goldens.test.ts` tries more orders.
 */

const SHARDS = 4
const seeds = Array.from({ length: Number(process.env['HOCL_SEEDS'] ?? 2) }, (_, i) => i + 1)

const faults = {
  ...NO_FAULTS,
  lost: 0.1,
  doubled: 0.1,
  unanswered: 0.03,
  unsent: 0.03,
  killed: 0.005,
  paused: 0.01,
  claimed: 0.01,
}

describe.each([...new Set(clusterGoldens.map(({ area }) => area))])('%s', (area) => {
  test.each(clusterGoldens.filter((golden) => golden.area === area))(
    '$name',
    (golden) => {
      for (const seed of seeds) {
        const result = clusterResult(golden, seed)
        if (!isResult(golden, result))
          expect(print(result), `seed ${String(seed)}`).toBe(
            [...golden.result, ...golden.results].join('\n'),
          )
      }
    },
    seeds.length * 30_000,
  )
})

function clusterResult(golden: Golden, seed: number): SolutionValue {
  const blueprint = goldenBlueprint(golden, SHARDS, seed)
  const random = new Random(seed)
  const replay = new Replay({ blueprint })
  const world = new World(
    {
      random: () => random.float(),
      nodes: 3,
      shards: SHARDS,
      faults,
      ways: (shard) => blueprint.ways(shard),
      solution: (shard) => blueprint.solution(shard, { run: 'golden', onAnswer: () => undefined }),
      onRecord: (shard, bytes, sequence) => {
        replay.take(shard, bytes, sequence)
      },
      sizes: { reactions: 3, arrivals: 2, molecules: 3, window: 2, records: 6 },
    },
    blueprint.initial,
  )
  const steps = runToInert(world, { faulty: 300, most: 20_000 })
  expect(steps, 'it becomes inert').toBeDefined()
  replay.end()
  expect(replay.reactions).toEqual({ repeated: world.audit.reactions, unrepeated: 0 })
  return blueprint.whole(world.audit.molecules())
}
