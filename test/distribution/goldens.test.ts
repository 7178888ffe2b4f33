import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { Blueprint } from '../../distribution/blueprint.ts'
import { NO_FAULTS, World, runToInert } from '../../distribution/simulation/world.ts'
import { Source } from '../../grammar/index.ts'
import {
  Random,
  SolutionValue,
  equal,
  firstSolution,
  moleculesOf,
  prelude,
  print,
} from '../../interpreter/index.ts'
import type { LoweredProgram } from '../../interpreter/index.ts'
import { root } from '../../scripts/tools.ts'
import { goldensUnder, programOf } from '../support/goldens.ts'
import type { Golden } from '../support/goldens.ts'
import { testHost } from '../support/host.ts'

/*
 * Every golden that becomes inert by itself, on three nodes that fail, gives one of its results.
 */

const SHARDS = 4
const seeds = [1, 2]

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

const goldens = goldensUnder(join(root, 'test/conformance')).filter(
  (golden) =>
    golden.refusal === undefined &&
    golden.endless === undefined &&
    golden.injections.length === 0 &&
    golden.result.length + golden.results.length > 0 &&
    golden.area !== 'printing' &&
    golden.area !== 'async' &&
    !isAsynchronous(golden) &&
    !isOfIdentity(golden) &&
    Object.keys(golden.limits).length === 0,
)

/** Answers that come later have no place in a simulation without time. */
function isAsynchronous({ source, usesHost }: Golden): boolean {
  return usesHost && /\b(later|never|slow|reject\w*)\(/.test(source.text)
}

describe.each([...new Set(goldens.map(({ area }) => area))])('%s', (area) => {
  test.each(goldens.filter((golden) => golden.area === area))('$name', (golden) => {
    const program = programOf(golden)
    for (const seed of seeds) {
      const result = clusterResult(program, golden, seed)
      const expected = [...golden.result, ...golden.results].map((text) =>
        solutionIn(text, program),
      )
      if (!expected.some((each) => equal(each, result)))
        expect(print(result), `seed ${String(seed)}`).toBe(
          [...golden.result, ...golden.results].join('\n'),
        )
    }
  })
})

/** A plain object is equal to itself only, and a record knows no selves: who reads it makes another one. */
function isOfIdentity({ name }: Golden): boolean {
  return name === 'object-with-itself'
}

function clusterResult(program: LoweredProgram, golden: Golden, seed: number): SolutionValue {
  const { value, diagnostic } = firstSolution(program, seed)
  if (value === undefined) throw new Error(diagnostic.title)
  const host = golden.usesHost ? testHost : prelude
  const blueprint = new Blueprint({ program, host, first: value, shards: SHARDS, seed })
  const random = new Random(seed)
  const world = new World(
    {
      random: () => random.float(),
      nodes: 3,
      shards: SHARDS,
      faults,
      homeOf: (shard) => blueprint.homeOf(shard),
      solution: (shard) => blueprint.solution(shard, { run: 'golden', onAnswer: () => undefined }),
      sizes: { reactions: 3, arrivals: 2, molecules: 3, window: 2, records: 6 },
    },
    blueprint.initial,
  )
  const steps = runToInert(world, { faulty: 300, most: 20_000 })
  expect(steps, 'it becomes inert').toBeDefined()
  return blueprint.whole(world.audit.molecules())
}

function solutionIn(text: string, program: LoweredProgram): SolutionValue {
  const { molecules } = program.molecules(new Source('mark', text))
  const [only] = moleculesOf(molecules, 1).value ?? []
  if (!(only?.[0] instanceof SolutionValue)) throw new Error(`${text} is no solution`)
  return only[0]
}
