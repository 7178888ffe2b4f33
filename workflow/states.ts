import { Tuple, isSymbol } from '../interpreter/index.ts'
import type { Molecule, SolutionValue } from '../interpreter/index.ts'
import { asValue } from './values.ts'

/** How far a task is. `skipped`: nothing will come to it, or it was cancelled; `removed`: another one took its place. */
export type TaskState = 'waiting' | 'running' | 'done' | 'failed' | 'skipped' | 'removed'

/** What the molecules of a workflow say of its tasks. */
export interface Progress {
  readonly states: ReadonlyMap<string, TaskState>
  readonly results: ReadonlyMap<string, unknown>
  /** What was wrong, by the task that failed. */
  readonly failures: ReadonlyMap<string, string>
}

const STATES: Readonly<Record<string, TaskState>> = {
  WAITS: 'waiting',
  RUNNING: 'running',
  RESULT: 'done',
  FAILED: 'failed',
  SKIPPED: 'skipped',
  REMOVED: 'removed',
}

/** Reads them. A task that has not been taken apart yet waits. */
export function progressOf(solution: SolutionValue): Progress {
  const states = new Map<string, TaskState>()
  const results = new Map<string, unknown>()
  const failures = new Map<string, string>()
  for (const molecule of solution.molecules()) {
    if (!(molecule instanceof Tuple)) continue
    const [tag, task, value] = molecule.fields
    const [kind, name] = [nameOf(tag), nameOf(task)]
    const state = kind === undefined ? undefined : STATES[kind]
    if (state === undefined || name === undefined) continue
    states.set(name, state)
    if (state === 'done' && value !== undefined) results.set(name, asValue(value))
    if (state === 'failed') failures.set(name, typeof value === 'string' ? value : '')
  }
  return { states, results, failures }
}

function nameOf(molecule: Molecule | undefined): string | undefined {
  return typeof molecule === 'object' && isSymbol(molecule) ? molecule.name : undefined
}
