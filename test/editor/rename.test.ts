import { describe, expect, test } from 'vitest'
import { edited, prepareRename, rename } from '../../editor/index.ts'
import { marked, textAt } from './marked.ts'

/** The text after a rename, or why there is none. */
function renamed(text: string, name: string): string {
  const { document, offset } = marked(text)
  const result = rename(document, offset, name)
  return 'refusal' in result
    ? result.refusal
    : edited(document.text, result.get(document.uri) ?? [])
}

describe('a rename changes', () => {
  test.each([
    [
      'let max = replace x, y| by x if y > 0 in <1, max>',
      'z',
      'let max = replace x, z by x if z > 0 in <1, max>',
    ],
    [
      'let ma|x = replace x by x in <max, replace-one max = m by m>',
      'keep',
      'let keep = replace x by x in <keep, replace-one keep = m by m>',
    ],
    [
      'let add(n|) = replace x by x + n in <1, add(2)>',
      'm',
      'let add(m) = replace x by x + m in <1, add(2)>',
    ],
    ['<1, replace X|::Int by X>', 'Y', '<1, replace Y::Int by Y>'],
    ['<PRI|CE:1, replace PRICE:x by x>', 'COST', '<COST:1, replace COST:x by x>'],
    ['<<1>, replace-one <ω|> by ω>', 'ωs', '<<1>, replace-one <ωs> by ωs>'],
    ['<<1>, replace-one <?w|> by w>', 'rest', '<<1>, replace-one <?rest> by rest>'],
    ['import hocl.sets; <sets|.unique>', 's', 'import hocl.sets as s; <s.unique>'],
    ['import hocl.sets as t; <t|.unique>', 's', 'import hocl.sets as s; <s.unique>'],
    ['let f = replace x by x| + in <f>', 'y', 'let f = replace y by y + in <f>'],
  ])('%s', (text, name, expected) => {
    expect(renamed(text, name)).toBe(expected)
  })
})

describe('a rename is refused', () => {
  test.each([
    ['<si|ze(<1>)>', 'count', '`size` is not defined in a program'],
    ['import hocl.sets; <uni|que>', 'single', '`unique` belongs to hocl.sets'],
    ['<1, |2>', 'x', 'there is no name here'],
    ['<1, |unknown>', 'x', '`unknown` is not defined'],
    ['let a| = 1 in <a>', 'in', '`in` is a keyword'],
    ['let a| = 1 in <a>', 'B', 'a name is one word that starts with a small letter'],
    ['let a| = 1 in <a>', 'b c', 'a name is one word that starts with a small letter'],
    ['<A|>', 'b', 'a symbol is one word that starts with a capital'],
    ['<<1>, replace-one <ω|> by ω>', 'w', 'a rest of this kind starts with `ω`'],
    ['<1, replace x|, y by x, y>', 'y', '`y` is something else at line 1, column 13'],
    ['let n = 1 in <1, replace x| by x + n>', 'n', '`n` is something else at line 1, column 26'],
    ['let n = 1 in <1, replace x by x| , n>', 'n', '`n` is something else at line 1, column 26'],
  ])('%s as %s', (text, name, reason) => {
    expect(renamed(text, name)).toBe(reason)
  })
})

test('a name is changed in every file that uses it, and nowhere else', () => {
  const files = {
    'file:///garden/a.hocl': 'let f = replace x by x',
    'file:///garden/b.hocl': 'import "./a.hocl"; <f, a.f>',
    'file:///garden/c.hocl': 'let f = 1 in <f>',
  }
  const { workspace, document, offset } = marked('import "./a.hocl"; <f|, 1>', { files })
  const result = rename(document, offset, 'keep')
  if ('refusal' in result) throw new Error(result.refusal)
  const after = (uri: string): string =>
    edited(workspace.document(uri)?.text ?? '', result.get(uri) ?? [])
  expect(after('file:///garden/a.hocl')).toBe('let keep = replace x by x')
  expect(after('file:///garden/b.hocl')).toBe('import "./a.hocl"; <keep, a.keep>')
  expect(result.has('file:///garden/c.hocl')).toBe(false)
  expect(edited(document.text, result.get(document.uri) ?? [])).toBe('import "./a.hocl"; <keep, 1>')
})

test('what would be renamed is shown first', () => {
  const { document, offset } = marked('let max = replace x by x in <ma|x>')
  const found = prepareRename(document, offset)
  expect('span' in found && textAt(document, found.span)).toBe('max')
})

test('a rule that is caught together with another of its name keeps it', () => {
  const text =
    '<<let f| = replace x by x in f>, <let f = replace x, y by x in f>, replace-one <f = g, ω> by ω>'
  expect(renamed(text, 'h')).toContain('patterns take both')
})
