import { describe, expect, test } from 'vitest'
import { median, repetitions } from '../../bench/measure/sampling.ts'
import type { Measurement } from '../../bench/measure/measure.ts'
import { optionsOf } from '../../bench/options.ts'
import type { Figure } from '../../bench/peers/compare.ts'
import { peers } from '../../bench/peers/index.ts'
import { chart } from '../../bench/report/chart.ts'
import { exponent } from '../../bench/report/growth.ts'
import { resultsPage, tables } from '../../bench/report/markdown.ts'
import { digits, inSeconds } from '../../bench/report/numbers.ts'
import type { Results } from '../../bench/report/results.ts'
import { notAhead } from '../../bench/report/sections.ts'
import { tableText } from '../../bench/report/table.ts'
import { lead, verdict } from '../../bench/report/verdict.ts'
import { workloadNamed } from '../../bench/workloads/index.ts'

const after = (seconds: number, ending: Figure['ending'] = 'finished'): Figure => {
  return { ending, seconds, peakBytes: 2 ** 20, rounds: 3 }
}

describe('a verdict', () => {
  test.each([
    [1, 1.6, 'ahead'],
    [1, 1.5, 'tie'],
    [1, 1, 'tie'],
    [1, 0.7, 'tie'],
    [1, 0.6, 'behind'],
    [0.001, 0.24, 'no claim'],
    [0.001, 0.25, 'ahead'],
    [9, 0.2, 'no claim'],
  ])('of %d s against %d s is: %s', (ours, peer, said) => {
    expect(verdict(after(ours), after(peer))).toBe(said)
  })

  test('takes the limit for the time of a peer that was cut off', () => {
    expect(verdict(after(1), after(30, 'cut off'))).toBe('ahead')
    expect(lead(after(1), after(30, 'cut off'))).toBe(30)
    expect(verdict(after(25), after(30, 'cut off'))).toBe('no claim')
  })

  test('does not spare us where we were cut off', () => {
    expect(verdict(after(30, 'cut off'), after(2))).toBe('behind')
    expect(verdict(after(30, 'cut off'), after(30, 'cut off'))).toBe('no claim')
  })

  test('says nothing of what failed or gave a wrong result', () => {
    expect(verdict(after(1), after(9, 'failed'))).toBe('no claim')
    expect(verdict(after(1), after(9, 'wrong'))).toBe('no claim')
    expect(verdict(after(1, 'wrong'), after(9))).toBe('no claim')
  })
})

test('growth is the exponent of a power law, and needs two points', () => {
  const squares = [10, 100, 1000].map((n) => [n, 3 * n ** 2] as const)
  expect(exponent(squares)).toBeCloseTo(2)
  expect(
    exponent([
      [10, 1],
      [1000, 10],
    ]),
  ).toBeCloseTo(0.5)
  expect(exponent([[10, 1]])).toBeUndefined()
})

test('a median is the middle, or between the two in the middle', () => {
  expect(median([9, 1, 5])).toBe(5)
  expect(median([4, 1, 2, 9])).toBe(3)
  expect(median([])).toBeNaN()
})

test('what is short is repeated until it can be measured', () => {
  expect(repetitions(0.5, 5)).toBe(10)
  expect(repetitions(20, 5)).toBe(1)
  expect(repetitions(0, 5)).toBe(5000)
})

test('numbers have three digits that mean something', () => {
  expect([0.01234, 1.234, 12.34, 1234.5, 0].map(digits)).toEqual([
    '0.0123',
    '1.23',
    '12.3',
    '1,235',
    '0',
  ])
  expect([undefined, NaN, Infinity].map(digits)).toEqual(['', '', ''])
  expect([0.0123, 1.5].map(inSeconds)).toEqual(['0.012 s', '1.50 s'])
})

test('flags that make no sense are told', () => {
  expect(() => optionsOf(['--rounds', 'many'])).toThrow('`--rounds` takes whole numbers')
  expect(() => optionsOf(['--only', 'max,minimum'])).toThrow('there is no program `minimum`')
  expect(() => optionsOf(['--fast'])).toThrow("Unknown option '--fast'")
  const { workloads, sizes, rounds } = optionsOf([
    '--only',
    'words',
    '--sizes',
    '10,1_000',
    '--quick',
  ])
  expect(workloads.map(({ name }) => name)).toEqual(['words', 'words-text'])
  expect(sizes).toEqual([10, 1000])
  expect(rounds).toBe(3)
})

describe('a report', () => {
  const measured = (size: number, reacting: number | undefined): Measurement => ({
    workload: 'max',
    form: 'program',
    size,
    hand: size / 1000,
    reacting,
    rounds: 3,
    reactions: size - 1,
    loading: 1,
    molecules: size,
    bytes: 10 * size,
    wrong: undefined,
  })
  const results: Results = {
    when: '2026-01-01',
    machine: { cpu: 'A & B <1>', cores: 2, system: 'Linux 6', node: 'v24', v8: '13' },
    effort: { rounds: 3, budget: 7, cutOff: 30 },
    measurements: [
      measured(1000, 2),
      measured(10_000, 20),
      measured(100_000, undefined),
      { ...measured(1000, 4), form: 'variant' },
    ],
    versions: { clips: 'CLIPS 6', maude: 'Maude 3' },
    starts: { ours: 0.3, clips: 0.01, maude: 0.02 },
    comparisons: [
      {
        workload: 'max',
        size: 1000,
        ours: after(0.1),
        others: { clips: after(0.01), maude: after(3), c: after(0.001) },
      },
      {
        workload: 'max',
        size: 10_000,
        ours: after(1),
        others: { clips: after(0.5), maude: after(30, 'cut off'), c: after(0.3) },
      },
      {
        workload: 'max',
        size: 100_000,
        ours: after(9, 'failed'),
        others: { clips: after(NaN, 'not tried') },
      },
    ],
  }
  const workloads = [workloadNamed('max')]

  test('shows figures, ratios and growth, and what took too long', () => {
    const text = tables(results, workloads, peers).map(tableText).join('\n')
    expect(text).toMatch(/^max +1,000 +2\.00 +1\.00 +2\.00 +999 +2,002 +10\.0$/m)
    expect(text).toMatch(/^ +10,000 +20\.0 +10\.0 +2\.00 +9,999/m)
    expect(text).toMatch(/^ +100,000 +> 7 s +100 +1\.00 +1\.00 +99,999/m)
    expect(text).toMatch(/^max +1,000 +4\.00 +2\.00 +2\.00 +4\.00/m)
    expect(text).toMatch(/^max +100,000 +100,000 +1\.00 +10\.0 +10\.0$/m)
  })

  test('compares with the quickest peer, and never with C', () => {
    const text = tables(results, workloads, peers).map(tableText).join('\n')
    expect(text).toMatch(/^max +1,000 +0\.100 s +1 MB +3\.00 s +1 MB ▲ +0\.010 s +1 MB$/m)
    expect(text).toMatch(/> 30 s +1 MB ▲ +0\.500 s +1 MB ▼ +behind ×2\.00 \(clips\)$/m)
  })

  test('lists what is not ahead yet, from the figures alone', () => {
    expect(notAhead(results, peers)).toEqual([
      'max, 10,000: behind CLIPS, 2.00 times its CPU time',
      'max, 100,000: ours failed beside peers',
      'max, 100,000: no result within 7 s',
    ])
  })

  test('is a page with the machine, the list and the tables', () => {
    const page = resultsPage(results, workloads)
    expect(page).toContain('A & B <1>, 2 cores')
    expect(page).toContain('- max, 10,000: behind CLIPS')
    expect(page.match(/^## /gm)).toHaveLength(5)
  })

  test('draws a dot for each figure', () => {
    const drawing = chart(results, workloads, peers)
    expect(drawing.match(/<circle /g)).toHaveLength(5)
    expect(drawing).toContain('A &amp; B &lt;1>')
    const open = drawing.match(/<[a-z]+(?:\s[^>]*)?(?<!\/)>/g)?.length
    expect(open).toBe(drawing.match(/<\/[a-z]+>/g)?.length)
    expect(drawing).not.toContain('NaN')
  })
})
