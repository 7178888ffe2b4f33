import { describe, expect, test } from 'vitest'
import { symbol } from '../../../interpreter/index.ts'
import { errorsAway, first, moments, outcome } from '../../support/simulations.ts'
import type { Given } from '../../support/simulations.ts'

/*
 * A simulation is exact if what it draws has the distribution of the process. Models whose means and
 * variances are known are run 10,000 times with the seeds 1 to 10,000, in each way that there is. Mean
 * and variance must be within four standard errors of the truth, which happens by chance once in 16,000
 * times; the seeds are fixed, so that what passes once passes always.
 */

const runs = 10_000
const most = 4

const ways: readonly (readonly [string, Given])[] = [
  ['generated code', { method: 'direct' }],
  ['closures', { method: 'direct', generates: false }],
  ['a tree of sums', { method: 'tree' }],
  ['the general way', { method: 'general' }],
]

interface Truth {
  readonly mean: number
  readonly variance: number
}

/** How many copies of a symbol there are at a time, in each of 10,000 runs. */
async function numbersOf(program: string, name: string, given: Given): Promise<readonly number[]> {
  const solution = first(program)
  const numbers: number[] = []
  for (let seed = 1; seed <= runs; seed++) {
    const end = await outcome(solution, { ...given, seed })
    numbers.push(Number(end.solution.contents().multiplicityOf(symbol(name))))
  }
  return numbers
}

function expectMoments(numbers: readonly number[], { mean, variance }: Truth): void {
  const found = moments(numbers)
  expect(
    errorsAway(found.mean, mean, found.meanError),
    `mean ${found.mean}, not ${mean}`,
  ).toBeLessThan(most)
  const away = errorsAway(found.variance, variance, found.varianceError)
  expect(away, `variance ${found.variance}, not ${variance}`).toBeLessThan(most)
}

describe.each(ways)('with %s', (_, way) => {
  test('immigration and death tend to a Poisson distribution', async () => {
    const program = '< (replace ∅ by X @ 10), (replace X by ∅ @ 1) >'
    // Poisson at all times if it starts with none: λ/μ (1 − exp(−μt)).
    for (const until of [0.5, 4]) {
      const mean = 10 * (1 - Math.exp(-until))
      expectMoments(await numbersOf(program, 'X', { ...way, until }), { mean, variance: mean })
    }
  })

  test('birth and death have the moments of a branching process', async () => {
    const [birth, death, until, start] = [1, 0.8, 1.5, 20]
    const program = `< X^20, (replace X by X, X @ ${birth}), (replace X by ∅ @ ${death}) >`
    const growth = Math.exp((birth - death) * until)
    expectMoments(await numbersOf(program, 'X', { ...way, until }), {
      mean: start * growth,
      variance: (start * (birth + death) * growth * (growth - 1)) / (birth - death),
    })
  })

  test('dimers and monomers are in equilibrium', async () => {
    const program = '< P^20, (replace P, P by D @ 0.1), (replace D by P, P @ 1) >'
    expectMoments(await numbersOf(program, 'D', { ...way, until: 6 }), dimers(20, 0.1, 1))
  })

  test('arrivals in batches are a compound Poisson process', async () => {
    const program = '< (replace ∅ by X^5 @ 2), (replace X by ∅ @ 1) >'
    // Each batch of b adds b² to the variance of arrivals; with deaths, by the theory of shot noise.
    const [rate, batch, until] = [2, 5, 3]
    const [once, twice] = [1 - Math.exp(-until), (1 - Math.exp(-2 * until)) / 2]
    expectMoments(await numbersOf(program, 'X', { ...way, until }), {
      mean: rate * batch * once,
      variance: rate * (batch * (once - twice) + batch * batch * twice),
    })
  })
})

/** Moments of the number of dimers in equilibrium, from the balance of each pair of neighbouring states. */
function dimers(monomers: number, together: number, apart: number): Truth {
  const weights = [1]
  for (let n = 1; 2 * n <= monomers; n++) {
    const free = monomers - 2 * (n - 1)
    weights.push((weights[n - 1]! * together * free * (free - 1)) / 2 / (apart * n))
  }
  const total = weights.reduce((a, b) => a + b, 0)
  const mean = weights.reduce((sum, weight, n) => sum + (n * weight) / total, 0)
  const squares = weights.reduce((sum, weight, n) => sum + (n * n * weight) / total, 0)
  return { mean, variance: squares - mean * mean }
}
