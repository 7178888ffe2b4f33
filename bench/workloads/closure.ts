import { symbol } from '../../interpreter/index.ts'
import type { Molecule } from '../../interpreter/index.ts'
import { tuple, tuplesOf } from '../molecules.ts'
import { joinedPairs } from '../hand/closure.ts'
import { Lehmer } from '../lehmer.ts'
import { workload } from '../workload.ts'

/** A graph whose edges go where chance sends them, perhaps twice. */
interface Graph {
  readonly nodes: number
  readonly from: Int32Array
  readonly to: Int32Array
}

const [OPEN, EDGE, PATH] = [symbol('OPEN'), symbol('EDGE'), symbol('PATH')]
const [MAYBE, ARC, WAY] = [symbol('MAYBE'), symbol('ARC'), symbol('WAY')]

/** N nodes and 3N edges, peers have 2N; the result is how many pairs a path joins. */
export const closure = workload<Graph>({
  name: 'closure',
  unit: 'nodes',
  sizes: [100, 200, 400],
  data: (size) => graph(size, 3 * size),
  hand: ({ nodes, from, to }) => String(joinedPairs(nodes, from, to)),
  program: {
    *molecules({ nodes, from, to }) {
      for (let x = 0; x < nodes; x++) for (let y = 0; y < nodes; y++) yield tuple(OPEN, x, y)
      for (const [i, x] of from.entries()) yield tuple(EDGE, x, to[i] ?? 0)
    },
    result: (left) => amount(tuplesOf(left, PATH)),
  },
  variant: {
    *molecules({ nodes, from, to }) {
      for (let x = 0; x < nodes; x++) for (let y = 0; y < nodes; y++) yield tuple(MAYBE, y, x)
      for (const [i, x] of from.entries()) yield tuple(ARC, x, to[i] ?? 0)
    },
    result: (left) => amount(tuplesOf(left, WAY)),
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

function amount(tuples: Iterable<readonly Molecule[]>): string {
  let count = 0
  for (const _ of tuples) count++
  return String(count)
}
