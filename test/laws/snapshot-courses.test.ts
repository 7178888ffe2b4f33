import fc from 'fast-check'
import { expect, test } from 'vitest'
import { print } from '../../interpreter/index.ts'
import type { Reaction, Strategy } from '../../interpreter/index.ts'
import { ProgramError, Reactor } from '../../vm/index.ts'
import type { ReactorOptions } from '../../vm/index.ts'
import { kernelProgram } from '../support/kernel-programs.ts'
import { laws } from '../support/laws.ts'
import { nestedProgram } from '../support/nested-programs.ts'
import { randomProgram } from '../support/random-programs.ts'

/*
 * The rest of a run is the same wherever it goes on: in the reactor that gave a snapshot, in one that was
 * restored from its text, in one restored from that one's, and in one that never was asked for any.
 */

const programs = 250
const mostReactions = 60

const strategies: readonly Strategy[] = [
  'fast',
  'random',
  'uniform',
  'round-robin',
  'round-robin-unfair',
  'keep-small',
]

const course = fc.record({
  text: fc.oneof(
    randomProgram.map(({ text }) => text),
    nestedProgram,
    kernelProgram,
  ),
  strategy: fc.constantFrom(...strategies),
  seed: fc.integer({ min: 1, max: 50 }),
  steps: fc.integer({ min: 0, max: 12 }),
  more: fc.integer({ min: 1, max: 6 }),
})

function shown({ number, rule, reactants, products, level }: Reaction): string {
  const text = (entries: Reaction['reactants']): string =>
    entries.map(([molecule, copies]) => `${print(molecule)}^${String(copies)}`).join(', ')
  const name = rule.shape.name ?? print(rule)
  return `${String(number)} ${name} @${String(level)}: ${text(reactants)} → ${text(products)}`
}

/** What at most so many steps do, and what is there then. */
function trace(reactor: Reactor, most: number): readonly string[] {
  const lines: string[] = []
  for (let i = 0; i < most; i++) {
    const step = reactor.step()
    if (step.kind === 'reacted') lines.push(shown(step.reaction))
    else {
      lines.push(
        step.kind === 'stopped'
          ? `${step.outcome.kind} ${step.outcome.failure?.message ?? ''}`
          : step.kind,
      )
      break
    }
  }
  lines.push(print(reactor.solution))
  return lines
}

function started(text: string, options: ReactorOptions): Reactor {
  try {
    return Reactor.create(text, { ...options, clock: () => 0 })
  } catch (error) {
    if (error instanceof ProgramError) fc.pre(false)
    throw error
  }
}

function copyOf(reactor: Reactor): Reactor {
  return Reactor.restore(JSON.stringify(reactor.snapshot()), { clock: () => 0 })
}

test(`the rest of ${String(programs)} traces is that of the run that nobody interrupted`, () => {
  laws(
    programs,
    fc.property(course, ({ text, steps, more, ...how }) => {
      const alone = started(text, how)
      const asked = started(text, how)
      trace(alone, steps)
      trace(asked, steps)
      const first = copyOf(asked)
      const between = trace(alone, more)
      expect(trace(asked, more)).toEqual(between)
      expect(trace(first, more)).toEqual(between)
      const second = copyOf(first)
      const rest = trace(alone, mostReactions)
      expect(trace(asked, mostReactions)).toEqual(rest)
      expect(trace(first, mostReactions)).toEqual(rest)
      expect(trace(second, mostReactions)).toEqual(rest)
    }),
  )
})
