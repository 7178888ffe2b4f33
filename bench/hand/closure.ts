import { adjacency } from './adjacency.ts'

/** How many pairs of nodes a path joins: a walk from every node. */
export function joinedPairs(nodes: number, from: Int32Array, to: Int32Array): number {
  const { first, edges } = adjacency(nodes, from)
  const target = edges.map((edge) => to[edge]!)
  const seenFrom = new Int32Array(nodes).fill(-1)
  const queue = new Int32Array(nodes)
  let pairs = 0
  for (let start = 0; start < nodes; start++) {
    let size = 0
    let node = start
    // The start is seen only when a path leads back to it.
    for (let done = 0; ; done++) {
      const end = first[node + 1]!
      for (let i = first[node]!; i < end; i++) {
        const next = target[i]!
        if (seenFrom[next] === start) continue
        seenFrom[next] = start
        queue[size++] = next
      }
      if (done === size) break
      node = queue[done]!
    }
    pairs += size
  }
  return pairs
}
