import { describe, expect, test } from 'vitest'
import { FileModules } from '../../cli/modules.ts'
import { LocalCluster } from '../../distribution/index.ts'
import { Source } from '../../grammar/index.ts'
import { Random, firstSolution, hostWith, lowerSource, prelude } from '../../interpreter/index.ts'
import { progressOf, workflowMolecules, workflowRules } from '../../workflow/index.ts'
import type { Task, Workflow } from '../../workflow/index.ts'

/*
 * Workflows whose tasks are called by whichever node holds them, while nodes are killed: each service is called at
 * least once and with the same arguments, and the result is that of an undisturbed run.
 */

interface Ran {
  readonly result: unknown
  readonly kind: string
  readonly killed: number
  readonly done: number
}

/** Runs a workflow on three nodes; the one that calls is killed at so many of the first calls of a task. */
async function ran(workflow: Workflow, likelihood: number): Promise<Ran> {
  const random = new Random(7)
  const called = new Set<string>()
  let killed = 0
  // Gives one more than the largest of what it gets, and its own name: how deep a task lies.
  const work = async (name: string, ...given: readonly number[]): Promise<number> => {
    const isFirst = !called.has(name)
    called.add(name)
    if (isFirst && random.float() < likelihood) {
      const node = cluster.nodes.find(({ shards }) => shards.includes(0))
      if (node !== undefined) {
        killed++
        cluster.kill(node)
        cluster.start()
        return await new Promise(() => undefined)
      }
    }
    await Promise.resolve()
    return 1 + Math.max(0, ...given)
  }
  const host = hostWith(prelude, [{ name: 'services', origin: 'a test', exports: { work } }])
  const source = new Source('workflow.hocl', workflowRules)
  const program = lowerSource(source, { host, modules: new FileModules('.') })
  const { value, diagnostic } = firstSolution(program, 1)
  if (value === undefined) throw new Error(diagnostic.title)
  const cluster = new LocalCluster(value, {
    ...{ program, host, nodes: 3, shards: 2, seed: 1, limits: { depth: 100 } },
    clock: () => performance.now(),
    timing: { heartbeat: 10, patience: 40, resend: 20 },
  })
  cluster.inject(workflowMolecules(workflow).map((each) => [each, 1] as const))
  const { kind } = await cluster.run()
  const { results } = progressOf(cluster.solution)
  const result = workflow.result === undefined ? undefined : results.get(workflow.result)
  return { kind, result, killed, done: results.size }
}

/** A task that is told its name, and what the tasks before it gave. */
function task(name: string, after: readonly string[]): readonly [string, Task] {
  return [
    name,
    { service: 'work', arguments: [{ value: name }, ...after.map((from) => ({ from }))] },
  ]
}

/** A square in which each task waits for all of the row before it. */
function diamond(rows: number, columns: number): Workflow {
  const names = (row: number): string[] =>
    Array.from({ length: columns }, (_, column) => `T${String(row)}_${String(column)}`)
  const tasks = [task('Split', [])]
  for (let row = 0; row < rows; row++)
    for (const [column, name] of names(row).entries())
      tasks.push(task(name, row === 0 ? ['Split'] : [names(row - 1)[column] ?? '']))
  tasks.push(task('Merge', names(rows - 1)))
  return { tasks: Object.fromEntries(tasks), result: 'Merge' }
}

/** 118 tasks in the shape of Montage, which makes one picture of the sky out of many (Berriman et al. 2004). */
function montage(): Workflow {
  const numbered = (name: string, count: number): string[] =>
    Array.from({ length: count }, (_, i) => `${name}${String(i)}`)
  const projects = numbered('Project', 28)
  const diffs = numbered('Diff', 54)
  const backgrounds = numbered('Background', 28)
  const tasks = [
    ...projects.map((name) => task(name, [])),
    ...diffs.map((name, i) => task(name, [projects[i % 28] ?? '', projects[(i + 1) % 28] ?? ''])),
    task('Concat', diffs),
    task('Model', ['Concat']),
    ...backgrounds.map((name, i) => task(name, ['Model', projects[i] ?? ''])),
    task('Table', backgrounds),
    task('Add', ['Table']),
    ...numbered('Shrink', 3).map((name) => task(name, ['Add'])),
    task('Picture', numbered('Shrink', 3)),
  ]
  return { tasks: Object.fromEntries(tasks), result: 'Picture' }
}

test('a diamond of 31 by 31 tasks', async () => {
  const { kind, result, done } = await ran(diamond(31, 31), 0)
  expect(kind).toBe('inert')
  expect(done).toBe(31 * 31 + 2)
  expect(result).toBe(33)
}, 120_000)

describe('118 tasks in the shape of Montage', () => {
  test.each([0, 0.2, 0.5, 0.8])(
    'when nodes are killed with probability %d',
    async (likelihood) => {
      const { kind, result, done, killed } = await ran(montage(), likelihood)
      expect(kind).toBe('inert')
      expect(done).toBe(118)
      expect(result).toBe(9)
      if (likelihood > 0) expect(killed).toBeGreaterThan(0)
    },
    120_000,
  )
})
