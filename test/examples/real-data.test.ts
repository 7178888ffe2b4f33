import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { root } from '../../scripts/tools.ts'
import { hocl } from '../support/command-line.ts'

/*
 * The examples on data that nobody wrote for them, each against the same question answered by a few
 * lines of TypeScript. Orders differ, results must not.
 */

/** A molecule as `--json` prints it, where the examples give tuples, lists, atoms and rules only. */
type Printed =
  | string
  | number
  | { readonly float: number }
  | { readonly symbol: string }
  | { readonly tuple: readonly Printed[] }
  | { readonly list: readonly Printed[] }
  | { readonly rule: string }

/** Symbols, tuples and lists as plain values, so that a result reads as it is printed. */
type Plain = string | number | readonly Plain[]

function plain(printed: Printed): Plain {
  if (typeof printed !== 'object') return printed
  if ('float' in printed) return printed.float
  if ('symbol' in printed) return printed.symbol
  if ('tuple' in printed) return printed.tuple.map(plain)
  if ('list' in printed) return printed.list.map(plain)
  return printed.rule
}

/** What floats in the result of an example, without its rules. Every molecule must be there once. */
async function result(args: readonly string[], input?: string): Promise<readonly Plain[]> {
  const { code, stdout, stderr } = await hocl(['run', ...args, '--json'], {
    cwd: root,
    ...(input !== undefined && { input }),
  })
  expect(code, stderr).toBe(0)
  const printed = JSON.parse(stdout) as {
    readonly outcome: string
    readonly solution: readonly (readonly [Printed, number])[]
  }
  expect(printed.outcome).toBe('inert')
  expect(printed.solution.filter(([, copies]) => copies !== 1)).toEqual([])
  const data = printed.solution.filter(([molecule]) => !isRule(molecule))
  return data.map(([molecule]) => plain(molecule))
}

function isRule(molecule: Printed): boolean {
  return typeof molecule === 'object' && 'rule' in molecule
}

/** As text, for the names of tests. */
const courses = ['--seed 1', '--seed 2', '--strategy random --seed 3']

function data(file: string): string {
  return readFileSync(join(root, 'examples/data', file), 'utf8')
}

function wordsOf(text: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const [word] of text.toLowerCase().matchAll(/[a-z']+/g))
    counts.set(word, (counts.get(word) ?? 0) + 1)
  return counts
}

function byFrequency(counts: ReadonlyMap<string, number>): readonly (readonly [string, number])[] {
  return [...counts].sort(([v, m], [w, n]) => n - m || (v < w ? -1 : 1))
}

const wordCount = ['examples/word-count.hocl', '--in', 'LINE=examples/data/gospels.txt']

describe('the words of the Gospels', () => {
  const counts = wordsOf(data('gospels.txt'))

  test.each(courses)('are counted with %s', async (course) => {
    const found = await result([...wordCount, ...course.split(' ')])
    expect(new Map(found as readonly (readonly [string, number])[])).toEqual(counts)
  })

  test.each(courses)('have ten most frequent ones with %s', async (course) => {
    const words = [...counts].map(([word, n]) => `${JSON.stringify(word)}:${String(n)}`)
    const args = ['examples/top-ten.hocl', '--in', '-', '--in-format', 'hocl', ...course.split(' ')]
    const places = byFrequency(counts)
      .slice(0, 10)
      .map(([word, n], i) => ['PLACE', i + 1, n, word])
    expect(await result(args, words.join(',\n'))).toEqual(places)
  })

  test('go from one program into the other as they are printed', async () => {
    const { stdout } = await hocl(['run', ...wordCount, '--out-format', 'hocl'], { cwd: root })
    const args = ['examples/top-ten.hocl', '--in', '-', '--in-format', 'hocl']
    const [first] = await result(args, stdout)
    expect(first).toEqual(['PLACE', 1, ...(byFrequency(counts)[0] ?? []).toReversed()])
  })
})

describe('the ways from gnome-core to the packages it needs', () => {
  const needs = JSON.parse(data('debian-packages.json')) as Readonly<Record<string, string[]>>
  const distances = breadthFirst(needs, 'gnome-core')
  const steps = new Map<number, number>()
  for (const distance of distances.values()) steps.set(distance, (steps.get(distance) ?? 0) + 1)

  test.each(courses)('are shortest with %s', async (course) => {
    const args = ['examples/packages.hocl', '--in', 'PACKAGES=examples/data/debian-packages.json']
    const found = await result([...args, ...course.split(' ')])
    const counted = rows(found, 'STEPS').map(([, distance, count]) => [distance, count] as const)
    expect(new Map(counted)).toEqual(steps)

    expect(rows(found, 'WAY')).toHaveLength(1)
    const way = rows(found, 'WAY').flatMap(([, names]) => names as readonly string[])
    expect(way).toHaveLength(Math.max(...distances.values()) + 1)
    const last = way.at(-1) ?? ''
    expect(distances.get(last)).toBe(way.length - 1)
    const edges = way.slice(1).map((package_, i) => needs[way[i] ?? '']?.includes(package_))
    expect(new Set(edges)).toEqual(new Set([true]))
  })
})

/** The tuples that begin with this symbol. */
function rows(found: readonly Plain[], symbol: string): readonly (readonly Plain[])[] {
  return found.filter(isRow).filter(([first]) => first === symbol)
}

function isRow(value: Plain): value is readonly Plain[] {
  return typeof value === 'object'
}

function breadthFirst(
  needs: Readonly<Record<string, readonly string[]>>,
  start: string,
): ReadonlyMap<string, number> {
  const distances = new Map([[start, 0]])
  for (const [from, distance] of distances)
    for (const to of needs[from] ?? []) if (!distances.has(to)) distances.set(to, distance + 1)
  return distances
}

interface Zone {
  readonly region: string
  readonly place: string
  readonly latitude: number
}

describe('the time zones', () => {
  test.each([...courses, '--engine reference'])('are counted by region with %s', async (course) => {
    const args = ['examples/time-zones.hocl', '--in', 'ZONE=examples/data/time-zones.csv']
    expect(await result([...args, ...course.split(' ')])).toEqual(expectedRegions())
  })
})

function expectedRegions(): readonly Plain[] {
  const zones = data('time-zones.csv').trim().split('\n').slice(1).map(zoneOf)
  const names = [...new Set(zones.map(({ region }) => region))].sort()
  return names.map((name) => {
    const there = zones.filter(({ region }) => region === name)
    const sorted = there.toSorted((a, b) => a.latitude - b.latitude)
    const ends = [sorted[0], sorted.at(-1)].map((zone) => [zone?.latitude ?? 0, zone?.place ?? ''])
    return ['REGION', name, there.length, ...ends]
  })
}

// A row is `"AE,OM",+2518+05518,Asia/Dubai,Crozet`: only the first and last field are ever quoted.
function zoneOf(row: string): Zone {
  const [, sign, degrees, minutes, region, place] =
    /,([+-])(\d\d)(\d\d)(?:\d\d)?[+-]\d+,([^/,]+)\/([^,]+),/.exec(row) ?? []
  const latitude = (Number(degrees) * 60 + Number(minutes)) / 60
  return {
    region: region ?? '',
    place: (place ?? '').replaceAll('_', ' '),
    latitude: (sign === '-' ? -1 : 1) * (Math.round(latitude * 100) / 100),
  }
}
