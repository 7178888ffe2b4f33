import { describe, expect, test } from 'vitest'
import {
  Float,
  SolutionValue,
  Tuple,
  equal,
  extentOf,
  hashOf,
  isRule,
  print,
  symbol,
} from '../../interpreter/index.ts'
import type { Entry, Molecule } from '../../interpreter/index.ts'
import { Machine } from '../../vm/index.ts'
import { firstOf, lowered, options } from '../support/runs.ts'

/* What is left of a run is a value, however it is kept: it does not change, and can be read in any way and often. */

const N = 1_000
const kinds: readonly (readonly [string, (i: number) => Molecule])[] = [
  ['Ints', (i) => i],
  ['Ints beyond 32 bits', (i) => i * 2 ** 40],
  ['pairs', (i) => new Tuple([i, -i])],
  ['pairs with a tag', (i) => new Tuple([symbol('T'), i])],
  ['triples with a tag', (i) => new Tuple([symbol('T'), i, `s${String(i)}`])],
  ['tuples of five', (i) => new Tuple([i, new Float(i / 2), true, symbol('X'), 'y'])],
  ['tuples with tuples', (i) => new Tuple([i, new Tuple([i, i])])],
  ['tuples with solutions', (i) => new Tuple([i, SolutionValue.of([[i, 1]])])],
  ['strings', (i) => `s${String(i)}`],
  ['copies of pairs', (i) => new Tuple([i % 7, 1])],
]

/** T:_ and T:_:_ have classes of their own. */
const RULE = 'replace T:x by x if x == OFF, replace T:x:y by x if x == OFF, replace DROP, x:y by ∅'

function machineWith(molecules: readonly Molecule[], rules = RULE): Machine {
  const first = firstOf(lowered(`<${rules}>`)) ?? SolutionValue.empty
  const machine = new Machine(first, options({ seed: 1, strategy: 'fast' }))
  machine.inject(molecules.map((molecule): Entry => [molecule, 1]))
  return machine
}

describe.each(kinds)('many %s', (_, make) => {
  const molecules = Array.from({ length: N }, (_, i) => make(i))
  const rules = [...(firstOf(lowered(`<${RULE}>`)) ?? SolutionValue.empty).contents().listed()]
  const value = SolutionValue.of([...rules, ...molecules.map((each): Entry => [each, 1])])
  const wanted = molecules.map((molecule) => print(molecule)).sort()

  async function result(): Promise<SolutionValue> {
    const { kind, solution } = await machineWith(molecules).run()
    expect(kind).toBe('inert')
    return solution
  }

  function read(from: Iterable<Entry>): string[] {
    return Array.from(from)
      .filter(([molecule]) => !isRule(molecule))
      .flatMap(([molecule, copies]) => new Array<string>(Number(copies)).fill(print(molecule)))
      .sort()
  }

  test('are read in any way, and again', async () => {
    for (const first of [0, 1, 2, 3]) {
      const { length } = molecules
      const contents = (await result()).contents()
      const ways = [
        () => read(contents.listed()),
        () => read(contents.entries()),
        () => read(contents.sorted()),
        () => {
          const entries: Entry[] = []
          contents.visit((molecule, copies) => entries.push([molecule, copies]))
          return read(entries)
        },
      ]
      for (let i = 0; i < 2 * ways.length; i++)
        expect(ways[(first + i) % ways.length]?.()).toEqual(wanted)
      expect(contents.size()).toBe(length + rules.length)
      expect(contents.multiplicityOf(make(3))).toBe(value.contents().multiplicityOf(make(3)))
    }
    const solution = await result()
    const listed = (): string[] =>
      Array.from(solution.molecules(), (molecule) => (isRule(molecule) ? '' : print(molecule)))
        .filter((text) => text !== '')
        .sort()
    const distinct = [...new Set(wanted)]
    expect([...new Set(listed())]).toEqual(distinct)
    expect([...new Set(listed())]).toEqual(distinct)
  })

  test('are the same value as if they were listed', async () => {
    const solution = await result()
    expect(extentOf(solution)).toBe(extentOf(value))
    expect(solution.isPassive).toBe(value.isPassive)
    expect(hashOf(solution)).toBe(hashOf(value))
    expect(equal(solution, value)).toBe(true)
    expect(print(await result())).toBe(print(value))
  })

  test('stay as they are while the machine goes on', async () => {
    const machine = machineWith(molecules)
    const { solution } = await machine.run()
    machine.inject([
      [symbol('DROP'), 5],
      [new Tuple([symbol('T'), N]), 1],
      [make(N), 1],
    ])
    const { solution: later } = await machine.run()
    expect(read(solution.contents().listed())).toEqual(wanted)
    expect(equal(later, solution)).toBe(false)
    expect(read(later.contents().listed())).not.toEqual(wanted)
  })

  test('are loaded again', async () => {
    const machine = new Machine(await result(), options({ seed: 1, strategy: 'fast' }))
    const { solution } = await machine.run()
    expect(equal(solution, value)).toBe(true)
  })
})

test('slots that are free are left out', async () => {
  const pairs = Array.from({ length: N }, (_, i) => new Tuple([i, i]))
  const machine = machineWith(pairs, 'replace DROP:x, x:y by ∅')
  machine.inject(
    Array.from({ length: N / 2 }, (_, i): Entry => [new Tuple([symbol('DROP'), 2 * i]), 1]),
  )
  const { solution, reactions } = await machine.run()
  expect(reactions).toBe(N / 2)
  const left = [...solution.molecules()]
    .filter((molecule) => !isRule(molecule))
    .map((m) => print(m))
  expect(left.sort()).toEqual(
    pairs
      .filter((_, i) => i % 2 === 1)
      .map((pair) => print(pair))
      .sort(),
  )
})
