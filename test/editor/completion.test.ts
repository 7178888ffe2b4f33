import { describe, expect, test } from 'vitest'
import { completions } from '../../editor/index.ts'
import { marked, textAt } from './marked.ts'

/** The labels that are offered at the cursor, nearest first. */
function offered(text: string, files: Readonly<Record<string, string>> = {}): readonly string[] {
  const { document, offset } = marked(text, { files })
  const { items } = completions(document, offset)
  return items.toSorted((a, b) => a.rank - b.rank).map(({ label }) => label)
}

describe('in a product', () => {
  test.each([
    ['a rule that is whole', 'let max = replace x, y by x, | if x >= y in <1, max>'],
    ['a rule without an end', '<1, replace x, y by |'],
    ['a condition that breaks off', 'let max = replace x, y by x if x >= | in <1, max>'],
    ['a rule among mistakes', 'let bad = = in let max = replace x, y by | in <1, ,, max'],
  ])('the variables of %s come first', (_, text) => {
    expect(offered(text).slice(0, 2).sort()).toEqual(['x', 'y'])
  })

  test('the word that is being written is replaced', () => {
    const { document, offset } = marked('let maximum = replace x by x in < 1, ma| >')
    const { span, items } = completions(document, offset)
    expect(textAt(document, span)).toBe('ma')
    expect(items.map(({ label }) => label)).toContain('maximum')
  })

  test('a definition is not offered before it is made, and that of another rule not at all', () => {
    const labels = offered('let f = replace x by | in let g = replace z by z in <f, g>')
    expect(labels).toContain('x')
    expect(labels).not.toContain('g')
    expect(labels).not.toContain('z')
  })

  test('symbols of the program, functions and snippets are offered', () => {
    const labels = offered('<PRICE:3, replace PRICE:x by TOTAL:x, |>')
    expect(labels).toEqual(
      expect.arrayContaining(['PRICE', 'TOTAL', 'size', 'Math', 'replace … by']),
    )
  })
})

describe('in patterns', () => {
  test('variables of elsewhere and functions are not offered', () => {
    const labels = offered('let n = 3 in <PRICE:3, replace PRICE:x, | by x>')
    expect(labels).toContain('PRICE')
    expect(labels).not.toContain('n')
    expect(labels).not.toContain('size')
  })

  test('`by` is offered behind a pattern', () => {
    expect(offered('<1, replace x |')).toContain('by')
  })

  test('a rule is taken by its name', () => {
    expect(offered('let max = replace x by x in <<max>, replace-one <|, ω> by ω>')).toContain(
      'max = …',
    )
  })
})

describe('behind a mark', () => {
  test('types stand behind `::`', () => {
    const labels = offered('<1, replace x::| by x>')
    expect(labels).toEqual(expect.arrayContaining(['Int', 'String', 'Any']))
    expect(labels).not.toContain('size')
  })

  test('standard modules stand behind `import`', () => {
    expect(offered('import |')).toContain('hocl.sets')
    expect(offered('import hocl.|')).toContain('sets')
    expect(offered('import hocl.s|; <1>')).toContain('sets')
  })

  test('files of the workspace stand in the string of an import', () => {
    const files = { 'file:///garden/lib/shapes.hocl': 'let a = 1', 'file:///other/b.hocl': '' }
    expect(offered('import "|";', files)).toEqual(['./lib/shapes.hocl'])
  })

  test('what a module has stands behind its name and a dot', () => {
    const labels = offered('import hocl.sets; <sets.|>')
    expect(labels).toContain('union')
    expect(labels).not.toContain('size')
  })

  test('methods stand behind a value and a dot', () => {
    const labels = offered('<"a", replace x by x.| in')
    expect(labels).toEqual(expect.arrayContaining(['toUpperCase', 'length']))
    expect(labels).not.toContain('replace … by')
  })

  test('the statics of Java stand behind a class and a dot', () => {
    expect(offered('<Math.|>')).toEqual(expect.arrayContaining(['floorMod', 'PI']))
    expect(offered('<Integer.|>')).toContain('MAX_VALUE')
  })

  test('classes stand behind `new`', () => {
    expect(offered('<new |>')).toContain('Integer')
  })
})

test.each(['<1> // a |comment', '<"a|b">', '<12|>', '/* x| */'])(
  'nothing is offered in %s',
  (text) => {
    expect(offered(text)).toEqual([])
  },
)

test('definitions of an imported file are offered, with their documentation', () => {
  const files = {
    'file:///garden/a.hocl': '/// Keeps the larger.\nlet larger = replace x, y by x if x >= y',
  }
  const { document, offset } = marked('import "./a.hocl"; <1, |>', { files })
  const found = completions(document, offset).items.find(({ label }) => label === 'larger')
  expect(found?.documentation()).toContain('Keeps the larger.')
})
