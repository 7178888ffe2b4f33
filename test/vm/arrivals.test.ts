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
