import { describe, expect, test } from 'vitest'
import { SolutionValue, print } from '../../interpreter/index.ts'
import type { Entry } from '../../interpreter/index.ts'
import { Machine } from '../../vm/index.ts'
import type { MachineOptions } from '../../vm/index.ts'
import { lowered, options, solutionIn } from '../support/runs.ts'

/* Solutions that came as values: which are reduced without a membrane, and how that can be stopped. */

const program = lowered(`let max = replace x, y by x if x >= y in
let sum = replace x::Int, y::Int by x + y in
let texts = replace x::String, y::String by x + y in
let down = replace x::Int by x - 1 if x > 0 in
let never = replace NO:x by x in
let three = replace x::Int, y::Int, z::Int by x + y + z in
<>`)

function machine(text: string, how: Partial<MachineOptions> = {}): Machine {
  const first = solutionIn(program, text)
  return new Machine(first, { ...options({ seed: 1, strategy: 'fast' }), ...how })
}

/** Which of the solutions in the outermost one are values. */
function values({ outermost }: Machine): boolean[] {
  const found: boolean[] = []
  outermost.visit((molecule) => {
    const fields =
      typeof molecule === 'object' && molecule.kind === 'tuple' ? molecule.fields : [molecule]
    for (const field of fields)
      if (typeof field === 'object' && field.kind === 'solution')
        found.push(field instanceof SolutionValue)
  })
  return found
}

describe('no membrane is made for', () => {
  test.each([
    ['a fold of Ints', '<<1, 3, 2, max>>', '<<3, max>>', 2],
    ['a sum that is large', '<<9007199254740991, 1, 1, sum>>', '<<9007199254740993, sum>>', 2],
    ['a fold of texts', '<<"a", "b", texts>>', undefined, 1],
    ['a fold beside others', '<<1, 2, "a", A:1, sum, never>>', '<<3, "a", A:1, sum, never>>', 1],
    ['one in a tuple', '<G:<1, 2, max>:<3, 4, sum>>', '<G:<2, max>:<7, sum>>', 2],
    ['rules that never react', '<<1, 2, never>>', '<<1, 2, never>>', 0],
    [
      'too few molecules',
      '<<1, max>, <2, 3, three>, <max>>',
      '<<1, max>, <2, 3, three>, <max>>',
      0,
    ],
  ])('%s', async (_, text, expected, reactions) => {
    const reacting = machine(text)
    const end = await reacting.run()
    if (expected !== undefined)
      expect(print(end.solution)).toBe(print(solutionIn(program, expected)))
    expect([end.kind, end.reactions]).toEqual(['inert', reactions])
    expect(values(reacting)).not.toContain(false)
  })
})

describe('a membrane is made for', () => {
  test.each([
    ['two rules that react', '<<1, 2, 3, max, sum>>'],
    ['a rule that no list is folded by', '<<5, 5, down>>'],
    ['copies', '<<1^2, 2, max>>'],
    ['solutions further in', '<<1, 2, <3, 4, max>, max>>'],
    ['a rule beside its like', '<<1, max, max>>'],
    ['what a rule takes of several classes', '<<1, 2.5, "a", max>>'],
    ['very many', `<<${Array.from({ length: 3000 }, (__, i) => i).join()}, max>>`],
  ])('%s', async (_, text) => {
    const reacting = machine(text)
    const end = await reacting.run()
    expect(end.kind).toBe('inert')
    expect(values(reacting)).toContain(false)
    expect(machine(print(end.solution)).step().kind).toBe('inert')
  })
})

test('a fold is reported like one in a membrane', async () => {
  const text = '<<1, 2, 3, 4, max>, <5, 6, 7, 8, max>>'
  const asValues = machine(text)
  const inMembranes = machine(text.replaceAll('max>', 'max, []^2>'))
  await asValues.run()
  await inMembranes.run()
  expect(asValues.kernelReports).toEqual([{ rule: 'max', kernel: 'fold', times: 2, reactions: 6 }])
  expect(inMembranes.kernelReports).toEqual(asValues.kernelReports)
})

const solution = solutionIn(program, '<1, 2, 3, 4, 5, 6, 7, 8, max>')
const many = Array.from({ length: 20_000 }, (): Entry => [solution, 1])

test('reducing many looks at the clock, and goes on to the same end', async () => {
  let looks = 0
  const hasty = {
    ...options({ seed: 1, strategy: 'fast' }, { limits: { milliseconds: 3 } }),
    clock: () => looks++,
  }
  const reacting = machine('<>', hasty)
  reacting.inject(many)
  let stops = 0
  let end = await reacting.run()
  for (; end.kind === 'time-limit' && stops < 1000; stops++) end = await reacting.run()
  expect(stops).toBeGreaterThan(5)
  expect([end.kind, end.reactions]).toEqual(['inert', 140_000])
})

test('a signal leaves what is not reduced yet as it was', async () => {
  const stopping = new AbortController()
  let looks = 0
  const clock = (): number => {
    if (looks++ === 8) stopping.abort()
    return 10 * looks
  }
  const reacting = machine('<>', { clock, signal: stopping.signal })
  reacting.inject(many)
  const { kind, reactions, solution: left } = await reacting.run()
  expect(kind).toBe('aborted')
  expect(reactions).toBeGreaterThan(0)
  expect(reactions).toBeLessThan(140_000)
  expect(left.contents().multiplicityOf(solution)).toBe(20_000 - reactions / 7)
})

test('what is in values counts for a limit on molecules, and no longer when it has reacted', async () => {
  const limits = { limits: { ...options({ seed: 1, strategy: 'fast' }).limits, molecules: 12 } }
  const reacting = machine('<<1, 2, 3, 4, 5, 6, 7, 8, max>>', limits)
  expect((await reacting.run()).kind).toBe('inert')
  // The solution, 8 and the rule are left.
  reacting.inject(Array.from({ length: 9 }, (_, i): Entry => [i, 1]))
  expect((await reacting.run()).kind).toBe('inert')
  reacting.inject([[9, 1]])
  expect((await reacting.run()).kind).toBe('molecule-limit')
})

test('what is inert is not reduced again when it is put elsewhere', async () => {
  const reacting = machine('<A:<1, 2, max>, replace A:s by B:s>')
  expect((await reacting.run()).reactions).toBe(2)
  expect(values(reacting)).toEqual([true])
})
