import { expect, test } from 'vitest'
import { hover } from '../../editor/index.ts'
import { keywords, Source } from '../../grammar/index.ts'
import { builtinTypeNames, lowerSource, noModules, prelude } from '../../interpreter/index.ts'
import { keywordWords, typeWords } from '../../editor/words/keywords.ts'
import { functionWords, isDescribed } from '../../editor/words/prelude.ts'
import { standardModules } from '../../stdlib/index.ts'
import { marked, textAt } from './marked.ts'

function said(text: string): string | undefined {
  const { document, offset } = marked(text)
  return hover(document, offset)?.markdown
}

test('of a rule it says what it takes, what it gives and how often', () => {
  const words = said('let max = replace x, y by x if x >= y in <2, 3, m|ax>')
  expect(words).toContain('- takes an Int `x` and an Int `y`')
  expect(words).toContain('- gives `x`')
  expect(words).toContain('- only if `x >= y`')
  expect(words).toContain('- stays, and reacts as often as it can')
})

test.each([
  [
    'replace-one PRICE:p, <f = g, ω>, 3 by p',
    'takes a tuple `PRICE:p`, an inert solution `<f = g, ω>` and the value `3`',
  ],
  [
    'replace-one x^k, y::String^2 by x',
    'takes all copies, `k` of them, of any molecule `x` and `2` copies of a String `y`',
  ],
  ['with READY inject GO', 'takes the symbol `READY`'],
  ['with READY inject GO', '- leaves what it took'],
  ['replace-one [a, b, ω] by ∅', '- gives nothing'],
])('it says of `%s` what it takes', (rule, words) => {
  expect(said(`let r = ${rule} in <r|>`)).toContain(words)
})

test('a variable has the type that the program gives it', () => {
  expect(said('<PRICE:3.5, "a", replace PRICE:p by p|>')).toContain('p::Float')
  expect(said('<1, "a", replace x::String by x|>')).toContain('x::String')
  expect(said('<1, "a", replace x by <x|>>')).not.toContain('::')
})

test('a standard rule has the text of `hocl doc`', () => {
  const words = said('import hocl.sets; <UNION:<1>:<2>, uni|on>')
  expect(words).toContain('From `hocl.sets`.')
  expect(words).toContain('UNION')
})

test('a module lists what it has', () => {
  expect(said('import hocl.se|ts; <1>')).toContain('`union`')
})

test('a function of the prelude has its calls and its sentence', () => {
  expect(said('<subs|tring("abc", 1)>')).toContain('substring(s, from, to)')
  expect(said('<Math.fl|oorMod(1, 2)>')).toContain('sign of the divisor')
  expect(said('<"a".to|UpperCase()>')).toContain('in capitals')
})

test('keywords, types, marks and symbols have theirs', () => {
  expect(said('<1, rep|lace x by x>')).toContain('a rule that stays')
  expect(said('<1, replace x::In|t by x>')).toContain('exact at any size')
  expect(said('<1^|2>')).toContain('copies')
  expect(said('<REA|DY>')).toContain('symbol `READY`')
})

test('a code in a comment has its page, where the editor has pages', () => {
  const { document, offset } = marked('<1> //=! HOCL2|03')
  expect(hover(document, offset)).toBeUndefined()
  const found = hover(document, offset, { page: (code) => `page of ${code}` })
  expect(found?.markdown).toBe('page of HOCL203')
  expect(found && textAt(document, found.span)).toBe('HOCL203')
})

test('nothing is said of what has no meaning', () => {
  expect(said('<1, |2>')).toBeUndefined()
  expect(said('<unkn|own>')).toBeUndefined()
})

test.each([...prelude.functions.keys()])(
  'the function `%s` is described with as many parameters as it takes',
  (name) => {
    const found = prelude.functions.get(name)!
    expect(isDescribed(found.name)).toBe(true)
    const counts = functionWords(found).signatures.map(({ parameters }) =>
      parameters.includes('…') ? Infinity : parameters.length,
    )
    const [least, most] = found.arity
    expect(Math.min(...counts)).toBe(least)
    expect(Math.max(...counts)).toBe(most === 100 ? Infinity : most)
  },
)

test('the functions of every namespace are described', () => {
  const all = [...prelude.namespaces.values()].flatMap(({ functions }) => [...functions.values()])
  expect(all.filter(({ name }) => !isDescribed(name))).toEqual([])
})

test('every keyword and every type is described', () => {
  expect(keywords.filter((word) => !keywordWords.has(word))).toEqual([])
  expect(builtinTypeNames.filter((name) => !typeWords.has(name))).toEqual([])
})

test.each([...keywordWords])('the example of `%s` is a program', (_, words) => {
  const [, example] = /```hocl\n([^]*?)\n```/.exec(words) ?? []
  if (example === undefined) return
  const modules = {
    ...noModules,
    standard: (path: string) => new Source(path, standardModules.get(path) ?? ''),
  }
  const { diagnostics } = lowerSource(new Source('example', example), { host: prelude, modules })
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([])
})
