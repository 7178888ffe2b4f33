import type { Task, Workflow } from '../../workflow/index.ts'

const IMAGES = 26
const OVERLAPS = 61

/**
 * A graph like that of Montage, which makes a mosaic of images of the sky: each image is projected, overlapping
 * ones are compared, a model of the differences corrects every image, and all are put together. 118 tasks.
 */
export function montage(): Workflow {
  const tasks: Record<string, Task> = {}
  const add = (name: string, ...after: readonly string[]): void => {
    tasks[name] = { service: 'visit', after }
  }
  const project = (i: number): string => `Project${String(i % IMAGES)}`
  for (let i = 0; i < IMAGES; i++) add(project(i))
  // Neighbours in a row, then in the rows above.
  for (let i = 0; i < OVERLAPS; i++)
    add(`Difference${String(i)}`, project(i), project(i + 1 + Math.floor(i / IMAGES)))
  add('Fit', ...Array.from({ length: OVERLAPS }, (_, i) => `Difference${String(i)}`))
  add('Model', 'Fit')
  for (let i = 0; i < IMAGES; i++) add(`Correct${String(i)}`, project(i), 'Model')
  add('Table', ...Array.from({ length: IMAGES }, (_, i) => `Correct${String(i)}`))
  add('Mosaic', 'Table')
  add('Picture', 'Mosaic')
  return { tasks, result: 'Picture' }
}
