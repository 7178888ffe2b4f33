import { describe, expect, test } from 'vitest'
import { DEFAULT_DEPTH, SolutionValue, print } from '../../../interpreter/index.ts'
import type { Entry, RunOptions, Strategy } from '../../../interpreter/index.ts'
import { Machine } from '../../../vm/index.ts'
import type { MachineOptions } from '../../../vm/index.ts'
import { kernelRun } from '../../support/kernels.ts'
import { firstOf, lowered, options } from '../../support/runs.ts'
import { shapes } from './shapes.ts'

/*
 * What is done in one go can be stopped like everything else: by limits, by time, by a signal. What is
 * there then is whole, and goes on to the same result.
 */

const course = { seed: 1, strategy: 'fast' } as const

function solutionOf(text: string): SolutionValue {
  const first = firstOf(lowered(text))
  if (first === undefined) throw new Error(`${text} has no value`)
  return first
}

/** A rule with many molecules for each kernel, and how many reactions they take where any order takes as many. */
const large: readonly {
  readonly rule: string
  readonly entries: () => Entry[]
  readonly reactions?: number
}[] = [
  { rule: 'replace x, y by x if x >= y', entries: () => scattered(60_000), reactions: 59_999 },
  { rule: 'replace x::Int, y::Int by x + y', entries: () => scattered(60_000), reactions: 59_999 },
  { rule: 'replace x, x by x', entries: () => scattered(60_000, 500), reactions: 59_500 },
  { rule: 'replace k:a, k:b by k:(a + b)', entries: () => pairs(60_000, 500), reactions: 59_500 },
  { rule: 'replace i:a, j:b by i:b, j:a if i < j && a > b', entries: () => pairs(30_000, 30_000) },
  {
    rule: 'replace x, y by x if x divides y',
    entries: () => scattered(60_000).map(([n]) => [Number(n) + 2, 1]),
  },
  {
    rule: 'replace x::Int, y::Int by x, y - x if x < y && x > 0',
    entries: () => scattered(60_000).map(([n]) => [6 + 6 * (Number(n) % 50), 1]),
  },
  {
    rule: 'replace x::Int by x - 1 if x > 0',
    entries: () => [
      [50_000, 10],
      [49_999, 10],
    ],
    reactions: 999_990,
  },
]

/** So many ints, all different or only so many of them, in no order. */
function scattered(n: number, different = n): Entry[] {
  return Array.from({ length: n }, (_, i): Entry => [(i * 7_919) % different, 1])
}

function pairs(n: number, keys: number): Entry[] {
  const texts = scattered(n).map(([value], i) => `${String(i % keys)}:${print(value)}`)
  const made = lowered(`<${texts.join()}>`)
  return [...(firstOf(made) ?? SolutionValue.empty).contents().listed()]
}

interface Interrupted {
  readonly result: string
  readonly reactions: number
  readonly stops: number
  readonly looks: number
  readonly taken: number
}

/** Runs for a few looks at the clock at a time. */
async function inPieces(
  rule: string,
  entries: readonly Entry[],
  milliseconds: number,
): Promise<Interrupted> {
  let looks = 0
  const how: RunOptions = {
    ...course,
    limits: { depth: DEFAULT_DEPTH, milliseconds },
    clock: () => looks++,
  }
  const machine = new Machine(solutionOf(`<(${rule})>`), how)
  machine.inject(entries)
  for (let stops = 0; ; stops++) {
    const { kind, solution, reactions } = await machine.run()
    if (kind === 'time-limit' && stops < 100_000) continue
    expect(kind).toBe('inert')
    return { result: print(solution), reactions, stops, looks, taken: machine.kernelReports.length }
  }
}

describe.each(large)('$rule', ({ rule, entries: made, reactions }) => {
  test('looks at the clock while it is at work', async () => {
    const { looks, taken } = await inPieces(rule, made(), Infinity)
    expect(taken).toBe(1)
    // Three looks are those of a run in which nothing happens.
    expect(looks).toBeGreaterThanOrEqual(6)
  })

  test('comes to the same end however often its time is over', async () => {
    const entries = made()
    const whole = await inPieces(rule, entries, Infinity)
    const often = await inPieces(rule, entries, 4)
    expect(often.stops).toBeGreaterThan(0)
    expect(often.taken).toBe(1)
    expect(often.result).toBe(whole.result)
    expect(often.reactions).toBe(whole.reactions)
    if (reactions !== undefined) expect(often.reactions).toBe(reactions)
  })

  test('leaves the solution whole when it is cancelled', async () => {
    const entries = made()
    const expected = await inPieces(rule, entries, Infinity)
    const stopping = new AbortController()
    let looks = 0
    const clock = (): number => {
      if (looks++ === 3) stopping.abort()
      // Each look ends a turn.
      return 10 * looks
    }
    const machine = new Machine(solutionOf(`<(${rule})>`), {
      ...options(course),
      clock,
      signal: stopping.signal,
    })
    machine.inject(entries)
    const stopped = await machine.run()
    expect(stopped.kind).toBe('aborted')
    const next = new Machine(stopped.solution, options(course))
    expect(print((await next.run()).solution)).toBe(expected.result)
  })

  test('takes notice of what comes while it is at work', async () => {
    const entries = made()
    const [first, ...others] = entries
    if (first === undefined) throw new Error('there are molecules')
    const expected = await inPieces(rule, entries, Infinity)
    let looks = 0
    const machine = new Machine(solutionOf(`<(${rule})>`), {
      ...course,
      limits: { depth: DEFAULT_DEPTH, milliseconds: 4 },
      clock: () => looks++,
    })
    machine.inject(others)
    let outcome = await machine.run()
    machine.inject([first])
    for (let i = 0; outcome.kind !== 'inert' && i < 100_000; i++) outcome = await machine.run()
    expect(print(outcome.solution)).toBe(expected.result)
  })
})

const each = shapes.map(({ kernel, variants: [text = ''] }) => ({ kernel, text }))

describe.each(each)('$kernel', ({ kernel, text }) => {
  test('stops just at the limit on reactions and goes on to the same result', async () => {
    const whole = await kernelRun(text)
    for (let limit = 0; limit < whole.reactions; limit++) {
      const first = solutionOf(text)
      const stopped = await new Machine(
        first,
        options(course, { limits: { reactions: limit } }),
      ).run()
      // Exchanges and subtractions are as many as the order makes them.
      if (stopped.kind === 'inert') expect(['exchange', 'subtraction']).toContain(kernel)
      else expect([stopped.kind, stopped.reactions]).toEqual(['reaction-limit', limit])
      const next = new Machine(stopped.solution, options(course))
      expect(print((await next.run()).solution)).toBe(whole.result)
    }
  })

  test('is taken under the strategy fast only, and unwatched', async () => {
    const taken = async (how: Partial<MachineOptions>): Promise<number> => {
      const machine = new Machine(solutionOf(text), { ...options(course), ...how })
      await machine.run()
      return machine.kernelReports.length
    }
    expect(await taken({})).toBeGreaterThan(0)
    const others: readonly Strategy[] = ['random', 'uniform', 'round-robin', 'keep-small']
    for (const strategy of others)
      expect([strategy, await taken({ strategy })]).toEqual([strategy, 0])
    let seen = 0
    expect(await taken({ observe: () => seen++ })).toBe(0)
    expect(seen).toBeGreaterThan(0)
  })

  test('is not taken by single steps, and goes on after them', async () => {
    const whole = await kernelRun(text)
    const machine = new Machine(solutionOf(text), options(course))
    for (let i = 1; i <= 3; i++) {
      expect(machine.step().kind).toBe('reacted')
      expect(machine.reactions).toBe(i)
    }
    expect(machine.kernelReports).toEqual([])
    expect(print((await machine.run()).solution)).toBe(whole.result)
  })
})

test('what can grow is not taken where molecules are limited', async () => {
  const text = '<12, replace n::Int by n - 1, n - 2 if n > 1>'
  const limited = await kernelRun(text, 'when-many', { molecules: 20 })
  expect([limited.kind, limited.taken]).toEqual(['molecule-limit', []])
  const shrinking = await kernelRun('<1, 2, 3, 4, 5, replace x, y by x if x < y>', 'when-many', {
    molecules: 20,
  })
  expect([shrinking.result.startsWith('<1,'), shrinking.taken]).toEqual([true, ['fold']])
})

test('a product that fails ends the run with nothing taken', async () => {
  const failing = await kernelRun('<2^20, 0^20, replace x::Int by A:(2 / x)>')
  expect(failing.kind).toBe('failed')
  expect(failing.result).toContain('0^20')
})

test('a rule that comes later reacts in one go with what is there', async () => {
  const text =
    '<...range(500), LATE, (one GO by (replace x::Int, y::Int by x + y)), one LATE by GO>'
  expect(await kernelRun(text)).toMatchObject({ kind: 'inert', reactions: 501, taken: ['fold'] })
})
