import type { Reducer } from '../../interpreter/index.ts'
import type { ApartReport, MachineOptions } from '../../vm/index.ts'
import type { Loaded } from '../load.ts'
import type { RunRequest } from './request.ts'
import type { Stats } from './stats.ts'
import { counted } from './wording.ts'
import type { NodeWorkers } from './workers.ts'

/** What `--workers` means to a run. */
export interface RunWorkers extends AsyncDisposable {
  readonly option: Pick<MachineOptions, 'workers'>
  /** Tells what was reduced apart. */
  note(machine: Reducer, stats: Stats): void
}

/** The threads that were asked for. They end when this is disposed of. */
export async function workersFor(
  { workers }: RunRequest,
  loaded: Loaded,
  readMilliseconds: number,
): Promise<RunWorkers> {
  let threads: NodeWorkers | undefined
  // The main thread is one of them.
  if (workers > 1) {
    const { NodeWorkers } = await import('./workers.ts')
    threads = new NodeWorkers(workers - 1, loaded, { readMilliseconds })
  }
  return {
    option: workers === 0 ? {} : { workers: threads ?? 'none' },
    note: (machine, stats) => {
      const report = apartReport(machine)
      if (report === undefined) return
      stats.note('reduced apart', apartText(report))
      stats.hideRules()
    },
    [Symbol.asyncDispose]: async () => {
      await threads?.close()
    },
  }
}

function apartReport(machine: Reducer): ApartReport | undefined {
  // Only the compiled machine has one.
  return 'apartReport' in machine ? (machine.apartReport as ApartReport | undefined) : undefined
}

/** `200 solutions in 64 groups, 31 of them in other threads, 1,000,000 reactions`. */
function apartText({ solutions, batches, moved, reactions }: ApartReport): string {
  if (solutions === 0) return 'nothing: there was too little to do in solutions'
  const where = moved === 0 ? 'all in this thread' : `${moved} of them in other threads`
  const groups = `${counted(solutions, 'solution')} in ${counted(batches, 'group')}`
  return `${groups}, ${where}, ${counted(reactions, 'reaction')}`
}
