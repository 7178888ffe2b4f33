import { print } from '../../interpreter/index.ts'
import type { Limits, Outcome } from '../../interpreter/index.ts'
import { Machine } from '../../vm/index.ts'
import type { KernelUse } from '../../vm/index.ts'
import { firstOf, lowered, options } from './runs.ts'

/** How a run came out, and what was done in one go. */
export interface KernelRun {
  readonly kind: Outcome['kind']
  /** As it prints. */
  readonly result: string
  readonly reactions: number
  /** The kernels that were taken. */
  readonly taken: readonly string[]
}

/** Runs a program with kernels or without. */
export async function kernelRun(
  text: string,
  kernels: KernelUse = 'when-many',
  limits: Partial<Limits> = {},
): Promise<KernelRun> {
  const first = firstOf(lowered(text))
  if (first === undefined) throw new Error(`${text} has no value`)
  const course = { seed: 1, strategy: 'fast' } as const
  const machine = new Machine(first, { ...options(course, { limits }), kernels })
  const { kind, solution, reactions } = await machine.run()
  const taken = machine.kernelReports.map(({ kernel }) => kernel)
  return { kind, result: print(solution), reactions, taken }
}
