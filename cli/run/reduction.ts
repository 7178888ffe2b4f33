import type { Diagnostic } from '../../grammar/index.ts'
import { HoclError, inside, PendingElement, SolutionValue } from '../../interpreter/index.ts'
import type { Molecule, Outcome, Reducer } from '../../interpreter/index.ts'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { hostError } from '../host-error.ts'
import { hostFiles } from '../host.ts'
import { Rejection } from '../rejection.ts'
import { onStandstill } from '../standstill.ts'
import { onStrayError } from '../stray-errors.ts'
import type { Terminal } from '../terminal.ts'
import { BlockedWatch } from './blocked.ts'
import { expressionText } from './failure.ts'
import type { Interruption } from './interruption.ts'

/** How a run ended, and what a host module did to it. */
export interface Reduction {
  readonly outcome: Outcome
  /** Why it `failed`, where no reaction did. */
  readonly trouble?: Error
  /** The host function that was stopped: `file:line:column`. */
  readonly blockedAt?: string
}

interface Surroundings {
  readonly interruption: Interruption
  readonly terminal: Terminal
  /** Of the run; ∞ for none. */
  readonly milliseconds: number
}

/**
 * Runs a program that calls host functions to its end. They can do what no reaction can: throw when nobody
 * waits for it, give a promise that is never settled, or not come back. Then the solution stays as it is.
 */
export async function reducedWithHosts(
  machine: Reducer,
  { interruption, terminal, milliseconds }: Surroundings,
): Promise<Reduction> {
  const seen: { trouble?: Error; isStill: boolean } = { isStill: false }
  let terminated: (place: string) => void = () => undefined
  const blocked = new Promise<Reduction>((resolve) => {
    terminated = (place) => {
      resolve({ outcome: timedOut(machine), blockedAt: place })
    }
  })
  const watch = new BlockedWatch({
    milliseconds,
    isWatched: terminal.isWatched,
    onFree: () => {
      interruption.hold()
    },
    onTerminated: terminated,
  })
  const ends = [
    onStrayError((error) => {
      seen.trouble ??= strayError(error)
      interruption.stop()
    }),
    onStandstill(() => {
      if (watch.look()) return
      seen.isStill = true
      interruption.stop()
    }),
  ]
  try {
    // In a turn of its own: to stop a host function is to end all that was called in that turn.
    const run = nextTurn().then(async () => ({ outcome: await machine.run() }))
    const { outcome, ...more } = await Promise.race<Reduction>([run, blocked])
    if (outcome.kind !== 'aborted' || interruption.isSignalled) return { outcome, ...more }
    const trouble = seen.trouble ?? (seen.isStill ? unanswered(outcome.solution) : undefined)
    return trouble === undefined
      ? { outcome }
      : { outcome: { ...outcome, kind: 'failed' }, trouble }
  } finally {
    for (const end of ends) end()
    await watch.close()
  }
}

/** What was there when a host function was stopped: the reaction that called it has not happened. */
function timedOut(machine: Reducer): Outcome {
  const { solution, reactions } = machine
  const pending = pendingIn(solution).length
  return { kind: 'time-limit', solution, reactions, pending }
}

/** What a host module threw when nobody waited for it. */
export function strayError(error: unknown): Error {
  const title = 'a host module throws where nothing waits for it'
  return hostError('HOCL616', title, error, { files: hostFiles() })
}

/** The calls that a solution still waits for, if it is known, when nothing is left that could answer. */
export function unanswered(solution = SolutionValue.empty): Error {
  const [first, ...others] = pendingIn(solution)
  const hint =
    'nothing is left in the process that could answer: look for a promise that is never settled'
  if (first === undefined)
    return new HoclError('HOCL615', 'a host function never answers', { hint })
  const more = others.length === 0 ? '' : `, nor do ${others.length} more`
  const diagnostic: Diagnostic = {
    code: 'HOCL615',
    severity: 'error',
    title: `${expressionText(first.text)} never answers${more}`,
    labels: [{ ...first.place, text: 'its promise is never settled' }],
    hint,
  }
  return new Rejection([diagnostic])
}

/** The elements of products that wait for answers, at every depth. */
function pendingIn(solution: SolutionValue): readonly PendingElement[] {
  const found: PendingElement[] = []
  const waiting: Molecule[] = [solution]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop())
    if (next instanceof PendingElement) found.push(next)
    else for (const inner of inside(next) ?? []) waiting.push(inner)
  return found
}
