import { diagnosticsOf } from '../../interpreter/index.ts'
import { Machine } from '../../vm/index.ts'
import { loadProgram, runOptions } from '../load.ts'
import { workloadNamed } from '../workloads/index.ts'

/** Runs a program as `hocl run` does, with the data that peers get, and reads its result as they do. */
export async function resultOf(name: string, size: number): Promise<string> {
  const workload = workloadNamed(name)
  const { program, first, rule } = loadProgram(workload, 'program')
  diagnosticsOf(program, { isOpen: true })
  const task = workload.peerTask(size)
  const machine = new Machine(first, runOptions)
  machine.inject(task.entries('program', rule))
  const { solution } = await machine.run()
  return task.result('program', solution)
}
