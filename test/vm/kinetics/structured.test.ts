import { describe, expect, test } from 'vitest'
import { print, symbol } from '../../../interpreter/index.ts'
import type { Molecule, SolutionValue } from '../../../interpreter/index.ts'
import { errorsAway, first, moments, outcome, simulation } from '../../support/simulations.ts'
import type { Given } from '../../support/simulations.ts'

/*
 * Processes of molecules with structure, whose distributions are known too: solutions that react inside,
 * molecules that move, pairs among many, rules that come and go. Mean and variance are within four
 * standard errors of the truth, over as many runs as are said; the seeds are fixed.
 */

const most = 4

interface Truth {
  readonly mean: number
  readonly variance: number
}

/** Runs a program so often, and holds a number of each end against the truth. */
async function holds(
  program: string,
  given: Given & { readonly runs: number },
  numberOf: (solution: SolutionValue, time: number) => number,
  { mean, variance }: Truth,
): Promise<void> {
  const solution = first(program)
  const numbers: number[] = []
  for (let seed = 1; seed <= given.runs; seed++) {
    const end = await outcome(solution, { ...given, seed })
    numbers.push(numberOf(end.solution, end.simulatedTime ?? 0))
  }
  const found = moments(numbers)
  expect(errorsAway(found.mean, mean, found.meanError), `mean ${found.mean}`).toBeLessThan(most)
  const away = errorsAway(found.variance, variance, found.varianceError)
  expect(away, `variance ${found.variance}`).toBeLessThan(most)
}

const copies = (solution: SolutionValue, molecule: Molecule): number =>
  Number(solution.contents().multiplicityOf(molecule))

describe('inside solutions', () => {
  const decay = (until: number): Truth => {
    const left = Math.exp(-until)
    return { mean: 20 * left, variance: 20 * left * (1 - left) }
  }

  test('molecules decay as outside', async () => {
    const size = (solution: SolutionValue): number => {
      const [inner] = solution.molecules()
      return typeof inner === 'object' && inner.kind === 'solution'
        ? copiesIn(inner.contents().entries())
        : NaN
    }
    await holds('< <A^20, (replace A by B @ 1)> >', { runs: 2000, until: 0.7 }, size, decay(0.7))
  })

  test('copies of a solution decay each for itself', async () => {
    const active = (solution: SolutionValue): number => {
      let count = 0
      for (const [molecule, n] of solution.contents().entries())
        if (print(molecule).includes('<A')) count += Number(n)
      return count
    }
    await holds('< <A, (replace A by B @ 1)>^20 >', { runs: 2000, until: 0.7 }, active, decay(0.7))
  })

  test('the outer solution waits until the inner one is inert', async () => {
    // The last of five decays, and then one more: harmonic sums.
    const program = `< <A^5, (replace A by ∅ @ 1)>, replace-one <r::Rule> by DONE @ 2 >`
    const squares = [1, 2, 3, 4, 5].map((k) => 1 / (k * k)).reduce((a, b) => a + b)
    const harmonic = [1, 2, 3, 4, 5].map((k) => 1 / k).reduce((a, b) => a + b)
    await holds(program, { runs: 3000 }, (_, time) => time, {
      mean: harmonic + 1 / 2,
      variance: squares + 1 / 4,
    })
  })

  test('cells divide as molecules do', async () => {
    // A Yule process: one cell becomes a geometric number of them.
    const program = '< CELL:<G>, (replace CELL:<ω> by CELL:<ω>, CELL:<ω> @ 1) >'
    const cells = (solution: SolutionValue): number => {
      let count = 0
      for (const [molecule, n] of solution.contents().entries())
        if (typeof molecule === 'object' && molecule.kind === 'tuple') count += Number(n)
      return count
    }
    const growth = Math.exp(1.2)
    const truth = { mean: growth, variance: growth * (growth - 1) }
    await holds(program, { runs: 4000, until: 1.2, method: 'general' }, cells, truth)
  })
})

function copiesIn(entries: Iterable<readonly [Molecule, number | bigint]>): number {
  for (const [molecule, n] of entries) if (molecule === symbol('A')) return Number(n)
  return 0
}

test('a molecule walks at random, without bounds', async () => {
  const program = '< AT:0, (replace AT:i by AT:(i + 1) @ 2), (replace AT:i by AT:(i - 1) @ 1.5) >'
  const place = (solution: SolutionValue): number => {
    for (const molecule of solution.molecules())
      if (typeof molecule === 'object' && molecule.kind === 'tuple')
        return Number(molecule.fields[1])
    return NaN
  }
  await holds(program, { runs: 4000, until: 4 }, place, { mean: 2, variance: 14 })
})

describe('pairs merge until one is left', () => {
  /** Kingman's coalescent: of k the next pair is found after an exponential time of rate k(k − 1)/2. */
  const coalescent = (n: number): Truth => {
    const pairs = Array.from({ length: n - 1 }, (_, i) => ((i + 2) * (i + 1)) / 2)
    return {
      mean: pairs.reduce((sum, k) => sum + 1 / k, 0),
      variance: pairs.reduce((sum, k) => sum + 1 / (k * k), 0),
    }
  }
  const merge = '(replace x::Int, y::Int by x + y @ 1)'

  test('of twelve, every match in a list', async () => {
    const truth = coalescent(12)
    await holds(`< ...range(12), ${merge} >`, { runs: 1500 }, (_, time) => time, truth)
  })

  test('of a hundred, by drawing and rejecting', async () => {
    await holds(`< ...range(100), ${merge} >`, { runs: 150 }, (_, time) => time, coalescent(100))
  })

  test('of a hundred with few that fit', async () => {
    // Only neighbours meet, in one order: 99 pairs in the beginning, of 9,900 that are drawn.
    const program =
      '< ...range(100), (replace x::Int, y::Int by x if y == x + 1 && x % 2 == 0 @ 1) >'
    // Fifty pairs, each by itself: the greatest of fifty exponential times.
    const truth = {
      mean: Array.from({ length: 50 }, (_, i) => 1 / (i + 1)).reduce((a, b) => a + b),
      variance: Array.from({ length: 50 }, (_, i) => 1 / (i + 1) ** 2).reduce((a, b) => a + b),
    }
    await holds(program, { runs: 60 }, (_, time) => time, truth)
  })
})

test('drawing and rejecting is what happens among many', () => {
  const running = simulation('< ...range(100), (replace x::Int, y::Int by x:y if x < y @ 1) >')
  for (let i = 0; i < 20; i++) running.step()
  expect(running.method).toBe('general')
  expect(running.nullEvents).toBeGreaterThan(0)
})

describe('rejection in vain', () => {
  test('ends where nothing fits', async () => {
    const program = '< ...range(120), (replace x::Int, y::Int by ∅ if x + y > 1000 @ 1) >'
    const { kind, reactions } = await outcome(program)
    expect({ kind, reactions }).toEqual({ kind: 'inert', reactions: 0 })
  })

  test('ends where a great many copies do not fit and one pair does', async () => {
    // The one pair is drawn once in 10^18 times: then all matches are listed after all.
    const program = `< 0^1000000000, ...range(1, 90), (replace x::Int, y::Int by x:y if x > 0 @ 1),
      (replace x:y by ∅ @ 1), (replace 0:x by 0 @ 0) >`
    const limits = { depth: 1000, reactions: 40 }
    expect((await outcome(program, { limits })).reactions).toBe(40)
    const rare = `< 0^1000000000, ...range(1, 90), (replace x::Int, y::Int by x + y + 1000 if x < 90 && y < 90 && x > 0 && y > 0 @ 1) >`
    expect((await outcome(rare, { limits })).reactions).toBe(40)
  }, 120_000)
})

describe('rules that come and go', () => {
  test('react at their rates while they are there', async () => {
    // A rule that arrives after a waiting time, for a molecule that then decays: two times in a row.
    const program = '< S, A, replace-one S by (replace A by ∅ @ 2) @ 0.5 >'
    const truth = { mean: 2 + 0.5, variance: 4 + 0.25 }
    await holds(program, { runs: 3000 }, (_, time) => time, truth)
  })

  test('compete with what takes them away', async () => {
    // Of ten molecules as many decay as there is time for, before the rule is taken at rate 1.
    const program = `let decay = replace A by B @ 0.5 in
      < A^10, STOP, decay, replace-one STOP, decay = d by ∅ @ 1 >`
    const left = (solution: SolutionValue): number => copies(solution, symbol('A'))
    // Given the time t, each is left with probability exp(−t/2); t is exponential.
    const [p, q] = [1 / 1.5, 1 / 2]
    const truth = { mean: 10 * p, variance: 10 * (p - q) + 100 * (q - p * p) }
    await holds(program, { runs: 4000 }, left, truth)
  })

  test('with captured values have rates of their own', async () => {
    const made = `let maker = replace-one RATE:k by (replace A by ∅ @ k) in < A, RATE:4, maker >`
    await holds(made, { runs: 3000 }, (_, time) => time, { mean: 1 / 4, variance: 1 / 16 })
  })

  test('one-shot ones are used up, one reaction each', async () => {
    const { reactions, solution } = await outcome('< A^5, (replace-one A by B @ 1)^3 >')
    expect(reactions).toBe(3)
    expect(print(solution)).toBe('<A, A, B, B, B>')
  })
})
