import { describe, expect, test } from 'vitest'
import { kernelRun } from '../../support/kernels.ts'
import { shapes } from './shapes.ts'

/*
 * A kernel is taken for what a rule says and not for how it is written; what only looks like it reacts one
 * by one. Either way the result is the same.
 */

test('every shape has enough examples', () => {
  for (const { kernel, variants, nearMisses } of shapes) {
    expect([kernel, variants.length >= 10]).toEqual([kernel, true])
    expect([kernel, nearMisses.length >= 5]).toEqual([kernel, true])
  }
})

describe.each(shapes)('$kernel', ({ kernel, variants, nearMisses }) => {
  test.each(variants)('is taken for %s', async (text) => {
    const inOneGo = await kernelRun(text)
    expect(inOneGo.taken).toContain(kernel)
    const oneByOne = await kernelRun(text, 'never')
    expect([inOneGo.kind, inOneGo.result]).toEqual([oneByOne.kind, oneByOne.result])
    // How many exchanges and subtractions it takes depends on the order.
    if (kernel !== 'exchange' && kernel !== 'subtraction')
      expect(inOneGo.reactions).toBe(oneByOne.reactions)
  })

  test.each(nearMisses)('is not taken for %s', async (text) => {
    const limits = { reactions: 200 }
    const inOneGo = await kernelRun(text, 'when-many', limits)
    expect(inOneGo.taken).not.toContain(kernel)
    const oneByOne = await kernelRun(text, 'never', limits)
    if (inOneGo.taken.length === 0)
      expect([inOneGo.kind, inOneGo.result]).toEqual([oneByOne.kind, oneByOne.result])
  })
})
