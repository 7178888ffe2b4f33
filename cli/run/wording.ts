import type { OutcomeKind } from '../../interpreter/index.ts'
import { exitCodes } from '../exit-codes.ts'

/** How a run ended, in a few words. `rejected`: it never began. */
export function outcomeText(kind: OutcomeKind): string {
  switch (kind) {
    case 'inert':
      return 'inert'
    case 'until':
      return 'time reached'
    case 'reaction-limit':
      return 'stopped by the limit on reactions'
    case 'time-limit':
      return 'stopped by the time limit'
    case 'molecule-limit':
      return 'stopped by the limit on molecules'
    case 'depth-limit':
      return 'stopped by the limit on nesting'
    case 'size-limit':
      return 'stopped by the limit on the size of one value'
    case 'call-limit':
      return 'stopped by the limit on host calls'
    case 'failed':
      return 'failed'
    case 'aborted':
      return 'interrupted'
  }
}

/** What is lost where a solution that waits for answers is printed. */
export function pendingNote(pending: number): string {
  const [who, it] = pending === 1 ? ['element waits', 'it'] : ['elements wait', 'them']
  return `note: ${grouped(pending)} ${who} for an answer, and what is printed cannot be taken up again: only \`--json\` carries ${it}, for \`--in FILE.hocl.json\``
}

/** What a process that ran so ends with. */
export function exitCodeOf(kind: OutcomeKind): number {
  switch (kind) {
    case 'inert':
    case 'until':
      return exitCodes.success
    case 'failed':
      return exitCodes.failed
    case 'aborted':
      return exitCodes.interrupted
    case 'reaction-limit':
    case 'time-limit':
    case 'molecule-limit':
    case 'depth-limit':
    case 'size-limit':
    case 'call-limit':
      return exitCodes.limit
  }
}

/** `4 reactions`, `1 reaction`, `12,000 reactions`. */
export function counted(n: number, word: string): string {
  return `${grouped(n)} ${word}${n === 1 ? '' : 's'}`
}

/** `3 ms`, `2.4 s`, `3 min 5 s`. */
export function timeText(milliseconds: number): string {
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`
  const seconds = milliseconds / 1000
  if (seconds < 100) return `${seconds.toFixed(1)} s`
  return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`
}

/** `12,345`. Without `toLocaleString`, whose tables take 15 ms to load. */
export function grouped(n: number): string {
  return String(Math.round(n)).replace(/\B(?=(\d{3})+$)/g, ',')
}

/** `3.1416`, `0.000012`, `12000`: four digits behind the first are enough to see where a simulation stands. */
export function shortNumber(n: number): string {
  return String(Number(n.toPrecision(5)))
}
