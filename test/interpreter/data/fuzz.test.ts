import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { INPUT_FORMATS } from '../../../interpreter/data/formats.ts'
import type { InputFormat } from '../../../interpreter/data/formats.ts'
import { readDataSync } from '../../../interpreter/data/read.ts'
import { DataError } from '../../../interpreter/errors.ts'
import { equal, SolutionValue } from '../../../interpreter/index.ts'
import type { Entry } from '../../../interpreter/index.ts'
import { inPieces, read, shown } from '../../support/data.ts'
import { readHocl } from '../../support/molecules.ts'

/** Pieces of which texts of a format, right and wrong, are made. */
const pieces: Readonly<Record<InputFormat, readonly string[]>> = {
  hocl: ['<', '>', '[', ']', '(', ')', ',', ',', ':', '^', '-', '1', '23', '4.5', '.', 'e', 'A', 'Bc', '"x"', "'", '"', '\\', '//', '/*', '*/', '\n', ' ', '∞', 'inf', 'true', 'x', '∅', '⟨', '⟩', '_', '0x', 'é'],
  json: ['{', '}', '[', ']', ',', ',', ':', '"a"', '"', '\\', 'u00', '1', '-', '.5', 'e3', '0', 'true', 'null', 'nul', ' ', '\n', 'é'],
  ndjson: ['{', '}', '[', ']', ',', ':', '"a"', '"', '1', '2\n', '-', '\n', ' ', 'true'],
  csv: ['a', '1', ',', ',', '"', '""', '\n', '\r\n', '\r', ' ', '.', '-', 'é'],
  txt: ['a', '\n', '\r', '\r\n', ''],
  'hocl-json': ['{', '}', '[', ']', ',', '"tuple":', '"list":', '"solution":', '"symbol":', '"A"', '"int":', '1', '"inf"', '2.5', 'null'],
}

/** The molecules, or the code and the place of what is wrong. */
function outcome(chunks: readonly string[], format: InputFormat): string {
  try {
    return shown(readDataSync(chunks, { format, file: 'f' }))
  } catch (error) {
    if (!(error instanceof DataError)) throw error
    return `${error.code} ${String(error.line)}:${String(error.column)} ${lineBefore(error)}`
  }
}

/** What stands before the place of an error on its line: what comes after may not have arrived. */
function lineBefore({ place }: DataError): string {
  if (place?.excerpt === undefined) return ''
  const { text, column } = place.excerpt
  return text.slice(0, place.column - column)
}

describe.each(INPUT_FORMATS)('any text of %s', (format) => {
  const texts = fc.array(fc.constantFrom(...pieces[format]), { maxLength: 20 }).map((all) => all.join(''))

  test('is read or refused, and the same however it is cut', () => {
    fc.assert(
      fc.property(texts, fc.array(fc.nat(40), { maxLength: 5 }), (text, cuts) => {
        expect(outcome(inPieces(text, cuts), format)).toBe(outcome([text], format))
      }),
      { numRuns: 3000 },
    )
  })
})

test('what is read as data in HOCL means the same in a program', () => {
  const texts = fc.array(fc.constantFrom(...pieces.hocl.filter((each) => !each.includes('/'))), { maxLength: 12 }).map((all) => all.join(''))
  fc.assert(
    fc.property(texts, (text) => {
      fc.pre(!/^HOCL/.test(read(text, { format: 'hocl' })) && !/,\s*$/.test(text))
      const entries: Entry[] = []
      for (const { molecules, multiplicities } of readDataSync([text], { format: 'hocl', file: 'f' }))
        molecules.forEach((molecule, i) => entries.push([molecule, multiplicities[i] ?? 0]))
      expect(equal(SolutionValue.of(entries), readHocl(`${text}\n`))).toBe(true)
    }),
    { numRuns: 300, maxSkipsPerRun: 1000 },
  )
})
