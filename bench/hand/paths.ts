import { adjacency } from './adjacency.ts'

/** A graph with weights, edge by edge. */
export interface WeightedGraph {
  readonly nodes: number
  readonly from: Int32Array
  readonly to: Int32Array
  readonly weight: Int32Array
}

/** The distance of each node from node 0: Dijkstra's algorithm over a binary heap. */
export function distances({ nodes, from, to, weight }: WeightedGraph): Float64Array {
  const { first, edges } = adjacency(nodes, from)
  const distance = new Float64Array(nodes).fill(Infinity)
  const heap = new Heap(from.length + 1)
  distance[0] = 0
  heap.push(0, 0)
  while (heap.size > 0) {
    const near = heap.leastKey
    const node = heap.takeLeast()
    if (near > distance[node]!) continue
    const end = first[node + 1]!
    for (let i = first[node]!; i < end; i++) {
      const edge = edges[i]!
      const other = to[edge]!
      const far = near + weight[edge]!
      if (far >= distance[other]!) continue
      distance[other] = far
      heap.push(far, other)
    }
  }
  return distance
}

/** Nodes by a number, the least first. */
class Heap {
  size = 0
  readonly #keys: Float64Array
  readonly #nodes: Int32Array

  constructor(capacity: number) {
    this.#keys = new Float64Array(capacity)
    this.#nodes = new Int32Array(capacity)
  }

  get leastKey(): number {
    return this.#keys[0]!
  }

  push(key: number, node: number): void {
    const keys = this.#keys
    const nodes = this.#nodes
    let i = this.size++
    while (i > 0) {
      const parent = (i - 1) >> 1
      if (keys[parent]! <= key) break
      keys[i] = keys[parent]!
      nodes[i] = nodes[parent]!
      i = parent
    }
    keys[i] = key
    nodes[i] = node
  }

  takeLeast(): number {
    const keys = this.#keys
    const nodes = this.#nodes
    const least = nodes[0]!
    const size = --this.size
    const key = keys[size]!
    let i = 0
    for (;;) {
      let child = 2 * i + 1
      if (child >= size) break
      if (child + 1 < size && keys[child + 1]! < keys[child]!) child++
      if (keys[child]! >= key) break
      keys[i] = keys[child]!
      nodes[i] = nodes[child]!
      i = child
    }
    keys[i] = key
    nodes[i] = nodes[size]!
    return least
  }
}
