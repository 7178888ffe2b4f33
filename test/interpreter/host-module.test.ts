import { describe, expect, test } from 'vitest'
import { Source } from '../../grammar/index.ts'
import {
  DEFAULT_DEPTH,
  exchangeContext,
  firstSolution,
  fromJson,
  hostWith,
  lowerSource,
  noModules,
  prelude,
  print,
  toJson,
  tuple,
  float,
  solution,
} from '../../interpreter/index.ts'
import type { Outcome } from '../../interpreter/index.ts'
import { engines } from '../support/engines.ts'
import * as points from '../support/points.ts'

const host = hostWith(prelude, [{ name: 'point', origin: '`point.ts`', exports: points }])

/** The outcome of a solution with these molecules, the same on every engine; or the first error. */
async function outcomes(molecules: string): Promise<readonly (Outcome | string)[]> {
  const program = lowerSource(new Source('p', `<${molecules}>`), { host, modules: noModules })
  const error = program.diagnostics.find(({ severity }) => severity === 'error')
  if (error !== undefined) return [`${error.code} ${error.title} ${error.hint ?? ''}`]
  const first = firstSolution(program, 1)
  const { value } = first
  if (value === undefined) return [`${first.diagnostic.code} ${first.diagnostic.labels[0].text}`]
  const options = {
    seed: 1,
    strategy: 'fast',
    limits: { depth: DEFAULT_DEPTH },
    clock: () => 0,
  } as const
  return Promise.all(engines.map(({ make }) => make(value, options).run()))
}

describe('a host module', () => {
  test.each([
    ['twice(4), point.twice(5), point.LIMIT', '<8, 10, 10>'],
    ['half(4), half(5)', '<2, 2.5>'],
    ['twice(4503599627370496)', '<9007199254740992>'],
    [
      'kind(1), kind(9007199254740993), kind([1]), kind(A), kind("a")',
      '<"array", "bigint", "number", "object", "string">',
    ],
    ['same([1, [2.5]]), same(A:1), same(<1^3>), same(∞)', '<∞, A:1, [1, [2.5]], <1, 1, 1>>'],
    ['table()', '<<"a":[1, NULL], "b":<"x">>>'],
    ['made()', '<[1:"a":2.0, <A, A>]>'],
    [
      'new Point(1, 2), Point.of(3), Point.ORIGIN',
      '<new Point(0, 0), new Point(1, 2), new Point(3, 3)>',
    ],
    ['(one p::Point by p.x:p.norm:p.label), new Point(3, 4)', '<3:5:"point">'],
    [
      '(one p::Point, q::Point by p.dist(q) if p.dist(q) < 2), Point.of(1), Point.of(2)',
      '<1.4142135623730951>',
    ],
    ['(one p::Point, p::Point by SAME), new Point(1, 1), Point.of(1)', '<SAME>'],
    ['(one p::Point by p.x), new Near(7, 8)', '<7>'],
    ['(one n::Near by n.both()), new Near(7, 8)', '<15>'],
    ['(one 1 by RES:later(1)), 1', '<RES:2>'],
    ['(one 1 by never()), 1', '<ERROR:"no answer":<1>>'],
  ])('%s gives %s', async (molecules, expected) => {
    for (const outcome of await outcomes(molecules))
      expect(typeof outcome === 'string' ? outcome : print(outcome.solution)).toBe(expected)
  })

  test.each([
    ['(one 1 by boom()), 1', '`boom`: boom'],
    ['(one 1 by lost()), 1', 'what `lost` returns is a function'],
    ['(one 1 by nan()), 1', 'what `nan` returns is not a number'],
    ['(one 1 by stranger()), 1', 'is a `Stranger`, a class that no host module exports'],
    ['(one p::Point by p.dist(p, p)), Point.ORIGIN', '`Point.dist` takes 2 arguments, not 3'],
  ])('%s fails: %s', async (molecules, message) => {
    for (const outcome of await outcomes(molecules))
      expect(typeof outcome === 'string' ? outcome : outcome.failure?.message).toContain(message)
  })

  test.each([
    ['(one 1 by 2 if half(4) == 2), 1', 'HOCL301 `half` is not pure'],
    ['(one 1 by 2 if later(4) == 2), 1', 'HOCL302 `later` answers later'],
    ['twise(1)', 'did you mean `twice`?'],
    ['new Piont(1, 2)', 'did you mean `Point`?'],
    ['new Point(1)', 'HOCL205 `new Point` takes 2 arguments, not 1'],
    ['Point.ORIGN', 'did you mean `ORIGIN`?'],
    [
      '(one p::Point by p.hasOwnProperty("x")), Point.ORIGIN',
      'HOCL202 there is no function `hasOwnProperty`',
    ],
    ['(one p::Point by p.constructor), Point.ORIGIN', 'HOCL202 there is no function `constructor`'],
  ])('%s is refused: %s', async (molecules, message) => {
    const [refusal] = await outcomes(molecules)
    expect(refusal).toContain(message)
  })

  test('has values that travel in the exchange form', () => {
    const program = lowerSource(new Source('p', '<new Point(1, 2)>'), { host, modules: noModules })
    const { value } = firstSolution(program, 1)
    const again = fromJson(toJson(value!), exchangeContext(program, host))
    expect(print(again)).toBe('<new Point(1, 2)>')
    expect(value!.equals(again)).toBe(true)
  })

  test('may nest its answers as deeply as molecules may', () => {
    let deep: unknown = 1
    for (let i = 0; i < 9_000; i++) deep = [deep]
    const nested = hostWith(prelude, [{ origin: 'deep', exports: { deep: () => deep } }])
    const program = lowerSource(new Source('p', '<deep()>'), { host: nested, modules: noModules })
    expect(print(firstSolution(program, 1).value!, { width: Infinity })).toHaveLength(2 * 9_000 + 3)
  })
})

describe('the exports of a module', () => {
  const errorOf = (exports: Readonly<Record<string, unknown>>): unknown => {
    try {
      return hostWith(prelude, [{ name: 'file', origin: '`file.ts`', exports }])
    } catch (error) {
      return error
    }
  }

  test.each([
    ['HOCL611', {}],
    ['HOCL612', { pure: 'norm', norm: (): number => 1 }],
    ['HOCL612', { pure: ['nrom'], norm: (): number => 1 }],
    ['HOCL613', { pure: ['late'], late: async () => Promise.resolve(1) }],
  ])('that cannot be used are an error: %s', (code, exports) => {
    expect(errorOf(exports)).toMatchObject({ code })
  })

  test('of two modules have different names', () => {
    const exports = { f: () => 1 }
    const both = [
      { name: 'a', origin: '`a.ts`', exports },
      { name: 'b', origin: '`b.ts`', exports },
    ]
    expect(() => hostWith(prelude, both)).toThrow('`f` comes from `a.ts` and from `b.ts`')
  })
})

test('molecules are made with the constructors of the package', () => {
  expect(print(tuple(1, [2, 3]))).toBe('1:[2, 3]')
  expect(print(float(2))).toBe('2.0')
  expect(print(solution(new Map<unknown, number>([['a', 4]])))).toBe('<"a"^4>')
})
