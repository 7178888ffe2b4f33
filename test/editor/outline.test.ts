import { describe, expect, test } from 'vitest'
import {
  codeLenses,
  documentSymbols,
  edited,
  folds,
  formatting,
  inlayHints,
  languageConfiguration,
  selections,
} from '../../editor/index.ts'
import type { DocumentSymbol } from '../../editor/index.ts'
import { format, Source } from '../../grammar/index.ts'
import { marked, textAt } from './marked.ts'

function outline(symbols: readonly DocumentSymbol[]): string {
  return symbols
    .map(({ name, kind, children }) =>
      children.length === 0 ? `${name}/${kind}` : `${name}/${kind}(${outline(children)})`,
    )
    .join(' ')
}

test('the outline nests what is defined inside', () => {
  const { document } = marked(
    'import hocl.sets; let add(n) = replace x by (let g = 1 in x + g + n) in <1, f = replace x by x, add(1)>',
  )
  expect(outline(documentSymbols(document))).toBe(
    'sets/module add/maker(g/value) < … >/solution(f/rule)',
  )
})

test('a text with mistakes still has an outline', () => {
  const { document } = marked('let a = replace x by x if in\nlet b = 2 in\n<a, b, ')
  const names = documentSymbols(document).map(({ name }) => name)
  expect(names).toEqual(expect.arrayContaining(['a', 'b']))
})

test('definitions, brackets, comments and imports fold', () => {
  const { document } = marked(
    'import hocl.sets;\nimport hocl.lists;\n\n// one\n// two\n\nlet f =\n  replace x\n  by x\nin\n<\n  1,\n  f\n>',
  )
  expect(folds(document)).toEqual([
    { firstLine: 1, lastLine: 2, kind: 'imports' },
    { firstLine: 4, lastLine: 5, kind: 'comment' },
    { firstLine: 7, lastLine: 10, kind: 'code' },
    { firstLine: 11, lastLine: 14, kind: 'code' },
  ])
})

test('a selection grows from the word to the whole text', () => {
  const { document, offset } = marked('let f = replace x, y by x + y| if x > y in <1, f>')
  const texts = selections(document, offset).map((span) => textAt(document, span))
  expect(texts.slice(0, 3)).toEqual(['y', 'x + y', 'replace x, y by x + y if x > y'])
  expect(texts.at(-1)).toBe(document.text)
})

describe('formatting', () => {
  const text = 'let  max=replace x,y by x if x>=y in\n<1,   2, // two\nmax   >'

  test('makes the text what `hocl fmt` writes', () => {
    const { document } = marked(text)
    expect(edited(text, formatting(document))).toBe(format(new Source('', text)).text)
    const [first] = formatting(document)
    expect(first).toEqual({ span: { start: 3, end: 5 }, text: ' ' })
  })

  test('of a range leaves the rest as it is', () => {
    const { document } = marked(text)
    const line = { start: text.indexOf('<'), end: text.indexOf('// two') }
    const after = edited(text, formatting(document, line))
    expect(after).toContain('let  max=replace')
    expect(after).toContain('1,')
    expect(after).not.toContain(',   2')
  })

  test('changes nothing in a text with syntax errors', () => {
    expect(formatting(marked('<1,   2').document)).toEqual([])
  })
})

test('the types of variables are shown where they are known and not written', () => {
  const { document } = marked(
    'let f = replace PRICE:p, x::String, <y, ω> by x + p in <PRICE:1, "a", <1, A>, f>',
  )
  expect(inlayHints(document)).toEqual([{ offset: 23, text: '::Int' }])
  expect(inlayHints(document, { start: 0, end: 10 })).toEqual([])
})

test('rules that feed one another say so', () => {
  const { document } = marked(
    'let f = replace-one A:x by B:x in let g = replace-one B:x by C:x in let h = replace-one D by E in <A:1, D, f, g, h>',
  )
  const found = codeLenses(document)
  expect(found.map(({ span, title }) => `${textAt(document, span)}: ${title}`)).toEqual([
    'f: feeds g',
    'g: fed by f',
  ])
  expect(found[0]?.feeds.map(({ span }) => textAt(document, span))).toEqual(['g'])
})

test('the language configuration is data', () => {
  expect(JSON.parse(JSON.stringify(languageConfiguration))).toEqual(languageConfiguration)
  const { increase, decrease } = languageConfiguration.indentation
  expect('let f = replace x').toMatch(new RegExp(increase, 'u'))
  expect('let f = 1 in').not.toMatch(new RegExp(increase, 'u'))
  expect('<1, <').toMatch(new RegExp(increase, 'u'))
  expect('in').toMatch(new RegExp(decrease, 'u'))
  expect("replace-one x'").toMatch(
    new RegExp(`^(${languageConfiguration.word}) (${languageConfiguration.word})$`, 'u'),
  )
})
