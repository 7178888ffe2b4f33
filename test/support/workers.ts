import { NodeWorkers } from '../../cli/run/workers.ts'
import { FileModules } from '../../cli/modules.ts'
import { Source } from '../../grammar/index.ts'
import { lowerSource, prelude } from '../../interpreter/index.ts'
import type { LoweredProgram } from '../../interpreter/index.ts'
import type { Workers } from '../../vm/index.ts'

/** A program with so many threads beside this one that know it, started. */
export async function withThreads(
  text: string,
  size: number,
  url?: URL,
): Promise<{ readonly program: LoweredProgram; readonly threads: NodeWorkers }> {
  const modules = new FileModules()
  const program = lowerSource(new Source('program.hocl', text), { host: prelude, modules })
  const threads = new NodeWorkers(size, { program, host: prelude, modules }, url && { url })
  threads.start()
  while (threads.ready < size && !threads.isGone)
    await new Promise((resolve) => setTimeout(resolve, 1))
  return { program, threads }
}

/** Workers of which so many are used. */
export function some(threads: NodeWorkers, most: number): Workers {
  return {
    shapes: threads.shapes,
    startMilliseconds: 0,
    get ready() {
      return Math.min(most, threads.ready)
    },
    start: () => {
      threads.start()
    },
    reduce: (task, signal) => threads.reduce(task, signal),
  }
}
