import { expect, test } from 'vitest'
import { advice, isAbsent, missingParts } from '../support/parts.ts'

test('what tests need beside Node is there, or may be absent', () => {
  const missing = missingParts().filter((part) => !isAbsent(part))
  expect(missing, advice(missing)).toEqual([])
})
