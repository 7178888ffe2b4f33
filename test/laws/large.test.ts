import { describe, expect, test } from 'vitest'
import { checkProgram, firstSolution, print } from '../../interpreter/index.ts'
import { engines } from '../support/engines.ts'
import { firstOf, lowered, options } from '../support/runs.ts'

/*
 * What a program or its data makes is of any length, and the stack of the host is not: an array of some
 * 125,000 that is spread into the arguments of a call ends the process.
 */

const many = 130_000
const n = String(many)

async function ended(text: string, make: (typeof engines)[number]['make'], reactions = 10) {
  const program = lowered(text)
  checkProgram(program)
  const first = firstOf(program)
  if (first === undefined) throw new Error(`${text} has no value`)
  const course = options({ seed: 1, strategy: 'fast' }, { limits: { reactions } })
  const { kind, solution } = await make(first, course).run()
  return { kind, solution }
}

test('a program has any number of definitions', () => {
  const chain = Array.from({ length: 20_000 }, (_, i) => `let a${i + 1} = a${i} + 1 in`)
  const unused = Array.from({ length: 30_000 }, (_, i) => `let r${i} = replace ${i} by X in`)
  const program = lowered(`let a0 = 0 in\n${[...chain, ...unused].join('\n')}\n<a20000>`)
  expect(program.diagnostics.map(({ code }) => code)).toEqual(unused.map(() => 'HOCL215'))
  const first = firstOf(program)
  expect(first && print(first)).toBe('<20000>')
})

test('a tuple has any number of fields', () => {
  const fields = Array.from({ length: 100_000 }, (_, i) => i).join(':')
  const first = firstOf(lowered(`<${fields}>`))
  expect(first && print(first, { width: Infinity })).toBe(`<${fields}>`)
})

describe.each(engines)('on $name', ({ make }) => {
  test('any number of molecules can be spread into a solution', async () => {
    const { kind, solution } = await ended(`<...range(${n})>`, make)
    expect(kind).toBe('inert')
    expect(solution.contents().distinct).toBe(many)
  })

  test('any number of molecules can come of one product', async () => {
    const { kind, solution } = await ended(`<GO, one GO by ...range(${n})>`, make)
    expect(kind).toBe('inert')
    expect(solution.contents().distinct).toBe(many)
  })

  test('a rest of any length goes into a list', async () => {
    const { solution } = await ended(
      `<L:range(${n}), (one L:[_, ω] by N:size([ω, ω])), <...range(${n})>, one <0, ω> by M:size([ω])>`,
      make,
    )
    expect(print(solution)).toBe('<M:129999, N:259998>')
  })

  test('functions take solutions of any size', async () => {
    const text = `<GO, one GO by
      sum(<...range(${n})>), size(list(<...range(${n})>)),
      sort(<...range(${n})>)[1], <...range(${n})> == <...range(${n})>>`
    const { solution } = await ended(text, make)
    expect(print(solution)).toBe('<1, 130000, 8449935000, true>')
  })

  test('a molecule of any length is taken, compared and walked through', async () => {
    const text = `<D:<...range(${n})>, D:<...range(${n})>, E:[<A>, <B>], one D:x, D:x by SAME>`
    const { solution } = await ended(text, make)
    expect(print(solution)).toBe('<SAME, E:[<A>, <B>]>')
  })

  test('a list that would hold too many copies ends the run with nothing taken', async () => {
    const { kind, solution } = await ended('<<A^10000000000>, one <ω> by [ω]>', make)
    expect(kind).toBe('size-limit')
    expect(print(solution)).toBe('<<A^10000000000>, (replace-one <ω> by [ω])>')
  })

  test('a rule of any length is printed', async () => {
    const product = Array.from({ length: many }, (_, i) => String(i)).join(', ')
    const { solution } = await ended(`<one A by ${product}>`, make)
    expect(print(solution)).toBe(`<\n  (replace-one A by ${product})\n>`)
  })
})

test('a value of the first solution that would be too large is an error at its place', () => {
  const { diagnostic } = firstSolution(lowered('<A, "a".repeat(100000000)>'), 1)
  expect(diagnostic?.code).toBe('HOCL401')
  const label = diagnostic?.labels[0]
  expect(label?.source.slice(label.span)).toBe('"a".repeat(100000000)')
})
