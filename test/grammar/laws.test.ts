import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  format,
  isIncomplete,
  parse,
  parseMolecules,
  Source,
  type Program,
} from '../../grammar/index.ts'
import {
  arbitraryMolecules,
  arbitraryProgram,
  arbitraryText,
  mutated,
} from '../support/arbitrary-programs.ts'

/** A tree without places, which is what formatting keeps. */
function bare(program: Program): string {
  return JSON.stringify(program, (key, value: unknown) => {
    if (key === 'span' || key === 'keyword') return undefined
    return typeof value === 'bigint' ? `${value}n` : value
  })
}

function read(text: string): Program {
  const { program, diagnostics } = parse(new Source('law', text))
  expect(diagnostics).toEqual([])
  return program
}

describe('programs', () => {
  test('that the grammar makes are read without a complaint', () => {
    fc.assert(
      fc.property(arbitraryProgram(), (text) => void read(text)),
      { numRuns: 500 },
    )
  })

  test('keep their tree and comments when they are formatted', () => {
    const law = fc.property(arbitraryProgram(), (text) => {
      const formatted = format(new Source('law', text)).text
      expect(bare(read(formatted))).toBe(bare(read(text)))
    })
    fc.assert(law, { numRuns: 500 })
  })

  test('that are formatted stay as they are', () => {
    const law = fc.property(arbitraryProgram(), (text) => {
      const once = format(new Source('law', text)).text
      expect(format(new Source('law', once)).text).toBe(once)
    })
    fc.assert(law, { numRuns: 500 })
  })

  test('read by their inside give the molecules of their solution', () => {
    const law = fc.property(arbitraryMolecules(), (text) => {
      const { molecules, diagnostics } = parseMolecules(new Source('law', text))
      expect(diagnostics).toEqual([])
      expect(molecules.items).toHaveLength(read(`<${text}>`).solution?.molecules.items.length ?? 0)
    })
    fc.assert(law, { numRuns: 200 })
  })
})

describe('any text', () => {
  test.each([
    ['of letters', arbitraryText()],
    ['of a damaged program', mutated(arbitraryProgram())],
  ])('%s is read, with at most 20 diagnostics inside it', (_, texts) => {
    const law = fc.property(texts, (text) => {
      const source = new Source('law', text)
      const { diagnostics } = parse(source)
      expect(diagnostics.length).toBeLessThanOrEqual(20)
      for (const { labels } of diagnostics) {
        for (const { span } of labels) {
          expect(span.start).toBeGreaterThanOrEqual(0)
          expect(span.end).toBeGreaterThanOrEqual(span.start)
          expect(span.end).toBeLessThanOrEqual(source.text.length)
        }
      }
      parseMolecules(source)
      isIncomplete(source)
      format(source)
    })
    fc.assert(law, { numRuns: 1000 })
  })

  test('is never told the same twice at one place', () => {
    const law = fc.property(mutated(arbitraryProgram()), (text) => {
      const { diagnostics } = parse(new Source('law', text))
      const places = diagnostics.map(({ code, labels }) => `${code} ${labels[0].span.start}`)
      expect(new Set(places).size).toBe(places.length)
    })
    fc.assert(law, { numRuns: 500 })
  })
})
