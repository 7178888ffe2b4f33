import { symbol } from '../../interpreter/index.ts'
import type { Molecule } from '../../interpreter/index.ts'
import { tuple, tuplesOf } from '../molecules.ts'
import { taskValues } from '../hand/dag.ts'
import { Lehmer } from '../lehmer.ts'
import { workload } from '../workload.ts'

/** Which task's value goes to which. */
interface Tasks {
  readonly tasks: number
  readonly from: Int32Array
  readonly to: Int32Array
}

const [TASK, LINK, DONE] = [symbol('TASK'), symbol('LINK'), symbol('DONE')]
const [JOB, EDGE, OUT] = [symbol('JOB'), symbol('EDGE'), symbol('OUT')]

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
    *molecules({ tasks, from, to }) {
      for (let i = 0; i < tasks; i++) yield tuple(TASK, i, i === 0 ? 0 : 3, 0)
      for (const [i, a] of from.entries()) yield tuple(LINK, a, to[i] ?? 0)
    },
    result: (left) => done(tuplesOf(left, DONE), 2),
  },
  variant: {
    *molecules({ tasks, from, to }) {
      for (let i = 0; i < tasks; i++) yield tuple(JOB, 0, i === 0 ? 0 : 3, i)
      for (const [i, a] of from.entries()) yield tuple(EDGE, to[i] ?? 0, a)
    },
    result: (left) => done(tuplesOf(left, OUT), 1),
  },
  peers: { sizes: [1_000, 10_000, 30_000] },
})

function done(tuples: Iterable<readonly Molecule[]>, valueField: number): string {
  let count = 0
  let sum = 0
  for (const fields of tuples) {
    count++
    sum = (sum + Number(fields[valueField])) % 1_000_003
  }
  return `${count}-${sum}`
}
