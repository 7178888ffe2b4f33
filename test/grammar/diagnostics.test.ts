import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parse, Source, syntaxCodes } from '../../grammar/index.ts'
import { diagnosticGoldens, readGolden, unmet } from '../support/diagnostic-goldens.ts'

const goldens = diagnosticGoldens('HOCL1')
const pages = new URL('../../docs/codes/', import.meta.url)

describe('each golden gets the diagnostics that it marks', () => {
  test.each(goldens.map((golden) => [golden.name, golden] as const))('%s', (_, golden) => {
    const { diagnostics } = parse(new Source(golden.name, golden.text))
    expect(unmet(golden, diagnostics)).toEqual([])
    expect(golden.marks.map((mark) => mark.code)).toContain(golden.code)
  })
})

test('a golden without marks fails', () => {
  expect(unmet(readGolden('HOCL199-none.hocl', '< 1 >'), [])).toEqual(['the file has no marks'])
})

test('codes, pages and goldens are the same set', () => {
  const codes = Object.keys(syntaxCodes).sort()
  const paged = readdirSync(pages).filter((name) => name.startsWith('HOCL1'))
  expect(paged.map((name) => name.slice(0, 7)).sort()).toEqual(codes)
  expect([...new Set(goldens.map((golden) => golden.code))].sort()).toEqual(codes)
})

describe('each page shows a program with the diagnostic, and how to mend it', () => {
  test.each(Object.keys(syntaxCodes))('%s', (code) => {
    const page = readFileSync(new URL(`${code}.md`, pages), 'utf8')
    const [wrong, right, ...more] = [...page.matchAll(/```hocl(?: error)?\n([^]*?)```/g)]
    expect(more).toEqual([])
    expect(codesIn(wrong?.[1])).toContain(code)
    expect(codesIn(right?.[1])).toEqual([])
  })
})

test('titles are short and have no full stop', () => {
  for (const { text } of goldens) {
    for (const { title } of parse(new Source('golden', text)).diagnostics) {
      expect(title.replaceAll(/`[^`]*`/g, '').length, title).toBeLessThanOrEqual(60)
      expect(title).not.toMatch(/\.$/)
    }
  }
})

function codesIn(text = ''): readonly string[] {
  return parse(new Source('page', text)).diagnostics.map((diagnostic) => diagnostic.code)
}
