import fc from 'fast-check'
import { expect, test } from 'vitest'
import { print } from '../../interpreter/index.ts'
import { Machine } from '../../vm/index.ts'
import { asyncLaws } from '../support/laws.ts'
import { firstOf, lowered, options, successors } from '../support/runs.ts'

/*
 * What a reaction makes is activated only where something may come of it. However a rule narrows what it
 * changes, or nearly does, nothing that can still react may be left.
 */

const bound = fc.constantFrom(
  'd + w < e',
  'e > d + w',
  'd + w <= e && e != d + w',
  'd + w < e && e < 90',
  'd + w < e && d < e',
  'd + w > e && e < 9',
  'w + d < e',
  'd < e',
)
const value = fc.constantFrom('d + w', 'd + w', 'd + w', 'w + d', 'e - 1', 'd')
const other = fc.constantFrom(
  '',
  '',
  'replace D:a:d, X:a by D:a:(d + 5)',
  'replace D:a:0, X:a by D:a:9, Y:a',
  'replace D:a:d, X:a by X:a, E:a:a:1',
  'replace X:0, D:0:d by replace D:a:d, E:a:b:w, D:b:e by D:a:d, E:a:b:w, D:b:(d + w) if d + w < e',
)
const edge = fc.tuple(fc.nat(3), fc.nat(3), fc.integer({ min: 1, max: 4 }))
const program = fc
  .tuple(
    bound,
    value,
    other,
    fc.array(edge, { minLength: 1, maxLength: 6 }),
    fc.shuffledSubarray([0, 1, 2, 3]),
  )
  .map(([condition, given, more, edges, marks]) => {
    const rule = `replace D:a:d, E:a:b:w, D:b:e by D:a:d, E:a:b:w, D:b:(${given}) if ${condition}`
    const data = [
      ...[0, 1, 2, 3].map((node) => `D:${String(node)}:${node === 0 ? '0' : '99'}`),
      ...edges.map((fields) => `E:${fields.join(':')}`),
      ...marks.map((node) => `X:${String(node)}`),
    ]
    const [lets, names] = more === '' ? ['', 'f'] : [`let g = ${more} in `, 'f, g']
    return `let f = ${rule} in ${lets}<${[...data, names].join(', ')}>`
  })

test('1,000 programs that narrow what they change end where nothing can react', async () => {
  let ended = 0
  await asyncLaws(
    1_000,
    fc.asyncProperty(program, fc.constantFrom('always', 'never'), async (text, codeGeneration) => {
      const first = firstOf(lowered(text))
      fc.pre(first !== undefined)
      const course = { seed: 1, strategy: 'fast' } as const
      const machine = new Machine(first, {
        ...options(course, { limits: { reactions: 200 } }),
        codeGeneration,
      })
      const { kind, solution } = await machine.run()
      if (kind !== 'inert') return
      ended++
      if (successors(solution).solutions.length > 0)
        expect(print(solution)).toBe('inert by the reference')
    }),
  )
  expect(ended).toBeGreaterThan(600)
}, 60_000)

const largeProgram = fc
  .tuple(bound, value, other, fc.integer({ min: 60, max: 120 }), fc.infiniteStream(fc.nat()))
  .map(([condition, given, more, nodes, numbers]) => {
    const below = (n: number): string => String((numbers.next().value ?? 0) % n)
    const rule = `replace D:a:d, E:a:b:w, D:b:e by D:a:d, E:a:b:w, D:b:(${given}) if ${condition}`
    const data = Array.from({ length: nodes }, (_, node) => {
      const distance = node === 0 ? '0' : below(3) === '0' ? '∞' : '99'
      const edges = [0, 1].map(() => `E:${below(nodes)}:${below(nodes)}:${below(9)}`)
      return [
        `D:${String(node)}:${distance}`,
        ...edges,
        ...(below(9) === '0' ? [`X:${String(node)}`] : []),
      ]
    }).flat()
    const [lets, names] = more === '' ? ['', 'f'] : [`let g = ${more} in `, 'f, g']
    return `let f = ${rule} in ${lets}<${[...data, names].join(', ')}>`
  })

test('100 programs of many molecules that narrow what they change end where nothing can react', async () => {
  let ended = 0
  await asyncLaws(
    100,
    fc.asyncProperty(
      largeProgram,
      fc.constantFrom('always', 'never', 'when-hot'),
      async (text, codeGeneration) => {
        const first = firstOf(lowered(text))
        fc.pre(first !== undefined)
        const limits = { limits: { reactions: 5_000 } }
        const machine = new Machine(first, {
          ...options({ seed: 1, strategy: 'fast' }, limits),
          codeGeneration,
        })
        const { kind, solution } = await machine.run()
        if (kind !== 'inert') return
        ended++
        // Another course through all of it, which takes no short way.
        const again = new Machine(solution, options({ seed: 1, strategy: 'random' }))
        expect((await again.run()).reactions).toBe(0)
      },
    ),
  )
  expect(ended).toBeGreaterThan(50)
}, 60_000)

test('ways in a graph are the shortest, found from the nearest node on', async () => {
  const nodes = 200
  const edges = Array.from({ length: 3 * nodes }, (_, i) => ({
    from: (i * 7_919) % nodes,
    to: (i * 104_729 + 13) % nodes,
    length: 1 + ((i * 31) % 17),
  }))
  const shortest = Array.from({ length: nodes }, (_, node) => (node === 0 ? 0 : Infinity))
  for (let round = 0; round < nodes; round++)
    for (const { from, to, length } of edges)
      shortest[to] = Math.min(shortest[to] ?? 0, (shortest[from] ?? 0) + length)
  const data = [
    ...shortest.map((_, node) => `D:${String(node)}:${node === 0 ? '0' : '∞'}`),
    ...edges.map(({ from, to, length }) => `E:${String(from)}:${String(to)}:${String(length)}`),
  ]
  const rule = 'replace D:a:d, E:a:b:w, D:b:e by D:a:d, E:a:b:w, D:b:(d + w) if d + w < e'
  const first = firstOf(lowered(`let f = ${rule} in <${[...data, 'f'].join(', ')}>`))
  if (first === undefined) throw new Error('no first solution')
  const { solution, reactions } = await new Machine(
    first,
    options({ seed: 1, strategy: 'fast' }),
  ).run()
  const found = print(solution).matchAll(/D:(\d+):(\d+|∞)/gu)
  for (const [, node, distance] of found)
    expect([node, distance]).toEqual([
      node,
      String(shortest[Number(node)] ?? '').replace('Infinity', '∞'),
    ])
  // From the nearest node on, a way is corrected only by one that is found before it is used.
  expect(reactions).toBeLessThan(2 * nodes)
})

test('a molecule that is put aside at once is found by what comes later', async () => {
  const first = firstOf(
    lowered(`let f = replace A:x by B:x:0 in
      let g = replace B:x:0, C by D:x in
      <A:1, A:2, E, f, g, replace E by C, C>`),
  )
  if (first === undefined) throw new Error('no first solution')
  const outcome = await new Machine(first, options({ seed: 1, strategy: 'fast' })).run()
  expect(outcome.reactions).toBe(5)
})
