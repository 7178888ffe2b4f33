import type { Bus } from './bus.ts'
import { subjects } from './bus.ts'
import { messageOf } from './errors.ts'
import { rollOf } from './presence.ts'
import type { Presence } from './presence.ts'
import { readProgramRecord } from './program-record.ts'
import type { ProgramRecord } from './program-record.ts'
import { statusOf } from './solution-status.ts'
import type { SolutionStatus } from './solution-status.ts'

/** A solution on a bus, the name of its program, and how it stands. */
export type KnownSolution = {
  readonly solution: string
  readonly program: string
} & SolutionStatus

/** What there is on a bus; nodes have so many milliseconds to say that they are there. */
export async function overviewOf(
  bus: Bus,
  milliseconds: number,
): Promise<{ readonly solutions: readonly KnownSolution[]; readonly nodes: readonly Presence[] }> {
  const [solutions, nodes] = await Promise.all([solutionsAt(bus), rollOf(bus, milliseconds)])
  return { solutions, nodes }
}

/** All solutions, those too whose program cannot be read. */
export async function solutionsAt(bus: Bus): Promise<readonly KnownSolution[]> {
  const known: KnownSolution[] = []
  for (const solution of [...(await bus.solutions())].sort()) {
    const record = await bus.last(subjects.log(solution, 'program'))
    if (record === undefined) continue
    const program = readable(record.bytes)
    if (typeof program === 'string')
      known.push({ solution, program: '?', ...UNREADABLE, why: program })
    else
      known.push({
        solution,
        program: program.name,
        ...(await statusOf(bus, solution, program.shards + 1)),
      })
  }
  return known
}

const UNREADABLE = {
  state: 'broken',
  reactions: 0,
  inert: 0,
  shards: 0,
  onTheirWay: 0,
  sequence: 0,
} as const

/** The record, or why there is none. */
function readable(bytes: Uint8Array): ProgramRecord | string {
  try {
    return readProgramRecord(bytes)
  } catch (error) {
    return messageOf(error)
  }
}
