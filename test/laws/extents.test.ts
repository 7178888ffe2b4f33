import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  LARGEST_EXTENT,
  checkProgram,
  extentOf,
  fromJson,
  inside,
  isSolution,
  isRule,
  writtenCopies,
} from '../../interpreter/index.ts'
import type { Molecule } from '../../interpreter/index.ts'
import { engines } from '../support/engines.ts'
import { read } from '../support/data.ts'
import { laws } from '../support/laws.ts'
import { data } from '../support/molecules.ts'
import { firstOf, lowered, options } from '../support/runs.ts'

/*
 * A molecule that stands in two places is there once, and is written out twice: `x:x`, again and again, is
 * soon longer than anything could be walked through. So a molecule knows its extent, and there is a largest.
 */

/** How many molecules a walk over all that is written meets. */
function walked(root: Molecule): number {
  let count = 0
  const waiting: { readonly molecule: Molecule; readonly times: number }[] = [
    { molecule: root, times: 1 },
  ]
  for (let top = waiting.pop(); top !== undefined; top = waiting.pop()) {
    const { molecule, times } = top
    count += times
    if (isRule(molecule)) continue
    if (isSolution(molecule))
      for (const [inner, copies] of molecule.contents().entries())
        waiting.push({ molecule: inner, times: times * writtenCopies(copies) })
    else for (const inner of inside(molecule) ?? []) waiting.push({ molecule: inner, times })
  }
  return count - 1
}

test('the extent is how many molecules are written inside', () => {
  laws(
    500,
    fc.property(data, (molecule) => {
      expect(extentOf(molecule)).toBe(walked(molecule))
    }),
  )
})

test('what is shared counts wherever it stands', () => {
  const [pair] = [...(firstOf(lowered('let a = 1:2 in <a:a:[a, a]>'))?.molecules() ?? [])]
  expect(extentOf(pair ?? 0)).toBe(13)
})

describe.each(engines)('on $name', ({ make }) => {
  test.each([
    ['tuples', '<X:1, replace X:n by X:(n:n)>', 23],
    ['lists', '<X:[1], replace X:[ω] by X:[ω, ω]>', 23],
    ['solutions', '<X:1, replace X:n by X:<n, n:n>>', 14],
    ['copies', '<X:<1>, replace X:n by X:<n, n>>', 22],
    ['solutions in solutions', '<<1>, replace x::Solution by <x, <x>>>', 22],
    ['rules', '<X:1, replace X:n by X:(one A by n:n)>', 22],
    ['rules in rules', 'let f(r) = replace GO:k by k:r:r in <X:1, (replace X:n by X:f(n))>', 23],
  ])('%s that double end the run before they are too large', async (_, text, reactions) => {
    const first = firstOf(lowered(text))
    if (first === undefined) throw new Error(`${text} has no value`)
    const outcome = await make(first, options({ seed: 1, strategy: 'fast' })).run()
    expect([outcome.kind, outcome.reactions]).toEqual(['size-limit', reactions])
    for (const molecule of outcome.solution.molecules())
      expect(extentOf(molecule)).toBeLessThanOrEqual(LARGEST_EXTENT)
  })

  test('many molecules that come and go in an inner solution are no large one', async () => {
    const program = `<<0, (replace n::Int by n + 1 if n < 3000)>, replace-one <n::Int, ω> by DONE:<n, ω>>`
    const first = firstOf(lowered(program))
    if (first === undefined) throw new Error('it has a value')
    const outcome = await make(first, options({ seed: 1, strategy: 'fast' })).run()
    expect(outcome.kind).toBe('inert')
  })
})

test('the checker looks at large constants as far as it can', () => {
  const doubled = (value: string): string =>
    `let a = ${value} in ${'bcdefghijklmnop'.replace(/./g, (name, i: number) => `let ${name} = ${'abcdefghijklmno'.charAt(i)}:${'abcdefghijklmno'.charAt(i)} in `)}`
  const warnings = (text: string): readonly string[] =>
    checkProgram(lowered(text)).map(({ code }) => code)
  const take = '(replace-one GO:(x:_) by x), GO:p'
  expect(warnings(`${doubled('A')}<${take}, replace A by B>`)).toEqual([])
  expect(warnings(`${doubled('(one A by B)')}<${take}, A, replace B by C>`)).toEqual([])
  expect(warnings(`${doubled('<A^-1>')}<${take}, replace A^-1 by C>`)).toEqual([])
})

describe('data with a larger molecule is refused', () => {
  test('in HOCL, by the copies of copies', () => {
    const nested = `${'<'.repeat(17)}A${'^3>'.repeat(17)}`
    expect(read(nested, { format: 'hocl' })).toMatch(
      /^HOCL625 1:\d+ the solution would hold more than 16,777,216 molecules/,
    )
  })

  test('in the exchange form', () => {
    let form: unknown = { symbol: 'A' }
    for (let i = 0; i < 17; i++) form = { solution: [[form, 3]] }
    expect(() => fromJson(form)).toThrow(/the solution would hold more than/)
  })

  test('in JSON', { timeout: 60_000 }, () => {
    const long = `[[${'0,'.repeat(LARGEST_EXTENT)}0]]`
    expect(read(long, { format: 'json' })).toMatch(/^HOCL625 1:\d+ the list would hold more than/)
  })
})
