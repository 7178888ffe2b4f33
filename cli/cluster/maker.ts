import { LocalCluster } from '../../distribution/index.ts'
import type { Diagnostic } from '../../grammar/index.ts'
import { laterCalls } from '../../vm/index.ts'
import type { Loaded } from '../load.ts'
import type { MakeMachine } from '../machine.ts'
import { Rejection } from '../rejection.ts'
import type { ClusterRequest } from './request.ts'

/** Makes a cluster that starts with a solution. */
export function clusterMaker(
  { program, host }: Loaded,
  { nodes, shards }: ClusterRequest,
): MakeMachine {
  return (first, { seed, limits, signal, clock }) => {
    const refused = laterCalls(first.contents().entries()).map(({ text, place }): Diagnostic => ({
      code: 'HOCL502',
      severity: 'error',
      title: `\`${text}\` answers later`,
      labels: [{ ...place, text: 'nodes do not wait for it' }],
      hint: 'run it with `hocl run`, or give the answers as data',
    }))
    if (refused.length > 0) throw new Rejection(refused)
    const around = { seed, limits, clock, ...(signal === undefined ? {} : { signal }) }
    return new LocalCluster(first, { program, host, nodes, shards, ...around })
  }
}
