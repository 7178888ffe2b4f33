import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Verifier } from '../../interpreter/index.ts'
import type { Reaction } from '../../interpreter/index.ts'
import { Machine } from '../../vm/index.ts'
import { engines } from '../support/engines.ts'
import type { EngineUnderTest } from '../support/engines.ts'
import { laws } from '../support/laws.ts'
import { randomProgram } from '../support/random-programs.ts'
import { firstOf, lowered, runFor, solutionIn, started } from '../support/runs.ts'

const program = lowered('let max = replace x::Int, y::Int by x if x >= y in <3, 5, max>')

/** The one reaction of the program, with other molecules taken or made. */
function reaction(change: { reactants?: string; products?: string }): Reaction {
  const first = firstOf(program)
  const [vm] = engines.slice(-1)
  if (first === undefined || vm === undefined) throw new Error('there is nothing to run')
  const [real] = runFor(started(vm, first, { seed: 1, strategy: 'fast' }), 1).reactions
  if (real === undefined) throw new Error('nothing reacted')
  const entries = (text: string): Reaction['reactants'] => [
    ...solutionIn(program, text).contents().entries(),
  ]
  return {
    ...real,
    reactants: change.reactants === undefined ? real.reactants : entries(change.reactants),
    products: change.products === undefined ? real.products : entries(change.products),
  }
}

test('a reaction that the reference can repeat is right', () => {
  expect(new Verifier().reaction(reaction({}))).toBeUndefined()
})

test.each([
  ['another product', { products: '<3>' }, 'is not its product'],
  ['a molecule more', { products: '<5, 5>' }, 'is not its product'],
  ['too few reactants', { reactants: '<5>' }, 'does not match'],
  ['reactants of another type', { reactants: '<5, A>' }, 'does not match'],
  ['an active solution', { reactants: '<<1, 2, max>, 5>' }, 'something can still react'],
])('%s is told', (_, change, message) => {
  expect(new Verifier().reaction(reaction(change))).toContain(message)
})

test('an end that is not inert is told', () => {
  const end = new Verifier().end(solutionIn(program, '<1, 2, max>'))
  expect(end).toContain('the solution is not inert')
  expect(new Verifier().end(solutionIn(program, '<2, max>'))).toBeUndefined()
})

/** A machine that looks into no solution twice without making its stores anew. */
const sleepy: EngineUnderTest = {
  name: 'a vm of sleepers',
  make: (first, options) => new Machine(first, { ...options, awakeSolutions: 1 }),
  courses: [],
}

test.each([...engines, sleepy])(
  'what $name does is right',
  (engine) => {
    laws(
      400,
      fc.property(
        randomProgram,
        fc.constantFrom('fast', 'random'),
        fc.integer({ min: 1, max: 1000 }),
        ({ text }, strategy, seed) => {
          const first = firstOf(lowered(text))
          fc.pre(first !== undefined)
          const end = runFor(started(engine, first, { seed, strategy }), 40)
          const verifier = new Verifier()
          for (const each of end.reactions) expect(verifier.reaction(each)).toBeUndefined()
          if (end.kind === 'inert') expect(verifier.end(end.solution)).toBeUndefined()
        },
      ),
    )
  },
  300_000,
)
