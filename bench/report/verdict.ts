import type { Figure } from '../peers/compare.ts'

/** What may be said of two figures: who is ahead, or nothing. */
export type Verdict = 'ahead' | 'tie' | 'behind' | 'no claim'

/** A smaller ratio is noise. */
const DISTINCT = 1.5
/** Below, a peer is too quick to be compared: seconds. */
const ENOUGH = 0.25

/** How many times as long a peer takes as we do; of who was cut off, the limit stands for the time. */
export function lead(ours: Figure, peer: Figure): number {
  return peer.seconds / ours.seconds
}

/** A verdict holds where the peer needs long enough, and in spite of what was cut off. */
export function verdict(ours: Figure, peer: Figure): Verdict {
  const both = `${ours.ending}, ${peer.ending}`
  const times = lead(ours, peer)
  switch (both) {
    case 'finished, finished':
      if (peer.seconds < ENOUGH) return 'no claim'
      if (times > DISTINCT) return 'ahead'
      return times < 1 / DISTINCT ? 'behind' : 'tie'
    case 'finished, cut off':
      return times > DISTINCT ? 'ahead' : 'no claim'
    case 'cut off, finished':
      return peer.seconds >= ENOUGH && times < 1 / DISTINCT ? 'behind' : 'no claim'
    default:
      return 'no claim'
  }
}
