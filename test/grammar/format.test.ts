import { describe, expect, test } from 'vitest'
import { format, formatWidth, Source } from '../../grammar/index.ts'

function formatted(text: string): string {
  return format(new Source('test', text)).text
}

describe('a text that fits stands on one line', () => {
  test.each([
    ['<1,2 ,3>', '<1, 2, 3>\n'],
    ['< >', '<>\n'],
    [
      'let max=replace x,y by x if x>=y in<max>',
      'let max = replace x, y by x if x >= y in\n<max>\n',
    ],
    ['<A : 1 : <2> ^ 3>', '<A:1:<2>^3>\n'],
    ['<a?b:c, x . f ( 1,2 ) [ 0 ]>', '<a ? b : c, x.f(1, 2)[0]>\n'],
    ['<- - 1, x - -1, !  !b, +1>', '<- -1, x - -1, ! !b, +1>\n'],
    ['<( String )x, new  Point(1,2)>', '<(String) x, new Point(1, 2)>\n'],
    ['import  a . b . * ;<1>', 'import a.b.*;\n<1>\n'],
    ['', ''],
  ])('%s', (text, expected) => {
    expect(formatted(text)).toBe(expected)
  })
})

test('what is written in several ways stays as it was written', () => {
  const text = '<0xFF, 1_000, 5f, 010, ∅, nothing, (), inf, ∞, ⟨1⟩, (2), \'a\', "\\u0041">\n'
  expect(formatted(text)).toBe(text)
})

test('a solution that does not fit has one molecule a line', () => {
  const molecules = Array.from({ length: 30 }, (_, index) => `MOLECULE:${index}`)
  expect(formatted(`<${molecules.join(',')}>`)).toBe(`<\n  ${molecules.join(',\n  ')}\n>\n`)
})

test('a rule that does not fit breaks before its words', () => {
  const long = 'aVeryLongVariableNameIndeed'
  const text = `let rule = replace ${long}::Int, other::Int by ${long} + other if ${long} >= other && other > 0 in`
  expect(formatted(text)).toBe(
    [
      `let rule = replace ${long}::Int, other::Int`,
      `  by ${long} + other`,
      `  if ${long} >= other && other > 0`,
      'in\n',
    ].join('\n'),
  )
})

test('lines stay within the width where they can', () => {
  const text = `let f = replace x by ${Array.from({ length: 60 }, (_, i) => `x.g(${i}, A:b)`).join(' + ')} in`
  for (const line of formatted(text).split('\n'))
    expect(line.length).toBeLessThanOrEqual(formatWidth)
})

describe('comments stay', () => {
  test.each([
    ['// a\n<1>', '// a\n<1>\n'],
    ['<1> // a', '<1> // a\n'],
    ['<1, // one\n2 // two\n>', '<\n  1, // one\n  2 // two\n>\n'],
    ['<1, /* two */ 2>', '<1, /* two */ 2>\n'],
    ['<// first\n1>', '< // first\n  1\n>\n'],
    ['</* none */>', '<\n  /* none */\n>\n'],
    ['/// doc\nlet a=1 in // a\n\n\n// b\n<a>', '/// doc\nlet a = 1 in // a\n\n// b\n<a>\n'],
    ['replace', 'replace'],
    ['let f = replace x // taken\nby x in', 'let f = replace x\n  by // taken\n    x\nin\n'],
    ['// only this', '// only this\n'],
  ])('%j', (text, expected) => {
    expect(formatted(text)).toBe(expected)
  })
})

test('one empty line between definitions stays, more become one', () => {
  expect(formatted('let a = 1 in\n\n\n\nlet b = 2 in\nlet c = 3 in')).toBe(
    'let a = 1 in\n\nlet b = 2 in\nlet c = 3 in\n',
  )
})

test('the last `in` of a library stays away if it was', () => {
  expect(formatted('let a = 1')).toBe('let a = 1\n')
  expect(formatted('let a = 1 in')).toBe('let a = 1 in\n')
})

test('a text with a mistake is left alone', () => {
  const { text, diagnostics } = format(new Source('test', '<1,,   2>'))
  expect(text).toBe('<1,,   2>')
  expect(diagnostics.map(({ code }) => code)).toEqual(['HOCL111'])
})
