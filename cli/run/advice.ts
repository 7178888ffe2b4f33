import { countOf, depthOf } from '../../interpreter/index.ts'
import type { Limits, Outcome } from '../../interpreter/index.ts'
import type { ClusterRequest } from '../cluster/request.ts'
import { counted, grouped } from './wording.ts'

/** What can be done about a limit; undefined for an end that needs nothing. */
export function adviceOn(
  { kind, reactions, solution, limit }: Outcome,
  limits: Limits,
  cluster?: ClusterRequest,
): string | undefined {
  // On nodes nobody sees one reaction after the other.
  const see = (flag: string): string => (cluster === undefined ? flag : `hocl run ${flag}`)
  const isFromStart = reactions === 0
  switch (kind) {
    case 'inert':
    case 'until':
    case 'failed':
    case 'aborted':
      return undefined
    case 'reaction-limit':
      return `\`--max-reactions ${limits.reactions ?? 0}\` stopped it${cluster?.nats === undefined ? '' : ', when nodes had heard of it'}: give a larger number, or see with \`${see('--trace')}\` what goes on reacting`
    case 'time-limit':
      return `\`--timeout\` stopped it: give more time, or see with \`${see('--stats')}\` which rule takes it`
    case 'molecule-limit': {
      const count = isFromStart ? countOf(solution) : 0
      if (count > (limits.molecules ?? 0))
        return `the solution starts with ${counted(count, 'molecule')}: \`--max-molecules ${limits.molecules ?? 0}\` has to allow at least these`
      return `\`--max-molecules ${limits.molecules ?? 0}\` stopped it before the solution grew further: give a larger number, or see with \`--trace\` which rule makes more than it takes`
    }
    case 'depth-limit':
      if (isFromStart && depthOf(solution, limits.depth) > limits.depth)
        return `molecules nest to ${counted(depthOf(solution), 'level')} from the start: \`--max-depth\` allows ${grouped(limits.depth)}, and up to 10,000 where it is given`
      return `molecules would nest deeper than ${limits.depth} levels: \`--max-depth\` allows up to 10,000; look for a rule that wraps what it has made`
    case 'size-limit':
      if (limit !== undefined)
        return `\`--max-${limit} ${limits[limit] ?? 0}\` stopped it before a value grew further: give a larger number, or look for a product that grows with every reaction`
      return 'one number, string or list would be too large to keep: look for a product that grows with every reaction'
    case 'call-limit':
      return `\`--max-calls ${limits.calls ?? 0}\` stopped it before more products wait for host functions: give a larger number, or let rules ask for less at once`
  }
}
