import { describe, expect, test } from 'vitest'
import { Blueprint, LogError } from '../../distribution/index.ts'
import type { LocalSolution } from '../../distribution/local-solution.ts'
import { Lot } from '../../distribution/lot.ts'
import { Replay } from '../../distribution/replay.ts'
import { NO_FAULTS, World, runToInert } from '../../distribution/simulation/world.ts'
import type { Faults } from '../../distribution/simulation/world.ts'
import { Source } from '../../grammar/index.ts'
import {
  Random,
  firstSolution,
  lowerSource,
  noModules,
  prelude,
  print,
} from '../../interpreter/index.ts'

/*
 * Solutions inside others react on all nodes, each where it lies, and the rules around them see them when they are
 * inert.
 */

const SHARDS = 4

const faults: Faults = {
  lost: 0.1,
  doubled: 0.1,
  unanswered: 0.03,
  unsent: 0.03,
  killed: 0.01,
  paused: 0.02,
  claimed: 0.02,
}

function blueprintOf(text: string): Blueprint {
  const source = new Source('units.hocl', text)
  const program = lowerSource(source, { host: prelude, modules: noModules })
  const { value, diagnostic } = firstSolution(program, 1)
  if (value === undefined) throw new Error(diagnostic.title)
  return new Blueprint({ program, host: prelude, first: value, shards: SHARDS, seed: 1 })
}

interface Ran {
  readonly result: string
  /** By shard. */
  readonly reactions: readonly number[]
}

interface How {
  readonly seed?: number
  readonly faults?: Faults
  readonly changed?: (local: LocalSolution) => LocalSolution
}

/** Runs a program and repeats its log on the reference. */
function ran(text: string, { seed = 1, faults = NO_FAULTS, changed = same }: How = {}): Ran {
  const blueprint = blueprintOf(text)
  const random = new Random(seed)
  const replay = new Replay({ blueprint })
  const world = new World(
    {
      random: () => random.float(),
      ...{ nodes: 3, shards: SHARDS, faults },
      ways: (shard) => blueprint.ways(shard),
      solution: (shard) =>
        changed(blueprint.solution(shard, { run: 'units', onAnswer: () => undefined })),
      onRecord: (shard, record, sequence) => {
        replay.take(shard, record, sequence)
      },
      sizes: { reactions: 3, arrivals: 2, molecules: 3, window: 2, records: 6 },
    },
    blueprint.initial,
  )
  expect(runToInert(world, { faulty: 400, most: 20_000 })).toBeDefined()
  replay.end()
  return {
    result: print(blueprint.whole(world.audit.molecules())),
    reactions: Array.from({ length: SHARDS }, (_, i) => world.audit.stateOf(i)?.reactions ?? 0),
  }
}

function same(local: LocalSolution): LocalSolution {
  return local
}

const RULES = `
  let sum = replace x::Int, y::Int by x + y in
  let open = replace <sum = s, ω> by ω in
  let make = replace JOB:n by <n, n, n, n, n, n, n, n, sum> in`

describe('solutions that react', () => {
  const there = `${RULES} <<1, 2, 3, 4, sum>, <5, 6, 7, 8, sum>, <9, 10, 11, sum>, <12, sum>, open>`
  const made = `${RULES} <JOB:1, JOB:2, JOB:3, JOB:4, JOB:5, make, open>`

  test('are spread from the beginning, and taken when they are inert', () => {
    const { result, reactions } = ran(there)
    expect(result).toBe('<10, 12, 26, 30, open>')
    expect(reactions.slice(1).reduce((all, each) => all + each)).toBe(3 + 3 + 2)
    expect(reactions.slice(1).filter((each) => each > 0).length).toBeGreaterThan(1)
    // Only the rule around them is where everything is.
    expect(reactions[0]).toBe(4)
  })

  test('are sent on where a rule has made them and they react for long', () => {
    const { result, reactions } = ran(made)
    expect(result).toBe('<8, 16, 24, 32, 40, make, open>')
    expect(reactions.slice(1).reduce((all, each) => all + each)).toBeGreaterThan(10)
  })

  test('are one run of the reference, whatever fails', () => {
    for (let seed = 1; seed <= 60; seed++) {
      expect(ran(there, { seed, faults }).result).toBe('<10, 12, 26, 30, open>')
      expect(ran(made, { seed, faults }).result).toBe('<8, 16, 24, 32, 40, make, open>')
    }
  }, 120_000)

  test('stay where somebody counts all copies of them', () => {
    const counted = `${RULES}
      let count = replace s::Solution^n, GO by COPIES:n in
      <<1, 2, sum>, <3, sum>, <0, 3, sum>, GO, count>`
    const { result, reactions } = ran(counted)
    expect(result).toContain('COPIES:')
    expect(reactions.slice(1)).toEqual([0, 0, 0])
  })
})

test('solutions that arrive as inert are taken as they are, and others once they are inert', () => {
  const blueprint = blueprintOf(`${RULES} <<1, 2, sum>, open>`)
  const reactions = (areInert: boolean): number => {
    const local = blueprint.solution(0, { run: 'units', onAnswer: () => undefined })
    local.arrive(Lot.of(blueprint.initial), { areInert })
    return local.react(100).reactions
  }
  expect(reactions(false)).toBe(2)
  expect(reactions(true)).toBe(1)
})

test('a node that lets a solution go before it is inert is found out', () => {
  const early = (local: LocalSolution): LocalSolution => ({
    add: (molecules) => {
      local.add(molecules)
    },
    arrive: (molecules, how) => {
      local.arrive(molecules, how)
    },
    remove: (molecules) => {
      local.remove(molecules)
    },
    // It has reacted for a while, and is said to be inert.
    react: (most) => ({ ...local.react(most), isInert: true, active: new Map() }),
  })
  const found: unknown[] = []
  for (let seed = 1; seed <= 10; seed++)
    try {
      ran(`${RULES} <<1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, sum>, open>`, {
        seed,
        changed: early,
      })
    } catch (error) {
      found.push(error)
    }
  expect(found.some((error) => error instanceof LogError)).toBe(true)
})
