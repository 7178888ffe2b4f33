import { symbol } from '../../interpreter/index.ts'
import type { Molecule } from '../../interpreter/index.ts'
import { tuple, tuplesOf } from '../molecules.ts'
import { distances } from '../hand/paths.ts'
import type { WeightedGraph } from '../hand/paths.ts'
import { Lehmer } from '../lehmer.ts'
import { workload } from '../workload.ts'

const [DIST, EDGE] = [symbol('DIST'), symbol('EDGE')]
const [AT, ROAD] = [symbol('AT'), symbol('ROAD')]
/** What the variant takes for infinitely far. */
const FAR = 1_000_000_000

/** N nodes and 4N edges of length 1 to 100; the result is how many nodes are reached and the sum of their distances. */
export const paths = workload<WeightedGraph>({
  name: 'paths',
  unit: 'nodes',
  sizes: [1_000, 10_000, 50_000],
  data: graph,
  hand: (given) => {
    const distance = distances(given)
    let reached = 0
    let sum = 0
    for (let i = 0; i < distance.length; i++) {
      const own = distance[i] ?? Infinity
      if (own === Infinity) continue
      reached++
      sum += own
    }
    return `${reached}-${sum}`
  },
  program: {
    *molecules({ nodes, from, to, weight }) {
      for (let i = 0; i < nodes; i++) yield tuple(DIST, i, i === 0 ? 0 : Infinity)
      for (const [i, a] of from.entries()) yield tuple(EDGE, a, to[i] ?? 0, weight[i] ?? 0)
    },
    result: (left) => reachedOf(tuplesOf(left, DIST), 2, Infinity),
  },
  variant: {
    *molecules({ nodes, from, to, weight }) {
      for (let i = 0; i < nodes; i++) yield tuple(AT, i === 0 ? 0 : FAR, i)
      for (const [i, a] of from.entries()) yield tuple(ROAD, to[i] ?? 0, a, weight[i] ?? 0)
    },
    result: (left) => reachedOf(tuplesOf(left, AT), 1, FAR),
  },
  peers: { sizes: [300, 1_000, 10_000] },
})

function graph(nodes: number): WeightedGraph {
  const random = new Lehmer()
  const from = new Int32Array(4 * nodes)
  const to = new Int32Array(4 * nodes)
  const weight = new Int32Array(4 * nodes)
  for (let i = 0; i < from.length; i++) {
    from[i] = random.below(nodes)
    to[i] = random.below(nodes)
    weight[i] = 1 + random.below(100)
  }
  return { nodes, from, to, weight }
}

function reachedOf(
  tuples: Iterable<readonly Molecule[]>,
  field: number,
  unreached: number,
): string {
  let reached = 0
  let sum = 0
  for (const fields of tuples) {
    const distance = Number(fields[field])
    if (distance === unreached) continue
    reached++
    sum += distance
  }
  return `${reached}-${sum}`
}
