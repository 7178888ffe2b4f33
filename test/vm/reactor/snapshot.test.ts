import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { print } from '../../../interpreter/index.ts'
import { Reactor, SnapshotError, hocl, parse } from '../../../vm/index.ts'
import type { Snapshot } from '../../../vm/index.ts'
import { checksumOf } from '../../../vm/snapshot/plain.ts'
import { laws } from '../../support/laws.ts'
import { nestedProgram } from '../../support/nested-programs.ts'
import { randomProgram } from '../../support/random-programs.ts'

const max = 'let max = replace x::Int, y::Int by x if x >= y in'

/** A part of a snapshot that is to be changed. */
type Changing = { [name: string]: Changing } & Changing[]

/** A snapshot after some change, with the checksum that it would then have. */
function altered(snapshot: Snapshot, change: (snapshot: Changing) => void): unknown {
  const copy = JSON.parse(JSON.stringify(snapshot)) as Changing
  change(copy)
  return { ...copy, checksum: checksumOf(copy, 'checksum') }
}

function problem(restore: () => unknown): SnapshotError {
  try {
    restore()
  } catch (error) {
    if (error instanceof SnapshotError) return error
    throw error
  }
  throw new Error('it was restored')
}

function stepped(text: string, steps: number): Reactor {
  const reactor = Reactor.create(text)
  for (let i = 0; i < steps; i++) reactor.step()
  return reactor
}

describe('what is restored', () => {
  test.each([
    ['atoms', '<1, 1.5, "a", true, A, 1^∞, 2^-3, 9007199254740993, -0.0, NaN>'],
    ['tuples and lists', '<A:1:"x", [1, [2, A:3]], (1:2):3>'],
    ['solutions', '<<1, <2, 2>>, A:<∅>, [<3>]>'],
    [
      'rules with what they captured',
      `${max} let add = replace X:n by (replace y::Int by y + n) in <X:5, add, max, (one 7 by 8)>`,
    ],
    ['rules that are one another', 'let rec f = replace x::Int by x - 1, f if x > 0 in <3, f>'],
  ])('%s', (_, text) => {
    for (const steps of [0, 1, 2]) {
      const reactor = stepped(text, steps)
      const restored = Reactor.restore(JSON.stringify(reactor.snapshot()))
      expect(print(restored.solution)).toBe(print(reactor.solution))
      expect(restored.stats()).toEqual(reactor.stats())
    }
  })

  test('a snapshot of what was restored is the same snapshot', () => {
    const { snapshot } = { snapshot: stepped(`${max} <5, 2, <1, 8, max>, 7, max>`, 2).snapshot() }
    const again = Reactor.restore(snapshot).snapshot()
    expect(again).toEqual(snapshot)
  })

  test('rules that were put in later', async () => {
    const reactor = Reactor.create(`${max} <1, 2, 3>`)
    reactor.inject('max, (replace 3 by 30)')
    reactor.inject(hocl`replace x::Int by BIG:x if x > ${20}`)
    const restored = Reactor.restore(reactor.snapshot())
    const [here, there] = [await reactor.run(), await restored.run()]
    expect(print(there.solution)).toBe(print(here.solution))
    restored.inject('max, 40')
    expect((await restored.run()).kind).toBe('inert')
  })

  test('a program with modules', async () => {
    const modules = { './more.hocl': 'let twice = replace x::Int by D:(x * 2)' }
    const program = parse('import "./more.hocl"; <1, 2, twice>', { modules })
    const restored = Reactor.restore(JSON.stringify(Reactor.create(program).snapshot()))
    expect(print((await restored.run()).solution)).toContain('D:4')
  })

  test('limits, which can be given anew', async () => {
    const reactor = Reactor.create('<0, replace x::Int by x + 1 if x < 50>', {
      limits: { reactions: 10 },
    })
    expect((await reactor.run()).kind).toBe('reaction-limit')
    const snapshot = reactor.snapshot()
    expect((await Reactor.restore(snapshot).run()).kind).toBe('reaction-limit')
    const { kind, reactions } = await Reactor.restore(snapshot, {
      limits: { reactions: 1000 },
    }).run()
    expect(`${kind} ${String(reactions)}`).toBe('inert 50')
  })

  test('the reactions that a run has used', async () => {
    let time = 0
    const clock = (): number => (time += 5)
    const limits = { reactions: 50_000 }
    const reactor = Reactor.create('<0, replace x::Int by x + 1>', { clock, limits })
    let snapshot: Snapshot | undefined
    reactor.subscribe(() => {
      if (reactor.stats().reactions > 0) snapshot ??= reactor.snapshot()
    })
    await reactor.run()
    const restored = Reactor.restore(snapshot ?? reactor.snapshot())
    expect(restored.stats().reactions).toBeLessThan(50_000)
    expect((await restored.run()).reactions).toBe(50_000)
  })

  test('the time that a run has used', async () => {
    let time = 0
    const clock = (): number => (time += 5)
    const text = '<0, replace x::Int by x + 1>'
    const reactor = Reactor.create(text, { clock, limits: { milliseconds: 100 } })
    let snapshot: Snapshot | undefined
    reactor.subscribe(() => {
      if (time > 60) snapshot ??= reactor.snapshot()
    })
    await reactor.run()
    time = 0
    const restored = Reactor.restore(snapshot ?? reactor.snapshot(), { clock })
    expect((await restored.run()).kind).toBe('time-limit')
    expect(time).toBeLessThan(70)
  })

  test('calls that wait are made again, with their keys', async () => {
    const asked: string[] = []
    const release: ((price: number) => void)[] = []
    const price = (item: string): Promise<number> => {
      asked.push(item)
      return new Promise((resolve) => release.push(resolve))
    }
    const text = 'let ask = replace ITEM:i by PRICE:i:price(i) in <ITEM:"tea", ITEM:"coffee", ask>'
    const reactor = Reactor.create(text, { host: { price } })
    reactor.step()
    reactor.step()
    const snapshot = JSON.stringify(reactor.snapshot())
    const before = asked.length
    const restored = Reactor.restore(snapshot, { host: { price } })
    await Promise.resolve()
    expect(asked.slice(before)).toEqual(asked.slice(0, before))
    for (const answer of release) answer(3)
    const { solution } = await restored.run()
    expect(print(solution)).toBe(print((await reactor.run()).solution))
    expect(print(solution)).toContain('PRICE:"tea":3')
  })

  test('values of host classes that say how they are made', () => {
    class Point {
      readonly x: number
      constructor(x: number) {
        this.x = x
      }
      toHocl(): number[] {
        return [this.x]
      }
    }
    class Opaque {
      readonly secret = {}
    }
    const host = { Point, Opaque }
    const reactor = Reactor.create('<new Point(3)>', { host })
    const snapshot = reactor.snapshot()
    expect(print(Reactor.restore(snapshot, { host }).solution)).toBe(print(reactor.solution))
    expect(problem(() => Reactor.restore(snapshot)).code).toMatch(/program|unknown-host/)
    const opaque = Reactor.create('<new Opaque()>', { host })
    expect(problem(() => opaque.snapshot()).code).toBe('not-portable')
  })

  test('none is taken in the middle of a reaction', () => {
    const problems: string[] = []
    const reactor = Reactor.create(`${max} <1, 2, max>`, {
      observe: () => {
        problems.push(problem(() => reactor.snapshot()).code)
      },
    })
    reactor.step()
    expect(problems).toEqual(['busy'])
  })
})

describe('what is refused', () => {
  const snapshot = stepped(`${max} <5, 2, <1, 8, max>, A:[1, 2], 7, max>`, 2).snapshot()
  const text = JSON.stringify(snapshot)

  test('what is no snapshot', () => {
    for (const given of ['', '{}', '[]', 'null', '7', '{"format":"hocl-snapshot"}'])
      expect(problem(() => Reactor.restore(given)).code).toBe('malformed')
  })

  test('one that was cut off', () => {
    for (let length = 0; length < text.length; length += 97)
      expect(problem(() => Reactor.restore(text.slice(0, length))).code).toBe('malformed')
  })

  test('one that was altered', () => {
    const other = text.replace('"ints":[5', '"ints":[6')
    expect(other).not.toBe(text)
    const { code, place, hint } = problem(() => Reactor.restore(other))
    expect({ code, place }).toEqual({ code: 'altered', place: 'checksum' })
    expect(hint).not.toBe('')
  })

  test('one of a newer version', () => {
    expect(problem(() => Reactor.restore(text.replace('"version":1', '"version":2'))).code).toBe(
      'newer',
    )
  })

  test('one with a program that is none', () => {
    const broken = altered(snapshot, ({ program }) => {
      Object.assign(program ?? {}, { text: 'let' })
    })
    expect(problem(() => Reactor.restore(broken as Snapshot)).code).toBe('program')
  })

  test.each<[string, (machine: Changing) => void]>([
    [
      'a molecule in itself',
      (machine) => Object.assign(machine['molecules']?.[0] ?? {}, { 1: [0] }),
    ],
    [
      'a solution around itself',
      (machine) => Object.assign(machine['molecules'] ?? [], { 0: ['membrane', 0] }),
    ],
    ['a rule that is not there', (machine) => Object.assign(machine, { codes: [[99]] })],
    [
      'states that are none',
      (machine) =>
        Object.assign(machine['membranes']?.[0]?.['stores']?.[0] ?? {}, { states: [255, 4] }),
    ],
    [
      'more room than there is',
      (machine) =>
        Object.assign(machine['membranes']?.[0]?.['stores']?.[0] ?? {}, { room: 2 ** 40 }),
    ],
    [
      'more that waits than there is',
      (machine) =>
        Object.assign(machine['membranes']?.[0]?.['worklist'] ?? {}, { rows: [0, 0, 1e9] }),
    ],
    [
      'names of prototypes',
      (machine) => Object.assign(machine['membranes']?.[0] ?? {}, { sleep: '__proto__' }),
    ],
    ['chance that is none', (machine) => Object.assign(machine, { random: [1, 2] })],
    ['no solution at all', (machine) => Object.assign(machine, { membranes: [] })],
  ])('%s', (_, change) => {
    const broken = altered(snapshot, ({ machine }) => {
      if (machine !== undefined) change(machine)
    })
    expect(problem(() => Reactor.restore(broken as Snapshot)).code).toBe('malformed')
  })

  test('recursive data, and data that is deep without end', () => {
    const recursive: Record<string, unknown> = { ...snapshot }
    recursive['machine'] = recursive
    expect(problem(() => Reactor.restore(recursive as unknown as Snapshot)).code).toBe('malformed')
    let deep: unknown = 1
    for (let i = 0; i < 100_000; i++) deep = [deep]
    const given = { ...snapshot, machine: deep } as unknown as Snapshot
    expect(problem(() => Reactor.restore(given)).code).toBe('malformed')
  })

  test('molecules that would double without end', () => {
    const molecules: unknown[] = [['list', 1, 2]]
    for (let i = 0; i < 60; i++) molecules.push(['tuple', [i], [i]])
    const broken = altered(snapshot, ({ machine }) => Object.assign(machine ?? {}, { molecules }))
    expect(problem(() => Reactor.restore(broken as Snapshot)).code).toBe('malformed')
  })

  test('whatever is altered at random is refused, or a solution that is whole', () => {
    const path = fc.array(fc.nat(), { minLength: 1, maxLength: 12 })
    const value = fc.oneof(
      fc.constantFrom(null, true, '', 'no', -1, 0, 1, 2, 7, 1e9, 2 ** 31, 0.5, [], {}, [0], [[0]]),
      fc.integer({ min: 0, max: 40 }),
    )
    const program = fc.oneof(
      nestedProgram,
      randomProgram.map((each) => each.text),
    )
    let restored = 0
    laws(
      1500,
      fc.property(
        program,
        fc.nat(6),
        fc.array(fc.tuple(path, value), { minLength: 1, maxLength: 3 }),
        (given, steps, changes) => {
          let reactor: Reactor
          try {
            reactor = stepped(given, steps)
          } catch {
            return
          }
          const broken = altered(reactor.snapshot(), (root) => {
            for (const [way, instead] of changes) replaceAt(root, way, structuredClone(instead))
          })
          let again: Reactor
          try {
            again = Reactor.restore(broken as Snapshot)
          } catch (error) {
            expect(error).toBeInstanceOf(SnapshotError)
            return
          }
          restored++
          expect(typeof print(again.solution)).toBe('string')
          for (let i = 0; i < 20; i++) if (again.step().kind !== 'reacted') break
          expect(typeof print(again.solution)).toBe('string')
        },
      ),
    )
    expect(restored).toBeGreaterThan(50)
  })
})

/** Puts something else where a path of numbers leads. */
function replaceAt(root: unknown, [first = 0, ...way]: readonly number[], instead: unknown): void {
  if (typeof root !== 'object' || root === null) return
  const names = Object.keys(root).filter((name) => name !== 'format' && name !== 'checksum')
  const name = names[first % Math.max(1, names.length)]
  if (name === undefined) return
  const inner: unknown = Reflect.get(root, name)
  if (
    way.length > 0 &&
    typeof inner === 'object' &&
    inner !== null &&
    Object.keys(inner).length > 0
  )
    replaceAt(inner, way, instead)
  else Reflect.set(root, name, instead)
}
