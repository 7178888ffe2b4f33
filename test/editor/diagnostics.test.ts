import { expect, test } from 'vitest'
import { diagnostics } from '../../editor/index.ts'
import type { Check } from '../../interpreter/index.ts'
import { planChecks } from '../../vm/index.ts'
import { marked, textAt } from './marked.ts'

test('a finding has its place, code, words and related places', () => {
  const { document, spans } = marked('<1, 2, replace x by x + «y»>')
  const [only, ...others] = diagnostics(document)
  expect(others).toEqual([])
  expect(only).toMatchObject({
    span: spans[0],
    code: 'HOCL203',
    severity: 'error',
    title: '`y` is not bound by the pattern',
    isUnused: false,
  })
  expect(only?.message).toContain('hint: ')
  expect(only?.related).toEqual([
    {
      uri: document.uri,
      span: { start: 15, end: 16 },
      text: 'the pattern binds only `x`',
    },
  ])
})

test('what nobody uses is said to be unused', () => {
  const { document } = marked('let a = 1 in <2>')
  expect(diagnostics(document)).toMatchObject([{ code: 'HOCL215', isUnused: true }])
})

test('a first solution that has no value is told, as by `hocl check`', () => {
  const { document } = marked('<1, int("a")>')
  expect(diagnostics(document)).toMatchObject([{ code: 'HOCL401' }])
})

test('checks of another layer are added', () => {
  const text = '<1, 2, replace PRICE:x, QTY:y by PRICE:x if y > x, PRICE:1, QTY:2>'
  expect(diagnostics(marked(text, { checks: planChecks }).document)).toEqual(
    diagnostics(marked(text).document),
  )
  const seen: Check = ({ program }) => [
    {
      code: 'HOCL399',
      severity: 'hint',
      title: 'seen',
      labels: [{ source: program.source, span: { start: 0, end: 1 }, text: '' }],
    },
  ]
  expect(diagnostics(marked('<1>', { checks: [seen] }).document)).toMatchObject([
    { code: 'HOCL399', message: 'seen' },
  ])
})

test('a mistake in a module is told at the import that leads to it', () => {
  const files = { 'file:///garden/a.hocl': 'let f = replace x by yy' }
  const { document, spans } = marked('«import "./a.hocl";» <1, f>', { files })
  const [found] = diagnostics(document)
  expect(found).toMatchObject({ code: 'HOCL203', span: spans[0] })
  expect(found?.related[0]).toMatchObject({ uri: 'file:///garden/a.hocl' })
})

test('a change of an imported text is seen, and what does not change is kept', () => {
  const { workspace, document } = marked('import "./a.hocl"; <1, f>', {
    files: { 'file:///garden/a.hocl': 'let f = replace x::Int by x + 1 if x < 9' },
  })
  expect(diagnostics(document)).toEqual([])
  const before = document.diagnostics
  workspace.update('file:///garden/other.hocl', 1, '<2>')
  expect(document.diagnostics).toBe(before)
  workspace.update('file:///garden/a.hocl', 2, 'let g = 1')
  expect(diagnostics(document).map(({ code }) => code)).toContain('HOCL201')
})

test('an older version changes nothing', () => {
  const { workspace, document } = marked('<1>')
  workspace.update(document.uri, 3, '<2>')
  expect(workspace.update(document.uri, 2, '<3>').text).toBe('<2>')
})

test('places are those of the text as the editor has it, decomposed letters and all', () => {
  const text = '\uFEFF<"e\u0301 u\u0308", 1, zz>'
  const { document } = marked(text)
  const [found] = diagnostics(document)
  expect(found && textAt(document, found.span)).toBe('zz')
  expect(document.text.normalize('NFC')).not.toBe(document.text)
})

test('a module that is not there any more is missed', () => {
  let there: string | undefined = 'let f = replace x::Int by x + 1 if x < 9'
  const { workspace, document } = marked('import "./a.hocl"; <1, f>', { read: () => there })
  expect(diagnostics(document)).toEqual([])
  there = undefined
  workspace.changed('file:///garden/a.hocl')
  expect(diagnostics(document)).toMatchObject([{ code: 'HOCL601' }])
})
