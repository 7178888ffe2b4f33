import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatOf } from '../../../interpreter/data/formats.ts'
import type { InputFormat } from '../../../interpreter/data/formats.ts'
import { readData, readDataSync } from '../../../interpreter/data/read.ts'
import type { ReadOptions } from '../../../interpreter/data/read.ts'
import { print } from '../../../interpreter/print.ts'
import { inPieces, read, shown } from '../../support/data.ts'

describe('a file name tells the format', () => {
  test.each([
    ['a.hocl', 'hocl'],
    ['dir.csv/a.JSON', 'json'],
    ['a.ndjson', 'ndjson'],
    ['a.jsonl', 'ndjson'],
    ['a.b.csv', 'csv'],
    ['a.txt', 'txt'],
    ['a.hocl.json', 'hocl-json'],
    ['a.xlsx', undefined],
    ['csv', undefined],
  ])('%s: %s', (file, format) => {
    expect(formatOf(file)).toBe(format)
  })
})

describe.each<[InputFormat, readonly (readonly [string, string])[]]>([
  [
    'hocl',
    [
      ['1, -2.5, "a", A:1', '1 -2.5 "a" A:1'],
      ['1,\n2,\n', '1 2'],
      ['', ''],
      ['// nothing here\n/* nor\n here */', ''],
      ['1 // one\n, /* two */ 2', '1 2'],
      ['A^2, B:1^-3, C^∞, D^-∞, E^0, F^ -inf', 'A^2 B:1^-3 C^∞ D^-∞ F^-∞'],
      ['(1:2):3, ((1:2)), (A)', '(1:2):3 1:2 A'],
      ['<1, 1, ⟨2⟩^3>, [1:2, []], <>', '<1, 1, <2>, <2>, <2>> [1:2, []] <>'],
      ['∅, nothing, <∅>, 1', '<> 1'],
      ['true, false, null, ∞, -∞, inf, -inf', 'true false NULL ∞ -∞ ∞ -∞'],
      ['1_000, 0xFF, 42L, .5, 1e-3, 5f, 010', '1000 255 42 0.5 0.001 5.0 10'],
      ['123456789012345678901, -9007199254740993', '123456789012345678901 -9007199254740993'],
      [String.raw`"\"\\\u00e9\n\'\101", 'a', '\n'`, String.raw`"\"\\é\n'A" "a" "\n"`],
      ['Éa, X\u0027, T_1$, "e\u0301"', 'Éa X\u0027 T_1$ "é"'],
      ['T1:<SRC:<T2>, DST:<>, SRV:"merge">', 'T1:<DST:<>, SRC:<T2>, SRV:"merge">'],
      ['\uFEFF1', '1'],
    ],
  ],
  [
    'json',
    [
      ['[1, 2.5, "a", true, null]', '1 2.5 "a" true NULL'],
      ['[]', ''],
      ['[[1, [2]], {}]', '[1, [2]] <>'],
      ['{"a": 1, "b": {"c": [2]}}', '<"a":1, "b":<"c":[2]>>'],
      ['{"a": 1, "a": 2}', '<"a":2>'],
      ['{"__proto__": 1, "constructor": 2}', '<"__proto__":1, "constructor":2>'],
      ['5', '5'],
      ['[1, 1.0, 1e2, -0, -0.0, 12345678901234567890]', '1 1.0 100.0 0 0.0 12345678901234567890'],
      [String.raw`["\ud83d\ude00\/\b\u0041"]`, String.raw`"😀/\bA"`],
      ['\uFEFF [1]\r\n', '1'],
    ],
  ],
  [
    'ndjson',
    [
      ['1\n[2]\n{"a":3}\n', '1 [2] <"a":3>'],
      ['\n\n1\r\n\r\n2', '1 2'],
      ['', ''],
    ],
  ],
  [
    'csv',
    [
      ['from,to\na,b\nc,d\n', '"a":"b" "c":"d"'],
      ['n\n1\n-2\n+3\n2.5\n.5\n1e3\n007\n 8 \n1.\n1_0\n5f\n-\n1e999', '1 -2 3 2.5 0.5 1000.0 7 8 "1." "1_0" "5f" "-" "1e999"'],
      ['a,b\r\n"x, ""y""","two\r\nlines"\r\n', String.raw`"x, \"y\"":"two\r\nlines"`],
      ['a,b\n"1",1\n,\n', '"1":1 "":""'],
      ['a\n\n1\n\n""\n', '1 ""'],
      ['a,b', ''],
      ['', ''],
      ['a\r1\r2', '1 2'],
      ['\uFEFFa,b\n12345678901234567890,é', '12345678901234567890:"é"'],
    ],
  ],
  [
    'txt',
    [
      ['one\ntwo\r\n\nfour', '"one" "two" "" "four"'],
      ['one\n', '"one"'],
      ['', ''],
      ['\uFEFFa\rb\n', String.raw`"a\rb"`],
    ],
  ],
  [
    'hocl-json',
    [
      ['[[1,2],[{"symbol":"A"},"inf"],[{"float":2},-1]]', '1^2 A^∞ 2.0^-1'],
      ['{"outcome":"inert","solution":[[1,2]],"reactions":3}', '1^2'],
      ['{"solution":[[{"solution":[[1,1]]},1]]}', '<1>'],
      ['{"tuple":[1,{"list":[]}]}', '1:[]'],
      ['[]', ''],
      ['[[1,0]]', ''],
    ],
  ],
])('%s', (format, cases) => {
  test.each(cases)('%j holds %s', (text, molecules) => {
    expect(read(text, { format })).toBe(molecules)
  })

  test('it does not matter where the chunks of a text begin', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...cases),
        fc.array(fc.nat(60), { maxLength: 8 }),
        ([text, molecules], cuts) => {
          expect(shown(readDataSync(inPieces(text, cuts), { format, file: 'f' }))).toBe(molecules)
        },
      ),
      { numRuns: 500 },
    )
    for (const [text, molecules] of cases)
      expect(shown(readDataSync([...text], { format, file: 'f' }))).toBe(molecules)
  })
})

describe('with a name', () => {
  test.each<[Partial<ReadOptions> & Pick<ReadOptions, 'format'>, string, string]>([
    [{ format: 'hocl' }, '1, 2:3^2, <4>', 'EDGE:1 EDGE:(2:3)^2 EDGE:<4>'],
    [{ format: 'ndjson' }, '1\n[2]', 'EDGE:1 EDGE:[2]'],
    [{ format: 'txt' }, 'a', 'EDGE:"a"'],
    [{ format: 'csv' }, 'from,to\na,b\n', 'EDGE:"a":"b"'],
    [{ format: 'csv' }, 'n\n1\n', 'EDGE:1'],
    [{ format: 'csv', hasHeader: false }, '1;2', 'EDGE:"1;2"'],
    [{ format: 'csv', hasHeader: false, separator: ';' }, '1;2', 'EDGE:1:2'],
  ])('%j: %j holds %s', (options, text, molecules) => {
    expect(read(text, { ...options, name: 'EDGE' })).toBe(molecules)
  })
})

test('a text may arrive later', async () => {
  async function* later(): AsyncGenerator<string> {
    yield '1, <2'
    await Promise.resolve()
    yield ', 3>, 4'
  }
  const batches: string[] = []
  for await (const { molecules } of readData(later(), { format: 'hocl', file: 'f' }))
    batches.push(molecules.map((each) => print(each)).join(' '))
  expect(batches).toEqual(['1', '<2, 3>', '4'])
})

test.each<[InputFormat, (depth: number) => string]>([
  ['hocl', (depth) => '<'.repeat(depth) + '>'.repeat(depth)],
  ['hocl', (depth) => '(1:'.repeat(depth) + '1' + ')'.repeat(depth)],
  ['json', (depth) => '['.repeat(depth) + ']'.repeat(depth)],
  ['json', (depth) => '[' + '{"a":'.repeat(depth) + '1' + '}'.repeat(depth) + ']'],
])('%s may nest 10,000 deep', (format, nested) => {
  expect(read(nested(9_999), { format }).length).toBeGreaterThan(10_000)
  expect(read(nested(10_002), { format })).toMatch(/^HOCL624 /)
})
