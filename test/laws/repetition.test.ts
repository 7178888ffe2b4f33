import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { print } from '../../interpreter/index.ts'
import { engines } from '../support/engines.ts'
import { laws } from '../support/laws.ts'
import { randomProgram } from '../support/random-programs.ts'
import { firstOf, lowered, runFor, started, told } from '../support/runs.ts'

const programs = 1_000
const mostReactions = 60

/** The reactions of a run, and how it ended. */
function trace(
  engine: (typeof engines)[number],
  text: string,
  course: { seed: number; strategy: 'fast' | 'random' },
): readonly string[] {
  const first = firstOf(lowered(text))
  fc.pre(first !== undefined)
  const end = runFor(started(engine, first, course), mostReactions)
  return [...end.reactions.map(told), `${end.kind} ${print(end.solution)} ${end.message}`]
}

describe.each(engines)('$name', (engine) => {
  test('does the same reactions again with the same seed', () => {
    const course = fc.record({
      seed: fc.integer({ min: 1, max: 2 ** 31 }),
      strategy: fc.constantFrom('fast', 'random'),
    })
    laws(
      programs,
      fc.property(randomProgram, course, ({ text }, each) => {
        expect(trace(engine, text, each)).toEqual(trace(engine, text, each))
      }),
    )
  }, 300_000)
})
