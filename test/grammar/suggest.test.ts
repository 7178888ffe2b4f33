import fc from 'fast-check'
import { expect, test } from 'vitest'
import { suggest } from '../../grammar/index.ts'
import { editDistance } from '../../grammar/suggest.ts'

test.each([
  ['maxx', ['min', 'max'], 'max'],
  ['siez', ['list', 'size'], 'size'],
  ['Size', ['size'], 'size'],
  ['x', ['y'], undefined],
  ['banana', ['max', 'size'], undefined],
  ['contians', ['contains', 'concat'], 'contains'],
  ['max', ['max'], undefined],
])('%s among %j: %s', (word, known, expected) => {
  expect(suggest(word, known)).toBe(expected)
})

test('editing distance is a metric, but for a change of case', () => {
  const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 6 })
  const law = fc.property(word, word, (one, other) => {
    expect(editDistance(one, one)).toBe(0)
    expect(editDistance(one, other)).toBe(editDistance(other, one))
    expect(editDistance(one, other)).toBeLessThanOrEqual(Math.max(one.length, other.length))
    expect(editDistance(one, other)).toBeGreaterThanOrEqual(Math.abs(one.length - other.length))
  })
  fc.assert(law)
})
