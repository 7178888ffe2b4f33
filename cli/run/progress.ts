import type { Reducer } from '../../interpreter/index.ts'
import { milliseconds } from '../clock.ts'
import type { Terminal } from '../terminal.ts'
import { counted, grouped, shortNumber, timeText } from './wording.ts'

const QUIET_MILLISECONDS = 1000
const EVERY_MILLISECONDS = 200

/** Shows a line with how far a long run has come, where somebody watches. Gives what ends it. */
export function watchProgress(machine: Reducer, terminal: Terminal): () => void {
  if (!terminal.isWatched) return () => undefined
  const start = milliseconds()
  let before = { time: start, reactions: machine.reactions }
  const timer = setInterval(() => {
    const now = milliseconds()
    if (now - start < QUIET_MILLISECONDS) return
    const { reactions, moleculeCount, time } = machine
    const rate = ((reactions - before.reactions) / (now - before.time)) * 1000
    before = { time: now, reactions }
    const parts = [
      counted(reactions, 'reaction'),
      `${grouped(rate)} a second`,
      ...(time === undefined ? [] : [`time ${shortNumber(time)}`]),
      ...(moleculeCount === undefined ? [] : [counted(moleculeCount, 'molecule')]),
      timeText(now - start),
      'Ctrl-C stops',
    ]
    terminal.showProgress(parts.join(' · '))
  }, EVERY_MILLISECONDS).unref()
  return () => {
    clearInterval(timer)
    terminal.clearProgress()
  }
}
