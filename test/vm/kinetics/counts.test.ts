import { describe, expect, test } from 'vitest'
import { CountsOverTime } from '../../../vm/index.ts'
import type { Columns } from '../../../vm/index.ts'
import { first, outcome } from '../../support/simulations.ts'
import type { Given } from '../../support/simulations.ts'

/** Counts of some solutions, one at each whole time, as lines. */
function table(solutions: readonly string[], columns?: Columns): readonly string[] {
  const counts = new CountsOverTime(columns)
  for (const [time, text] of solutions.entries())
    counts.take(time, first(text).contents().entries())
  return lines(counts)
}

function lines(counts: CountsOverTime): readonly string[] {
  const rows = [...counts.rows()].map((row) => [row.time, ...row.counts].join(' '))
  return [counts.names.join(' '), ...rows]
}

describe('counts over time', () => {
  test('have a column for each species that is ever seen', () => {
    expect(table(['< A^3, B:1 >', '< B:1^2, C >', '< A, C^5 >'])).toEqual([
      'A B:1 C',
      '0 3 1 0',
      '1 0 2 1',
      '2 1 0 5',
    ])
  })

  test('leave rules out, and keep supplies and anti-copies', () => {
    expect(table(['< A^∞, B^-2, (replace A by B) >'])).toEqual(['A B', '0 Infinity -2'])
  })

  test('can be by tag', () => {
    const solutions = ['< A:1^3, A:2, A, B, 5, 6, 2.5, "x", [1], (1:2) >', '< A:7 >']
    expect(table(solutions, 'tags')).toEqual([
      'Float Int String A B Tuple List',
      '0 1 2 1 5 1 1 1',
      '1 0 0 0 1 0 0 0',
    ])
  })

  test('look into solutions', () => {
    expect(table(['< A, CELL:<A^5, B>^2, CELL:<A>, <C^3>, T:<A>:<B> >'])).toEqual([
      'A CELL:<…> T:<…>:<…> <…> <C> CELL:<A> CELL:<B> T:<A>:<…> T:<…>:<B>',
      '0 1 3 1 1 3 11 2 1 1',
    ])
    expect(table(['< CELL:1:<A^5, X:1>, CELL:2:<A, X:2> >'], 'tags')).toEqual([
      'CELL:<…> CELL:<A> CELL:<X>',
      '0 2 6 2',
    ])
    expect(table(['< O:<I:<A^2>^3> >'])).toEqual(['O:<…> O:<I:<…>> O:<I:<A>>', '0 1 3 6'])
  })

  test('are by tag of themselves where there are very many species', () => {
    const counts = new CountsOverTime()
    counts.take(0, first('< ...range(150), A:1, A:2 >').contents().entries())
    expect(counts.isByTag).toBe(true)
    expect(lines(counts)).toEqual(['Int A', '0 150 2'])
    const asked = new CountsOverTime('species')
    asked.take(0, first('< ...range(150) >').contents().entries())
    expect(asked.names).toHaveLength(150)
  })
})

describe.each([{}, { method: 'tree' }, { method: 'general' }] as const)('samples (%j)', (way) => {
  const sampled = async (program: string, given: Given, every: number) => {
    const counts = new CountsOverTime()
    const sampling = {
      every,
      take: (time: number, entries: Parameters<CountsOverTime['take']>[1]) => {
        counts.take(time, entries)
      },
    }
    const { kind, simulatedTime } = await outcome(program, { ...way, ...given, sampling })
    return { kind, simulatedTime, rows: [...counts.rows()] }
  }
  const decay = '< X^50, (replace X by ∅ @ 1) >'

  test('are taken from the beginning to the end, the end included', async () => {
    const { rows } = await sampled('< X, (replace ∅ by X @ 5) >', { until: 1 }, 0.1)
    expect(rows.map(({ time }) => Number(time.toPrecision(12)))).toEqual([
      0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1,
    ])
    expect(rows[0]?.counts).toEqual([1])
  })

  test('go on to the end when nothing reacts any more', async () => {
    const { rows, kind } = await sampled(decay, { until: 100 }, 10)
    expect(kind).toBe('inert')
    expect(rows).toHaveLength(11)
    expect(rows.at(-1)?.counts).toEqual([0])
  })

  test('stop with the last reaction where no end was asked for', async () => {
    const { rows, simulatedTime = 0 } = await sampled(decay, {}, 0.5)
    expect(rows).toHaveLength(Math.floor(simulatedTime / 0.5) + 1)
  })

  test('show the solution as it is at their time, after what was immediate', async () => {
    const program = '< A^5, (replace A by B), (replace B by C @ 1000) >'
    const { rows } = await sampled(program, { until: 1 }, 1)
    expect(rows[0]?.counts).toEqual([5, 0])
    expect(rows[1]?.counts).toEqual([0, 5])
  })

  test('have the mean of the process', async () => {
    const { rows } = await sampled('< X^100000, (replace X by ∅ @ 1) >', { until: 2 }, 0.25)
    for (const { time, counts } of rows) {
      const left = Math.exp(-time)
      // One run of 100,000: within five standard deviations.
      const deviation = Math.sqrt(100_000 * left * (1 - left))
      expect(Math.abs(counts[0]! - 100_000 * left)).toBeLessThanOrEqual(5 * deviation)
    }
  })
})
