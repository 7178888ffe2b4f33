import { describe, expect, test } from 'vitest'
import { parse, parseMolecules, Source } from '../../grammar/index.ts'
import { complaints, molecules } from '../support/notation.ts'

describe('numbers', () => {
  test.each([
    ['42, 1_000, 0xFF, 0xfF_ff, 42L, 7l', '42 1000 255 65535 42 7'],
    ['2.5, .5, 1e-3, 1E5, 2.5e+1', '2.5 0.5 0.001 100000.0 25.0'],
    ['5f, 5F, 2.5d, 1e3D, 0f', '5.0 5.0 2.5 1000.0 0.0'],
    ['9007199254740991, 9007199254740992', '9007199254740991 9007199254740992n'],
    ['0xFFFFFFFFFFFFFFFFFF', '4722366482869645213695n'],
    ['0, 00.5', '0 0.5'],
    ['1_0.2_5', '10.25'],
    ['5.equals(x), 1.5.f, 0xF.e', '(. 5 equals (x)) (. 1.5 f) (. 15 e)'],
    ['5 .e', '(. 5 e)'],
  ])('%s', (text, expected) => {
    expect(molecules(text)).toBe(expected)
  })

  test.each(['5.', '1__0', '1_', '5forks', '0x', '0xFFL', '0xG', '1e', '1e+', "5'"])(
    '%s is none',
    (text) => {
      expect(complaints(`<${text} >`)[0]).toMatch(/^HOCL103 /)
    },
  )

  test('too large ones are refused', () => {
    expect(complaints('<1e999>')).toEqual(['HOCL103 1e999'])
    expect(complaints(`<${'9'.repeat(1_000_001)}>`)[0]).toMatch(/^HOCL103 /)
  })

  test('a leading zero is a warning, and decimal', () => {
    const { molecules: found, diagnostics } = parseMolecules(new Source('test', '010'))
    expect(found.items[0]).toMatchObject({ kind: 'integer', value: 10 })
    expect(diagnostics).toMatchObject([{ code: 'HOCL104', severity: 'warning' }])
  })
})

describe('strings and characters', () => {
  test.each([
    [String.raw`"\"\\\/\b\f\n\r\t\u0041\'"`, '"\\/\b\f\n\r\tA\''],
    [String.raw`"\0\7\101\377\400"`, '\0\x07A\u00FF\x200'],
    ['"a\tb"', 'a\tb'],
    [String.raw`'\''`, "'"],
    ["'é'", 'é'],
    ["'😀'", '😀'],
    ['"e\u0301"', 'é'],
    ['"// no comment"', '// no comment'],
  ])('%s', (text, value) => {
    const { molecules: found, diagnostics } = parseMolecules(new Source('test', text))
    expect(diagnostics).toEqual([])
    expect(found.items).toMatchObject([{ kind: 'string', value }])
  })

  test.each([
    ['<"abc>', ['HOCL105 "']],
    ["<'a>", ["HOCL105 '"]],
    ['<"a\\">', ['HOCL105 "']],
    ['<"a\nb">', ['HOCL105 "', 'HOCL105 "']],
    [String.raw`<"\q">`, [String.raw`HOCL106 \q`]],
    [String.raw`<"\u12">`, [String.raw`HOCL106 \u`]],
    ["<'ab'>", ["HOCL107 'ab'"]],
    ["<''>", ["HOCL107 ''"]],
  ])('refused: %s', (text, expected) => {
    expect(complaints(text)).toEqual(expected)
  })
})

describe('words', () => {
  test.each([
    ["x, _x, $a, x', élan, 日本", "x _x $a x' élan 日本"],
    ['SRC, T1, Élan, Ω, ǅ', 'SRC T1 Élan Ω ǅ'],
    ['letter, inner, onemore, replaces', 'letter inner onemore replaces'],
    ['true, false, null', 'true false null'],
  ])('%s', (text, expected) => {
    expect(molecules(text)).toBe(expected)
  })

  test('are symbols by the category of their first letter', () => {
    const kinds = ['a', 'A', 'ǅ', 'ª', '日', '_A', '$A', 'ω', 'Ω', '𝐀', '𝐚'].map((text) => {
      const [item] = parseMolecules(new Source('test', text)).molecules.items
      return `${text} ${item?.kind ?? ''}`
    })
    expect(kinds).toEqual(
      ['a name', 'A symbol', 'ǅ symbol', 'ª name', '日 name', '_A name', '$A name'].concat([
        'ω rest',
        'Ω symbol',
        '𝐀 symbol',
        '𝐚 name',
      ]),
    )
  })

  test.each([
    ['<#>', ['HOCL101 #']],
    ['<1 \u0001>', ['HOCL101 \u0001']],
    ['<😀>', ['HOCL101 😀']],
    ['<“a”>', ['HOCL102 “a”']],
    ['<x ≤ y>', ['HOCL102 ≤']],
    ['<x => y>', ['HOCL102 =>']],
  ])('refused: %s', (text, expected) => {
    expect(complaints(text)).toEqual(expected)
  })
})

describe('comments', () => {
  test('are kept beside the tree, in order', () => {
    const { program } = parse(new Source('test', '// a\n/* b */ <1> /// c'))
    expect(program.comments.map(({ style, text }) => `${style} ${text}`)).toEqual([
      'line // a',
      'block /* b */',
      'doc /// c',
    ])
  })

  test('that are not closed run to the end', () => {
    expect(complaints('<1> /* a')).toEqual(['HOCL108 /*'])
    expect(complaints('<1> /*/')).toEqual(['HOCL108 /*'])
  })
})

test('spans are the text of their nodes', () => {
  const source = new Source(
    'test',
    'let a = (1 + 2):B in < a.f(x)[0] , -3^2, replace <x, ?w> by w >',
  )
  const { program } = parse(source)
  const spans: string[] = []
  const walk = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return
    if ('kind' in value && 'span' in value) {
      // A node's span is a pair of offsets, as ast.ts says.
      spans.push(source.slice(value.span as { start: number; end: number }))
    }
    Object.values(value).forEach(walk)
  }
  walk(program.definitions)
  walk(program.solution)
  expect(spans).toContain('(1 + 2):B')
  expect(spans).toContain('1 + 2')
  expect(spans).toContain('a.f(x)[0]')
  expect(spans).toContain('a.f(x)')
  expect(spans).toContain('-3^2')
  expect(spans).toContain('replace <x, ?w> by w')
  expect(spans).toContain('?w')
})
