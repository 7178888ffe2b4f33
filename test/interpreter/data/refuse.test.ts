import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { dataCodes } from '../../../interpreter/data/codes.ts'
import type { ReadOptions } from '../../../interpreter/data/read.ts'
import { dataPieces } from '../../../interpreter/data/write.ts'
import { DataError } from '../../../interpreter/errors.ts'
import { read } from '../../support/data.ts'
import { readHocl } from '../../support/molecules.ts'

type Refusal = readonly [text: string, message: string]

const hocl: readonly Refusal[] = [
  ['1,\nA B', 'HOCL627 2:3 `B` stands where a comma should'],
  ['1,,2', 'HOCL627 1:3 `,` stands where a molecule should'],
  ['<1, >', 'HOCL627 1:5 `>` stands where a molecule should'],
  ['<1, 2]', 'HOCL627 1:6 `]` stands where a comma or `>` should'],
  ['⟨1>', 'HOCL627 1:3 `>` stands where a comma or `⟩` should'],
  ['1)', 'HOCL627 1:2 `)` stands where a comma should'],
  ['(1, 2)', 'HOCL627 1:3 `,` stands where `:` or `)` should'],
  ['A::B', 'HOCL627 1:3 `:` stands where a molecule should'],
  ['<1, 2', 'HOCL621 1:6 the text ends too early: `<` is not closed'],
  ['A:', 'HOCL621 1:3 the text ends too early: a molecule is not complete'],
  ['"abc', 'HOCL621 1:1 a string is not closed'],
  ['1 /* no end', 'HOCL621 1:12 a comment is not closed'],
  ['"a\nb"', 'HOCL622 1:1 a string is not closed on its line'],
  [String.raw`"a\q"`, String.raw`HOCL622 1:3 ` + '`' + String.raw`\q` + '` is no escape'],
  ["'ab'", 'HOCL622 1:1 a character in single quotes is one character'],
  ['5.', 'HOCL623 1:1 `5.` is no number'],
  ['1__0', 'HOCL623 1:1 `1__0` is no number'],
  ['5forks', 'HOCL623 1:1 `5forks` is no number'],
  ['1e999', 'HOCL623 1:1 `1e999` is beyond the largest Float'],
  ['1'.repeat(400_000), 'HOCL625 1:1 an integer is too large'],
  ['apple', 'HOCL626 1:1 `apple` is not data'],
  ['1, replace x by x', 'HOCL626 1:4 `replace` is not data'],
  ['1 + 2', 'HOCL626 1:3 `+` is not data'],
  ['A:- B', 'HOCL626 1:3 `-` is not data'],
  ['4 / 2', 'HOCL626 1:3 `/` is not data'],
  ['A^B', 'HOCL628 1:3 `B` is no multiplicity'],
  ['A^2.5', 'HOCL628 1:3 `2.5` is no multiplicity'],
  ['[A^2]', 'HOCL628 1:3 `^` stands after a molecule of a solution only'],
  ['<A^∞, A^-∞>', 'HOCL628 1:11 the multiplicities in this solution do not add up: ∞ − ∞ has no value'],
]

const csv: readonly Refusal[] = [
  ['a,b\n1,"x', 'HOCL629 2:3 a quote is not closed'],
  ['a,b\n1,x"y', 'HOCL629 2:4 a quote stands inside a field'],
  ['a,b\n"x"y,1', 'HOCL629 2:4 `y` follows a field in quotes'],
  ['a,b\n1,2\n3\n', 'HOCL630 3:1 this row has 1 field, the first has 2 fields'],
]

const json: readonly Refusal[] = [
  ['[1, x]', 'HOCL620 1:5 `x` is not JSON'],
  ['[1\n2]', 'HOCL620 2:1 `2` stands where `,` or `]` should'],
  ['[1, 2', 'HOCL621 1:6 the text ends too early: `[` is not closed'],
  ['', 'HOCL621 1:1 the text ends too early: there is no value'],
  [' \n ', 'HOCL621 2:2 the text ends too early: there is no value'],
]

const ndjson: readonly Refusal[] = [
  ['1\n2 3\n', 'HOCL631 2:3 `3` is a second value on the line'],
  ['1\n[2,\n3]\n', 'HOCL631 2:4 the line ends inside a value'],
  ['{"a": \n\n1}', 'HOCL631 1:7 the line ends inside a value'],
  ['', ''],
  ['1\n{"a":}', 'HOCL620 2:6 `}` stands where a value should'],
]

const exchange: readonly Refusal[] = [
  ['[[1,1],[2]]', 'HOCL632 1:8 pair 2: a pair has a molecule and a multiplicity'],
  ['[1]', 'HOCL632 1:2 pair 1: 1 is no pair of a molecule and its multiplicity'],
  ['[[1,1],\n [{"host":"P","args":[]},1]]', 'HOCL632 2:2 pair 2: there is no class `P`'],
  ['{"rule":"max"}', 'HOCL632 1:1 data holds no rules'],
  [' \n', 'HOCL621 2:1 the text ends too early: there is no value'],
]

const all: readonly (readonly [ReadOptions['format'], readonly Refusal[]])[] = [
  ['hocl', hocl],
  ['csv', csv],
  ['json', json],
  ['ndjson', ndjson],
  ['hocl-json', exchange],
]

describe.each(all)('malformed %s is refused with its place', (format, refusals) => {
  test.each(refusals.map(([text, message]) => [text.slice(0, 30), message, text] as const))(
    '%j: %s',
    (_, message, text) => {
      expect(read(text, { format })).toBe(message)
    },
  )
})

test('a place is counted over all chunks', () => {
  expect(read(`${'1,\n'.repeat(50_000)}x`, { format: 'hocl' })).toBe('HOCL626 50001:1 `x` is not data')
})

test('a name for data is a symbol', () => {
  expect(read('1', { format: 'hocl', name: 'edge' })).toBe('HOCL634 `edge` cannot stand before data')
})

describe('what a format cannot hold is refused', () => {
  test.each([
    ['json', 'A^-1', 'A is there as an anti-molecule'],
    ['csv', 'A^∞', 'A is there without end'],
    ['ndjson', '[∞]', 'JSON cannot hold ∞'],
    ['json', '[new Object()]', 'JSON cannot hold new Object()'],
    ['json', '[(replace x by x)]', 'JSON cannot hold (replace'],
  ] as const)('%s: %s', (format, text, message) => {
    expect(() => [...dataPieces(readHocl(text), format)]).toThrow(message)
    expect(() => [...dataPieces(readHocl(text), format)]).toThrow(DataError)
  })
})

describe('each code', () => {
  const pages = new URL('../../../docs/codes/', import.meta.url)
  const codes = Object.keys(dataCodes)

  test.each(codes)('%s has a page of that title', (code) => {
    const [title = ''] = readFileSync(new URL(`${code}.md`, pages), 'utf8').split('\n')
    expect(title.toLowerCase()).toBe(`# ${code}: ${dataCodes[code as `HOCL6${number}`] ?? ''}`.toLowerCase())
  })

  test('is met in a test', () => {
    const seen = all.flatMap(([, refusals]) => refusals.map(([, message]) => message.slice(0, 7)))
    const elsewhere = ['HOCL624', 'HOCL633', 'HOCL634']
    expect([...new Set([...seen, ...elsewhere])].filter((code) => code !== '').sort()).toEqual(codes)
  })

  test('with a page of data is known', () => {
    const paged = readdirSync(pages).filter((name) => /^HOCL6[23]/.test(name))
    expect(paged.map((name) => name.slice(0, 7)).sort()).toEqual(codes)
  })
})
