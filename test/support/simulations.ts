import { DEFAULT_DEPTH, print } from '../../interpreter/index.ts'
import type { Outcome, SolutionValue } from '../../interpreter/index.ts'
import { Simulation } from '../../vm/kinetics/simulation.ts'
import type { SimulationOptions } from '../../vm/kinetics/simulation.ts'
import { firstOf, lowered } from './runs.ts'

export type Given = Partial<SimulationOptions>

/** The first solution of a program. */
export function first(text: string): SolutionValue {
  const value = firstOf(lowered(text))
  if (value === undefined) throw new Error(`${text} has no value`)
  return value
}

/** A simulation of a program, or of a solution that many simulations start with. */
export function simulation(program: string | SolutionValue, given: Given = {}): Simulation {
  const solution = typeof program === 'string' ? first(program) : program
  return new Simulation(solution, {
    seed: 1,
    limits: { depth: DEFAULT_DEPTH },
    clock: () => 0,
    ...given,
  })
}

/** How a simulation ends: `inert <9> after 3 reactions`. */
export async function ended(program: string, given: Given = {}): Promise<string> {
  const { kind, solution, reactions } = await outcome(program, given)
  return `${kind} ${print(solution)} after ${String(reactions)}`
}

export function outcome(program: string | SolutionValue, given: Given = {}): Promise<Outcome> {
  return simulation(program, given).run()
}

/** Rate times ways in the first solution of a program. */
export function propensity(program: string, given: Given = {}): number {
  return simulation(program, given).propensity
}

/** Mean and variance of some numbers, with the standard error of each: of the variance, from the fourth moment. */
export interface Moments {
  readonly mean: number
  readonly meanError: number
  readonly variance: number
  readonly varianceError: number
}

export function moments(values: readonly number[]): Moments {
  const n = values.length
  const mean = sum(values) / n
  const squares = values.map((value) => (value - mean) ** 2)
  const variance = sum(squares) / (n - 1)
  const fourth = sum(squares.map((square) => square * square)) / n
  return {
    mean,
    meanError: Math.sqrt(variance / n),
    variance,
    varianceError: Math.sqrt(Math.max(0, fourth - variance * variance) / n),
  }
}

/** How many standard errors an estimate is away from what it should be. */
export function errorsAway(estimate: number, truth: number, error: number): number {
  return Math.abs(estimate - truth) / error
}

function sum(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0)
}
