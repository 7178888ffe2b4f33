import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { print } from '../../../interpreter/index.ts'
import type { Reaction, Strategy } from '../../../interpreter/index.ts'
import { ProgramError, Reactor } from '../../../vm/index.ts'
import { laws } from '../../support/laws.ts'
import { nestedProgram } from '../../support/nested-programs.ts'
import { randomProgram } from '../../support/random-programs.ts'

const max = 'let max = replace x::Int, y::Int by x if x >= y in'

function shown({ number, rule, reactants, products, level }: Reaction): string {
  const text = (entries: Reaction['reactants']): string =>
    entries.map(([molecule, copies]) => `${print(molecule)}^${String(copies)}`).join(', ')
  return `${String(number)} ${rule.shape.name ?? print(rule)} @${String(level)}: ${text(reactants)} → ${text(products)}`
}

/** Every reaction up to so many. */
function steps(reactor: Reactor, most: number): string[] {
  const lines: string[] = []
  while (lines.length < most) {
    const step = reactor.step()
    if (step.kind !== 'reacted') break
    lines.push(shown(step.reaction))
  }
  return lines
}

describe('what was', () => {
  test('is undone and made again', () => {
    const reactor = Reactor.create(`${max} <3, 9, 4, max>`, { history: 10 })
    const first = print(reactor.solution)
    const made = steps(reactor, 5)
    const last = print(reactor.solution)
    expect(reactor.history.map(({ reaction }) => shown(reaction))).toEqual(made)
    const back = [reactor.stepBack(), reactor.stepBack()].flatMap((each) => each ?? [])
    expect(back.map(shown)).toEqual(made.toReversed())
    expect(print(reactor.solution)).toBe(first)
    expect(reactor.stats().reactions).toBe(0)
    expect(reactor.stepBack()).toBeUndefined()
    expect(steps(reactor, 5)).toEqual(made)
    expect(print(reactor.solution)).toBe(last)
  })

  test('is kept only where that was asked for, and only so far', () => {
    const without = Reactor.create(`${max} <3, 9, 4, max>`)
    without.step()
    expect(without.history).toEqual([])
    expect(without.stepBack()).toBeUndefined()
    const reactor = Reactor.create(`${max} <1, 2, 3, 4, 5, 6, max>`, { history: 2 })
    steps(reactor, 10)
    expect(reactor.history.map(({ reaction }) => reaction.number)).toEqual([4, 5])
    expect(() => Reactor.create('<>', { history: 0 })).toThrow(RangeError)
  })

  test('begins anew with what is put in, and another course is taken from there', async () => {
    const reactor = Reactor.create(`${max} <3, 9, 4, max>`, { history: 10 })
    await reactor.run()
    reactor.stepBack()
    reactor.stepBack()
    reactor.remove('9')
    expect(reactor.history).toEqual([])
    const { reactions, solution } = await reactor.run()
    expect(reactions).toBe(1)
    expect([...solution.molecules()]).toContain(4)
    expect(reactor.history.map(({ reaction }) => reaction.number)).toEqual([1])
  })

  test('is told again to whoever watches', async () => {
    const numbers: number[] = []
    const reactor = Reactor.create(`${max} <3, 9, 4, max>`, {
      history: 10,
      observe: ({ number }) => numbers.push(number),
    })
    await reactor.run()
    reactor.stepBack()
    const { reactions } = await reactor.run()
    expect(numbers).toEqual([1, 2, 2])
    expect(reactions).toBe(2)
  })

  test('is what a snapshot is taken of', async () => {
    const reactor = Reactor.create(`${max} <3, 9, 4, max>`, { history: 10 })
    await reactor.run()
    reactor.stepBack()
    const past = print(reactor.solution)
    const restored = Reactor.restore(JSON.stringify(reactor.snapshot()))
    expect(print(restored.solution)).toBe(past)
    expect((await restored.run()).reactions).toBe(2)
  })

  test('holds calls that wait, which are not made again', async () => {
    let calls = 0
    const host = {
      price: async (item: string) => {
        calls++
        return Promise.resolve(item.length)
      },
    }
    const text = 'let ask = replace ITEM:i by PRICE:price(i) in <ITEM:"tea", ITEM:"milk", ask>'
    const reactor = Reactor.create(text, { host, history: 10 })
    reactor.step()
    reactor.step()
    reactor.stepBack()
    expect(print(reactor.solution)).toContain('ITEM')
    expect(() => {
      reactor.inject('1')
    }).toThrow('calls wait')
    const { solution } = await reactor.run()
    expect(calls).toBe(2)
    expect(print(solution)).toContain('PRICE:4')
    // What came with an answer is not undone.
    expect(reactor.history.length).toBeLessThanOrEqual(2)
  })
})

test('each past is what was there, under every strategy', () => {
  const strategies: readonly Strategy[] = ['fast', 'random', 'uniform', 'round-robin', 'keep-small']
  const text = fc.oneof(
    nestedProgram,
    randomProgram.map((program) => program.text),
  )
  laws(
    300,
    fc.property(text, fc.constantFrom(...strategies), (program, strategy) => {
      let reactor: Reactor
      let plain: Reactor
      try {
        reactor = Reactor.create(program, { strategy, history: 12 })
        plain = Reactor.create(program, { strategy })
      } catch (error) {
        if (error instanceof ProgramError) return
        throw error
      }
      const solutions = [print(plain.solution)]
      const made: string[] = []
      for (let i = 0; i < 12; i++) {
        const [step] = steps(plain, 1)
        if (step === undefined) break
        made.push(step)
        solutions.push(print(plain.solution))
      }
      expect(steps(reactor, 12)).toEqual(made)
      expect(reactor.history.map(({ before }) => print(before))).toEqual(solutions.slice(0, -1))
      for (let i = 0; i < 5; i++) reactor.stepBack()
      const left = Math.max(0, made.length - 5)
      expect(print(reactor.solution)).toBe(solutions[left])
      expect(steps(reactor, made.length - left)).toEqual(made.slice(left))
      expect(print(reactor.solution)).toBe(solutions.at(-1))
      expect(steps(reactor, 3)).toEqual(steps(plain, 3))
    }),
  )
})
