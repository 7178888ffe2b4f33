import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DEFAULT_DEPTH, print, symbol } from '../../../interpreter/index.ts'
import type { Reaction } from '../../../interpreter/index.ts'
import { networkOf } from '../../../vm/kinetics/network-builder.ts'
import { errorsAway, first, moments, outcome, simulation } from '../../support/simulations.ts'
import type { Given } from '../../support/simulations.ts'
import { laws } from '../../support/laws.ts'

/*
 * Which solutions are networks of species, that a network is the same solution as before, and that large
 * ones keep all propensities up to date.
 */

function sizeOf(program: string): string {
  const network = networkOf([...first(program).contents().entries()], { depth: DEFAULT_DEPTH })
  if (network === undefined) return 'none'
  return `${String(network.species.length)} species, ${String(network.reactions.length)} reactions`
}

describe('a network is found', () => {
  test.each([
    [
      'of symbols',
      '< X^5, (replace X, Y by Y^2 @ 1), (replace Y by ∅ @ 1) >',
      '1 species, 0 reactions',
    ],
    [
      'with all that comes about',
      '< X^5, (replace X by Y @ 1), (replace Y by Z:1 @ 1) >',
      '3 species, 2 reactions',
    ],
    [
      'of tuples with a tag',
      '< A:1, B:"x", (replace A:n by B:n @ 1), (replace B:x by A:x @ 1) >',
      '4 species, 4 reactions',
    ],
    [
      'of numbers that go round',
      '< AT:0, (replace AT:i by AT:((i + 1) % 10) @ 1) >',
      '10 species, 10 reactions',
    ],
    [
      'of pairs, each once',
      '< 1, 2, 3, (replace x::Int, y::Int by x, y @ x * y) >',
      '3 species, 6 reactions',
    ],
    [
      'of lists and inert solutions',
      '< [1], <1>, (replace [x] by [x, x] @ 1), (replace <x> by x @ 1) >',
      '4 species, 2 reactions',
    ],
    [
      'with endless and anti-copies',
      '< X^∞, Y^-3, (replace X by Y @ 1), (replace Y^-1 by ∅ @ 1) >',
      '2 species, 2 reactions',
    ],
    [
      'where a rule without a rate finds nothing',
      '< X, (replace X by Y @ 1), (replace Z by X) >',
      '2 species, 1 reactions',
    ],
  ])('%s', (_, program, size) => {
    expect(sizeOf(program)).toBe(size)
  })

  test.each([
    ['numbers without end', '< N:0, (replace N:n by N:(n + 1) @ 1) >'],
    ['rules that are made', '< X, (replace X by (one Y by Z) @ 1) >'],
    ['rules that are taken', '< X, (replace r::Rule, X by X @ 1), (replace X by Y @ 1) >'],
    ['rules that are used up', '< X, (replace-one X by Y @ 1) >'],
    ['solutions that react', '< X, <A, (replace A by B @ 1)>, (replace X by ∅ @ 1) >'],
    ['numbers of copies', '< X^3, (replace X^k by Y @ 1) >'],
    ['chance', '< X, (replace X by N:random() @ 1) >'],
    ['rules without a rate', '< X, (replace X by Y @ 1), (replace Y by Z) >'],
    ['products without a value', '< A:0, (replace A:n by B:(1 / n) @ 1) >'],
  ])('but not of %s', (_, program) => {
    expect(sizeOf(program)).toBe('none')
  })
})

describe('generated code', () => {
  const terms = ['X', 'Y', 'X, Y', 'X^2', 'X^2, Y', 'Z', '∅', 'Z, X^3', 'Y^-1', 'Y^-2, X'] as const
  const products = ['∅', 'X', 'Y^2', 'X, Y, Z', 'Z^-1', 'Y^-1'] as const
  const rule = fc
    .tuple(fc.constantFrom(...terms), fc.constantFrom(...products), fc.integer({ min: 1, max: 9 }))
    .map(([taken, product, k]) => `(replace ${taken} by ${product} @ ${String(k)} * 0.1)`)
  const program = fc
    .tuple(fc.array(rule, { minLength: 1, maxLength: 16 }), fc.nat(30), fc.nat(30))
    .map(([rules, x, y]) => `< X^${String(x)}, Y^${String(y)}, Z^2, ${rules.join(', ')} >`)

  const course = (text: string, given: Given): readonly string[] => {
    const told: string[] = []
    const running = simulation(text, given)
    for (let i = 0; i < 5; i++) {
      const step = running.step()
      told.push(step.kind === 'reacted' ? line(step.reaction) : step.kind)
    }
    return told
  }
  const line = ({ time = 0, rule: { shape } }: Reaction): string =>
    `${String(time)} ${shape.text([], print)}`

  test('takes the course that closures take', async () => {
    const programs: string[] = []
    laws(
      300,
      fc.property(program, fc.nat(), (text, seed) => {
        programs.push(`${String(seed)} ${text}`)
        expect(course(text, { seed })).toEqual(course(text, { seed, generates: false }))
      }),
    )
    for (const each of programs) {
      const [, seed = '', text = ''] = /^(\d+) (.*)$/s.exec(each) ?? []
      const limits = { depth: DEFAULT_DEPTH, reactions: 2000 }
      const ends = await Promise.all(
        [true, false].map((generates) =>
          outcome(text, { seed: Number(seed), limits, method: 'direct', generates }),
        ),
      )
      const [a, b] = ends.map(({ kind, reactions, simulatedTime, solution }) => ({
        kind,
        reactions,
        simulatedTime,
        solution: print(solution),
      }))
      expect(a, text).toEqual(b)
    }
  }, 120_000)

  test('has the propensities of the general way, all along', () => {
    laws(
      300,
      fc.property(program, fc.nat(), (text, seed) => {
        const running = simulation(text, { seed })
        for (let i = 0; i < 8; i++) {
          const general = simulation(running.solution, { method: 'general' })
          expect(running.propensity).toBeCloseTo(general.propensity, 6)
          if (running.step().kind !== 'reacted') break
        }
      }),
    )
  }, 120_000)
})

describe('a chain of 300 conversions', () => {
  const length = 300
  const rules = Array.from(
    { length },
    (_, i) => `(replace S${String(i)} by S${String(i + 1)} @ 1)`,
  ).join(', ')
  const runs = 400

  test.each([{ method: 'tree' }, { method: 'general' }, {}] as const)(
    'takes as long as so many steps do (%j)',
    async (given) => {
      const solution = first(`< S0, ${rules} >`)
      const times: number[] = []
      for (let seed = 1; seed <= runs; seed++) {
        const end = await outcome(solution, { ...given, seed })
        expect(end.reactions).toBe(length)
        times.push(end.simulatedTime ?? 0)
      }
      // The sum of so many waiting times, each of mean 1 and variance 1: within four standard errors.
      const { mean, meanError, variance, varianceError } = moments(times)
      expect(errorsAway(mean, length, meanError)).toBeLessThan(4)
      expect(errorsAway(variance, length, varianceError)).toBeLessThan(4)
    },
    120_000,
  )
})

test('1,000 independent populations are each Poisson', async () => {
  const populations = 1000
  const means = Array.from({ length: populations }, (_, i) => 1 + (i % 10))
  const rules = means
    .map((mean, i) => {
      const name = `P${String(i)}`
      return `(replace ∅ by ${name} @ ${String(mean)}), (replace ${name} by ∅ @ 1)`
    })
    .join(', ')
  const { solution, kind } = await outcome(`< ${rules} >`, { until: 12 })
  expect(kind).toBe('until')
  const contents = solution.contents()
  const squares = means.map((mean, i) => {
    const n = Number(contents.multiplicityOf(symbol(`P${String(i)}`)))
    return (n - mean) ** 2 / mean
  })
  // Each has mean 1 and variance 2 + 1/mean: the sum of so many is nearly normal. Four standard errors.
  const sum = squares.reduce((a, b) => a + b, 0)
  const variance = means.reduce((total, mean) => total + 2 + 1 / mean, 0)
  expect(Math.abs(sum - populations)).toBeLessThan(4 * Math.sqrt(variance))
}, 120_000)
