import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Source } from '../../grammar/index.ts'
import {
  Float,
  List,
  SolutionValue,
  Tuple,
  firstSolution,
  lowerSource,
  noModules,
  prelude,
  print,
  symbol,
} from '../../interpreter/index.ts'
import type { Entry, Molecule } from '../../interpreter/index.ts'
import { Machine } from '../../vm/index.ts'

/** Rules that give A:_ and B:_:_ classes of their own, and react with nothing that is loaded. */
const TEXT = '<replace A:x by x if x == OFF, replace B:x:y by x if x == OFF>'

function machineFor(molecules?: number): { machine: Machine; rules: readonly Entry[] } {
  const program = lowerSource(new Source('p.hocl', TEXT), { host: prelude, modules: noModules })
  const first = firstSolution(program, 1)
  if (first.value === undefined) throw new Error(first.diagnostic.title)
  const limits = molecules === undefined ? { depth: 1000 } : { depth: 1000, molecules }
  const options = { seed: 1, strategy: 'fast', limits, clock: () => 0 } as const
  return {
    machine: new Machine(first.value, options),
    rules: [...first.value.contents().entries()],
  }
}

const atom = fc.oneof(
  fc.integer({ min: -5, max: 5 }),
  fc.constantFrom<Molecule>(
    2 ** 31 - 1,
    -(2 ** 31),
    2 ** 31,
    -(2 ** 31) - 1,
    2 ** 53 - 1,
    10n ** 20n,
    Infinity,
    new Float(1),
    new Float(-0.5),
    'a',
    '',
    true,
    symbol('A'),
    symbol('C'),
  ),
)
const deep = fc.constantFrom<Molecule>(
  new List([]),
  new List([1, 2]),
  new Tuple([new Tuple([1, 2]), 3]),
  new Tuple([symbol('A'), new List([])]),
  SolutionValue.empty,
  new Tuple([symbol('A'), SolutionValue.of([[1, 2]])]),
)
const tag = fc.constantFrom<Molecule>(symbol('A'), symbol('B'), symbol('C'), 1)
const tuple = fc
  .tuple(tag, fc.array(atom, { minLength: 1, maxLength: 3 }))
  .map(([first, others]) => new Tuple([first, ...others]))

/** A row of what is nearly alike, as data comes. */
const row = fc.oneof(
  fc.array(fc.integer(), { maxLength: 40 }),
  fc.array(atom, { maxLength: 40 }),
  fc.array(tuple, { maxLength: 40 }),
  fc.array(
    fc.tuple(tag, atom).map((fields) => new Tuple(fields)),
    { maxLength: 40 },
  ),
  fc.array(fc.oneof(atom, tuple, deep), { maxLength: 20 }),
)
const copies = fc.oneof({ weight: 20, arbitrary: fc.constant(1) }, fc.constantFrom(2, 5, -1))
const data = fc
  .array(row, { maxLength: 8 })
  .chain((rows) =>
    fc.tuple(...rows.flat().map((molecule) => copies.map((n): Entry => [molecule, n]))),
  )

describe('molecules that come', () => {
  test('are all there, whatever comes in a row', async () => {
    await fc.assert(
      fc.asyncProperty(data, data, async (some, more) => {
        const { machine, rules } = machineFor()
        machine.inject(some)
        expect(print(machine.solution)).toBe(print(SolutionValue.of([...rules, ...some])))
        await machine.run()
        machine.inject(more)
        const { kind, solution } = await machine.run()
        expect(kind).toBe('inert')
        expect(print(solution)).toBe(print(SolutionValue.of([...rules, ...some, ...more])))
      }),
      { numRuns: 300 },
    )
  })

  test('by the thousand widen their columns in the middle of a row', () => {
    for (const wide of [2 ** 40, 10n ** 30n, new Float(0.5), 'text', symbol('C')])
      for (const at of [0, 1, 511, 512, 3000]) {
        const tuples = Array.from({ length: 4000 }, (_, i) => new Tuple([i, i === at ? wide : -i]))
        const entries = tuples.map((molecule): Entry => [molecule, 1])
        const { machine, rules } = machineFor()
        machine.inject(entries)
        expect(machine.solution.equals(SolutionValue.of([...rules, ...entries]))).toBe(true)
      }
  })

  test('take free slots first', async () => {
    const program = lowerSource(
      new Source('p.hocl', '<replace x::Int, y::Int by x if x + y == 7>'),
      {
        host: prelude,
        modules: noModules,
      },
    )
    const first = firstSolution(program, 1)
    if (first.value === undefined) throw new Error(first.diagnostic.title)
    const options = { seed: 1, strategy: 'fast', limits: { depth: 9 }, clock: () => 0 } as const
    const machine = new Machine(first.value, options)
    const numbers = (n: number, from: number): Entry[] =>
      Array.from({ length: n }, (_, i): Entry => [from + i, 1])
    machine.inject(numbers(8, 0))
    expect((await machine.run()).reactions).toBe(4)
    machine.inject(numbers(30, 100))
    const { solution } = await machine.run()
    expect(solution.contents().size()).toBe(4 + 30 + 1)
    for (const [molecule] of numbers(30, 100))
      expect(solution.contents().multiplicityOf(molecule)).toBe(1)
  })

  test('that came before the entries failed are there', () => {
    const { machine } = machineFor()
    function* failing(): Generator<Entry> {
      for (let i = 0; i < 20; i++) yield [i, 1]
      throw new RangeError('no more')
    }
    expect(() => {
      machine.inject(failing())
    }).toThrow('no more')
    expect(machine.solution.contents().size()).toBe(22)
  })

  test('count for the limit', async () => {
    const loaded = machineFor(100).machine
    loaded.inject(Array.from({ length: 98 }, (_, i): Entry => [i, 1]))
    expect((await loaded.run()).kind).toBe('inert')
    loaded.inject([[symbol('C'), 1]])
    expect((await loaded.run()).kind).toBe('molecule-limit')
  })
})
