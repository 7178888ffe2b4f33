import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readDataSync } from '../../../interpreter/data/read.ts'
import { dataPieces } from '../../../interpreter/data/write.ts'
import type { OutputFormat } from '../../../interpreter/data/formats.ts'
import { equal, Float, List, NULL, SolutionValue, Tuple } from '../../../interpreter/index.ts'
import type { Entry, Molecule } from '../../../interpreter/index.ts'
import { ints, readHocl, solutions, texts } from '../../support/molecules.ts'

function written(solution: SolutionValue, format: OutputFormat): string {
  return [...dataPieces(solution, format)].join('')
}

function readBack(text: string, format: OutputFormat): SolutionValue {
  const entries: Entry[] = []
  for (const { molecules, multiplicities } of readDataSync([text], { format, file: 'f', hasHeader: false }))
    molecules.forEach((molecule, i) => entries.push([molecule, multiplicities[i] ?? 0]))
  return SolutionValue.of(entries)
}

test('HOCL reads back as it was', () => {
  fc.assert(
    fc.property(solutions, (solution) => {
      expect(equal(readBack(written(solution, 'hocl'), 'hocl'), solution)).toBe(true)
    }),
  )
})

/** What JSON has: objects with different names, arrays, null. */
const json = fc.letrec<{ value: Molecule }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    ints,
    texts,
    fc.boolean(),
    fc.constant<Molecule>(NULL),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => new Float(value)),
    fc.array(tie('value')).map((items) => new List(items)),
    fc
      .dictionary(texts, tie('value'))
      .map((object) =>
        SolutionValue.of(
          Object.entries(object).map(([name, value]) => [new Tuple([name, value]), 1] as const),
        ),
      ),
  ),
})).value

test.each(['json', 'ndjson'] as const)('%s that was read is written as it was', (format) => {
  fc.assert(
    fc.property(fc.array(json), (molecules) => {
      const solution = SolutionValue.of(molecules.map((molecule) => [molecule, 1] as const))
      expect(equal(readBack(written(solution, format), format), solution)).toBe(true)
    }),
  )
})

test('rows of CSV read back as they were', () => {
  const field = fc.oneof(ints, texts, fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => new Float(value)))
  const rows = fc.array(fc.tuple(field, field).map((fields) => new Tuple(fields)))
  fc.assert(
    fc.property(rows, (molecules) => {
      const solution = SolutionValue.of(molecules.map((molecule) => [molecule, 1] as const))
      expect(equal(readBack(written(solution, 'csv'), 'csv'), solution)).toBe(true)
    }),
  )
})

describe('a solution is written in canonical order, without its rules', () => {
  const solution = readHocl('B:"x, y", A:1.0, A:1.0, "5", 7^4, NULL:true, max = replace x, y by x if x > y')

  test.each<[OutputFormat, readonly string[]]>([
    ['hocl', ['7^4,', '"5",', 'A:1.0,', 'A:1.0,', 'B:"x, y",', 'NULL:true']],
    ['json', ['[', '7,', '7,', '7,', '7,', '"5",', '["A",1.0],', '["A",1.0],', '["B","x, y"],', '[null,true]', ']']],
    ['ndjson', ['7', '7', '7', '7', '"5"', '["A",1.0]', '["A",1.0]', '["B","x, y"]', '[null,true]']],
    ['csv', ['7', '7', '7', '7', '"5"', 'A,1.0', 'A,1.0', 'B,"x, y"', 'NULL,true']],
  ])('as %s', (format, lines) => {
    expect(written(solution, format)).toBe(`${lines.join('\n')}\n`)
  })
})

test('a solution of key and value tuples is an object, any other an array', () => {
  expect(written(readHocl('<"a":1, "b":<>>, <"a":1, "a":2>, <1, 1>'), 'ndjson')).toBe(
    '[1,1]\n[["a",1],["a",2]]\n{"a":1,"b":{}}\n',
  )
})

test('CSV may have a first row with names, and another separator', () => {
  const pieces = dataPieces(readHocl('1:"a;b"'), 'csv', { header: ['n', 'text'], separator: ';' })
  expect([...pieces].join('')).toBe('n;text\n1;"a;b"\n')
})

test('an empty solution is written', () => {
  expect(written(SolutionValue.empty, 'json')).toBe('[]\n')
  expect(written(SolutionValue.empty, 'hocl')).toBe('')
})
