import fc from 'fast-check'
import { expect, test } from 'vitest'
import { explore, print } from '../../interpreter/index.ts'
import type { LoweredProgram, Outcome } from '../../interpreter/index.ts'
import { Machine, ShapeTable, perform } from '../../vm/index.ts'
import type { Answer, MachineOptions, Task, Workers } from '../../vm/index.ts'
import { asyncLaws } from '../support/laws.ts'
import { randomProgram } from '../support/random-programs.ts'
import { firstOf, isAmong, lowered, options } from '../support/runs.ts'

/*
 * What is reduced apart comes to a result that the language allows, and to the same one however many threads
 * there are, whichever gets what, whatever order they answer in, and whatever the clock says.
 */

const programs = 600
const mostStates = 250
const mostReactions = 200

const courses = fc.record({
  seed: fc.integer({ min: 1, max: 2 ** 31 }),
  strategy: fc.constantFrom('fast', 'random'),
})

/**
 * Threads that are none: tasks are packed, performed by who has read the program by itself, and answered in an
 * order that only they know. Some are never performed, as if the thread had been lost.
 */
function elsewhere(program: LoweredProgram, ready: number, disorder: number): Workers {
  const there = new ShapeTable(lowered(program.source.text).shapes)
  const shapes = new ShapeTable(program.shapes)
  expect(there.signature).toBe(shapes.signature)
  let number = disorder
  const reduce = async (task: Task): Promise<Answer | undefined> => {
    number = (number * 31 + 7) % 1009
    for (let turns = number % 5; turns > 0; turns--) await Promise.resolve()
    if (number % 7 === 0) return undefined
    const around = { shapes: there, clock: () => 0, isStopped: () => false }
    return perform(task, around, (first, how) => new Machine(first, how))
  }
  return { shapes, ready, startMilliseconds: 0, start: () => undefined, reduce }
}

/** Two of the program's solution in one: what was outermost is within. */
function twice(text: string): string {
  const at = text.lastIndexOf('\n<') + 1
  const solution = text.slice(at)
  return `${text.slice(0, at)}<1:${solution}, 2:${solution}>`
}

async function ending(program: LoweredProgram, how: MachineOptions): Promise<Outcome> {
  const first = firstOf(program)
  if (first === undefined) throw new Error('has no first solution')
  return new Machine(first, how).run()
}

function told({ kind, reactions, solution, failure }: Outcome): string {
  const why = failure === undefined ? '' : `${failure.message} ${print(failure.rule)}`
  return `${kind} after ${String(reactions)}: ${print(solution)} ${why}`
}

test('threads do not change what comes of a program, and it can be reached', async () => {
  let moved = 0
  await asyncLaws(
    programs,
    fc.asyncProperty(randomProgram, courses, fc.nat(1000), async ({ text }, course, disorder) => {
      const program = lowered(twice(text))
      const first = firstOf(program)
      fc.pre(first !== undefined)
      const how = {
        ...options(course, { limits: { reactions: mostReactions } }),
        apart: 'always',
      } as const
      const alone = await ending(program, { ...how, workers: 'none' })
      for (const ready of [1, 2, 3]) {
        const workers = elsewhere(program, ready, disorder)
        const counted = {
          ...workers,
          reduce: (task: Task, signal: AbortSignal) => {
            moved++
            return workers.reduce(task, signal)
          },
        }
        expect(told(await ending(program, { ...how, workers: counted }))).toBe(told(alone))
      }
      expect(alone.reactions).toBeLessThanOrEqual(mostReactions)
      if (alone.kind !== 'inert' && alone.kind !== 'failed') return
      const { inert, failures, isComplete } = explore(first, mostStates)
      if (!isComplete) return
      if (alone.kind === 'failed') expect(failures).toContain(alone.failure?.message)
      else if (!isAmong(alone.solution, inert))
        expect(print(alone.solution)).toBe(
          `one of ${inert.map((each) => print(each)).join(' or ')}`,
        )
    }),
  )
  expect(moved).toBeGreaterThan(programs)
}, 300_000)

test('the clock does not change what comes of a program', async () => {
  await asyncLaws(
    40,
    fc.asyncProperty(courses, fc.nat(1000), async (course, seed) => {
      const program = lowered(busy(seed))
      const limits = { reactions: 100_000 }
      const calm = options(course, { limits })
      let now = 0
      // Each look at it is the end of a turn.
      const hasty = { ...calm, clock: () => (now += 1000) }
      expect(told(await ending(program, hasty))).toBe(told(await ending(program, calm)))
    }),
  )
}, 300_000)

/** Several solutions that are at work for some thousand looks each, and whose results depend on the order. */
function busy(seed: number): string {
  const inside = (at: number): string =>
    Array.from({ length: 150 }, (_, i) => (seed * 7919 + at * 104_729 + i * 1_299_709) % 997).join()
  return `let less = replace x, y by x - y if x != y && (x * y) % 7 == ${String(seed % 7)} in
<less, <less, ${inside(1)}>, <less, ${inside(2)}>, <less, ${inside(3)}, <less, ${inside(4)}>>, ${inside(5)}>`
}
