import { describe, expect, test } from 'vitest'
import { runWorkflow } from '../../workflow/index.ts'
import type { Task, Workflow } from '../../workflow/index.ts'
import { diamond } from '../../bench/workflow/diamond.ts'
import { montage } from '../../bench/workflow/montage.ts'

/* Large graphs: every task is called once, and after all that it waits for. */

async function inOrder(workflow: Workflow): Promise<readonly string[]> {
  const order: string[] = []
  const tasks = Object.fromEntries(
    Object.entries(workflow.tasks).map(([name, task]): [string, Task] => [
      name,
      { ...task, arguments: [{ value: name }] },
    ]),
  )
  const run = await runWorkflow(
    { ...workflow, tasks },
    {
      host: {
        visit: (name: string) => {
          order.push(name)
          return order.length
        },
      },
    },
  )
  expect(run.outcome.kind).toBe('inert')
  expect(run.results.size).toBe(Object.keys(tasks).length)
  return order
}

function expectTopological(workflow: Workflow, order: readonly string[]): void {
  const place = new Map(order.map((name, i) => [name, i]))
  expect(place.size).toBe(order.length)
  for (const [name, { after = [] }] of Object.entries(workflow.tasks))
    for (const source of after) expect(place.get(source)).toBeLessThan(place.get(name) ?? -1)
}

describe('large workflows', () => {
  test.each([
    ['simply connected', 1, 1, false],
    ['simply connected', 31, 31, false],
    ['fully connected', 6, 4, true],
    ['fully connected', 12, 12, true],
  ] as const)('a diamond %s, %i × %i', async (_, width, depth, isFull) => {
    const workflow = diamond(width, depth, { isFull })
    expectTopological(workflow, await inOrder(workflow))
  })

  test('a graph like Montage’s, of 118 tasks', async () => {
    const workflow = montage()
    expect(Object.keys(workflow.tasks)).toHaveLength(118)
    expectTopological(workflow, await inOrder(workflow))
  })
})
