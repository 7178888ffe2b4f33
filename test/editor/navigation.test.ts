import { expect, test } from 'vitest'
import { definition, highlights, references } from '../../editor/index.ts'
import { marked, textAt } from './marked.ts'

const shapes = {
  'file:///garden/shapes.hocl': '/// Keeps.\nlet keep = replace x, y by x if x >= y',
}

test.each([
  ['let «max» = replace x, y by x in <1, m|ax>'],
  ['let max = replace «x», y by x| if x >= y in <1, max>'],
  ['let add(«n») = replace x by x + n| in <1, add(2)>'],
  ['<replace <1, «ω»> by ω|, <1>>'],
  ['<replace <1, ?«w»> by w|, <1>>'],
  ['<replace x^«k» by k|, 1>'],
  ['let «max» = replace x by x in <<1, max>, replace-one <ma|x = m, ω> by ω>'],
  ['<«f» = replace x by x, replace-one f| = g by g>'],
  ['let rec «f» = replace-one x by x, f| in <1, f>'],
  ['let rec f = replace-one x by g|, f in let rec «g» = replace-one y by g in <f>'],
  ['import hocl.sets as «s»; <s|.unique>'],
  ['let n = 1 in <let «n» = 2 in n|>'],
  ['<1, replace X::Int, «Y»::Int by Y|>'],
])('%s', (text) => {
  const { document, offset, spans } = marked(text)
  const found = definition(document, offset)
  if (/import/.test(text)) expect(found).toMatchObject([{ uri: 'hocl:stdlib/sets.hocl' }])
  else expect(found).toEqual([{ uri: document.uri, span: spans[0] }])
})

test('a name of an imported file leads there, and the path of the import, too', () => {
  const { document, offset } = marked('import "./shapes.hocl"; <1, ke|ep>', { files: shapes })
  expect(definition(document, offset)).toEqual([
    { uri: 'file:///garden/shapes.hocl', span: { start: 15, end: 19 } },
  ])
  const path = marked('import "./sha|pes.hocl"; <1>', { files: shapes })
  expect(definition(path.document, path.offset)).toMatchObject([
    { uri: 'file:///garden/shapes.hocl' },
  ])
})

test('a standard rule leads into its module, whose text the workspace has', () => {
  const { workspace, document, offset } = marked('import hocl.sets; <1, uni|que>')
  const [found] = definition(document, offset)
  expect(found?.uri).toBe('hocl:stdlib/sets.hocl')
  const module = workspace.document(found?.uri ?? '')
  expect(module && found && textAt(module, found.span)).toBe('unique')
})

test('functions and symbols need no definition', () => {
  for (const text of ['<si|ze(<1>)>', '<REA|DY>', '<1, replace x::In|t by x>']) {
    const { document, offset } = marked(text)
    expect(definition(document, offset)).toEqual([])
  }
})

test('all places of a variable are found, and no others of that name', () => {
  const { document, offset, spans } = marked(
    'let f = replace «x», y by «x| », y if «x» > y in <replace x by x, f>'.replace(' »', '»'),
  )
  expect(highlights(document, offset).map(({ span }) => span)).toEqual(spans)
})

test('uses in other files count, and the declaration can be left out', () => {
  const { workspace, document, offset } = marked(
    'import "./shapes.hocl"; <1, ke|ep, shapes.keep>',
    {
      files: shapes,
    },
  )
  workspace.update('file:///garden/third.hocl', 1, 'import "./shapes.hocl"; <keep>')
  const found = references(document, offset)
  expect(found.map(({ uri }) => uri.replace(/.*\//, '')).sort()).toEqual([
    'main.hocl',
    'main.hocl',
    'shapes.hocl',
    'third.hocl',
  ])
  expect(references(document, offset, { withDeclaration: false })).toHaveLength(3)
})

test('all places of a symbol are found', () => {
  const { document, offset } = marked('<PRI|CE:1, replace PRICE:x by PRICE:(x + 1)>')
  expect(references(document, offset)).toHaveLength(3)
})
