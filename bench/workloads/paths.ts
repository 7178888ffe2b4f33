import { table } from '../../interpreter/index.ts'
import type { Molecule } from '../../interpreter/index.ts'
import { each } from '../molecules.ts'
import { distances } from '../hand/paths.ts'
import type { WeightedGraph } from '../hand/paths.ts'
import { Lehmer } from '../lehmer.ts'
import { workload } from '../workload.ts'

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
    molecules: ({ nodes, from, to, weight }) => [
      table('DIST', each(nodes), starting(nodes, Infinity)),
      table('EDGE', from, to, weight),
    ],
    result: (left) => reachedOf(left.columns('DIST', 2)[1], Infinity),
  },
  variant: {
    molecules: ({ nodes, from, to, weight }) => [
      table('AT', starting(nodes, FAR), each(nodes)),
      table('ROAD', to, from, weight),
    ],
    result: (left) => reachedOf(left.columns('AT', 2)[0], FAR),
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

/** The first node is there, and all others are not reached yet. */
function starting(nodes: number, unreached: number): number[] {
  return each(nodes, (i) => (i === 0 ? 0 : unreached))
}

function reachedOf(distances: ArrayLike<Molecule> | undefined, unreached: number): string {
  let reached = 0
  let sum = 0
  for (let i = 0; i < (distances?.length ?? 0); i++) {
    const distance = Number(distances?.[i])
    if (distance === unreached) continue
    reached++
    sum += distance
  }
  return `${reached}-${sum}`
}
