import type { Strategy } from '../interpreter/index.ts'

/** What `--strategy` takes. Written here so that a start need not load the machine to know its flags. */
export const strategies: readonly Strategy[] = [
  'fast',
  'random',
  'uniform',
  'round-robin',
  'round-robin-unfair',
  'keep-small',
]
