import { expect, test } from 'vitest'
import { semanticTokens } from '../../editor/index.ts'
import { marked, textAt } from './marked.ts'

/** Each coloured word with what it is. */
function coloured(text: string): string {
  const { document } = marked(text)
  return semanticTokens(document)
    .filter(({ kind }) => kind !== 'operator')
    .map(
      (token) => `${textAt(document, token.span)}/${token.kind}${token.isDeclaration ? '!' : ''}`,
    )
    .join(' ')
}

test('names are coloured by what they stand for', () => {
  expect(coloured('let max = replace x, <Y:n, ?w> by x, w if size(n) > 1 in <max, 2>')).toBe(
    'let/keyword max/rule! replace/keyword x/variable! Y/symbol n/variable! w/rest! ' +
      'by/keyword x/variable w/rest if/keyword size/function n/variable 1/number in/keyword ' +
      'max/rule 2/number',
  )
})

test('imports, makers, types and members are coloured', () => {
  expect(
    coloured('import hocl.sets; let add(n) = replace x::Int by x + n in <add(1), sets.union>'),
  ).toBe(
    'import/keyword hocl/module sets/module! let/keyword add/maker! n/parameter! replace/keyword ' +
      'x/variable! Int/type by/keyword x/variable n/parameter in/keyword add/maker 1/number ' +
      'sets/module union/rule',
  )
})

test('a word that is a keyword in one place only is a name elsewhere', () => {
  expect(coloured('import hocl.sets as divides; let as = 1 in <as, 2 divides 4>')).toBe(
    'import/keyword hocl/module sets/module as/keyword divides/module! let/keyword as/value! 1/number in/keyword ' +
      'as/value 2/number divides/keyword 4/number',
  )
})

test('a capital that has a type is a variable', () => {
  expect(coloured('<1, replace X::Int by X>')).toBe(
    '1/number replace/keyword X/variable! Int/type by/keyword X/variable',
  )
})

test('what could not be read is coloured as far as it goes', () => {
  expect(coloured('let f = replace x, y by x if in <1, f, ')).toBe(
    'let/keyword f/value! replace/keyword x/variable! y/variable! by/keyword x/variable if/keyword ' +
      'in/keyword 1/number f/value',
  )
})

test('comments that document are told from others', () => {
  expect(coloured('/// about\nlet a = 1 in // plain\n<a>')).toContain('/// about/documentation')
})
