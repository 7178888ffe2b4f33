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

interface Slip {
  readonly marked: string
  readonly code: string
  readonly hint: string | undefined
}

/** Each with the place that is complained of, marked by `|`, and the code and hint of the one complaint. */
const slips: readonly Slip[] = list([
  ['<|replce x by x>', 'HOCL131', 'did you mean `replace`?'],
  ['<1, 2, replace x, y by x |iff x > y>', 'HOCL131', 'did you mean `if`?'],
  ['|lett max = 1 in <max>', 'HOCL131', 'did you mean `let`?'],
  ['<|replace-on x by x>', 'HOCL131', 'did you mean `replace-one`?'],
  ['<|replaceone x by x>', 'HOCL131', 'did you mean `replace-one`?'],
  ['let max = replace x, y |bye x if x > y in <1, max>', 'HOCL131', 'did you mean `by`?'],
  ['<1, |wiht x inject y>', 'HOCL131', 'did you mean `with`?'],
  ['let f(x) = x + 1 |inn <f(1)>', 'HOCL131', 'did you mean `in`?'],
  ['let |rce f = 1 in <f>', 'HOCL131', 'did you mean `rec`?'],
  ['<|nwe Point(1, 2)>', 'HOCL131', 'did you mean `new`?'],
  ['<x |& y>', 'HOCL102'],
  ['<x |and y>', 'HOCL102', 'the boolean “and” is `&&`'],
  ['<replace x by x if |not x>', 'HOCL102', 'the boolean “not” is `!`'],
  ['<replace x by x |where x > 1>', 'HOCL102', 'a condition stands after `if`'],
  ['<let a = 1|>', 'HOCL116'],
  ['<replace x by y |by z>', 'HOCL125'],
  ['<1|;2>', 'HOCL114', 'a comma stands between molecules'],
  ['<[1|;2]>', 'HOCL114', 'a comma stands between molecules'],
  ['let a = 1|; <a>', 'HOCL116'],
  [
    '<A, m = |(replace A by B)>',
    'HOCL124',
    'the parentheses of a rule stand around its name, too: `(name = replace …)`; a value gets its name by `let`, and equality is `==`',
  ],
  [
    '<[|...range(3)]>',
    'HOCL114',
    '`...` adds molecules to a solution: a list is itself, as `range(3)`, and two are put together by `concat(a, b)`',
  ],
  [
    '<[1, |...range(3)]>',
    'HOCL111',
    '`...` stands before a whole element of a solution; lists are put together by `concat(a, b)`',
  ],
  // What is no keyword and is like none.
  ['<1, x |i, y>', 'HOCL117'],
  ['<x |y>', 'HOCL117'],
  ['<first |second>', 'HOCL117'],
])

test.each(slips)('one slip is one complaint: $marked', ({ marked, code, hint }) => {
  const { diagnostics } = parse(new Source('slip', marked.replace('|', '')))
  expect(diagnostics.map((each) => [each.code, each.labels[0].span.start])).toEqual([
    [code, marked.indexOf('|')],
  ])
  if (hint !== undefined) expect(diagnostics[0]?.hint).toBe(hint)
})

test('a misspelt keyword does not hide another mistake', () => {
  expect(codesIn('let max = replace x by x iff x > 1 in < 1, 2 3, (4 >')).toEqual([
    'HOCL131',
    'HOCL117',
    'HOCL118',
  ])
})

function list(rows: readonly (readonly [marked: string, code: string, hint?: string])[]): Slip[] {
  return rows.map(([marked, code, hint]) => ({ marked, code, hint }))
}

function codesIn(text = ''): readonly string[] {
  return parse(new Source('page', text)).diagnostics.map((diagnostic) => diagnostic.code)
}
