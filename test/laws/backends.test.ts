import fc from 'fast-check'
import { expect, test } from 'vitest'
import { print } from '../../interpreter/index.ts'
import type { SolutionValue } from '../../interpreter/index.ts'
import { Machine } from '../../vm/index.ts'
import type { MachineOptions } from '../../vm/index.ts'
import type { Course } from '../support/engines.ts'
import { asyncLaws } from '../support/laws.ts'
import { randomProgram } from '../support/random-programs.ts'
import { firstOf, lowered, options } from '../support/runs.ts'

const programs = 3_000
const mostReactions = 60

/** How a run ends, nobody watching it. */
async function ending(
  first: SolutionValue,
  course: Course,
  how: Pick<MachineOptions, 'codeGeneration' | 'kernels'> & { readonly isObserved: boolean },
): Promise<string> {
  const { isObserved, ...ways } = how
  let seen = 0
  const machine = new Machine(first, {
    ...options(course, { limits: { reactions: mostReactions } }),
    ...ways,
    ...(isObserved
      ? {
          observe: () => {
            seen++
          },
        }
      : {}),
  })
  const { kind, reactions, solution, failure } = await machine.run()
  if (isObserved) expect(seen).toBe(reactions)
  return `${kind} after ${String(reactions)}: ${print(solution)} ${failure?.message ?? ''}`
}

test('closures and generated code react alike, watched or not', async () => {
  const course = fc.record({
    seed: fc.integer({ min: 1, max: 2 ** 31 }),
    strategy: fc.constantFrom('fast', 'random'),
  })
  await asyncLaws(
    programs,
    fc.asyncProperty(randomProgram, course, async ({ text }, each) => {
      const first = firstOf(lowered(text))
      fc.pre(first !== undefined)
      for (const kernels of ['never', 'when-many'] as const) {
        const how = { kernels, isObserved: false }
        const expected = await ending(first, each, { ...how, codeGeneration: 'never' })
        expect(await ending(first, each, { ...how, codeGeneration: 'always' })).toBe(expected)
        expect(await ending(first, each, { ...how, codeGeneration: 'when-hot' })).toBe(expected)
        if (kernels === 'when-many') return
        const watched = { codeGeneration: 'always', isObserved: true } as const
        expect(await ending(first, each, watched)).toBe(expected)
      }
    }),
  )
}, 300_000)
