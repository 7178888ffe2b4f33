import { table } from '../../interpreter/index.ts'
import { amount, drawn } from '../molecules.ts'
import { joinedPairs } from '../hand/closure.ts'
import { Lehmer } from '../lehmer.ts'
import { workload } from '../workload.ts'

/** A graph whose edges go where chance sends them, perhaps twice. */
interface Graph {
  readonly nodes: number
  readonly from: Int32Array
  readonly to: Int32Array
}

/** N nodes and 3N edges, peers have 2N; the result is how many pairs a path joins. */
export const closure = workload<Graph>({
  name: 'closure',
  unit: 'nodes',
  sizes: [100, 200, 400],
  data: (size) => graph(size, 3 * size),
  hand: ({ nodes, from, to }) => String(joinedPairs(nodes, from, to)),
  program: {
    molecules: ({ nodes, from, to }) => {
      const [xs, ys] = pairs(nodes)
      return [table('OPEN', xs, ys), table('EDGE', from, to)]
    },
    result: (left) => amount(left, 'PATH', 2),
  },
  variant: {
    molecules: ({ nodes, from, to }) => {
      const [xs, ys] = pairs(nodes)
      return [table('MAYBE', ys, xs), table('ARC', from, to)]
    },
    result: (left) => amount(left, 'WAY', 2),
  },
  peers: { sizes: [100, 400, 800], data: (size) => graph(size, 2 * size) },
})

function graph(nodes: number, edges: number): Graph {
  const random = new Lehmer()
  const from = new Int32Array(edges)
  const to = new Int32Array(edges)
  for (let i = 0; i < edges; i++) {
    from[i] = random.below(nodes)
    to[i] = random.below(nodes)
  }
  return { nodes, from, to }
}

/** Each node with each. */
function pairs(nodes: number): [Int32Array, Int32Array] {
  const every = nodes * nodes
  return [drawn(every, (i) => Math.floor(i / nodes)), drawn(every, (i) => i % nodes)]
}
