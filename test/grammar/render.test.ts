import { describe, expect, test } from 'vitest'
import {
  parse,
  render,
  renderAll,
  Source,
  type Diagnostic,
  type Label,
} from '../../grammar/index.ts'

const source = new Source('largest.hocl', '// largest\nreplace x by x + y\n')

/** A label at a word of the source, the nth of its kind. */
function at(word: string, text: string, nth = 0): Label {
  let start = source.text.indexOf('replace')
  for (let count = 0; count <= nth; count += 1) start = source.text.indexOf(word, start + 1)
  return { source, span: { start, end: start + word.length }, text }
}

function unbound(...labels: readonly [Label, ...Label[]]): Diagnostic {
  return { code: 'HOCL203', severity: 'error', title: '`y` is not bound by the pattern', labels }
}

test('a picture has carets at the culprit and dashes elsewhere', () => {
  const diagnostic = {
    ...unbound(at('y', '`y` is used here', 1), at('x', 'the pattern binds only `x`')),
    hint: 'to take a second molecule, write `replace x, y by x + y`',
  }
  expect(render(diagnostic)).toBe(
    [
      'error[HOCL203]: `y` is not bound by the pattern',
      '  ┌─ largest.hocl:2:18',
      '2 │ replace x by x + y',
      '  │         ─        ^ `y` is used here',
      '  │         └ the pattern binds only `x`',
      '  = hint: to take a second molecule, write `replace x, y by x + y`',
    ].join('\n'),
  )
})

test('labels in other sources have a picture of their own', () => {
  const other = new Source('other.hocl', 'let y = 1 in\n')
  const there: Label = { source: other, span: { start: 4, end: 5 }, text: 'another `y`' }
  expect(
    render(unbound(at('y', '', 1), there))
      .split('\n')
      .slice(1),
  ).toEqual([
    '  ┌─ largest.hocl:2:18',
    '2 │ replace x by x + y',
    '  │                  ^',
    '  ├─ other.hocl:1:5',
    '1 │ let y = 1 in',
    '  │     ─ another `y`',
  ])
})

test('lines that are left out between labels are a dot', () => {
  const long = new Source('long', 'a\nb\nc\n')
  const label = (start: number): Label => ({
    source: long,
    span: { start, end: start + 1 },
    text: '',
  })
  expect(
    render(unbound(label(4), label(0)))
      .split('\n')
      .slice(1),
  ).toEqual(['  ┌─ long:3:1', '1 │ a', '  │ ─', '  ·', '3 │ c', '  │ ^'])
})

describe('carets stand under what they mean', () => {
  test.each([
    ['after a tab', '\t1 2', '1 │     1 2', '  │       ^'],
    ['after wide letters', '"日本" 2', '1 │ "日本" 2', '  │        ^'],
    ['after a combining mark', '"q\u0301" 2', '1 │ "q\u0301" 2', '  │     ^'],
    ['after an emoji', '"😀" 2', '1 │ "😀" 2', '  │      ^'],
  ])('%s', (_, text, ...expected) => {
    const start = text.indexOf('2')
    const label: Label = {
      source: new Source('t', text),
      span: { start, end: start + 1 },
      text: '',
    }
    expect(render(unbound(label)).split('\n').slice(2)).toEqual(expected)
  })
})

test('of a very long line a part is shown', () => {
  const [diagnostic] = parse(new Source('long', `<${'1, '.repeat(10_000)}, 2>`)).diagnostics
  const picture = diagnostic === undefined ? '' : render(diagnostic)
  const [, , line = '', mark = ''] = picture.split('\n')
  expect(line.length).toBeLessThan(200)
  expect(line.charAt(mark.indexOf('^'))).toBe(',')
})

test('a text that ends too early has its caret after the end', () => {
  const [diagnostic] = parse(new Source('early', 'let a =')).diagnostics
  expect(diagnostic === undefined ? '' : render(diagnostic)).toBe(
    [
      'error[HOCL111]: expected a molecule, saw the end of the text',
      '  ┌─ early:1:8',
      '1 │ let a =',
      '  │        ^',
    ].join('\n'),
  )
})

test('colour is there only when it is asked for', () => {
  const diagnostic = unbound(at('y', 'here', 1))
  expect(render(diagnostic)).not.toContain('\u001B')
  const coloured = render(diagnostic, { colour: true })
  expect(coloured).toContain('\u001B[1;31merror[HOCL203]\u001B[0m')
  // eslint-disable-next-line no-control-regex -- the escapes are what is taken away
  expect(coloured.replaceAll(/\u001B\[[\d;]*m/g, '')).toBe(render(diagnostic))
})

test('twenty are shown, the others counted', () => {
  const many = Array.from({ length: 23 }, () => unbound(at('y', '', 1)))
  expect(renderAll(many)).toMatch(/\n\n… and 3 more$/)
})
