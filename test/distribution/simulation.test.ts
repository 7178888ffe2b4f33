import { describe, expect, test } from 'vitest'
import type { Amounts, Copies } from '../../distribution/copies.ts'
import { LogError } from '../../distribution/errors.ts'
import { World, runToInert } from '../../distribution/simulation/world.ts'
import type { Faults, Flaw } from '../../distribution/simulation/world.ts'
import { Random } from '../../interpreter/index.ts'
import { Toy, toyHome, valueOf } from './toy.ts'

/*
 * The protocol under every misfortune that a seed can draw. A schedule that fails is repeated by
 * `HOCL_SEED=… npx vitest run test/distribution/simulation.test.ts`; a long run is `HOCL_SCHEDULES=1000000` before it.
 */

const SHARDS = 4
const schedules = Number(process.env['HOCL_SCHEDULES'] ?? 20_000)
/** No schedule takes so long, in milliseconds, on the slowest machine. */
const MOST_EACH = 50
const firstSeed = Number(process.env['HOCL_SEED'] ?? 1)

const faults: Faults = {
  lost: 0.15,
  doubled: 0.2,
  unanswered: 0.05,
  unsent: 0.05,
  killed: 0.01,
  paused: 0.03,
  claimed: 0.02,
}

interface Run {
  readonly steps: number | undefined
  readonly world: World
  readonly total: number
}

function run(seed: number, flaw?: Flaw): Run {
  const random = new Random(seed)
  const molecules: Copies[] = []
  let total = 0
  for (let i = 0; i < 12; i++) {
    const value = 1 + random.below(20)
    const molecule =
      random.below(2) === 0 ? `hop:${random.below(5)}:${value}` : `${random.below(5)}:${value}`
    const copies = 1 + random.below(2)
    molecules.push([molecule, copies])
    total += value * copies
  }
  const world = new World(
    {
      random: () => random.float(),
      nodes: 3,
      shards: SHARDS,
      faults,
      ways: () => ({ homeOf: (molecule) => toyHome(molecule, SHARDS) }),
      solution: (shard) => new Toy((molecule) => toyHome(molecule, SHARDS) === shard),
      sizes: {
        reactions: 1 + random.below(3),
        arrivals: 2,
        molecules: 3,
        window: 2,
        records: 4 + random.below(8),
      },
      ...(flaw === undefined ? {} : { flaw }),
    },
    molecules,
  )
  return { steps: runToInert(world, { faulty: 250, most: 6_000 }), world, total }
}

function totalOf(amounts: Amounts): number {
  let sum = 0
  for (const [molecule, copies] of amounts) sum += valueOf(molecule) * Number(copies)
  return sum
}

/** What is wrong with a run; undefined where all is right. */
function faultOf(seed: number, flaw?: Flaw): string | undefined {
  try {
    const { steps, world, total } = run(seed, flaw)
    if (steps === undefined) return 'it does not become inert'
    const left = world.audit.molecules()
    if (totalOf(left) !== total) return `the values add up to ${totalOf(left)} instead of ${total}`
    const keys = [...left.keys()].map((molecule) => molecule.split(':')[0])
    if (new Set(keys).size !== keys.length)
      return `two of a key have not met: ${[...left.keys()].join(' ')}`
    for (const copies of left.values()) if (copies !== 1) return 'two of a key have not met'
    return stable(world)
  } catch (error) {
    if (error instanceof LogError) return error.message
    throw error
  }
}

/** What is inert stays so. */
function stable(world: World): string | undefined {
  world.isCalm = false
  for (let i = 0; i < 60; i++) world.step()
  return world.audit.isInert ? undefined : 'it was inert and is no more'
}

describe('the protocol', () => {
  test(
    `keeps its promises in ${String(schedules)} schedules`,
    () => {
      for (let seed = firstSeed; seed < firstSeed + schedules; seed++) {
        const fault = faultOf(seed)
        if (fault !== undefined) expect.fail(`HOCL_SEED=${String(seed)} HOCL_SCHEDULES=1: ${fault}`)
      }
    },
    Math.max(600_000, schedules * MOST_EACH),
  )
})

/** Each part of the protocol is needed: without it something goes wrong, and is noticed. */
describe.each<Flaw>([
  'no-fence',
  'no-duplicate-check',
  'confirm-before-commit',
  'send-before-commit',
  'inert-too-early',
  'snapshot-beside-the-log',
  'no-counts',
])('%s', (flaw) => {
  test('is noticed', () => {
    const found = new Set<string>()
    for (let seed = 1; seed <= 300 && found.size === 0; seed++) {
      const fault = faultOf(seed, flaw)
      if (fault !== undefined) found.add(fault)
    }
    expect([...found]).not.toEqual([])
  }, 120_000)
})
