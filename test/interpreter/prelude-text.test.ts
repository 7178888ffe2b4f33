import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Regex } from '../../interpreter/prelude/regex.ts'
import { applied, call } from '../support/calls.ts'

describe('strings work under the names of Java', () => {
  test.each([
    ['startsWith("hello", "he")', 'true'],
    ['startsWith("hello", "l", 2)', 'true'],
    ['endsWith("hello", "lo")', 'true'],
    ['indexOf("hello", "l")', '2'],
    ['indexOf("hello", "l", 3)', '3'],
    ['indexOf("hello", "x")', '-1'],
    ['lastIndexOf("hello", "l")', '3'],
    ['substring("hello", 2)', '"llo"'],
    ['substring("hello", 1, 3)', '"el"'],
    ['charAt("hello", 1)', '"e"'],
    ['concat("a", "b")', '"ab"'],
    ['toUpperCase("straße")', '"STRASSE"'],
    ['toLowerCase("ABC")', '"abc"'],
    ['trim(" a\\t")', '"a"'],
    ['isEmpty("")', 'true'],
    ['isBlank("  ")', 'true'],
    ['repeat("ab", 3)', '"ababab"'],
    ['replace("a.b.c", ".", "-")', '"a-b-c"'],
    ['replace("abc", "", "-")', '"-a-b-c-"'],
    ['equalsIgnoreCase("ABC", "abc")', 'true'],
  ])('%s is %s', (text, result) => {
    expect(call(text)).toBe(result)
  })

  test.each([
    ['charAt("abc", 3)', '`charAt`: index 3 is outside a string of 3 characters'],
    ['substring("abc", 2, 9)', '`substring`: index 9 is outside a string of 3 characters'],
    ['substring("abc", 2, 1)', '`substring`: the end 1 is before the start 2'],
    ['substring(5, 2)', '`substring` takes a string as argument 1, not 5'],
    ['repeat("ab", 16777216)', 'the string would have 33,554,432 characters, more than 16,777,216'],
    ['repeat("ab", -1)', '`repeat`: the count is negative'],
  ])('%s fails: %s', (text, message) => {
    expect(call(text)).toBe(message)
  })
})

describe('split, matches and replaceAll take regular expressions', () => {
  test.each([
    ['split("a,b,,c,,", ",")', '["a", "b", "", "c"]'],
    ['split("a1b22c", "[0-9]+")', '["a", "b", "c"]'],
    ['split("abc", "")', '["a", "b", "c"]'],
    ['split("a.b", "\\\\.")', '["a", "b"]'],
    ['split("a.b", ".")', '[]'],
    ['split(",a", ",")', '["", "a"]'],
    ['split("", ",")', '[""]'],
    ['split("a,b,c", ",", 2)', '["a", "b,c"]'],
    ['split("a,b,,", ",", -1)', '["a", "b", "", ""]'],
    ['matches("abc", "a.c")', 'true'],
    ['matches("xabc", "a.c")', 'false'],
    ['matches("foo@bar.org", "\\\\w+@\\\\w+\\\\.(com|org)")', 'true'],
    ['matches("ABC", "(?i)abc")', 'true'],
    ['matches("é1", "\\\\p{L}\\\\d")', 'true'],
    ['matches("a.b", "\\\\Qa.b\\\\E")', 'true'],
    ['replaceAll("hello world", "(\\\\w)o", "[$1]")', '"hel[l] [w]rld"'],
    ['replaceAll("2024-05", "(?<y>\\\\d+)-(?<m>\\\\d+)", "${m}/${y}")', '"05/2024"'],
    ['replaceAll("aaa", "a*?", "-")', '"-a-a-a-"'],
    ['replaceAll("a", "a", "\\\\$")', '"$"'],
    ['replaceFirst("aXbX", "X", "-")', '"a-bX"'],
  ])('%s is %s', (text, result) => {
    expect(call(text)).toBe(result)
  })

  test.each([
    ['matches("a", "(a")', 'the regular expression "(a": a `(` is not closed'],
    ['matches("a", "a)")', 'the regular expression "a)": a `)` closes nothing'],
    ['matches("a", "*a")', 'the regular expression "*a": `*` repeats nothing'],
    [
      'matches("a", "[b-a]")',
      'the regular expression "[b-a]": a range of characters runs backwards',
    ],
    [
      'matches("aa", "(a)\\\\1")',
      'the regular expression "(a)\\\\1": references back to a group are not supported',
    ],
    ['matches("a", "(?=a)a")', 'the regular expression "(?=a)a": look-around is not supported'],
    [
      'matches("a", "a++")',
      'the regular expression "a++": possessive quantifiers are not supported',
    ],
    ['matches("a", "((a{1000}){1000}){1000}")', 'the regular expression repeats too much'],
    [
      'replaceAll("a", "a", "$1")',
      '`replaceAll`: `$1` in the replacement is no group; write `\\\\$1` for itself',
    ],
  ])('%s fails: %s', (text, message) => {
    expect(call(text).replaceAll('\\\\\\\\', '\\\\')).toBe(message)
  })

  test('no pattern takes for ever', () => {
    expect(applied('matches', 'a'.repeat(2000) + 'c', '(a+)+b')).toBe(false)
    expect(applied('matches', 'a'.repeat(2000), '(a|a|a?)*b')).toBe(false)
    expect(() => applied('matches', 'a'.repeat(2 ** 22), '(.*a){10}d')).toThrow(
      'the text is too long',
    )
  })
})

interface Pattern {
  readonly text: string
  /** Where an iteration of a loop can be empty, JavaScript is unlike Java and everybody else. */
  readonly canBeEmpty: boolean
}

const quantifiers = fc.constantFrom('*', '+', '?', '*?', '+?', '??', '{2}', '{1,2}', '{0,2}?')

const patterns = fc.letrec<{ pattern: Pattern }>((tie) => ({
  pattern: fc.oneof(
    { maxDepth: 4 },
    fc
      .constantFrom('a', 'b', '.', '[ab]', '[^a]', '\\w')
      .map((text) => ({ text, canBeEmpty: false })),
    fc.constantFrom('^', '$', '\\b', '').map((text) => ({ text, canBeEmpty: true })),
    fc.tuple(tie('pattern'), tie('pattern')).map(([a, b]) => ({
      text: a.text + b.text,
      canBeEmpty: a.canBeEmpty && b.canBeEmpty,
    })),
    fc.tuple(tie('pattern'), tie('pattern')).map(([a, b]) => ({
      text: `(?:${a.text}|${b.text})`,
      canBeEmpty: a.canBeEmpty || b.canBeEmpty,
    })),
    tie('pattern').map((a) => ({ ...a, text: `(${a.text})` })),
    fc.tuple(tie('pattern'), quantifiers).map(([a, quantifier]) => ({
      text: a.canBeEmpty ? a.text : `(?:${a.text})${quantifier}`,
      canBeEmpty: a.canBeEmpty || /^[*?]|^\{0/.test(quantifier),
    })),
  ),
})).pattern

const subjects = fc.string({ unit: fc.constantFrom('a', 'b', 'c', ' '), maxLength: 12 })

test('a match is the one that backtracking finds', () => {
  fc.assert(
    fc.property(patterns, subjects, ({ text }, subject) => {
      const theirs = new RegExp(text, 'd').exec(subject)
      const ours = new Regex(text).find(subject, 0)
      expect(ours?.slice(0, 2)).toEqual(theirs?.indices?.[0])
    }),
    { numRuns: 3000 },
  )
})

test('a full match is found where there is one', () => {
  fc.assert(
    fc.property(patterns, subjects, ({ text }, subject) => {
      expect(new Regex(text).matches(subject)).toBe(new RegExp(`^(?:${text})$`).test(subject))
    }),
    { numRuns: 3000 },
  )
})
