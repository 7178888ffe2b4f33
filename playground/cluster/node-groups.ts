import type { ShardView } from './messages.ts'
import type { PageNode } from './page-nodes.ts'

/** A node with the shards that it holds, as far as the logs tell. */
export interface NodeGroup {
  /** Undefined for the shards that nobody holds. */
  readonly name: string | undefined
  /** In this page it can be killed; elsewhere it is only seen; `gone` is what has just been killed. */
  readonly place: 'page' | 'elsewhere' | 'nobody' | 'gone'
  readonly node: PageNode | undefined
  readonly shards: readonly ShardView[]
}

/** Who puts the first molecules in is no node. */
const SUBMISSION = 'submission'
const OURS = /^(node-\d+|browser-[a-z0-9]+-\d+)$/

/** The nodes side by side: those of the page in their order, then all others, then what nobody holds. */
export function groupsOf(
  shards: readonly ShardView[],
  nodes: readonly PageNode[],
): readonly NodeGroup[] {
  const held = new Map<string, ShardView[]>(nodes.map(({ name }) => [name, []]))
  const free: ShardView[] = []
  for (const shard of shards) {
    const { owner } = shard
    if (owner === undefined || owner === SUBMISSION) {
      free.push(shard)
      continue
    }
    const others = held.get(owner)
    if (others === undefined) held.set(owner, [shard])
    else others.push(shard)
  }
  const groups = [...held].map(([name, own]): NodeGroup => {
    const node = nodes.find((each) => each.name === name)
    const place = node !== undefined ? 'page' : OURS.test(name) ? 'gone' : 'elsewhere'
    return { name, place, node, shards: own }
  })
  if (free.length === 0) return groups
  return [...groups, { name: undefined, place: 'nobody', node: undefined, shards: free }]
}
