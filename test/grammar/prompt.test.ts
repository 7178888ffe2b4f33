import { describe, expect, test } from 'vitest'
import { isIncomplete, parseMolecules, Source } from '../../grammar/index.ts'

function asksForMore(text: string): boolean {
  return isIncomplete(new Source('prompt', text))
}

describe('a prompt asks for another line while a text only ends too early', () => {
  test.each([
    '<1,',
    '<1',
    '(',
    'let f = replace x',
    'let f =',
    'replace x by',
    '1 +',
    'f(1',
    '/* a',
  ])('%s', (text) => {
    expect(asksForMore(text)).toBe(true)
  })

  test.each(['', '1', '<1>', 'let a = 1', 'let a = 1 in', '1, 2', '<1 2', ')', '<,', '"a', '// a'])(
    'but not after %s',
    (text) => {
      expect(asksForMore(text)).toBe(false)
    },
  )
})

test.each([
  ['<1, 2 3,', true],
  ['let f = replace x by +* 3, (', true],
  ['/* a', true],
  ['2 +* 3', false],
  ['1, 2', false],
])('whether %s lacks something at its end, beside other mistakes: %s', (text, isEarly) => {
  expect(parseMolecules(new Source('prompt', text)).endsEarly).toBe(isEarly)
})

test('a prompt takes imports, definitions and molecules', () => {
  const { imports, molecules, comments, diagnostics } = parseMolecules(
    new Source('prompt', 'import hocl.sets; let a = 1 in a, 2 // two'),
  )
  expect(diagnostics).toEqual([])
  expect(imports).toHaveLength(1)
  expect(molecules.items.map(({ kind }) => kind)).toEqual(['definition', 'name', 'integer'])
  expect(comments).toHaveLength(1)
})
