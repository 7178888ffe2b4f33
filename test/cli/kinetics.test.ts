import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { COLOURS, INK, svgPlot } from '../../cli/run/plot.ts'
import { Folder, hocl } from '../support/command-line.ts'

const folder = new Folder({
  'decay.hocl': '< X^100, (replace X by Y @ 1) >',
  'arrive.hocl': '< (replace ∅ by X @ 100), Y:"a, b" >',
  'never.hocl': '< X, (replace X by X @ 1) >',
  'rules.hocl': 'let a = replace X by Y @ 1 in let b = replace Y by X @ 1 in < X^10, a, b >',
  'max.hocl': 'let max = replace x, y by x if x >= y @ 1 in\n< 2, 3, 5, 8, 9, max >\n',
  'nested.hocl': '< <A^5, replace A by B @ 1>^3 >',
  'ask.hocl': '< 1, (replace 1 by later() @ 1) >',
  'later.js': 'export async function later() { return 1 }',
})
afterAll(() => {
  folder[Symbol.dispose]()
})
const run = (...args: string[]) => hocl(['run', ...args], { cwd: folder.path })
const simulate = (file: string, ...args: string[]) => run(file, '--stochastic', ...args)
const text = (file: string): string => readFileSync(join(folder.path, file), 'utf8')

describe('a simulation', () => {
  test.concurrent('prints the solution, and when it ended', async () => {
    const { code, stdout, stderr } = await simulate('decay.hocl')
    expect({ code, stdout }).toEqual({ code: 0, stdout: '<Y^100, (replace X by Y @ 1)>\n' })
    expect(stderr).toMatch(
      /^inert after 100 reactions · simulated time [\d.]+ · \d+ ms · seed 1\n$/,
    )
  })

  test.concurrent('ends at a time, and that is no failure', async () => {
    const { code, stdout, stderr } = await simulate('decay.hocl', '--until', '0.5', '--seed', '4')
    expect(code).toBe(0)
    expect(stdout).toMatch(/^<X\^\d+, Y\^\d+, /)
    expect(stderr).toMatch(
      /^time reached after \d+ reactions · simulated time 0\.5 · .* · seed 4\n$/,
    )
  })

  test.concurrent('is the same with the same seed only', async () => {
    const seeds = ['1', '1', '2']
    const ends = await Promise.all(
      seeds.map((seed) => simulate('decay.hocl', '--until', '0.5', '--seed', seed, '-q')),
    )
    expect(ends[0]?.stdout).toBe(ends[1]?.stdout)
    expect(ends[0]?.stdout).not.toBe(ends[2]?.stdout)
  })

  test.concurrent('gives one JSON object', async () => {
    const { stdout } = await simulate('decay.hocl', '--until', '0', '--json')
    const { elapsedMs, ...object } = JSON.parse(stdout)
    expect(elapsedMs).toBeTypeOf('number')
    expect(object).toMatchObject({
      outcome: 'until',
      reactions: 0,
      seed: 1,
      strategy: 'stochastic',
      simulatedTime: 0,
    })
  })

  test.concurrent('traces reactions with their times', async () => {
    await simulate('nested.hocl', '--trace=steps.ndjson', '-q')
    const steps = text('steps.ndjson')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { reaction: number; time: number; level: number })
    expect(steps.map(({ reaction }) => reaction)).toEqual(
      Array.from({ length: 15 }, (_, i) => i + 1),
    )
    const times = steps.map(({ time }) => time)
    expect(times).toEqual([...times].sort((a, b) => a - b))
    expect(new Set(steps.map(({ level }) => level))).toEqual(new Set([1]))
  })

  test.concurrent('counts reactions by rule, and tells how it was done', async () => {
    const { stderr } = await simulate('rules.hocl', '--until', '5', '--stats')
    expect(stderr).toMatch(/\n {2}simulated as +a network, all reactions in a row\n/)
    expect(stderr).toMatch(/\n {2}a +\d+ reactions\n/)
    expect((await simulate('nested.hocl', '--stats')).stderr).toMatch(
      /simulated as +in the general way/,
    )
  })

  test.concurrent.each([
    [['--max-reactions', '3'], 'limit on reactions after 3 reactions'],
    [['--timeout', '50ms'], 'time limit'],
  ])('is bounded by %j', async (args, said) => {
    const { code, stdout, stderr } = await simulate('never.hocl', ...args)
    expect(code).toBe(3)
    expect(stdout).toMatch(/^<X, /)
    expect(stderr).toContain(said)
  })

  test.concurrent('takes molecules and data that are given', async () => {
    const { stdout } = await simulate('decay.hocl', '--inject', 'X^-90, Z')
    expect(stdout).toMatch(/^<Y\^10, Z, /)
  })

  test.concurrent('is not what happens without the flag', async () => {
    expect((await run('max.hocl')).stdout).toBe('<9, max>\n')
    expect((await simulate('max.hocl')).stdout).toBe('<9, max>\n')
    expect((await run('max.hocl')).stderr).toContain('strategy fast')
  })

  test.concurrent('refuses what answers later, as JSON too', async () => {
    const args = ['--host', 'later.js']
    const { code, stderr } = await simulate('ask.hocl', ...args)
    expect(code).toBe(1)
    expect(stderr).toContain('error[HOCL313]: `later` answers later')
    const { stdout } = await simulate('ask.hocl', ...args, '--json')
    expect(JSON.parse(stdout)).toMatchObject({
      outcome: 'rejected',
      diagnostics: [{ code: 'HOCL313' }],
    })
    const injected = await simulate('decay.hocl', ...args, '--inject', 'Z:later()')
    expect(injected.stderr).toContain('error[HOCL313]')
  })
})

describe('counts over time', () => {
  test.concurrent('are printed as CSV in the place of the solution', async () => {
    const { code, stdout } = await simulate('decay.hocl', '--until', '1', '--sample', '0.25')
    expect(code).toBe(0)
    const lines = stdout.trim().split('\n')
    expect(lines[0]).toBe('time,X,Y')
    expect(lines[1]).toBe('0,100,0')
    expect(lines.map((line) => line.split(',')[0])).toEqual([
      'time',
      '0',
      '0.25',
      '0.5',
      '0.75',
      '1',
    ])
    for (const line of lines.slice(1)) {
      const [, x = '', y = ''] = line.split(',')
      expect(Number(x) + Number(y)).toBe(100)
    }
  })

  test.concurrent('go to a file, and the solution is printed', async () => {
    const { stdout } = await simulate('decay.hocl', '--until', '1', '--out', 'counts.csv', '-q')
    expect(stdout).toMatch(/^<X\^\d+, Y/)
    expect(text('counts.csv').trim().split('\n')).toHaveLength(202)
  })

  test.concurrent('quote the names of columns where they must', async () => {
    const { stdout } = await simulate('arrive.hocl', '--until', '1', '--sample', '1')
    expect(stdout.split('\n')[0]).toBe('time,"Y:""a, b""",X')
  })

  test.concurrent('are drawn as a picture that stands for itself', async () => {
    await simulate('rules.hocl', '--until', '2', '--plot', 'rules.svg', '-q')
    const svg = text('rules.svg')
    expect(svg).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" viewBox="0 0 \d+ \d+"/)
    expect(svg).toContain('<title>rules.hocl</title>')
    expect(svg).toMatch(/<desc>.*seed 1\.<\/desc>/)
    expect(svg.match(/<polyline /g)).toHaveLength(2)
    for (const word of ['time', 'copies', 'X', 'Y']) expect(svg).toContain(`>${word}</text>`)
    expect(svg).not.toMatch(/<(style|script|image|use)|href|class=|NaN|Infinity|undefined/)
  })

  test.concurrent.each([
    [['decay.hocl', '--until', '3'], '`--until` is for simulations', 'add `--stochastic`'],
    [['decay.hocl', '--plot', 'p.svg'], '`--plot` is for simulations', 'add `--stochastic`'],
    [['decay.hocl', '--stochastic', '--strategy', 'fast'], 'draws what goes next', 'leave out'],
    [['decay.hocl', '--stochastic', '--engine', 'reference'], 'knows no rates', 'leave out'],
    [['decay.hocl', '--stochastic', '--out', 'x.csv'], 'how often to count', '--sample 0.1'],
    [['decay.hocl', '--stochastic', '--columns', 'tags'], 'counts over time', '--sample'],
    [['decay.hocl', '--stochastic', '--sample', '0'], 'an interval above 0', ''],
    [['decay.hocl', '--stochastic', '--until', '10s'], 'takes a number', 'has no unit'],
    [
      ['decay.hocl', '--stochastic', '--until', '1e9', '--sample', '1'],
      '1,000,000,000 samples',
      'larger interval',
    ],
    [
      ['decay.hocl', '--stochastic', '--sample', '1', '--json'],
      'cannot both be printed',
      '--out counts.csv',
    ],
    [
      ['decay.hocl', '--stochastic', '--until', '1', '--out', 'no/such/folder.csv'],
      'cannot be written',
      '',
    ],
  ])('%j is explained', async (args, said, hint) => {
    const { code, stdout, stderr } = await run(...args)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain(said)
    expect(stderr).toContain(hint)
  })

  test.concurrent('a run that cannot begin leaves no picture', async () => {
    await run('missing.hocl', '--stochastic', '--until', '1', '--plot', 'missing.svg')
    expect(existsSync(join(folder.path, 'missing.svg'))).toBe(false)
  })
})

describe('a plot', () => {
  const plot = (...series: { name: string; counts: number[] }[]): string =>
    svgPlot({ title: 'a & <b>', description: '', times: [0, 1, 2], series })

  test('has colours that stand out on white and on black', () => {
    for (const colour of [...COLOURS, INK])
      for (const page of ['#ffffff', '#1e1e1e'])
        expect(contrast(colour, page), `${colour} on ${page}`).toBeGreaterThanOrEqual(2.8)
  })

  test('escapes names, cuts long ones, and leaves out what XML cannot hold', () => {
    const svg = plot(
      { name: '<A>:"x & \u0001y"', counts: [1, 2, 3] },
      { name: 'N'.repeat(60), counts: [0, 0, 0] },
    )
    expect(svg).toContain('a &amp; &lt;b&gt;')
    expect(svg).toContain('>&lt;A&gt;:"x &amp; y"<')
    expect(svg).toContain(`>${'N'.repeat(23)}…<`)
  })

  test('shows twelve series at most, the largest, and no endless ones', () => {
    const many = Array.from({ length: 20 }, (_, i) => ({
      name: `S${String(i)}`,
      counts: [i, i, i],
    }))
    const svg = plot(...many, { name: 'E', counts: [Infinity, Infinity, Infinity] })
    expect(svg.match(/<polyline /g)).toHaveLength(12)
    expect(svg).toContain('>S8</text>')
    expect(svg).not.toContain('>S7</text>')
    expect(svg).toContain('>and 9 more</text>')
    expect(svg.match(/stroke-dasharray/g)).toHaveLength(12)
  })

  test.each([
    ['nothing at all', []],
    ['nothing but zero', [{ name: 'A', counts: [0, 0, 0] }]],
    ['what is negative', [{ name: 'A', counts: [-5, 3, -2000] }]],
    ['what is huge', [{ name: 'A', counts: [1e9, 3e15, 1e18] }]],
    ['a single time', [{ name: 'A', counts: [7] }]],
  ])('can be drawn of %s', (_, series) => {
    const svg = svgPlot({
      title: 't',
      description: '',
      times: series[0]?.counts.length === 1 ? [0] : [0, 1, 2],
      series,
    })
    expect(svg).not.toMatch(/NaN|Infinity|undefined/)
    expect(svg.match(/text-anchor="end"/g)!.length).toBeGreaterThan(1)
  })

  test('of a million samples is no larger than what can be seen', () => {
    const times = Array.from({ length: 1_000_000 }, (_, i) => i)
    const series = [{ name: 'A', counts: times.map((i) => i % 1000) }]
    expect(svgPlot({ title: 't', description: '', times, series }).length).toBeLessThan(100_000)
  })
})

/** The contrast of two colours as WCAG 2 defines it. */
function contrast(a: string, b: string): number {
  const [light = 0, dark = 0] = [a, b].map(luminance).sort((x, y) => y - x)
  return (light + 0.05) / (dark + 0.05)
}

function luminance(colour: string): number {
  const channels = [1, 3, 5].map((i) => Number.parseInt(colour.slice(i, i + 2), 16) / 255)
  const [r = 0, g = 0, b = 0] = channels.map((c) =>
    c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4,
  )
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}
