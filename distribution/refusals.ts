import type { Diagnostic } from '../grammar/index.ts'
import type { SolutionValue } from '../interpreter/index.ts'
import { laterCalls } from '../vm/index.ts'

/** What is wrong with a program for nodes: calls that answer later are not made on them yet. */
export function refusedCalls(first: SolutionValue): readonly Diagnostic[] {
  return laterCalls(first.contents().entries()).map(({ text, place }) => ({
    code: 'HOCL502',
    severity: 'error',
    title: `\`${text}\` answers later`,
    labels: [{ ...place, text: 'nodes do not wait for it' }],
    hint: 'run it with `hocl run`, or give the answers as data',
  }))
}

/** Why some ways to run a program are for one machine alone. */
export const onOneMachine = {
  strategy: 'nodes react at the same time: nobody says which reaction goes next',
  stochastic: 'nodes have no simulated time in common',
} as const
