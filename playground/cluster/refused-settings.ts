import { onOneMachine } from '../../distribution/index.ts'
import type { RunSettings } from '../session/messages.ts'
import type { Refusal } from './messages.ts'

/** What the settings ask for and nodes cannot do, in the words of the command line. */
export function refusedSettings({ isStochastic, strategy }: RunSettings): readonly Refusal[] {
  if (isStochastic)
    return [{ title: 'A cluster does not run stochastically', hint: onOneMachine.stochastic }]
  if (strategy !== 'fast')
    return [
      {
        title: `A cluster has no strategy \`${strategy}\`, only \`fast\``,
        hint: onOneMachine.strategy,
      },
    ]
  return []
}
