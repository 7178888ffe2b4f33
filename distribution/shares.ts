import { checksumOf } from './checksum.ts'
import type { ShardId } from './record.ts'

/**
 * Which node each of so many shards belongs to: the one of the highest weight (Thaler and Ravishankar 1998) that has
 * not its share yet, so that no node has one more than another needs. Whoever knows of the same nodes comes to the
 * same; when one comes or goes, few shards move.
 */
export function sharesOf(shards: number, nodes: readonly string[]): readonly string[] {
  const most = Math.ceil(shards / nodes.length)
  const pairs: { readonly shard: ShardId; readonly node: string; readonly weight: number }[] = []
  for (const node of nodes)
    for (let shard = 0; shard < shards; shard++)
      pairs.push({ shard, node, weight: checksumOf(`${node} ${String(shard)}`)[0] })
  pairs.sort((a, b) => b.weight - a.weight || a.shard - b.shard || (a.node < b.node ? -1 : 1))
  const counts = new Map<string, number>()
  const shares: string[] = []
  for (const { shard, node } of pairs) {
    const count = counts.get(node) ?? 0
    if (count >= most || shares[shard] !== undefined) continue
    shares[shard] = node
    counts.set(node, count + 1)
  }
  return shares
}
