import { parentPort, workerData } from 'node:worker_threads'
import { Source } from '../../grammar/index.ts'
import { FoundModules, lowerSource, prelude } from '../../interpreter/index.ts'
import type { FoundModule } from '../../interpreter/index.ts'
import { Machine, ShapeTable, perform } from '../../vm/index.ts'
import type { Answer, Task } from '../../vm/index.ts'

/*
 * Reduces solutions beside the main thread, in a thread of its own. It reads the program once more, as rules
 * are functions and cannot be sent: both threads then know them by the same numbers.
 */

/** What the main thread hands over at the start. */
export interface ThreadData {
  readonly name: string
  readonly text: string
  readonly modules: readonly FoundModule[]
  /** Of the rules that the main thread has. */
  readonly signature: string
  /** 1 when what there is so far is wanted. */
  readonly stop: Int32Array
}

/** What it tells the main thread: `unfit` where it has read another program. */
export type ThreadMessage =
  | { readonly kind: 'ready' | 'unfit' }
  | { readonly kind: 'done'; readonly answer: Answer | undefined }

// The main thread passes nothing else.
const { name, text, modules, signature, stop } = workerData as ThreadData
const { shapes } = lowerSource(new Source(name, text), {
  host: prelude,
  modules: new FoundModules(modules),
})
const table = new ShapeTable(shapes)
const options = {
  shapes: table,
  clock: () => performance.now(),
  isStopped: () => Atomics.load(stop, 0) === 1,
}

let last = Promise.resolve()
parentPort?.on('message', (task: Task) => {
  last = last.then(async () => {
    tell({
      kind: 'done',
      answer: await perform(task, options, (first, how) => new Machine(first, how)),
    })
  })
})
tell({ kind: table.signature === signature ? 'ready' : 'unfit' })

function tell(message: ThreadMessage): void {
  const answer = message.kind === 'done' ? message.answer : undefined
  const moved =
    answer === undefined
      ? []
      : [answer.parcel.ints.buffer, answer.parcel.doubles.buffer, answer.inert.buffer]
  parentPort?.postMessage(message, moved)
}
