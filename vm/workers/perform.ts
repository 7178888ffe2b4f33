import type { OutcomeKind } from '../../interpreter/index.ts'
import { reduceApart } from './apart.ts'
import type { MakeApart } from './apart.ts'
import { parcelOf } from './parcel.ts'
import type { Answer, Task } from './port.ts'
import type { ShapeTable } from './shape-table.ts'
import { unparcelled } from './unparcel.ts'

/** What a thread that performs tasks has beside the rules. */
export interface PerformOptions {
  readonly shapes: ShapeTable
  /** Milliseconds from any start. */
  readonly clock: () => number
  /** Whether what there is so far is wanted. */
  readonly isStopped: () => boolean
}

/** How a task may end. Any other end the asking thread comes to by itself, where it can tell all about it. */
const ENDS: ReadonlySet<OutcomeKind> = new Set<OutcomeKind>([
  'inert',
  'reaction-limit',
  'time-limit',
])

/** Performs a task that came from another thread. Undefined where the other one has to do it. */
export async function perform(
  task: Task,
  { shapes, clock, isStopped }: PerformOptions,
  make: MakeApart,
): Promise<Answer | undefined> {
  const { parcel, count, seed, strategy, depth, reactions } = task
  const values = unparcelled(parcel, count, shapes)
  const begin = clock()
  const apart = await reduceApart(
    values,
    {
      seed,
      strategy,
      limits: { depth, reactions, milliseconds: 1 },
      // No time passes until it is over: nothing has to be let through here.
      clock: () => (isStopped() ? Infinity : 0),
      ...task.ways,
    },
    make,
  )
  const milliseconds = clock() - begin
  if (!ENDS.has(apart.outcome.kind)) return undefined
  const reduced = parcelOf(apart.values, shapes)
  if (reduced === undefined) return undefined
  const inert = Uint8Array.from(apart.inert, (isInert) => (isInert ? 1 : 0))
  return { parcel: reduced, inert, reactions: apart.outcome.reactions, milliseconds }
}
