import { table } from '../../interpreter/index.ts'
import type { Molecule } from '../../interpreter/index.ts'
import { each } from '../molecules.ts'
import { taskValues } from '../hand/dag.ts'
import { Lehmer } from '../lehmer.ts'
import { workload } from '../workload.ts'

/** Which task's value goes to which. */
interface Tasks {
  readonly tasks: number
  readonly from: Int32Array
  readonly to: Int32Array
}

/** N tasks, each after the first with the values of three before it; the result is how many are done and the sum of their values. */
export const dag = workload<Tasks>({
  name: 'dag',
  unit: 'tasks',
  sizes: [1_000, 10_000, 100_000],
  data: (tasks) => {
    const random = new Lehmer()
    const from = new Int32Array(3 * (tasks - 1))
    const to = new Int32Array(3 * (tasks - 1))
    for (let i = 0; i < from.length; i++) {
      const task = 1 + Math.floor(i / 3)
      from[i] = random.below(task)
      to[i] = task
    }
    return { tasks, from, to }
  },
  hand: ({ tasks, from, to }) => {
    const values = taskValues(tasks, from, to)
    let sum = 0
    for (let i = 0; i < values.length; i++) sum = (sum + (values[i] ?? 0)) % 1_000_003
    return `${values.length}-${sum}`
  },
  program: {
    molecules: ({ tasks, from, to }) => [
      table(
        'TASK',
        each(tasks),
        missing(tasks),
        each(tasks, () => 0),
      ),
      table('LINK', from, to),
    ],
    result: (left) => done(left.columns('DONE', 2)[1]),
  },
  variant: {
    molecules: ({ tasks, from, to }) => [
      table(
        'JOB',
        each(tasks, () => 0),
        missing(tasks),
        each(tasks),
      ),
      table('EDGE', to, from),
    ],
    result: (left) => done(left.columns('OUT', 2)[0]),
  },
  peers: { sizes: [1_000, 10_000, 30_000] },
})

/** How many values each task waits for. */
function missing(tasks: number): number[] {
  return each(tasks, (i) => (i === 0 ? 0 : 3))
}

function done(values: ArrayLike<Molecule> = []): string {
  let sum = 0
  for (let i = 0; i < values.length; i++) sum = (sum + Number(values[i])) % 1_000_003
  return `${values.length}-${sum}`
}
