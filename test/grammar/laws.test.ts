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
import { laws } from '../support/laws.ts'

/** A tree without places, which is what formatting keeps. */
function bare(program: Program): string {
  return JSON.stringify(program, (key, value: unknown) => {
    if (key === 'span' || key === 'keyword') return undefined
    return typeof value === 'bigint' ? `${value}n` : value
  })
}

function withoutBigints(_: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value
}

function read(text: string): Program {
  const { program, diagnostics } = parse(new Source('law', text))
  expect(diagnostics).toEqual([])
  return program
}

describe('programs', () => {
  test('that the grammar makes are read without a complaint', () => {
    laws(
      500,
      fc.property(arbitraryProgram(), (text) => void read(text)),
    )
  })

  test('keep their tree and comments when they are formatted', () => {
    const law = fc.property(arbitraryProgram(), (text) => {
      const formatted = format(new Source('law', text)).text
      expect(bare(read(formatted))).toBe(bare(read(text)))
    })
    laws(500, law)
  })

  test('that are formatted stay as they are', () => {
    const law = fc.property(arbitraryProgram(), (text) => {
      const once = format(new Source('law', text)).text
      expect(format(new Source('law', once)).text).toBe(once)
    })
    laws(500, law)
  })

  test('with comments at the ends of brackets stay as they are once formatted', () => {
    const text =
      'package\nA . A ; let rec x /* note */ (\nx\n, x ) = ⟨ let rec /* note */ x\n(\nx ) = ' +
      '! ! x : /* note */ x\n:\nω in ... ! ! ∞ || /* note */ ∞\n||\n! ω || A instanceof < >' +
      ' /* note */ ⟩\n:\n! ! ∞ || x [ < /* note */ >\n:\n∞ || x : ( String ) /* note */ A\n?' +
      "\ntrue : ∞ ] || ! ! /* note */ ∞\n[\nω instanceof A . A : ∞ /* note */ ||\n!\n! 'a' ]" +
      ' || 2.5 [ true /* note */ instanceof\nA\n. A < ? extends < > /* note */ ,\n<\n> > ] ' +
      'in ⟨ ⟩ '
    const once = format(new Source('law', text)).text
    expect(format(new Source('law', once)).text).toBe(once)
  })

  test('read by their inside give the molecules of their solution', () => {
    const law = fc.property(arbitraryMolecules(), (text) => {
      const { molecules, diagnostics } = parseMolecules(new Source('law', text))
      expect(diagnostics).toEqual([])
      expect(molecules.items).toHaveLength(read(`<${text}>`).solution?.molecules.items.length ?? 0)
    })
    laws(200, law)
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
    laws(1000, law)
  })

  test('that cannot be read as a whole is told of', () => {
    const words = '< > ( ) [ ] , : x y A 1 replace one with inject by if let in = ?w ω ^ + ; "a"'
    const law = fc.property(fc.array(fc.constantFrom(...words.split(' '))), (parts) => {
      const { program, diagnostics } = parse(new Source('law', parts.join(' ')))
      const isWhole = !JSON.stringify(program, withoutBigints).includes('"kind":"error"')
      expect(isWhole || diagnostics.some(({ severity }) => severity === 'error')).toBe(true)
    })
    laws(2000, law)
    for (const text of ['<replace x one x>', '<replace x replace x>', '<1, replace x with x>']) {
      const { diagnostics } = parse(new Source('law', text))
      expect(diagnostics.map(({ code }) => code)).toEqual(['HOCL115'])
    }
  })

  test('is never told the same twice at one place', () => {
    const law = fc.property(mutated(arbitraryProgram()), (text) => {
      const { diagnostics } = parse(new Source('law', text))
      const places = diagnostics.map(({ code, labels }) => `${code} ${labels[0].span.start}`)
      expect(new Set(places).size).toBe(places.length)
    })
    laws(500, law)
  })
})
