import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { equal, explore, print } from '../../interpreter/index.ts'
import { engines } from '../support/engines.ts'
import { laws } from '../support/laws.ts'
import { randomProgram } from '../support/random-programs.ts'
import { firstOf, isAmong, lowered, options, runFor, solutionIn, started } from '../support/runs.ts'

/*
 * A run that a limit stops can be printed, and read back in the program's scope it is the same solution,
 * which runs on to a result that the first one could have reached.
 */

// Programs with `let rec` are left out: a rule that captured a recursive rule has its text in its closed
// form, one that names it has the name.
const programs = 1_500
const mostStates = 250
const mostReactions = 150

const cut = fc.record({
  seed: fc.integer({ min: 1, max: 2 ** 31 }),
  strategy: fc.constantFrom('fast', 'random'),
  reactions: fc.integer({ min: 0, max: 6 }),
})

describe.each(engines)('$name', (engine) => {
  test('goes on from what it printed', async () => {
    await fc.assert(
      fc.asyncProperty(randomProgram, cut, async ({ text }, { seed, strategy, reactions }) => {
        const program = lowered(text)
        const first = firstOf(program)
        fc.pre(first !== undefined && !text.includes('let rec'))
        const bounded = options({ seed, strategy }, { limits: { reactions } })
        const stopped = await engine.make(first, bounded).run()
        const printed = print(stopped.solution)
        const restored = solutionIn(program, printed)
        if (!equal(restored, stopped.solution)) expect(print(restored)).toBe(printed)
        const end = runFor(started(engine, restored, { seed, strategy }), mostReactions)
        const exploration = explore(first, mostStates)
        if (!exploration.isComplete || end.kind !== 'inert') return
        if (!isAmong(end.solution, exploration.inert))
          expect(print(end.solution)).toBe(
            `one of ${exploration.inert.map((each) => print(each)).join(' or ')}`,
          )
      }),
      { numRuns: programs, seed: 1 },
    )
  }, 300_000)
})

test('every program is printed as it is read', () => {
  laws(
    programs,
    fc.property(randomProgram, ({ text }) => {
      const program = lowered(text)
      const first = firstOf(program)
      fc.pre(first !== undefined && !text.includes('let rec'))
      const printed = print(first)
      expect(print(solutionIn(program, printed))).toBe(printed)
    }),
  )
})
