import { adjacency } from './adjacency.ts'

/** The value of each task: one more than the sum of those before it. Kahn's algorithm. */
export function taskValues(tasks: number, from: Int32Array, to: Int32Array): Int32Array {
  const { first, edges } = adjacency(tasks, from)
  const target = edges.map((edge) => to[edge]!)
  const missing = new Int32Array(tasks)
  for (let i = 0; i < to.length; i++) missing[to[i]!]!++
  const sum = new Int32Array(tasks)
  const value = new Int32Array(tasks)
  const ready = new Int32Array(tasks)
  let size = 0
  for (let task = 0; task < tasks; task++) if (missing[task] === 0) ready[size++] = task
  while (size > 0) {
    const task = ready[--size]!
    const own = sum[task]! + 1
    value[task] = own
    const end = first[task + 1]!
    for (let i = first[task]!; i < end; i++) {
      const after = target[i]!
      sum[after] = (sum[after]! + own) % 1_000_003
      const still = missing[after]! - 1
      missing[after] = still
      if (still === 0) ready[size++] = after
    }
  }
  return value
}
