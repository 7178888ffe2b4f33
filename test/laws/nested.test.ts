import fc from 'fast-check'
import { expect, test } from 'vitest'
import { explore, print } from '../../interpreter/index.ts'
import type { SolutionValue } from '../../interpreter/index.ts'
import { Machine } from '../../vm/index.ts'
import type { MachineOptions } from '../../vm/index.ts'
import { asyncLaws } from '../support/laws.ts'
import { nestedProgram } from '../support/nested-programs.ts'
import { firstOf, lowered, options, successors } from '../support/runs.ts'

/*
 * Solutions that are reduced as values, and looked into as values, come to what single reactions of the
 * reference come to, however they are stopped, watched, compiled or put to sleep.
 */

const programs = 800
const mostReactions = 40
const mostStates = 200

type How = Partial<MachineOptions>

function machine(first: SolutionValue, how: How, most = mostReactions): Machine {
  const course = { seed: 1, strategy: 'fast' } as const
  return new Machine(first, { ...options(course, { limits: { reactions: most } }), ...how })
}

async function ending(first: SolutionValue, how: How): Promise<string> {
  const { kind, reactions, solution, failure } = await machine(first, how).run()
  return `${kind} after ${String(reactions)}: ${print(solution)} ${failure?.message ?? ''}`
}

/** Everything that so many reactions can lead to; undefined where that is too much. */
function after(reactions: number, first: SolutionValue): ReadonlySet<string> | undefined {
  let layer = new Map([[print(first), first]])
  let states = 0
  for (let i = 0; i < reactions; i++) {
    const next = new Map<string, SolutionValue>()
    for (const before of layer.values())
      for (const solution of successors(before).solutions) next.set(print(solution), solution)
    states += next.size
    if (states > mostStates) return undefined
    layer = next
  }
  return new Set(layer.keys())
}

test(`${String(programs)} nested programs end as single reactions could have ended them`, async () => {
  const ways = fc.record({
    kernels: fc.constantFrom('always', 'when-many'),
    awakeSolutions: fc.constantFrom(1, 2, 16_384),
  })
  let reduced = 0
  let checked = 0
  await asyncLaws(
    programs,
    fc.asyncProperty(nestedProgram, ways, async (text, how) => {
      const first = firstOf(lowered(text))
      fc.pre(first !== undefined)
      const reacting = machine(first, how)
      const { kind, solution, reactions } = await reacting.run()
      const possible = after(reactions, first)
      if (possible === undefined) return
      checked++
      reduced += reacting.kernelReports.reduce((sum, report) => sum + report.times, 0)
      if (!possible.has(print(solution)))
        expect(`${print(solution)} after ${String(reactions)}`).toBe('what can be reached so')
      if (kind !== 'inert') return
      expect(successors(solution)).toEqual({ solutions: [], failures: [] })
      const exploration = explore(first, mostStates)
      if (!exploration.isComplete || exploration.inert.length !== 1) return
      const oneByOne = await machine(first, { ...how, kernels: 'never' }).run()
      if (oneByOne.kind === 'inert') expect(print(oneByOne.solution)).toBe(print(solution))
    }),
  )
  expect(checked).toBeGreaterThan(programs / 3)
  expect(reduced).toBeGreaterThan(programs / 10)
}, 300_000)

test('closures and generated code look into solutions alike', async () => {
  const strategy = fc.constantFrom('fast', 'random', 'uniform', 'round-robin')
  await asyncLaws(
    programs,
    fc.asyncProperty(
      nestedProgram,
      strategy,
      fc.constantFrom(1, 16_384),
      async (text, s, awake) => {
        const first = firstOf(lowered(text))
        fc.pre(first !== undefined)
        for (const kernels of ['when-many', 'never'] as const) {
          const how: How = { kernels, strategy: s, awakeSolutions: awake }
          const expected = await ending(first, { ...how, codeGeneration: 'never' })
          expect(await ending(first, { ...how, codeGeneration: 'always' })).toBe(expected)
        }
      },
    ),
  )
}, 300_000)

test('a limit is met to the reaction, and the run goes on to the same kind of end', async () => {
  let met = 0
  await asyncLaws(
    programs,
    fc.asyncProperty(nestedProgram, fc.integer({ min: 1, max: 6 }), async (text, most) => {
      const first = firstOf(lowered(text))
      fc.pre(first !== undefined)
      const { kind, reactions, solution } = await machine(first, {}, most).run()
      expect(reactions).toBeLessThanOrEqual(most)
      if (kind !== 'reaction-limit') return
      expect(reactions).toBe(most)
      met++
      const possible = after(reactions, first)
      if (possible !== undefined && !possible.has(print(solution)))
        expect(`${print(solution)} after ${String(reactions)}`).toBe('what can be reached so')
      // Something can still react.
      const next = successors(solution)
      expect(next.solutions.length + next.failures.length).toBeGreaterThan(0)
    }),
  )
  expect(met).toBeGreaterThan(programs / 10)
}, 300_000)

test('each reaction is seen by who watches, and stepping comes to an end that can be reached', async () => {
  await asyncLaws(
    1_000,
    fc.asyncProperty(nestedProgram, async (text) => {
      const first = firstOf(lowered(text))
      fc.pre(first !== undefined)
      let seen = 0
      const watched = machine(first, { observe: () => seen++ })
      expect((await watched.run()).reactions).toBe(seen)
      expect(watched.kernelReports).toEqual([])
      const stepping = machine(first, {})
      let steps = 0
      while (steps < mostReactions && stepping.step().kind === 'reacted') steps++
      expect(stepping.reactions).toBe(steps)
      expect(stepping.kernelReports).toEqual([])
    }),
  )
}, 300_000)

/** Many solutions that become numbers, of which those that are left depend on the order. */
function many(seed: number): string {
  const solution = (at: number): string =>
    `<${Array.from({ length: 10 }, (_, i) => (seed * 7919 + at * 104_729 + i * 1_299_709) % 997).join()}, max>`
  return `let max = replace x, y by x if x >= y in
let open = replace <x, max = m> by x in
let less = replace x, y by x - y if x > y && (x + y) % 7 == ${String(seed % 7)} in
<open, less, ${Array.from({ length: 1500 }, (_, at) => solution(at)).join()}>`
}

test('the clock does not change what comes of solutions that are reduced as values', async () => {
  for (let seed = 1; seed <= 5; seed++) {
    const first = firstOf(lowered(many(seed)))
    if (first === undefined) throw new Error('there is nothing to run')
    let now = 0
    const ends: string[] = []
    for (const clock of [() => 0, () => (now += 1000)]) {
      const reacting = machine(first, { clock }, 100_000)
      const { kind, reactions, solution } = await reacting.run()
      expect(reacting.kernelReports).toContainEqual(
        expect.objectContaining({ rule: 'max', times: 1500 }),
      )
      ends.push(`${kind} after ${String(reactions)}: ${print(solution)}`)
    }
    expect(ends[1]).toBe(ends[0])
  }
}, 300_000)
