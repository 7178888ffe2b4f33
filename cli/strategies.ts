import type { Strategy } from '../interpreter/index.ts'
import type { MachineName } from './machine.ts'

/** What `--strategy` takes. Written here so that a start need not load the machine to know its flags. */
export const strategies: readonly Strategy[] = [
  'fast',
  'random',
  'uniform',
  'round-robin',
  'round-robin-unfair',
  'keep-small',
]

/** The reference knows the two that define the language. */
export function strategiesOf(machine: MachineName): readonly Strategy[] {
  return machine === 'reference' ? ['fast', 'random'] : strategies
}
