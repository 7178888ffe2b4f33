import fc from 'fast-check'
import { expect, test } from 'vitest'
import { layeredLayout, pathThrough } from '../../../playground/graph/layered.ts'
import type { GraphEdge, GraphNode } from '../../../playground/graph/layered.ts'
import { laws } from '../../support/laws.ts'

const graph = fc
  .tuple(
    fc.array(fc.integer({ min: 20, max: 140 }), { minLength: 1, maxLength: 20 }),
    fc.array(fc.tuple(fc.nat(19), fc.nat(19)), { maxLength: 40 }),
  )
  .map(([widths, pairs]): [GraphNode[], GraphEdge[]] => [
    widths.map((width, i) => ({ id: String(i), width, height: 28 })),
    pairs.map(([a, b]) => ({ from: String(a % widths.length), to: String(b % widths.length) })),
  ])

test('no two nodes stand on one another, and all are in the picture', () => {
  laws(
    200,
    fc.property(graph, ([nodes, edges]) => {
      const { places, width, height } = layeredLayout(nodes, edges)
      const boxes = nodes.map((node) => ({ ...node, ...places.get(node.id)! }))
      for (const [i, a] of boxes.entries()) {
        expect(a.x - a.width / 2).toBeGreaterThanOrEqual(0)
        expect(a.y - a.height / 2).toBeGreaterThanOrEqual(0)
        expect(a.x + a.width / 2).toBeLessThanOrEqual(width)
        expect(a.y + a.height / 2).toBeLessThanOrEqual(height)
        for (const b of boxes.slice(i + 1))
          expect(
            Math.abs(a.x - b.x) >= (a.width + b.width) / 2 ||
              Math.abs(a.y - b.y) >= (a.height + b.height) / 2 - 1e-6,
          ).toBe(true)
      }
    }),
  )
})

test('without circles, every arrow goes to the right', () => {
  laws(
    200,
    fc.property(graph, ([nodes, edges]) => {
      const forward = edges.filter(({ from, to }) => Number(from) < Number(to))
      const { places, routes } = layeredLayout(nodes, forward)
      for (const [i, { from, to }] of forward.entries()) {
        expect(places.get(from)!.x).toBeLessThan(places.get(to)!.x)
        const xs = routes[i]!.map(({ x }) => x)
        expect([...xs].sort((a, b) => a - b)).toEqual(xs)
      }
    }),
  )
})

test('each arrow begins and ends where its nodes are, circles or not', () => {
  laws(
    200,
    fc.property(graph, ([nodes, edges]) => {
      const { places, routes } = layeredLayout(nodes, edges)
      for (const [i, { from, to }] of edges.entries()) {
        if (from === to) continue
        expect(routes[i]![0]).toEqual(places.get(from))
        expect(routes[i]!.at(-1)).toEqual(places.get(to))
      }
    }),
  )
})

test('a line is drawn from border to border', () => {
  const path = pathThrough(
    [
      { x: 0, y: 0 },
      { x: 100, y: 50 },
    ],
    [20, 40],
  )
  expect(path).toBe('M10 0C43 0 43 50 76 50')
})
