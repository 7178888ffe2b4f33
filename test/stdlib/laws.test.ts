import { describe, expect, test } from 'vitest'
import { Source } from '../../grammar/index.ts'
import {
  DEFAULT_DEPTH,
  firstSolution,
  lowerSource,
  prelude,
  print,
} from '../../interpreter/index.ts'
import type { ModuleLoader } from '../../interpreter/index.ts'
import { standardModules } from '../../stdlib/index.ts'
import { Machine } from '../../vm/index.ts'

/* What the standard modules work out, beside what is known of it or what a few loops find. */

const modules: ModuleLoader = {
  standard: (path) => {
    const text = standardModules.get(path)
    return text === undefined ? undefined : new Source(path, text)
  },
  file: () => undefined,
  standardNames: [...standardModules.keys()],
}

async function result(text: string, seed = 1): Promise<string> {
  const program = lowerSource(new Source('program', text), { host: prelude, modules })
  expect(program.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([])
  const { value } = firstSolution(program, seed)
  if (value === undefined) throw new Error('the first solution has no value')
  const machine = new Machine(value, {
    seed,
    strategy: 'fast',
    limits: { depth: DEFAULT_DEPTH },
    clock: () => 0,
  })
  const outcome = await machine.run()
  expect(outcome.kind).toBe('inert')
  return print(outcome.solution, { width: Infinity })
}

describe('quantum', () => {
  const all = Array.from({ length: 6 }, (_, q) => `hadamard(${String(q)})`).join(', ')
  const round = `oracle(sought), ${all}, oracle(zero), ${all}`

  test('after k rounds Grover’s search has the amplitude sin((2k + 1)θ) for what is sought', async () => {
    for (const rounds of [1, 3, 6]) {
      const gates = [all, ...Array.from({ length: rounds }, () => round)].join(', ')
      const printed = await result(
        `import hocl.quantum; let sought(b) = b == 37 in let zero(b) = b == 0 in
        <CIRCUIT:[${gates}]:basis(0), circuit>`,
      )
      const amplitude = Number(/KET:37:(-?[\d.e-]+):/.exec(printed)?.[1])
      const known = Math.sin((2 * rounds + 1) * Math.asin(1 / 8))
      expect(Math.abs(amplitude)).toBeCloseTo(known, 9)
    }
  })

  test('measurements come out as often as the squares of the amplitudes say', async () => {
    const program = 'import hocl.quantum; <MEASURE:<KET:0:0.6:0.0, KET:1:0.0:0.8>, measured>'
    let ones = 0
    for (let seed = 1; seed <= 400; seed += 1)
      if ((await result(program, seed)).includes('MEASURED:1')) ones += 1
    // 256 on average; five standard deviations are 48. The seeds are fixed, so this is repeatable.
    expect(Math.abs(ones - 256)).toBeLessThan(48)
  })
})

describe('graphs', () => {
  test.each([1, 2, 3, 4])(
    '%i: distances, components and spanning trees are those that loops find',
    async (round) => {
      const size = 12
      const edges = Array.from({ length: 18 }, (_, i) => ({
        from: (i * 7 + round * 5) % size,
        to: (i * i * 3 + round * 11 + 1) % size,
        weight: ((i * 31 + round * 17) % 13) + 1,
      }))
      const text = edges.map((e) => `EDGE:${String(e.from)}:${String(e.to)}:${String(e.weight)}`)
      const graph = `<${text.join(', ')}>`
      const printed = await result(
        `import hocl.graphs; let add = replace SUM:n, EDGE:_:_:w by SUM:(n + w) in
      <DISTANCES:0:${graph}, distances, COUNT:<COMPONENTS:${graph}, components>,
      TREE:<SPANNING:${graph}, spanning>, (one TREE:<<?t>, spanning = s> by WEIGHT:<t, SUM:0, add>),
      one COUNT:<<?c>, components = d> by PARTS:size(c)>`,
      )
      const far = distancesFrom(0, edges, size)
      for (let node = 0; node < size; node += 1) {
        const told = far[node] === Infinity ? undefined : `${String(node)}:${String(far[node])}`
        if (told !== undefined) expect(printed).toMatch(new RegExp(`[<\\s]${told}[,>]`))
      }
      const { parts, weight } = forest(edges)
      expect(printed).toContain(`PARTS:${String(parts)}`)
      expect(printed).toContain(`SUM:${String(weight)}`)
    },
  )
})

interface Edge {
  readonly from: number
  readonly to: number
  readonly weight: number
}

function distancesFrom(start: number, edges: readonly Edge[], size: number): number[] {
  const far = Array.from({ length: size }, (_, node) => (node === start ? 0 : Infinity))
  for (let i = 0; i < size; i += 1)
    for (const { from, to, weight } of edges)
      far[to] = Math.min(far[to] ?? Infinity, (far[from] ?? Infinity) + weight)
  return far
}

/** How many trees there are among the nodes that have edges, and what they weigh. */
function forest(edges: readonly Edge[]): { parts: number; weight: number } {
  const root = new Map(edges.flatMap(({ from, to }) => [from, to]).map((node) => [node, node]))
  let weight = 0
  for (const edge of [...edges].sort((a, b) => a.weight - b.weight)) {
    const [a, b] = [root.get(edge.from), root.get(edge.to)]
    if (a === undefined || b === undefined || a === b) continue
    weight += edge.weight
    for (const [node, r] of root) if (r === a) root.set(node, b)
  }
  return { parts: new Set(root.values()).size, weight }
}
