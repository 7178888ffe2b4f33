import { print } from '../../interpreter/index.ts'
import type { SolutionValue } from '../../interpreter/index.ts'
import { successors } from './runs.ts'

/** Everything that so many reactions can lead to, as it prints; undefined where that is too much. */
export function after(
  reactions: number,
  first: SolutionValue,
  mostStates: number,
): ReadonlySet<string> | undefined {
  let layer = new Map([[print(first), first]])
  let states = 0
  for (let i = 0; i < reactions; i++) {
    const next = new Map<string, SolutionValue>()
    for (const before of layer.values())
      for (const solution of successors(before).solutions) next.set(print(solution), solution)
    states += next.size
    if (states > mostStates) return undefined
    layer = next
  }
  return new Set(layer.keys())
}
