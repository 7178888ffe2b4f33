import { describe, expect, test } from 'vitest'
import { moleculesOf, print, Reference } from '../../interpreter/index.ts'
import { Source } from '../../grammar/index.ts'
import type { Reaction, RunOptions } from '../../interpreter/index.ts'
import { engines } from '../support/engines.ts'
import { firstOf, lowered, options, runFor } from '../support/runs.ts'
import type { Reducer } from '../../interpreter/index.ts'

const course = { seed: 1, strategy: 'fast' } as const
const endless = '<0, up = replace x::Int by x + 1>'

describe.each(engines)('$name', ({ make }) => {
  function machine(text: string, more: Partial<RunOptions> = {}): Reducer {
    const first = firstOf(lowered(text))
    if (first === undefined) throw new Error(`${text} has no value`)
    return make(first, { ...options(course), ...more })
  }

  test('goes on after a limit of reactions when it is run again', async () => {
    const engine = machine(endless, options(course, { limits: { reactions: 3 } }))
    expect(print((await engine.run()).solution)).toBe('<3, up>')
    expect(engine.reactions).toBe(3)
  })

  test('stops when its time is over, with the solution whole', async () => {
    let now = 0
    const clock = (): number => now++
    const { limits } = options(course, { limits: { milliseconds: 50 } })
    const outcome = await machine(endless, { clock, limits }).run()
    expect(outcome.kind).toBe('time-limit')
    expect(print(outcome.solution)).toMatch(/^<\d+, up>$/)
  })

  test('stops when it is aborted', async () => {
    const controller = new AbortController()
    const observe = ({ number }: Reaction): void => {
      if (number === 20) controller.abort()
    }
    let now = 0
    const clock = (): number => now++
    const outcome = await machine(endless, { observe, signal: controller.signal, clock }).run()
    expect(outcome.kind).toBe('aborted')
    expect(outcome.reactions).toBeGreaterThanOrEqual(20)
  })

  test.each([
    ['a condition', `<${ints(60)}, replace x, y, z, w, v by A if x + y + z + w + v < 0>`],
    ['patterns', `<${ints(60)}, replace x, y, z, w, v, v by A>`],
  ])('stops inside a long search for %s', async (_, text) => {
    let now = 0
    const limits = { ...options(course).limits, milliseconds: 500 }
    const clock = (): number => now++
    const timed = await machine(text, { clock, limits }).run()
    expect(timed).toMatchObject({ kind: 'time-limit', reactions: 0 })
    const controller = new AbortController()
    setTimeout(() => {
      controller.abort()
    })
    const { signal } = controller
    const aborted = await machine(text, { clock, signal }).run()
    expect(aborted).toMatchObject({ kind: 'aborted', reactions: 0 })
    expect(aborted.solution.contents().size()).toBe(61)
  })

  test('tells of each reaction with its number, its rule and what it took and gave', () => {
    const seen: string[] = []
    const observe = ({ number, rule, level }: Reaction): void => {
      seen.push(`${String(number)} ${print(rule)} ${String(level)}`)
    }
    runFor(
      machine('<<1, 2, sum = replace x::Int, y::Int by x + y>, A, (flip = one A by B)>', {
        observe,
      }),
      10,
    )
    expect(seen.map((line) => line.slice(2)).sort()).toEqual(['flip 0', 'sum 1'])
    expect(seen.map((line) => line.slice(0, 1))).toEqual(['1', '2'])
  })

  test('does nothing in a step when it is inert', () => {
    const engine = machine('<1, 2>')
    expect(engine.step().kind).toBe('inert')
    expect(engine.reactions).toBe(0)
  })

  test('shows what has happened in an inner solution, looked at after each step', () => {
    const engine = machine('<A, <2, down = replace x::Int by x - 1 if x > 0>>')
    const seen = [print(engine.solution)]
    while (engine.step().kind === 'reacted') seen.push(print(engine.solution))
    expect(seen).toEqual(['<A, <2, down>>', '<A, <1, down>>', '<A, <0, down>>'])
  })

  test('takes injected molecules', () => {
    const program = lowered('<1, max = replace x, y by x if x >= y>')
    const first = firstOf(program)
    if (first === undefined) throw new Error('it has a value')
    const engine = make(first, options(course))
    runFor(engine, 10)
    const { molecules } = program.molecules(new Source('text', '7, 5'))
    engine.inject(moleculesOf(molecules, 1).value ?? [])
    expect(print(runFor(engine, 10).solution)).toBe('<7, max>')
  })

  test('names what failed: rule, reactants and message', async () => {
    const outcome = await machine('<0, A, ratio = one x::Int by 1 / x>').run()
    expect(outcome.kind).toBe('failed')
    expect(outcome.failure?.rule.shape.name).toBe('ratio')
    expect(outcome.failure?.reactants).toEqual([[0, 1]])
    expect(outcome.failure?.place.source.slice(outcome.failure.place.span)).toBe('1 / x')
    expect(print(outcome.solution)).toBe('<0, A, ratio>')
  })

  test('reaches other results with other seeds', () => {
    const text = '<1, 2, 3, 4, 5, pick = one x::Int by PICKED:x>'
    const seen = new Set<string>()
    for (let seed = 1; seed <= 40; seed++) {
      const first = firstOf(lowered(text))
      if (first === undefined) throw new Error('it has a value')
      seen.add(print(runFor(make(first, options({ seed, strategy: 'random' })), 5).solution))
    }
    expect(seen.size).toBe(5)
  })
})

/** `1, 2, …` up to n. */
function ints(n: number): string {
  return Array.from({ length: n }, (_, i) => String(i + 1)).join(', ')
}

describe('the reference', () => {
  const split = `<[${'"a", '.repeat(47)}"a"], replace [?a, ?b, ?c, ?d, ?e, ?f, ?g, ?h, "b"] by OK>`

  test('stops while it splits a list', async () => {
    let now = 0
    const limits = { ...options(course).limits, milliseconds: 500 }
    const first = firstOf(lowered(split))
    if (first === undefined) throw new Error('it has no value')
    const reference = new Reference(first, { ...options(course), clock: () => now++, limits })
    expect(await reference.run()).toMatchObject({ kind: 'time-limit', reactions: 0 })
  })

  test('reacts with what is injected while it searches', async () => {
    const first = firstOf(lowered(`<${ints(40)}, replace x, y, z by A if x + y + z > 200>`))
    if (first === undefined) throw new Error('it has no value')
    let now = 0
    const reference = new Reference(first, { ...options(course), clock: () => now++ })
    setTimeout(() => {
      reference.inject([[100, 1]])
      reference.inject([[99, 1]])
    })
    const { kind, reactions, solution } = await reference.run()
    expect({ kind, reactions, n: solution.contents().size() }).toEqual({
      kind: 'inert',
      reactions: 1,
      n: 41,
    })
  })
})
