import type { Task, Workflow } from '../../workflow/index.ts'

/** A diamond of tasks: a first one, layers of equal width, and a last one. Each layer waits for the one before. */
export function diamond(
  width: number,
  depth: number,
  { isFull }: { readonly isFull: boolean },
): Workflow {
  const name = (layer: number, i: number): string => `T${String(layer)}_${String(i)}`
  const all = (layer: number): string[] => Array.from({ length: width }, (_, i) => name(layer, i))
  const tasks: Record<string, Task> = { First: { service: 'visit' } }
  for (let layer = 0; layer < depth; layer++)
    for (let i = 0; i < width; i++) {
      const after = layer === 0 ? ['First'] : isFull ? all(layer - 1) : [name(layer - 1, i)]
      tasks[name(layer, i)] = { service: 'visit', after }
    }
  tasks['Last'] = { service: 'visit', after: all(depth - 1) }
  return { tasks, result: 'Last' }
}
