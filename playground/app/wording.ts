import type { OutcomeForm, SessionState } from '../session/messages.ts'

/** How a run ended, in a few words. */
export function endText({ kind }: OutcomeForm): string {
  switch (kind) {
    case 'inert':
      return 'Inert: nothing can react any more'
    case 'until':
      return 'The time is reached'
    case 'reaction-limit':
      return 'Stopped by the limit on reactions'
    case 'time-limit':
      return 'Stopped by the time limit'
    case 'molecule-limit':
      return 'Stopped by the limit on molecules'
    case 'depth-limit':
      return 'Stopped: molecules nest too deeply'
    case 'size-limit':
      return 'Stopped: a molecule would be too large'
    case 'call-limit':
      return 'Stopped by the limit on calls'
    case 'failed':
      return 'Failed'
    case 'aborted':
      return 'Stopped'
  }
}

/** Where a session stands, in a few words. */
export function statusText({ status, outcome, stoppedAt }: SessionState): string {
  switch (status) {
    case 'empty':
      return 'Does not run yet'
    case 'ready':
      return 'Ready'
    case 'running':
      return 'Reacting'
    case 'paused':
      return stoppedAt === undefined ? 'Paused' : `Stopped at ${stoppedAt}`
    case 'ended':
      return outcome === undefined ? 'Ended' : endText(outcome).replace(/:.*/, '')
  }
}

/** `1 reaction`, `12,000 reactions`. */
export function counted(n: number, word: string): string {
  return `${grouped(n)} ${word}${n === 1 ? '' : 's'}`
}

/** `12,345`, `∞`. */
export function grouped(n: number): string {
  return Number.isFinite(n) ? n.toLocaleString('en') : '∞'
}

/** Where a code of a message is told about. */
export function codePage(code: string): string {
  return `./codes/${code}.html`
}
