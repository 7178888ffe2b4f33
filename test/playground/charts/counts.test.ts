import { expect, test } from 'vitest'
import { chartSvg, ticks } from '../../../playground/charts/chart-svg.ts'
import { Counts, csvOf } from '../../../playground/charts/counts.ts'
import { testOf } from '../../../playground/charts/pattern.ts'
import { moleculeOf, solutionOf, solutionWith } from '../support/forms.ts'

test('molecules are counted by group, those inside too, and rules are not', () => {
  const counts = new Counts()
  counts.take({ reaction: 0 }, solutionOf([1, 2, 'A', 'max', ['CELL:', [3, 4, 'A']]]))
  counts.take({ reaction: 1 }, solutionOf([1, 'A', 'max', ['CELL:', [3, 4, 'A']]]))
  expect(counts.xs('reaction')).toEqual([0, 1])
  expect(counts.groups).toEqual(['Int', 'A', 'CELL:…'])
  expect(counts.series([{ kind: 'group', group: 'Int' }, { kind: 'all' }])).toEqual([
    { name: 'Int', values: [4, 3] },
    { name: 'all molecules', values: [7, 6] },
  ])
})

test('copies of a solution count what is in it as often', () => {
  const counts = new Counts()
  counts.take({ reaction: 0 }, solutionWith([moleculeOf(['CELL:', [1, 2]], 3)]))
  expect(counts.series([{ kind: 'group', group: 'Int' }])[0]!.values).toEqual([6])
})

test('simulated time is there where there is some', () => {
  const counts = new Counts()
  counts.take({ reaction: 0, time: 0 }, solutionOf([1]))
  counts.take({ reaction: 5, time: 0.25 }, solutionOf([1, 2]))
  expect(counts.hasTime).toBe(true)
  expect(counts.xs('time')).toEqual([0, 0.25])
})

test('between two looks, what each reaction changed is counted', () => {
  const counts = new Counts()
  counts.take({ reaction: 0 }, solutionOf([1, 2, 3, 'A']))
  const change = (group: string, text: string, copies: number) => ({ group, text, copies })
  counts.react({ reaction: 1 }, [change('Int', '1', -1), change('A', 'A', 1)])
  counts.react({ reaction: 2 }, [change('Int', '2', -1)])
  // Reaction 3 was not told: the fourth follows on nothing that is known.
  counts.react({ reaction: 4 }, [change('Int', '3', -1)])
  counts.take({ reaction: 5 }, solutionOf(['A']))
  expect(counts.xs('reaction')).toEqual([0, 1, 2, 5])
  const observables = [
    { kind: 'group', group: 'Int' },
    { kind: 'group', group: 'A' },
    { kind: 'all' },
    { kind: 'match', text: 'x::Int', test: testOf('x::Int') },
  ] as const
  expect(counts.series(observables).map(({ values }) => values)).toEqual([
    [3, 2, 1, 0],
    [1, 2, 2, 1],
    [4, 4, 3, 1],
    [3, 2, 1, 0],
  ])
})

test('another course takes the place of what did not happen', () => {
  const counts = new Counts()
  for (const reaction of [0, 1, 2, 3]) counts.take({ reaction }, solutionOf([1]))
  counts.take({ reaction: 2 }, solutionOf([1, 2]))
  expect(counts.xs('reaction')).toEqual([0, 1, 2])
})

test('a long run is thinned out, and its first and last moments are there', () => {
  const counts = new Counts()
  for (let reaction = 0; reaction <= 20_000; reaction++)
    counts.take({ reaction }, solutionWith([moleculeOf('A', 1 + reaction)]))
  expect(counts.size).toBeLessThanOrEqual(1_300)
  const xs = counts.xs('reaction')
  expect([xs[0], xs.at(-1)]).toEqual([0, 20_000])
  expect([...xs].sort((a, b) => a - b)).toEqual(xs)
  const [series] = counts.series([{ kind: 'group', group: 'A' }])
  expect(series!.values).toEqual(xs.map((x) => x + 1))
})

test('a pattern of the language says what is counted', () => {
  const counts = new Counts()
  counts.take({ reaction: 0 }, solutionOf(['EDGE:1:2', 'EDGE:5:2', 'EDGE:1', 7, 'max']))
  const series = counts.series([
    { kind: 'match', text: 'EDGE:x:y if x > 3', test: testOf('EDGE:x:y if x > 3') },
    { kind: 'match', text: 'EDGE:_:_', test: testOf('EDGE:_:_') },
    { kind: 'match', text: 'x::Int', test: testOf('x::Int') },
  ])
  expect(series.map(({ values }) => values)).toEqual([[1], [2], [1]])
})

test('what is no pattern is refused', () => {
  expect(() => testOf('EDGE:')).toThrow()
})

test('CSV has a row for each moment, and names that other programs read', () => {
  const series = [
    { name: 'A:"x", 1', values: [1, 2] },
    { name: 'B', values: [3, 4] },
  ]
  expect(csvOf('reaction', [0, 10], series)).toBe('reaction,"A:""x"", 1",B\n0,1,3\n10,2,4\n')
})

test('the SVG of a chart is well formed whatever its lines are called', () => {
  const look = { x: 'reactions', isWhole: true, width: 400, height: 200, colours: ['#112233'] }
  const colours = { text: '#000000', line: '#cccccc', background: '#ffffff' }
  const series = [{ name: '<script>"A" & B', values: [1, Infinity, 3] }]
  const svg = chartSvg([0, 1, 2], series, { ...look, ...colours })
  expect(svg).toContain('&lt;script&gt;&quot;A&quot; &amp; B')
  expect(svg).not.toContain('<script')
  expect(svg).not.toMatch(/NaN|Infinity/)
  expect(svg.match(/<polyline[^>]*points="([^"]*)"/)![1]!.split(' ')).toHaveLength(2)
})

test('ticks are round', () => {
  expect(ticks(0, 10, 5)).toEqual([0, 2, 4, 6, 8, 10])
  expect(ticks(0, 1_234, 4)).toEqual([0, 500, 1_000])
  expect(ticks(3, 3, 4)).toEqual([3])
  expect(ticks(0, 2, 5, 1)).toEqual([0, 1, 2])
})
