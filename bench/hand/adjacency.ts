/** The edges of a graph by the node where they begin: those of node i are from `first[i]` to below `first[i + 1]`. */
export interface Adjacency {
  readonly first: Int32Array
  /** Edge numbers, in the order of their nodes. */
  readonly edges: Int32Array
}

/** Sorts edges by where they begin, by counting. */
export function adjacency(nodes: number, from: Int32Array): Adjacency {
  const first = new Int32Array(nodes + 1)
  for (let i = 0; i < from.length; i++) first[from[i]! + 1]!++
  for (let i = 0; i < nodes; i++) first[i + 1] = first[i + 1]! + first[i]!
  const next = first.slice(0, nodes)
  const edges = new Int32Array(from.length)
  for (let edge = 0; edge < from.length; edge++) {
    const node = from[edge]!
    const place = next[node]!
    edges[place] = edge
    next[node] = place + 1
  }
  return { first, edges }
}
