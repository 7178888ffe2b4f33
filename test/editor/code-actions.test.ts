import { expect, test } from 'vitest'
import { codeActions, edited } from '../../editor/index.ts'
import { lowerSource, noModules, prelude } from '../../interpreter/index.ts'
import { Source } from '../../grammar/index.ts'
import { standardModules } from '../../stdlib/index.ts'
import { marked } from './marked.ts'

/** What each action is called, and the text after it. */
function actions(text: string): readonly (readonly [string, string])[] {
  const { document } = marked(text)
  return codeActions(document, { start: 0, end: document.text.length }).map(({ title, edits }) => [
    title,
    edited(document.text, edits),
  ])
}

test.each([
  ['<1, replace x by x if x > 1 & x < 3>', 'Write `&&`', '<1, replace x by x if x > 1 && x < 3>'],
  ['<1, replace x -> x>', 'Write `by`', '<1, replace x by x>'],
  ['<1, replace x by siz(x)>', 'Change to `size`', '<1, replace x by size(x)>'],
  ['<1, replace x::Itn by x>', 'Change to `Int`', '<1, replace x::Int by x>'],
  ['<1, repalce x by x>', 'Change to `replace`', '<1, replace x by x>'],
  ['import hocl.set; <1>', 'Change to `hocl.sets`', 'import hocl.sets; <1>'],
  ['let a = 1 let b = 2 in <a, b>', 'Write `in`', 'let a = 1 in let b = 2 in <a, b>'],
  ['<1 A>', 'Write a comma', '<1, A>'],
  ['<<1> 2>', 'Write a comma', '<<1>, 2>'],
  ['<1, [2, 3>', 'Write `]`', '<1, [2, 3]>'],
  ['<1>)', 'Take it away', '<1>'],
  ['<010>', 'Write `10`', '<10>'],
  ['<5.>', 'Write `5.0`', '<5.0>'],
  ['<1, unique>', 'Import hocl.sets', 'import hocl.sets;\n<1, unique>'],
  [
    'import hocl.lists;\n<1, unique>',
    'Import hocl.sets',
    'import hocl.lists;\nimport hocl.sets;\n<1, unique>',
  ],
  ['<1, replace x by x + y>', 'Take a molecule `y`, too', '<1, replace x, y by x + y>'],
  ['let a = 1 in\n<2>', 'Take the definition out', '<2>'],
  ['let a = 1 in\n<2>', 'Put `a` into the solution', 'let a = 1 in\n<2, a>'],
  [
    '<1, 2, replace-one x::Int, y by y>',
    'Take such a molecule without naming it',
    '<1, 2, replace-one _::Int, y by y>',
  ],
  ['import java.util.List;\n<1>', 'Take the import out', '<1>'],
  ['<1, replace x by x if x = 1>', 'Compare with `==`', '<1, replace x by x if x == 1>'],
])('%s: %s', (text, title, after) => {
  const found = actions(text)
  expect(found.map(([each]) => each)).toContain(title)
  expect(found.find(([each]) => each === title)?.[1]).toBe(after)
})

test('what an action leaves is without that mistake', () => {
  const modules = {
    ...noModules,
    standard: (path: string) => new Source(path, standardModules.get(path) ?? ''),
  }
  for (const text of [
    '<1, replace x by x if x > 1 & x < 3>',
    '<1, siz(<1>)>',
    '<1, unique>',
    'let a = 1 let b = 2 in <a, b>',
  ]) {
    const [first] = actions(text)
    const { diagnostics } = lowerSource(new Source('after', first?.[1] ?? '@'), {
      host: prelude,
      modules,
    })
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([])
  }
})

test('only what is in the range is mended', () => {
  const { document, spans } = marked('<1, siz(<1>), «lenght»("a")>')
  const found = codeActions(document, spans[0]!)
  expect(found.map(({ title }) => title)).toEqual(['Change to `length`'])
})
