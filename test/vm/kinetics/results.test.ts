import fc from 'fast-check'
import { expect, test } from 'vitest'
import { DEFAULT_DEPTH, explore, print } from '../../../interpreter/index.ts'
import type { SolutionValue } from '../../../interpreter/index.ts'
import { Simulation } from '../../../vm/kinetics/simulation.ts'
import { laws } from '../../support/laws.ts'
import { randomProgram } from '../../support/random-programs.ts'
import { firstOf, isAmong, lowered, runFor, successors } from '../../support/runs.ts'

/*
 * Rates choose among the reactions that the language allows, and allow no others: what comes out of a
 * simulation of a random program is what the explorer reaches without rates, and each reaction is one
 * that the reference finds. And what a simulation keeps of ways from reaction to reaction is what it
 * counts when it starts afresh.
 */

const programs = 1_500
const mostStates = 150
const mostReactions = 60
const mostSteps = 10

const seeds = fc.integer({ min: 1, max: 2 ** 31 })
/** Rates of the definitions of a program; those without one go first. */
const rates = fc.array(fc.constantFrom('', ' @ 1', ' @ 2.5', ' @ 1 + 1'), {
  minLength: 3,
  maxLength: 3,
})

function withRates(program: string, chosen: readonly string[]): string {
  return program.replaceAll(
    /^(let (?:rec )?f(\d) = .*) in$/gm,
    (_, rule: string, digit: string) => `${rule}${chosen[Number(digit)] ?? ''} in`,
  )
}

function started(solution: SolutionValue, seed: number): Simulation {
  return new Simulation(solution, { seed, limits: { depth: DEFAULT_DEPTH }, clock: () => 0 })
}

test(`${String(programs)} simulations end where some order of reactions does`, () => {
  let timed = 0
  laws(
    programs,
    fc.property(randomProgram, rates, seeds, ({ text }, chosen, seed) => {
      const first = firstOf(lowered(withRates(text, chosen)))
      fc.pre(first !== undefined)
      const exploration = explore(first, mostStates)
      const { kind, solution, reactions, message } = runFor(started(first, seed), mostReactions)
      if (reactions.some(({ time = 0 }) => time > 0)) timed++
      if (kind === 'inert') {
        expect(successors(solution).solutions.map((each) => print(each))).toEqual([])
        if (exploration.isComplete)
          expect(isAmong(solution, exploration.inert), print(solution)).toBe(true)
      }
      if (kind === 'failed' && exploration.isComplete)
        expect(exploration.failures).toContain(message)
      if (kind === 'going on') expect(exploration.hasCycle).toBe(true)
      checkSteps(started(first, seed))
    }),
  )
  expect(timed).toBeGreaterThan(programs / 10)
}, 600_000)

function checkSteps(running: Simulation): void {
  for (let i = 0; i < mostSteps; i++) {
    const before = running.solution
    const step = running.step()
    if (step.kind !== 'reacted') return
    const after = running.solution
    const { solutions } = successors(before)
    expect(
      isAmong(after, solutions),
      `${print(before)} by ${print(step.reaction.rule)} to ${print(after)}`,
    ).toBe(true)
    expect(running.propensity, print(after)).toBeCloseTo(started(after, 1).propensity, 6)
  }
}
