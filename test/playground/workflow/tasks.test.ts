import { expect, test } from 'vitest'
import { firstSolution, lowerSource, prelude, Reference } from '../../../interpreter/index.ts'
import { Source } from '../../../grammar/index.ts'
import { standardModules } from '../../../stdlib/index.ts'
import { parse } from '../../../vm/index.ts'
import { solutionForm } from '../../../playground/session/forms.ts'
import { Numbering } from '../../../playground/session/numbering.ts'
import { Tasks } from '../../../playground/workflow/tasks.ts'
import { workflowSvg } from '../../../workflow/index.ts'

const text = `import hocl.workflow;
<
  T1:<SRC:<>, DST:<T2, T3>, IN:<7>>,
  T2:<SRC:<T1>, DST:<T4>, IN:<>>,
  T3:<SRC:<T1>, DST:<T4>, IN:<>>,
  T4:<SRC:<T2, T3>, DST:<>, IN:<>>,
  ...workflow
>`

test('tasks are followed from the first solution to the last result', () => {
  const program = parse(text, { modules: standardModules })
  const numbering = new Numbering()
  const tasks = new Tasks()
  const reference = new Reference(program.first(1), {
    ...{ seed: 1, strategy: 'fast', limits: { depth: 1_000 }, clock: () => 0 },
  })
  const look = () =>
    tasks.look(solutionForm(reference.solution, 10_000, { numbering, isInert: false }))
  const first = look()!
  expect(Object.keys(first.workflow.tasks).sort()).toEqual(['T1', 'T2', 'T3', 'T4'])
  expect([...(first.workflow.tasks['T4']!.after ?? [])].sort()).toEqual(['T2', 'T3'])
  const seen = new Set<string>()
  while (reference.step().kind === 'reacted')
    for (const [task, state] of look()!.states) seen.add(`${task} ${state}`)
  expect(Object.fromEntries(look()!.states)).toEqual(
    Object.fromEntries([
      ['T1', 'done'],
      ['T2', 'done'],
      ['T3', 'done'],
      ['T4', 'done'],
    ]),
  )
  expect(seen).toContain('T4 waiting')
  expect(seen).toContain('T1 running')
  expect(workflowSvg(look()!.workflow, { progress: look()! })).toContain('T4 (done)')
})

test('a program without tasks has none', () => {
  const program = lowerSource(new Source('p', '<1, A:<2>, CELL:<SRC:<>>:5>'), {
    host: prelude,
    modules: { standardNames: [], standard: () => undefined, file: () => undefined },
  })
  const { value } = firstSolution(program, 1)
  const form = solutionForm(value!, 100, { numbering: new Numbering(), isInert: true })
  expect(new Tasks().look(form)).toBeUndefined()
})
