import fc from 'fast-check'
import { expect, test } from 'vitest'
import { explore, print } from '../../../interpreter/index.ts'
import type { SolutionValue } from '../../../interpreter/index.ts'
import { Machine } from '../../../vm/index.ts'
import type { KernelUse } from '../../../vm/index.ts'
import { kernelProgram } from '../../support/kernel-programs.ts'
import { asyncLaws } from '../../support/laws.ts'
import { after } from '../../support/after.ts'
import { firstOf, lowered, options, successors } from '../../support/runs.ts'

/*
 * Whatever kernels do in one go, single reactions could have done, and just as many of them: what a run
 * ends in is among all that so many reactions of the reference lead to.
 */

const programs = 3_000
const mostReactions = 40
const mostStates = 1_000

function machine(first: SolutionValue, kernels: KernelUse): Machine {
  const course = { seed: 1, strategy: 'fast' } as const
  return new Machine(first, {
    ...options(course, { limits: { reactions: mostReactions } }),
    kernels,
  })
}

test(`${String(programs)} programs end as single reactions could have ended them`, async () => {
  const checked = new Map<string, number>()
  await asyncLaws(
    programs,
    fc.asyncProperty(kernelProgram, async (text) => {
      const first = firstOf(lowered(text))
      fc.pre(first !== undefined)
      const reacting = machine(first, 'always')
      const { kind, solution, reactions } = await reacting.run()
      if (reacting.kernelReports.length === 0) return
      const possible = after(reactions, first, mostStates)
      if (possible === undefined) return
      for (const kernel of new Set(reacting.kernelReports.map((report) => report.kernel)))
        checked.set(kernel, (checked.get(kernel) ?? 0) + 1)
      checked.set('any', (checked.get('any') ?? 0) + 1)
      if (!possible.has(print(solution)))
        expect(`${print(solution)} after ${String(reactions)}`).toBe('what can be reached so')
      if (kind !== 'inert') return
      expect(successors(solution)).toEqual({ solutions: [], failures: [] })
      const exploration = explore(first, mostStates)
      if (!exploration.isComplete || exploration.inert.length !== 1) return
      const oneByOne = await machine(first, 'never').run()
      if (oneByOne.kind === 'inert') expect(print(oneByOne.solution)).toBe(print(solution))
    }),
  )
  expect(checked.get('any') ?? 0).toBeGreaterThanOrEqual(1_000)
  for (const kernel of kernels)
    expect([kernel, (checked.get(kernel) ?? 0) >= 30]).toEqual([kernel, true])
}, 900_000)

const kernels = [
  'fold',
  'keyed fold',
  'divides',
  'exchange',
  'duplicates',
  'counted batch',
  'subtraction',
]
