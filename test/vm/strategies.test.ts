import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { explore, print } from '../../interpreter/index.ts'
import type { Strategy } from '../../interpreter/index.ts'
import { Machine } from '../../vm/index.ts'
import { laws } from '../support/laws.ts'
import { randomProgram } from '../support/random-programs.ts'
import { firstOf, isAmong, lowered, options, runFor, successors } from '../support/runs.ts'

const ruleStrategies: readonly Strategy[] = [
  'uniform',
  'round-robin',
  'round-robin-unfair',
  'keep-small',
]
const mostStates = 100
const mostReactions = 60

function machine(text: string, strategy: Strategy, seed = 1): Machine {
  const first = firstOf(lowered(text))
  if (first === undefined) throw new Error('this program has no value')
  return new Machine(first, options({ seed, strategy }))
}

/** The names of the rules that reacted, in order. */
function rulesOf(text: string, strategy: Strategy, most = 20): readonly string[] {
  return runFor(machine(text, strategy), most).reactions.map(({ rule }) => rule.shape.name ?? '')
}

describe.each(ruleStrategies)('%s', (strategy) => {
  test('comes to what the reference can reach', () => {
    laws(
      600,
      fc.property(randomProgram, fc.integer({ min: 1, max: 1000 }), ({ text }, seed) => {
        const first = firstOf(lowered(text))
        fc.pre(first !== undefined)
        const all = explore(first, mostStates)
        const end = runFor(new Machine(first, options({ seed, strategy })), mostReactions)
        if (end.kind !== 'inert') return
        const { solutions, failures } = successors(end.solution)
        expect(
          solutions.map((each) => print(each)),
          'what could still react',
        ).toEqual([])
        expect(failures).toEqual([])
        if (all.isComplete) expect(isAmong(end.solution, all.inert)).toBe(true)
      }),
    )
  }, 300_000)
})

const twoRules = `
let a = replace A:n by A:(n - 1) if n > 0 in
let b = replace B:n by B:(n - 1) if n > 0 in
<A:3, B:3, a, b>`

test('round-robin lets the rules take turns', () => {
  expect(rulesOf(twoRules, 'round-robin')).toEqual(['a', 'b', 'a', 'b', 'a', 'b'])
})

test('round-robin-unfair stays with the first rule that can react', () => {
  expect(rulesOf(twoRules, 'round-robin-unfair')).toEqual(['a', 'a', 'a', 'b', 'b', 'b'])
})

test('keep-small takes the rule that leaves the fewest molecules', () => {
  const text = `
let grow = replace A by B, B, B in
let same = replace B by C in
let shrink = replace C, C by D in
<A, A, grow, same, shrink>`
  const rules = rulesOf(text, 'keep-small')
  expect(rules.slice(0, 4)).toEqual(['grow', 'same', 'same', 'shrink'])
  expect(rules.filter((name) => name === 'shrink')).toHaveLength(3)
})

test('uniform draws each match as often', async () => {
  // Of 1, 1, 2 and 3 two are taken: six pairs, of which two hold a 1 and the 2, and one both 1s.
  const text = '<1^2, 2, 3, replace-one x::Int, y::Int by TOOK:(x + y):(x * y)>'
  const counts = new Map<string, number>()
  const runs = 3_000
  for (let seed = 1; seed <= runs; seed++) {
    const { solution } = await machine(text, 'uniform', seed).run()
    const taken = [...solution.molecules()]
      .map((each) => print(each))
      .find((each) => each.startsWith('TOOK'))
    counts.set(taken ?? '', (counts.get(taken ?? '') ?? 0) + 1)
  }
  const expected = new Map([
    ['TOOK:2:1', 1 / 6],
    ['TOOK:3:2', 2 / 6],
    ['TOOK:4:3', 2 / 6],
    ['TOOK:5:6', 1 / 6],
  ])
  let chiSquare = 0
  for (const [key, share] of expected)
    chiSquare += ((counts.get(key) ?? 0) - runs * share) ** 2 / (runs * share)
  expect([...counts.keys()].sort()).toEqual([...expected.keys()])
  // 16.3: the value that three degrees of freedom exceed once in a thousand.
  expect(chiSquare).toBeLessThan(16.3)
})

test('a seed repeats what uniform draws', async () => {
  const text = '<1, 2, 3, 4, 5, 6, replace-one x::Int, y::Int by TOOK:x:y>'
  for (let seed = 1; seed <= 5; seed++) {
    const [once, again] = [machine(text, 'uniform', seed), machine(text, 'uniform', seed)]
    expect(print((await once.run()).solution)).toBe(print((await again.run()).solution))
  }
})

test.each(ruleStrategies)(
  '%s breaks a long search off and goes on where it was',
  async (strategy) => {
    const text = '<...range(100), replace x::Int, y::Int, z::Int by FOUND if x + y + z > 293>'
    let now = 0
    const first = firstOf(lowered(text))
    if (first === undefined) throw new Error('this program has no value')
    // Each look at the clock is a turn: every look breaks the search off.
    const slow = new Machine(first, { ...options({ seed: 1, strategy }), clock: () => (now += 20) })
    const { kind, reactions } = await slow.run()
    expect({ kind, reactions }).toEqual({ kind: 'inert', reactions: 1 })
  },
)
