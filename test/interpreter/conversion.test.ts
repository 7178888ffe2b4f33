import fc from 'fast-check'
import { describe, expect, expectTypeOf, test } from 'vitest'
import {
  ConversionError,
  Float,
  JsSolution,
  JsTuple,
  equal,
  float,
  fromJS,
  print,
  symbol,
  toJS,
} from '../../interpreter/index.ts'
import type {
  Int,
  JsValue,
  List,
  Molecule,
  Solution,
  Symbol,
  Tuple,
} from '../../interpreter/index.ts'
import { data, molecule } from '../support/molecules.ts'

test('a molecule comes back as it was', () => {
  fc.assert(
    fc.property(data, (given) => {
      expect(equal(fromJS(toJS(given) as unknown), given)).toBe(true)
    }),
  )
})

test.each([
  ['5', 5],
  ['12345678901234567890123', 12345678901234567890123n],
  ['2.0', new Float(2)],
  ['A', symbol('A')],
  ['"a"', 'a'],
  ['[1, [true]]', [1, [true]]],
])('%s is %o', (text, value) => {
  expect(toJS(molecule(text))).toEqual(value)
})

test('tuples and solutions can be taken apart', () => {
  const tuple = toJS(molecule('PRICE:[30, 2.5]')) as JsTuple<readonly [Symbol, readonly JsValue[]]>
  const [tag, [price, ...more]] = tuple.fields
  expect([...tuple]).toEqual(tuple.fields)
  expect([tag, price, more]).toEqual([symbol('PRICE'), 30, [new Float(2.5)]])
  const solution = toJS(molecule('<1^2, A:1>')) as JsSolution
  expect(new Map(solution).get(1)).toBe(2)
  expect([...solution.values()]).toEqual([1, 1, new JsTuple([symbol('A'), 1])])
  expect(() => [...(toJS(molecule('<1^∞>')) as JsSolution).values()]).toThrow(RangeError)
  expect(() => [...(toJS(molecule('<1^-1>')) as JsSolution).values()]).toThrow('-1 copies')
  expect(() => new JsTuple([1])).toThrow(RangeError)
})

test('what JavaScript has beside that', () => {
  const value = { list: [1.5, null], set: new Set([1, 1n, 2]), map: new Map([[1, true]]) }
  expect(print(fromJS(value))).toBe('<"list":[1.5, NULL], "map":<1:true>, "set":<1, 1, 2>>')
  expect(print(fromJS(new JsSolution([[new JsTuple(['a', float(1)]), 3n]])))).toBe(
    '<"a":1.0, "a":1.0, "a":1.0>',
  )
})

describe('what is no molecule is told with the path to it', () => {
  const loop: unknown[] = [1]
  loop.push({ next: loop })
  const map = new Map<unknown, unknown>([['k', 1]])
  map.set('me', new Set([map]))
  const deep: unknown[] = []
  for (let i = 0, at = deep; i < 20_000; i++) at.push((at = []))
  test.each([
    [() => 1, '', 'is a function'],
    [{ a: [1, { 'b c': () => 1 }] }, '.a[1]["b c"]', 'is a function'],
    [loop, '[1].next', 'is what it stands in: it would never end'],
    [map, '["me"][0]', 'is what it stands in'],
    [new JsTuple([1, Symbol('s')]), '[1]', 'is a symbol of JavaScript'],
    [new JsSolution([[NaN, 1]]), '[0]', 'is not a number'],
    [
      new Map([[{}, [new URL('a:b')]]]),
      '[0][0]',
      'is a `URL`, a class that no host module exports',
    ],
    [[Promise.resolve(1)], '[0]', 'holds a promise'],
    [deep, '[0]'.repeat(20) + '…' + '[0]'.repeat(10), 'nests deeper than'],
  ])('%o', (value: unknown, path, message) => {
    let error: unknown
    try {
      fromJS(value)
    } catch (thrown) {
      error = thrown
    }
    expect(error).toBeInstanceOf(ConversionError)
    expect(error).toMatchObject({ path, message: expect.stringContaining(message) as unknown })
  })

  test('but the same value may stand in two places', () => {
    const shared = [1]
    expect(print(fromJS([shared, shared]))).toBe('[[1], [1]]')
  })
})

test('the types are exact', () => {
  const ofMany: Int = 5
  expectTypeOf(toJS(ofMany)).toEqualTypeOf<number | bigint>()
  expectTypeOf(toJS('a')).toEqualTypeOf<'a'>()
  expectTypeOf(toJS(float(1))).toEqualTypeOf<Float>()
  expectTypeOf(toJS(molecule('1:2') as Tuple)).toEqualTypeOf<JsTuple>()
  expectTypeOf(toJS(molecule('[1]') as List)).toEqualTypeOf<readonly JsValue[]>()
  expectTypeOf(toJS(molecule('<1>') as Solution)).toEqualTypeOf<JsSolution>()
  expectTypeOf(fromJS(1n)).toEqualTypeOf<number | bigint>()
  expectTypeOf(fromJS(1.5)).toEqualTypeOf<number | bigint | Float>()
  expectTypeOf(fromJS(null)).toEqualTypeOf<Symbol>()
  expectTypeOf(fromJS([1])).toEqualTypeOf<List>()
  expectTypeOf(fromJS({ a: 1 })).toEqualTypeOf<Solution>()
  expectTypeOf(fromJS(new Set([1]))).toEqualTypeOf<Solution>()
  expectTypeOf(fromJS(new JsTuple([1, 2]))).toEqualTypeOf<Tuple>()
  const anything: unknown = 1
  expectTypeOf(fromJS(anything)).toEqualTypeOf<Molecule>()
  // @ts-expect-error -- a function is no molecule
  expect(() => fromJS(() => 1)).toThrow(ConversionError)
  // @ts-expect-error -- nor is a symbol of JavaScript
  expect(() => fromJS(Symbol('a'))).toThrow(ConversionError)
})
