import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { equal, List, SolutionValue, symbol, Tuple } from '../../interpreter/index.ts'
import type { HostValue, Molecule, Rule } from '../../interpreter/index.ts'
import { DataError } from '../../interpreter/errors.ts'
import {
  fromJson,
  jsonPieces,
  jsonText,
  pairFromJson,
  pairsPieces,
  pairsToJson,
  parseJson,
  toJson,
} from '../../interpreter/json.ts'
import { print } from '../../interpreter/print.ts'
import { data, molecule, nested, readHocl, solutions } from '../support/molecules.ts'

/** What a form is read as, or what is wrong with it. */
function reading(text: string): string {
  try {
    return print(fromJson(parseJson(text)))
  } catch (error) {
    return error instanceof DataError ? `${error.code} ${error.message}` : String(error)
  }
}

test('a molecule becomes itself again, as text and as a value', () => {
  fc.assert(
    fc.property(data, (each) => {
      expect(equal(fromJson(parseJson(jsonText(each))), each)).toBe(true)
      expect(equal(fromJson(toJson(each)), each)).toBe(true)
      expect(equal(fromJson(JSON.parse(jsonText(each))), each)).toBe(true)
      expect(JSON.stringify(toJson(each))).toBe(jsonText(each))
    }),
  )
})

test('a solution is also a list of pairs, in canonical order', () => {
  fc.assert(
    fc.property(solutions, (each) => {
      const text = [...pairsPieces(each)].join('')
      expect(JSON.stringify(pairsToJson(each))).toBe(text)
      const pairs = parseJson(text)
      const entries = Array.isArray(pairs) ? pairs.map((pair) => pairFromJson(pair)) : []
      expect(equal(SolutionValue.of(entries), each)).toBe(true)
    }),
  )
  expect(JSON.stringify(pairsToJson(readHocl('B, A^2, 1^∞, 2^-∞')))).toBe(
    '[[1,"inf"],[2,"-inf"],[{"symbol":"A"},2],[{"symbol":"B"},1]]',
  )
})

describe('the exchange form', () => {
  test.each([
    ['42', '42'],
    ['-9007199254740993', '{"int":"-9007199254740993"}'],
    ['∞', '{"int":"inf"}'],
    ['2.5', '{"float":2.5}'],
    ['"a\\n"', '"a\\n"'],
    ['true', 'true'],
    ['SRC', '{"symbol":"SRC"}'],
    ['1:"a":[X]', '{"tuple":[1,"a",{"list":[{"symbol":"X"}]}]}'],
    ['<>', '{"solution":[]}'],
    ['<1, 1>', '{"solution":[[1,2]]}'],
  ])('of %s is %s', (hocl, json) => {
    expect(jsonText(molecule(hocl))).toBe(json)
  })

  test('of a text is exact at any size, and keeps floats apart from integers', () => {
    expect(reading('{"list":[1, 1.0, 12345678901234567890, 1e2, -0, -0.0]}')).toBe(
      '[1, 1.0, 12345678901234567890, 100.0, 0, 0.0]',
    )
  })
})

describe('a form that is not right is refused with its path', () => {
  test.each([
    ['null', 'HOCL632 null is no molecule'],
    ['[1]', 'HOCL632 a bare array is no molecule'],
    ['{}', 'HOCL632 an empty object is no molecule'],
    ['{"sym":"A"}', 'HOCL632 an object with "sym" is no molecule'],
    ['{"tuple":[1]}', 'HOCL632 in `tuple`: a tuple has two fields or more'],
    [
      '{"list":[1,{"symbol":"a"}]}',
      'HOCL632 in `list[1].symbol`: "a" is no symbol: that is a word that starts in upper case',
    ],
    [
      '{"solution":[[1,1],[2]]}',
      'HOCL632 in `solution[1]`: a pair has a molecule and a multiplicity',
    ],
    [
      '{"solution":[[1,1],[2,1.5]]}',
      'HOCL632 in `solution[1][1]`: 1.5 is no multiplicity: an integer, "inf" or "-inf"',
    ],
    [
      '{"solution":[[{"tuple":[1,null]},1]]}',
      'HOCL632 in `solution[0][0].tuple[1]`: null is no molecule',
    ],
    ['{"solution":[[1,"inf"],[1,"-inf"]]}', 'HOCL632 in `solution`: ∞ − ∞ has no value'],
    ['{"int":"12x"}', 'HOCL632 in `int`: "12x" is no integer: digits in quotes, "inf" or "-inf"'],
    ['{"float":"1"}', 'HOCL632 in `float`: "1" is no finite number'],
    ['{"tuple":[1,2],"extra":1}', 'HOCL632 "extra" has no meaning beside "tuple"'],
    ['{"rule":"max"}', 'HOCL632 data holds no rules'],
    ['{"host":"Point","args":[]}', 'HOCL632 there is no class `Point`'],
    ['{"host":"Point"}', 'HOCL632 a `Point` cannot be made again'],
    ['{"pending":"f(x)"}', 'HOCL632 "key" is the idempotency key, a string'],
    ['{"pending":"f(x)","key":"k","reactants":[[1,1]]}', 'HOCL632 data holds no calls that wait'],
    [
      '{"pending":"f(x)","key":"k","reactants":[1]}',
      'HOCL632 in `reactants[0]`: 1 is no pair of a molecule and its multiplicity',
    ],
  ])('%s', (text, message) => {
    expect(reading(text)).toBe(message)
  })

  test('a JavaScript number that may have lost digits is refused', () => {
    expect(() => fromJson(1e20)).toThrow('100000000000000000000 is not exact here')
    expect(() => fromJson(Number.NaN)).toThrow(DataError)
    expect(() => fromJson({ list: [undefined] })).toThrow('in `list[0]`: a undefined is no JSON')
  })
})

describe('what needs a program', () => {
  const max: Rule = {
    kind: 'rule',
    shape: {
      name: 'max',
      shots: 'many',
      text: (captured, show) => `replace x by ${captured.map(show).join()}`,
    },
    captured: [],
    extent: 0,
    hash: 0,
    skeleton: () => ({ text: 'max', hash: 1 }),
    values: () => [],
    equals: (other) => other === max,
    hashCode: () => 1,
  }

  test('a rule is its name, and its source where it captured values', () => {
    expect(jsonText(max)).toBe('{"rule":"max"}')
    const captured = { ...max, captured: [new Tuple([1, 2])] }
    expect(jsonText(captured)).toBe(
      '{"rule":"max","source":"replace x by 1:2","captured":[{"tuple":[1,2]}]}',
    )
    const anonymous = { ...max, shape: { ...max.shape, name: undefined } }
    expect(jsonText(anonymous)).toBe('{"rule":null,"source":"replace x by "}')
  })

  test('a rule is given back by its program', () => {
    const rule = (form: {
      readonly name: string | undefined
      readonly captured: readonly Molecule[]
    }) => (form.name === 'max' ? new List([max, ...form.captured]) : undefined)
    expect(fromJson({ rule: 'max', captured: [5] }, { rule })).toEqual(new List([max, 5]))
    expect(() => fromJson({ rule: 'min' }, { rule })).toThrow('this program has no rule `min`')
  })

  test('a host value is made again with its arguments', () => {
    const point: HostValue = {
      kind: 'host',
      className: 'Point',
      value: {},
      toHocl: () => [1, symbol('X')],
      equals: (other) => other === point,
      hashCode: () => 1,
    }
    expect(jsonText(point)).toBe('{"host":"Point","args":[1,{"symbol":"X"}]}')
    const host = (name: string, args: readonly Molecule[]) => new List([name, ...args])
    expect(print(fromJson(toJson(point), { host }))).toBe('["Point", 1, X]')
  })
})

test('a large solution comes in pieces', () => {
  const large = SolutionValue.of(Array.from({ length: 50_000 }, (_, i) => [i, 1] as const))
  expect([...jsonPieces(large)].length).toBeGreaterThan(5)
})

test.each<[string, (inner: Molecule) => Molecule]>([
  ['tuples', (inner) => new Tuple([1, inner])],
  ['lists', (inner) => new List([inner])],
  ['solutions', (inner) => SolutionValue.of([[inner, 1]])],
])('%s 10,000 deep become JSON and themselves again', (_, around) => {
  const deep = nested(10_000, around)
  expect(equal(fromJson(parseJson(jsonText(deep))), deep)).toBe(true)
  expect(equal(fromJson(toJson(deep)), deep)).toBe(true)
})

test.each([
  ['[1, 2', '1:6', 'the text ends too early: `[` is not closed'],
  ['{"a":1,}', '1:8', '`}` stands where a name in double quotes should'],
  ['[1\n,,2]', '2:2', '`,` stands where a value should'],
  ['[01]', '1:2', '`01` is no number of JSON'],
  ['[1.]', '1:2', '`1.` is no number of JSON'],
  ['[-]', '1:2', '`-` is no number of JSON'],
  ['1e999', '1:1', '1e999 is beyond the largest Float'],
  ['["\\x"]', '1:3', '`\\x` is no escape of JSON'],
  ['["a\nb"]', '1:2', 'a string is not closed on its line'],
  ['["a\tb"]', '1:4', 'a string holds the control character 9'],
  ["['a']", '1:2', "`'` is not JSON"],
  ['nul', '1:1', '`nul` is not JSON'],
  ['1 2', '1:3', '`2` stands after the end of the value'],
  ['', '1:1', 'the text ends too early: there is no value'],
])('JSON %j is refused at %s', (text, place, message) => {
  let seen: unknown
  try {
    parseJson(text, 'a.json')
  } catch (error) {
    seen = error
  }
  if (!(seen instanceof DataError)) throw new Error('it was read')
  expect(`${String(seen.line)}:${String(seen.column)}`).toBe(place)
  expect(seen.file).toBe('a.json')
  expect(seen.message).toBe(message)
})
