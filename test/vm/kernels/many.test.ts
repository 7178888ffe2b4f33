import { describe, expect, test } from 'vitest'
import { Float, SolutionValue, Tuple, isRule, print, symbol } from '../../../interpreter/index.ts'
import type { Entry, Molecule } from '../../../interpreter/index.ts'
import { Machine } from '../../../vm/index.ts'
import { firstOf, lowered, options } from '../../support/runs.ts'

/*
 * Kernels on as many molecules as their loops take in several pieces, compared with what is worked out
 * here in the plainest way; with values at the ends of every kind of column.
 */

const MOST = 2 ** 31 - 1
const LEAST = -(2 ** 31)

interface Ended {
  readonly left: readonly Molecule[]
  readonly reactions: number
  readonly kernels: readonly string[]
}

async function ended(rule: string, molecules: readonly Molecule[]): Promise<Ended> {
  const first = firstOf(lowered(`<${rule}>`)) ?? SolutionValue.empty
  const machine = new Machine(first, options({ seed: 1, strategy: 'fast' }))
  machine.inject(molecules.map((molecule): Entry => [molecule, 1]))
  const { kind, solution, reactions } = await machine.run()
  expect(kind).toBe('inert')
  const left = [...solution.contents().listed()]
    .filter(([molecule]) => !isRule(molecule))
    .flatMap(([molecule, copies]) => new Array<Molecule>(Number(copies)).fill(molecule))
  return { left, reactions, kernels: machine.kernelReports.map(({ kernel }) => kernel) }
}

/** As text, so that they can be compared whatever their order. */
function texts(molecules: Iterable<Molecule>): string[] {
  return Array.from(molecules, (molecule) => print(molecule)).sort()
}

/** Ints in no order: the same each time. */
function drawn(n: number, range: number, from = 0): number[] {
  let state = 42
  return Array.from({ length: n }, () => {
    state = (state * 48_271) % MOST
    return from + Math.floor((state / MOST) * range)
  })
}

describe('exchange', () => {
  const rule = 'replace i:v, j:w by i:w, j:v if i < j && v > w'
  const small = drawn(5_000, 40, -20)
  const cases: readonly (readonly [string, readonly number[]])[] = [
    ['values of the whole range', drawn(5_000, 2 ** 32, LEAST)],
    ['the ends of the range', [...drawn(3_000, 1_000), MOST, LEAST, 0, -1, MOST, LEAST]],
    ['many equal values', small],
    ['one value', new Array<number>(2_000).fill(7)],
    ['values in order', Array.from({ length: 5_000 }, (_, i) => i - 2_500)],
    ['values the other way round', Array.from({ length: 5_000 }, (_, i) => 2_500 - i)],
    ['values beyond 32 bits', drawn(3_000, 2 ** 45, -(2 ** 44))],
    ['a range of 11 bits', drawn(3_000, 2_048, -1_024)],
    ['a range of 12 bits', drawn(3_000, 4_096, MOST - 4_096)],
  ]
  const places = (n: number, step: number, from: number): number[] =>
    Array.from({ length: n }, (_, i) => from + ((i * step) % n))

  describe.each(cases)('sorts %s', (_, values) => {
    const inOrder = values.toSorted((a, b) => a - b)

    test.each([
      ['by places in order', 1, 0],
      ['by places in no order', 7_919, 100],
      ['by places below zero', 7_919, LEAST],
    ] as const)('%s', async (_, step, from) => {
      const at = places(values.length, step, from)
      const molecules = values.map((value, i) => new Tuple([at[i] ?? 0, value]))
      const { left, kernels, reactions } = await ended(rule, molecules)
      expect(kernels).toEqual(['exchange'])
      const sorted = at.toSorted((a, b) => a - b).map((p, i) => new Tuple([p, inOrder[i] ?? 0]))
      expect(texts(left)).toEqual(texts(sorted))
      const { least, most } = exchanges(at, values)
      expect(reactions).toBeGreaterThanOrEqual(least)
      expect(reactions).toBeLessThanOrEqual(most)
    })

    test('the largest first, with what goes along', async () => {
      const at = places(values.length, 7_919, 0)
      const molecules = values.map((v, i) => new Tuple([symbol('P'), v, at[i] ?? 0, -v]))
      const { left, kernels } = await ended(
        'replace P:v:i:a, P:w:j:b by P:w:i:b, P:v:j:a if i < j && v < w',
        molecules,
      )
      expect(kernels).toEqual(['exchange'])
      const sorted = inOrder.toReversed().map((v, i) => new Tuple([symbol('P'), v, i, -v]))
      expect(texts(left)).toEqual(texts(sorted))
    })
  })

  test('sorts Ints and floats together, and strings', async () => {
    const mixed = drawn(2_000, 1_000).map((n, i) => (i % 3 === 0 ? new Float(n + 0.5) : n))
    const words = drawn(2_000, 1_000).map((n) => `w${String(n)}`)
    for (const values of [mixed, words]) {
      const molecules = values.map((value, i) => new Tuple([i, value]))
      const { left, kernels } = await ended(rule, molecules)
      expect(kernels).toEqual(['exchange'])
      const plain = (value: number | string | Float): number | string =>
        value instanceof Float ? value.value : value
      const inOrder = [...values].sort((a, b) => (plain(a) < plain(b) ? -1 : 1))
      expect(texts(left)).toEqual(texts(inOrder.map((value, i) => new Tuple([i, value]))))
    }
  })
})

/**
 * How many exchanges a selection sort takes: without equal values one for each that is not at home, less
 * the cycles. Each brings one value home, or two, which bounds it where equal values may go either way.
 */
function exchanges(
  places: readonly number[],
  values: readonly number[],
): { readonly least: number; readonly most: number } {
  const order = places.map((_, i) => i).sort((a, b) => (places[a] ?? 0) - (places[b] ?? 0))
  const at = order.map((i) => values[i] ?? 0)
  const wanted = at.toSorted((a, b) => a - b)
  if (new Set(at).size < at.length) {
    const astray = at.filter((value, place) => value !== wanted[place]).length
    return { least: Math.ceil(astray / 2), most: Math.max(0, astray - 1) }
  }
  const goal = new Map(wanted.map((value, place) => [value, place]))
  const seen = new Set<number>()
  let cycles = 0
  for (let first = 0; first < at.length; first++) {
    if (!seen.has(first)) cycles++
    for (let place = first; !seen.has(place); place = goal.get(at[place] ?? 0) ?? 0) seen.add(place)
  }
  return { least: at.length - cycles, most: at.length - cycles }
}

describe('divides', () => {
  const rule = 'replace x, y by x if x divides y'
  const from = (least: number, n: number): number[] =>
    Array.from({ length: n }, (_, i) => least + i)
  const shuffled = (numbers: readonly number[]): number[] =>
    numbers.map((_, i) => numbers[(i * 7_919) % numbers.length] ?? 0)

  const cases: readonly (readonly [string, readonly number[]])[] = [
    ['all from 2 on', from(2, 20_000)],
    ['all from 2 on in no order', shuffled(from(2, 20_000))],
    ['all from 1 on', from(1, 9_000)],
    ['all from 3 on', from(3, 9_000)],
    ['all from 100 on', from(100, 9_000)],
    ['odd ones', from(1, 9_000).map((n) => 2 * n + 1)],
    ['odd ones and 2', [2, ...from(1, 9_000).map((n) => 2 * n + 1)]],
    ['even ones', from(1, 9_000).map((n) => 2 * n)],
    ['few of many', drawn(3_000, 120_000, 2)],
    ['few of many with 2', [2, ...drawn(3_000, 120_000, 3)]],
    [
      'multiples of 6 and 35',
      [...from(1, 3_000).map((n) => 6 * n), ...from(1, 900).map((n) => 35 * n)],
    ],
    ['every third', from(1, 6_000).map((n) => 3 * n - 1)],
    ['up to a power of two', from(2, 8_191)],
    ['up to one more', from(2, 8_192)],
  ]

  /** What no other number there divides, once. */
  function undivided(numbers: readonly number[]): number[] {
    const there = new Set(numbers)
    const most = Math.max(...numbers)
    const out = new Set<number>()
    for (const n of there) for (let m = 2 * n; m <= most; m += n) out.add(m)
    return [...there].filter((n) => !out.has(n))
  }

  test.each(cases)('leaves what nothing divides of %s', async (_, numbers) => {
    const { left, reactions, kernels } = await ended(rule, numbers)
    expect(kernels).toEqual(['divides'])
    expect(texts(left)).toEqual(texts(undivided(numbers)))
    expect(reactions).toBe(numbers.length - left.length)
  })

  test.each(cases)('leaves equal ones alone if told to, of %s', async (_, numbers) => {
    const twice = [...numbers, ...numbers.slice(0, 50)]
    const tagged = twice.map((n) => new Tuple([symbol('N'), n]))
    const { left, kernels } = await ended('replace N:x, N:y by N:x if y % x == 0 && x < y', tagged)
    expect(kernels).toEqual(['divides'])
    const stay = new Set(undivided(twice))
    const wanted = twice.filter((n) => stay.has(n)).map((n) => new Tuple([symbol('N'), n]))
    expect(texts(left)).toEqual(texts(wanted))
  })

  test.each([
    ['numbers too far apart', [...from(2, 2_000), MOST]],
    ['zero', [...from(2, 300), 0]],
    ['negative ones', [...from(2, 300), -5]],
  ] as const)('does not take %s', async (_, numbers) => {
    expect((await ended('replace x, y by x if x divides y && x > 1', numbers)).kernels).toEqual([])
  })
})

describe('folds', () => {
  const values = [...drawn(9_000, 2 ** 32, LEAST), MOST, LEAST, MOST]

  test('the ends of the range, and sums beyond it', async () => {
    const sum = values.reduce((a, b) => a + b, 0)
    expect((await ended('replace x, y by x if x >= y', values)).left).toEqual([MOST])
    expect((await ended('replace x, y by x if x <= y', values)).left).toEqual([LEAST])
    expect((await ended('replace x::Int, y::Int by x + y', values)).left).toEqual([sum])
    expect((await ended('replace x, y by x if x > y', values)).left).toEqual([MOST, MOST])
  })

  test('by key, where the sums are wider than what was there', async () => {
    const keys = drawn(values.length, 300, -150)
    for (const tag of [[], [symbol('K')]] as const) {
      const molecules = values.map((v, i) => new Tuple([...tag, v, keys[i] ?? 0]))
      const head = (v: string): string => [...tag.map((symbol) => print(symbol)), v, 'k'].join(':')
      const by = `replace ${head('a')}, ${head('b')} by ${head('(a + b)')}`
      const { left, kernels } = await ended(by, molecules)
      expect(kernels).toEqual(['keyed fold'])
      const sums = new Map<number, number>()
      for (const [i, v] of values.entries())
        sums.set(keys[i] ?? 0, (sums.get(keys[i] ?? 0) ?? 0) + v)
      const wanted = [...sums].map(([key, sum]) => new Tuple([...tag, sum, key]))
      expect(texts(left)).toEqual(texts(wanted))
    }
  })
})
