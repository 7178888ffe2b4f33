/* Diamonds of tasks with instant services: `node bench/workflow/main.ts`. Median of processor time, warm. */
import { runWorkflow } from '../../workflow/index.ts'
import { diamond } from './diamond.ts'
import { montage } from './montage.ts'

const host = { visit: (): number => 1 }
const graphs = [
  ['diamond 10 × 10, simply connected', diamond(10, 10, { isFull: false })],
  ['diamond 10 × 10, fully connected', diamond(10, 10, { isFull: true })],
  ['diamond 31 × 31, simply connected', diamond(31, 31, { isFull: false })],
  ['diamond 31 × 31, fully connected', diamond(31, 31, { isFull: true })],
  ['Montage, 118 tasks', montage()],
] as const

for (const [name, workflow] of graphs) {
  const times: number[] = []
  let reactions = 0
  for (let round = 0; round < 7; round++) {
    const before = process.cpuUsage()
    const run = await runWorkflow(
      {
        ...workflow,
        tasks: Object.fromEntries(
          Object.entries(workflow.tasks).map(([key, task]) => [key, { ...task, service: 'visit' }]),
        ),
      },
      { host },
    )
    const { user, system } = process.cpuUsage(before)
    reactions = run.outcome.reactions
    if (run.results.size !== Object.keys(workflow.tasks).length)
      throw new Error(`${name}: tasks are missing`)
    times.push((user + system) / 1000)
  }
  const [first = 0] = times
  const median = times.toSorted((a, b) => a - b)[3] ?? 0
  console.log(
    `${name}: ${median.toFixed(0)} ms warm, ${first.toFixed(0)} ms cold, ${String(reactions)} reactions`,
  )
}
