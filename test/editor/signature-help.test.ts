import { expect, test } from 'vitest'
import { signatureHelp } from '../../editor/index.ts'
import { marked } from './marked.ts'

/** The signature with the parameter at the cursor in brackets. */
function help(text: string): string | undefined {
  const { document, offset } = marked(text)
  const found = signatureHelp(document, offset)
  const signature = found?.signatures[found.activeSignature]
  if (found === undefined || signature === undefined) return undefined
  const words = signature.parameters.map((each, i) =>
    i === found.activeParameter ? `[${each}]` : each,
  )
  return `${signature.label.split('(')[0] ?? ''}(${words.join(', ')})`
}

test.each([
  ['<substring(|', 'substring([s], from)'],
  ['<substring("a,b", |', 'substring(s, [from])'],
  ['<substring("abc", 1, |)>', 'substring(s, from, [to])'],
  ['<Math.floorMod(1, |)>', 'Math.floorMod(a, [b])'],
  ['<"abc".substring(|)>', 'substring(s, [from])'],
  ['<1, replace x by pow(size(<1, 2>), |', 'pow(x, [n])'],
  ['<1, replace s by s.replace("a", |) in', 'replace(s, t, [by])'],
  ['let add(n, m) = replace x by x + n + m in <add(1, |', 'add(n, [m])'],
  ['<max(1, 2, 3, |', 'max(a, b, […])'],
])('%s', (text, expected) => {
  expect(help(text)).toBe(expected)
})

test.each([
  '<1, |2>',
  '<(1, |2)>',
  '<substring("a", 1), |>',
  'let a = size(1 in <|>',
  '<nothing_known(|)>',
])('no call is open in %s', (text) => {
  expect(help(text)).toBeUndefined()
})

test('a definition of a module has its documentation', () => {
  const files = { 'file:///garden/a.hocl': '/// Adds.\nlet add(n) = replace x::Int by x + n' }
  const { document, offset } = marked('import "./a.hocl"; <1, a.add(|)>', { files })
  expect(signatureHelp(document, offset)).toMatchObject({
    signatures: [{ label: 'add(n)' }],
    documentation: 'Adds.',
  })
})
