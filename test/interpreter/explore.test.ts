import { describe, expect, test } from 'vitest'
import { Source } from '../../grammar/index.ts'
import {
  canBecome,
  firstSolution,
  lowerSource,
  noModules,
  prelude,
} from '../../interpreter/index.ts'
import type { SolutionValue } from '../../interpreter/index.ts'

const rules =
  'let sum = replace x::Int, y::Int by x + y in let half = replace x::Int by x / (x - 4) in'

function solution(text: string): SolutionValue {
  const source = new Source('a test', `${rules} ${text}`)
  const program = lowerSource(source, { host: prelude, modules: noModules })
  const { value, diagnostic } = firstSolution(program, 1)
  if (value === undefined) throw new Error(diagnostic.title)
  return value
}

describe('one solution can become another', () => {
  test.each<[string, string, number, boolean]>([
    ['<1, 2, 3, sum>', '<6, sum>', 2, true],
    ['<1, 2, 3, sum>', '<5, 1, sum>', 1, true],
    ['<1, 2, 3, sum>', '<6, sum>', 1, false],
    ['<1, 2, 3, sum>', '<7, sum>', 2, false],
    ['<1, 2, 3, sum>', '<1, 2, 3, sum>', 0, true],
    ['<1, 2, sum>', '<3, sum>', 3, false],
    // A product that fails leads nowhere, and others do.
    ['<4, 5, half>', '<4, 5, half>', 1, true],
    ['<<1, 2, sum>, A>', '<<3, sum>, A>', 1, true],
  ])('%s → %s in %d', (first, last, reactions, expected) => {
    expect(canBecome(solution(first), solution(last), { reactions })).toBe(expected)
  })

  test('or nobody knows', () => {
    const many = `<${Array.from({ length: 12 }, (_, i) => i).join(', ')}, sum>`
    expect(
      canBecome(solution(many), solution('<1, sum>'), { reactions: 11, most: 20 }),
    ).toBeUndefined()
  })
})
