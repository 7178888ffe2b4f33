import { counted } from '../run/wording.ts'
import type { ClusterRequest } from './request.ts'

/** On what a distributed run was: `3 nodes · 16 shards`. */
export function clusterText({ nodes, shards, nats }: ClusterRequest): string {
  return `${nats === undefined ? counted(nodes, 'node') : `nodes at ${nats}`} · ${counted(shards, 'shard')}`
}
