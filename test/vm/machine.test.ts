import { describe, expect, test } from 'vitest'
import { Source } from '../../grammar/index.ts'
import {
  Multiset,
  SolutionValue,
  Tuple,
  firstSolution,
  lowerSource,
  noModules,
  prelude,
  print,
  symbol,
} from '../../interpreter/index.ts'
import type { Entry, Molecule, RunOptions } from '../../interpreter/index.ts'
import { Machine } from '../../vm/index.ts'

function machineFor(
  text: string,
  data: Iterable<Molecule>,
  options: Partial<RunOptions> = {},
): Machine {
  const program = lowerSource(new Source('p.hocl', text), { host: prelude, modules: noModules })
  const first = firstSolution(program, 1)
  if (first.value === undefined) throw new Error(first.diagnostic.title)
  const machine = new Machine(first.value, {
    seed: 1,
    strategy: 'fast',
    limits: { depth: 1000 },
    clock: () => performance.now(),
    ...options,
  })
  machine.inject([...data].map((molecule): Entry => [molecule, 1]))
  return machine
}

const numbers = (n: number): number[] => Array.from({ length: n }, (_, i) => i)

describe.each(['fast', 'random'] as const)('a long search under the strategy %s', (strategy) => {
  const text = '<replace A:x, B:y, C:z by D:x:y:z if x * y * z == 2_000_000 && x > 20>'
  const data = ['A', 'B', 'C'].flatMap((tag) =>
    numbers(120).map((i) => new Tuple([symbol(tag), i + 1])),
  )

  async function traced(clock: () => number) {
    const trace: string[] = []
    const machine = machineFor(text, data, {
      clock,
      strategy,
      observe: ({ rule, reactants, products }) => {
        trace.push(
          [print(rule), print(SolutionValue.of(reactants)), print(SolutionValue.of(products))].join(
            ' ',
          ),
        )
      },
    })
    const outcome = await machine.run()
    return { trace, result: print(outcome.solution), kind: outcome.kind }
  }

  test('is broken off to let the host breathe and goes on where it was', async () => {
    let looks = 0
    const hurried = await traced(() => ++looks * 20)
    const calm = await traced(() => 0)
    expect(looks).toBeGreaterThan(100)
    expect(hurried).toEqual(calm)
  })

  test('ends at the time limit with nothing taken', async () => {
    let now = 0
    const machine = machineFor(text, data, {
      strategy,
      clock: () => (now += 1),
      limits: { depth: 1000, milliseconds: 50 },
    })
    const outcome = await machine.run()
    expect(outcome.kind).toBe('time-limit')
    expect(outcome.solution.contents().size()).toBe(361)
  })
})

test('what was broken off starts afresh when molecules come in between', async () => {
  let looks = 0
  const machine = machineFor(
    '<replace A:x, B:y by D:x:y if x + y == 100000>',
    ['A', 'B'].flatMap((tag) => numbers(400).map((i) => new Tuple([symbol(tag), i]))),
    { clock: () => ++looks * 20 },
  )
  const running = machine.run()
  await new Promise((resolve) => setTimeout(resolve, 5))
  machine.inject([[new Tuple([symbol('A'), 99_999]), 1]])
  const outcome = await running
  expect(outcome.kind).toBe('inert')
  expect(print(outcome.solution)).toContain('D:99999:1')
})

test('a rest that is moved leaves nothing of it behind', async () => {
  const inner = SolutionValue.of(numbers(500).map((i) => [i, 1] as const))
  const machine = machineFor('<replace L:<x::Int, ω> by L:<ω>, X:x>', [
    new Tuple([symbol('L'), inner]),
  ])
  const { solution, reactions } = await machine.run()
  expect(reactions).toBe(500)
  expect(solution.contents().multiplicityOf(new Tuple([symbol('L'), SolutionValue.empty]))).toBe(1)
  expect(inner.contents().distinct).toBe(500)
})

test('a solution that is used twice is copied, and the copies react apart', async () => {
  const machine = machineFor('<replace-one S:<ω> by A:<ω, replace-one 1 by 2>, B:<ω>>', [
    new Tuple([
      symbol('S'),
      SolutionValue.of([
        [1, 1],
        [3, 1],
      ]),
    ]),
  ])
  const { solution } = await machine.run()
  expect(print(solution)).toBe('<A:<2, 3>, B:<1, 3>>')
})

test('copies of an active solution react one after the other', async () => {
  const machine = machineFor('<<1, 2, replace-one x::Int by A>^1000>', [])
  const { solution, reactions } = await machine.run()
  expect(reactions).toBe(1000)
  expect(solution.contents().size()).toBe(1000)
})

test('multiplicities beyond the safe integers stay exact', async () => {
  const machine = machineFor('<A^9007199254740993, replace-one A by B>', [])
  const { solution } = await machine.run()
  expect(print(solution)).toBe('<A^9007199254740992, B>')
})

test('a value that the machine gave out does not change when the run goes on', async () => {
  const machine = machineFor('<<1, replace x::Int by x + 1 if x < 9>, 5>', [])
  machine.step()
  const before = machine.solution
  const text = print(before)
  await machine.run()
  expect(print(before)).toBe(text)
  expect(Multiset.of(before.contents().entries()).size()).toBe(2)
})

test.each(['fast', 'random'] as const)(
  'pauses change nothing, however often one search is broken off, under %s',
  async (strategy) => {
    const rule = 'let less = replace x, y by x - y if x > y && (x * y) % 997 == 1 in'
    const solutions = numbers(20).map((at) => {
      const inside = numbers(600).map((i) => 1 + ((i * 7919 + at * 104_729) % 9973))
      return `<less, ${inside.join(', ')}>`
    })
    const text = `${rule}\n<${solutions.join(', ')}>`
    const results = new Set<string>()
    for (const step of [0, 11]) {
      let now = 0
      const clock = (): number => (now += step)
      const { solution, reactions } = await machineFor(text, [], { strategy, clock, seed: 7 }).run()
      results.add(`${String(reactions)} ${print(solution)}`)
    }
    expect(results.size).toBe(1)
  },
  30_000,
)
