import { Reference } from '../interpreter/index.ts'
import type { Engine, RunOptions, SolutionValue } from '../interpreter/index.ts'

/** What can reduce a solution: the compiled machine, and the reference that it is measured against. */
export const machineNames = ['vm', 'reference'] as const
export type MachineName = (typeof machineNames)[number]

/** What `vm/` offers to the command line. */
interface Door {
  readonly Machine?: new (first: SolutionValue, options: RunOptions) => Engine
  readonly planText?: (program: unknown) => string
}

/** The machine of that name, loaded with a solution. */
export async function machineFor(
  name: MachineName,
  first: SolutionValue,
  options: RunOptions,
): Promise<Engine> {
  if (name === 'reference') return new Reference(first, options)
  const { Machine } = await vm()
  return Machine === undefined ? new Reference(first, options) : new Machine(first, options)
}

/** The door of `vm/`. */
export async function vm(): Promise<Door> {
  const door = '../vm/index.ts'
  try {
    return (await import(door)) as Door
  } catch {
    return {}
  }
}
