import { describe, expect, test } from 'vitest'
import { goldensUnder } from '../support/goldens.ts'

/*
 * Every clause of the semantics, every line of the grammar and each topic of the other sections is
 * shown by three goldens or more, one of them negative: something that must not react, or is refused.
 */

const semantics = Array.from({ length: 15 }, (_, i) => `5.${String(i + 1)}`)

const grammar = [
  ...['program', 'import', 'definition', 'parameters', 'solution', 'molecules', 'element'],
  ...['tuple', 'rtuple', 'list', 'rule', 'patterns', 'pattern', 'rest', 'ptuple', 'pfield'],
  ...['lpat', 'type', 'targ', 'expression', 'or', 'eq', 'rel', 'add', 'unary', 'postfix', 'args'],
  'primary',
].map((line) => `3 ${line}`)

const lexis = ['brackets', 'comments', 'keywords', 'literals', 'rests', 'words'].map(
  (t) => `2 ${t}`,
)

const values = [
  ...['boolean', 'cast', 'comparison', 'equality', 'float', 'infinity', 'integer', 'joining'],
  ...['list', 'rule', 'solution', 'string', 'symbol', 'tuple', 'types'],
].map((topic) => `4 ${topic}`)

const prelude = [
  ...['Math', 'boxes', 'conversions', 'host', 'import', 'list', 'object', 'pow', 'random', 'rest'],
  ...['spread', 'string'],
].map((topic) => `8 ${topic}`)

const printing = ['copies', 'float', 'order', 'rule', 'string', 'tuple', 'width'].map(
  (t) => `9 ${t}`,
)

const shown = goldensUnder(import.meta.dirname).flatMap(({ clauses }) => clauses)

describe.each([...semantics, ...grammar, ...lexis, ...values, ...prelude, '7'])('%s', (name) => {
  const here = shown.filter((clause) => clause.name === name)

  test('is shown by three goldens', () => {
    expect(here.length).toBeGreaterThanOrEqual(3)
  })

  test('is shown by a negative one', () => {
    expect(here.some(({ isNegative }) => isNegative)).toBe(true)
  })
})

// How something prints has no negative.
test.each(printing)('%s is shown by three goldens', (name) => {
  expect(shown.filter((clause) => clause.name === name).length).toBeGreaterThanOrEqual(3)
})

test('goldens name no clause that is not there', () => {
  const known = new Set([
    ...semantics,
    ...grammar,
    ...lexis,
    ...values,
    ...prelude,
    ...printing,
    '7',
  ])
  expect(shown.map(({ name }) => name).filter((name) => !known.has(name))).toEqual([])
})
