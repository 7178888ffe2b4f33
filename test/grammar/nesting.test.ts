import { spawnSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import { format, isIncomplete, parse, parseMolecules, Source } from '../../grammar/index.ts'

/** Texts that nest to `n` levels, by construct. The solution or rule around is a level too. */
const nestings: Readonly<Record<string, (n: number) => string>> = {
  solutions: (n) => '<'.repeat(n) + '>'.repeat(n),
  parentheses: (n) => `<${'('.repeat(n - 1)}1${')'.repeat(n - 1)}>`,
  lists: (n) => `<${'['.repeat(n - 1)}${']'.repeat(n - 1)}>`,
  arguments: (n) => `<${'f('.repeat(n - 1)}1${')'.repeat(n - 1)}>`,
  methods: (n) => `<${'x.f('.repeat(n - 1)}1${')'.repeat(n - 1)}>`,
  indexes: (n) => `<${'x['.repeat(n - 1)}1${']'.repeat(n - 1)}>`,
  signs: (n) => `<${'!'.repeat(n - 1)}x>`,
  casts: (n) => `<${'(A)'.repeat(n - 1)}x>`,
  choices: (n) => `<${'a?b:'.repeat(n - 1)}x>`,
  'choices in choices': (n) => `<${'a?'.repeat(n - 1)}x${':b'.repeat(n - 1)}>`,
  rules: (n) => `<${'replace x by '.repeat(n - 1)}1>`,
  'definitions in solutions': (n) => `${'<let a = '.repeat(n - 1)}<>${' in 1>'.repeat(n - 1)}`,
  'solution patterns': (n) => `let f = replace ${'<'.repeat(n - 1)}${'>'.repeat(n - 1)} by 1`,
  'tuple patterns': (n) => `let f = replace ${'('.repeat(n - 1)}x${')'.repeat(n - 1)} by 1`,
  'list patterns': (n) => `let f = replace ${'['.repeat(n - 1)}${']'.repeat(n - 1)} by 1`,
  'type arguments': (n) => `let f = replace x::${'A<'.repeat(n - 2)}B${'>'.repeat(n - 2)} by 1`,
  'tuple types': (n) => `let f = replace x::${'('.repeat(n - 2)}B${':B)'.repeat(n - 2)} by 1`,
}

const deep = Object.entries(nestings)
const door = new URL('../../grammar/index.ts', import.meta.url).href

describe('text nests to 100 levels', () => {
  test.each(deep)('%s', (_, text) => {
    expect(codes(text(100))).toEqual([])
    expect(codes(text(101))).toEqual(['HOCL121'])
    expect(codes(text(100_000))).toEqual(['HOCL121'])
  })
})

describe('also in a process that has just started, where stack frames are largest', () => {
  test.each(deep)('%s', (_, text) => {
    expect(coldCodes([text(100)])).toEqual([''])
    expect(coldCodes([text(101), text(100_000)])).toEqual(['HOCL121', 'HOCL121'])
  })
})

test('a caller with hardly any stack left gets a diagnostic too, and the next one an answer', () => {
  const text = '<'.repeat(90) + '>'.repeat(90)
  const seen = new Set<string>()
  const call = (levels: number): void => {
    if (levels > 0) call(levels - 1)
    else seen.add(codes(text).join())
  }
  for (const levels of [1_000, 3_000, 5_000, 7_000]) call(levels)
  expect([...seen].every((found) => found === '' || found === 'HOCL121')).toBe(true)
  expect(codes(text)).toEqual([])
})

describe('long flat texts are no deep ones', () => {
  test('a hundred thousand molecules', () => {
    const text = `<${'1, '.repeat(99_999)}1>`
    expect(codes(text)).toEqual([])
    expect(format(new Source('long', text)).text.split('\n')).toHaveLength(100_003)
  })

  test('a hundred thousand definitions', () => {
    expect(codes('let a = 1 in '.repeat(100_000))).toEqual([])
  })

  test('a thousand operators, but not more', () => {
    const sum = (n: number) => `<1${'+1'.repeat(n)}>`
    expect(codes(sum(900))).toEqual([])
    expect(codes(sum(1_001))).toEqual(['HOCL121'])
    expect(codes(sum(100_000))).toEqual(['HOCL121'])
  })

  test('a thousand calls, but not more', () => {
    const calls = (n: number) => `<x${'.f()'.repeat(n)}>`
    expect(codes(calls(900))).toEqual([])
    expect(codes(calls(100_000))).toEqual(['HOCL121'])
    expect(codes(`<x${'[0]'.repeat(100_000)}>`)).toEqual(['HOCL121'])
  })

  test('operators count along a path, not in all', () => {
    const nested = `<${'('.repeat(90)}1${`${'+1'.repeat(20)})`.repeat(90)}>`
    expect(codes(nested)).toEqual(['HOCL121'])
    expect(codes(`<${`${'1+'.repeat(500)}1, `.repeat(20)}1>`)).toEqual([])
  })

  test('a string and a comment of twenty million letters', () => {
    const long = 'a'.repeat(20_000_000)
    expect(codes(`<"${long}">`)).toEqual([])
    expect(codes(`/*${long}*/<1>`)).toEqual([])
  })
})

describe('mistakes by the thousand are read in time and never overflow', () => {
  test.each([
    ['missing commas', `<${'1 1, '.repeat(100_000)}1>`],
    ['missing molecules', `<${','.repeat(100_000)}>`],
    ['unknown characters', '#'.repeat(100_000)],
    ['brackets that do not close', `<${'(1]'.repeat(50_000)}>`],
    ['definitions without an end', 'let a = '.repeat(100_000)],
    ['strings without an end', '<"a\n'.repeat(50_000)],
    ['unclosed brackets after a mistake', `<,${'('.repeat(100_000)}${']'.repeat(100_000)}`],
  ])('%s', (_, text) => {
    const source = new Source('mistakes', text)
    const { diagnostics } = parse(source)
    expect(diagnostics.length).toBeGreaterThan(0)
    expect(diagnostics.length).toBeLessThanOrEqual(20)
    parseMolecules(source)
    isIncomplete(source)
  })
})

function codes(text: string): readonly string[] {
  return parse(new Source('deep', text)).diagnostics.map((diagnostic) => diagnostic.code)
}

/** The codes for each text, from a new process that has parsed nothing before. */
function coldCodes(texts: readonly string[]): readonly string[] {
  const program = `
    import { parse, Source } from ${JSON.stringify(door)}
    import { readFileSync } from 'node:fs'
    const texts = JSON.parse(readFileSync(0, 'utf8'))
    const codes = (text) => parse(new Source('cold', text)).diagnostics.map(({ code }) => code).join()
    console.log(JSON.stringify(texts.map(codes)))`
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
    input: JSON.stringify(texts),
    encoding: 'utf8',
  })
  expect(stderr).toBe('')
  // The program above prints nothing else.
  return JSON.parse(stdout) as readonly string[]
}
