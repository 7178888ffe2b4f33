import { diagnosticsOf } from '../../interpreter/index.ts'
import { loadProgram, machineFor, resultOf } from '../load.ts'
import { workloadNamed } from '../workloads/index.ts'

/** Runs a program as `hocl run` does, with the data that peers get, and reads its result as they do. */
export async function resultAsPeer(name: string, size: number): Promise<string> {
  const workload = workloadNamed(name)
  const { program, first, rule } = loadProgram(workload, 'program')
  diagnosticsOf(program, { isOpen: true })
  const task = workload.peerTask(size)
  const machine = machineFor(task, first)
  for (const batch of task.batches('program', rule)) machine.inject(batch)
  return resultOf(task, 'program', await machine.run())
}
