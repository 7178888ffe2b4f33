import { expect, test } from 'vitest'
import { droppedInto } from '../../../playground/picture/into.ts'

test('outside, a molecule is just put in', () => {
  expect(droppedInto([], 'A')).toEqual({ inject: 'A' })
})

test('inside, the outermost molecule around goes and comes back with one more in it', () => {
  expect(droppedInto(['CELL:<1, 2>'], 'A')).toEqual({
    remove: 'CELL:<1, 2>',
    inject: 'CELL:<A, 1, 2>',
  })
  expect(droppedInto(['<>'], 'A')).toEqual({ remove: '<>', inject: '<A>' })
  expect(droppedInto(['B:<1, C:<2>>', 'C:<2>'], 'A')).toEqual({
    remove: 'B:<1, C:<2>>',
    inject: 'B:<1, C:<A, 2>>',
  })
})

test('comparisons are no brackets, and neither is what stands in a string', () => {
  const rule = '<1, (replace x by ∅ if x < 3 && x > 1)>'
  expect(droppedInto([rule], 'A')?.inject).toBe('<A, 1, (replace x by ∅ if x < 3 && x > 1)>')
  expect(droppedInto(['<"a<b">'], 'A')?.inject).toBe('<A, "a<b">')
})

test('where it is not plain, nothing is changed', () => {
  expect(droppedInto(['<1, 2, …'], 'A')).toBeUndefined()
  expect(droppedInto(['<1>:<2>'], 'A')).toBeUndefined()
  expect(droppedInto(['T:<1>:5'], 'A')).toBeUndefined()
  expect(droppedInto(['B:<1>', 'C:<2>'], 'A')).toBeUndefined()
})
