import { expect, test } from 'vitest'
import { Machine } from '../../vm/index.ts'
import { firstOf, lowered, options } from '../support/runs.ts'

/* Molecules count at every depth, wherever the solutions around them come from. */

const values = '<1, 2, 3, 4, 5, 6, 7, 8, 9, 10>'

test.each([
  ['values that are there', `<${values}, ${values}, X, replace X by Z>`, 0],
  ['values that are copied', `<${values}, replace s::Solution by s, s>`, 1],
  ['copies that react apart', `<<1, X, replace X by Y>^10>`, 0],
  ['values that a rule puts in', `<N:0, replace N:n by N:(n + 1), ${values}>`, 1],
])('of %s', async (_, text, most) => {
  const first = firstOf(lowered(text))
  if (first === undefined) throw new Error('there is nothing to run')
  const limits = { molecules: 20 }
  const machine = new Machine(first, options({ seed: 1, strategy: 'fast' }, { limits }))
  const { kind, reactions } = await machine.run()
  expect(kind).toBe('molecule-limit')
  expect(reactions).toBeLessThanOrEqual(most)
})
