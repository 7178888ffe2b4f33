import { Reference } from '../interpreter/index.ts'
import type { Reducer, SolutionValue } from '../interpreter/index.ts'
import type { MachineOptions } from '../vm/index.ts'

/** What can reduce a solution: the compiled machine, and the reference that it is measured against. */
export const machineNames = ['vm', 'reference'] as const
export type MachineName = (typeof machineNames)[number]

/** Makes a machine that starts with a solution. */
export type MakeMachine = (first: SolutionValue, options: MachineOptions) => Reducer

/** The maker of that name. Only the machine that is asked for is loaded. */
export async function machineMaker(name: MachineName): Promise<MakeMachine> {
  switch (name) {
    case 'reference':
      return (first, options) => new Reference(first, options)
    case 'vm': {
      const { Machine } = await import('./compiled-machine.ts')
      return (first, options) => new Machine(first, options)
    }
  }
}
