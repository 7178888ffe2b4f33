import { c } from './c.ts'
import { chrJs } from './chrjs.ts'
import { clips } from './clips.ts'
import { maude } from './maude.ts'
import type { Peer } from './peer.ts'
import { swiChr } from './swi-chr.ts'

/** All peers, installed or not. */
export const peers: readonly Peer[] = [swiChr, maude, clips, chrJs, c]

/** A figure that somebody else measured, for a peer that no registry has. */
export interface Quoted {
  readonly program: string
  readonly peer: string
  readonly size: number
  readonly seconds: number
  readonly peakBytes: number
}

/** KaSim with the Lotka–Volterra system, on a machine of the same class. */
export const quoted: readonly Quoted[] = [
  {
    program: 'lotka-volterra',
    peer: 'KaSim',
    size: 3_000_000,
    seconds: 7.38,
    peakBytes: 15 * 2 ** 20,
  },
]
