import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { explore, print } from '../../interpreter/index.ts'
import type { Exploration, SolutionValue } from '../../interpreter/index.ts'
import { engines } from '../support/engines.ts'
import type { EngineUnderTest } from '../support/engines.ts'
import { features, randomProgram } from '../support/random-programs.ts'
import { firstOf, isAmong, lowered, runFor, started, successors } from '../support/runs.ts'
import type { End } from '../support/runs.ts'
import { laws } from '../support/laws.ts'

/*
 * Every result of a run, whatever engine, strategy and seed, is one that some order of reactions reaches:
 * the explorer has tried them all. Where there are too many, or no end, each single reaction of the run
 * must have been possible.
 */

const programs = 5_000
const mostStates = 250
const mostReactions = 150
const mostSteps = 12

const seeds = fc.integer({ min: 1, max: 2 ** 31 })

describe.each(engines)('$name', (engine) => {
  test(`gives results of ${String(programs)} programs that can be reached`, () => {
    const counters = new Map<string, number>()
    const count = (what: string): void => void counters.set(what, (counters.get(what) ?? 0) + 1)
    laws(
      programs,
      fc.property(randomProgram, seeds, (program, seed) => {
        const first = firstOf(lowered(program.text))
        fc.pre(first !== undefined)
        for (const feature of new Set(program.features)) count(feature)
        const exploration = explore(first, mostStates)
        if (exploration.states > 1 || exploration.failures.length > 0) count('reaction')
        for (const strategy of ['fast', 'random'] as const) {
          const end = runFor(started(engine, first, { seed, strategy }), mostReactions)
          checkEnd(end, exploration)
          if (!exploration.isComplete || end.kind === 'going on')
            checkSteps(engine, first, { seed, strategy })
        }
      }),
    )
    const share = (what: string): number => (counters.get(what) ?? 0) / programs
    expect(features.filter((feature) => share(feature) < 0.05)).toEqual([])
    expect(share('reaction')).toBeGreaterThanOrEqual(0.8)
  }, 600_000)
})

function checkEnd({ kind, solution, message }: End, exploration: Exploration): void {
  const { inert, failures, isComplete, hasCycle } = exploration
  switch (kind) {
    case 'inert':
      expectNothingPossible(solution)
      if (isComplete && !isAmong(solution, inert))
        expect(print(solution)).toBe(`one of ${inert.map((each) => print(each)).join(' or ')}`)
      return
    case 'failed':
      if (isComplete) expect(failures).toContain(message)
      return
    case 'going on':
      expect(hasCycle).toBe(true)
  }
}

function expectNothingPossible(solution: SolutionValue): void {
  const { solutions, failures } = successors(solution)
  if (solutions.length + failures.length > 0) expect(print(solution)).toBe('an inert solution')
}

/** Each reaction, one by one: what comes after it can come of what was before it. */
function checkSteps(
  engine: EngineUnderTest,
  first: SolutionValue,
  course: { seed: number; strategy: 'fast' | 'random' },
): void {
  const machine = started(engine, first, course)
  for (let i = 0; i < mostSteps; i++) {
    const before = machine.solution
    const step = machine.step()
    if (step.kind !== 'reacted') return
    const { solutions } = successors(before)
    if (!isAmong(machine.solution, solutions))
      expect(`${print(before)}\n${print(machine.solution)}`).toBe('a reaction that is possible')
  }
}
