import { describe, expect, test } from 'vitest'
import { isCommand } from '../../cli/repl/commands.ts'
import { beginsAnew, continues, readingOf } from '../../cli/repl/reading.ts'

describe('a text that is typed', () => {
  test.each([
    ['1, 2', 'whole'],
    ['let a = 1 in', 'whole'],
    ['let a = (1) in a', 'whole'],
    ['let a = 1', 'open'],
    // Names that end like the word.
    ['let a = main', 'open'],
    ['let a = hocl.in', 'open'],
    ['let a = 1 // in', 'open'],
    ['let f = replace x', 'unfinished'],
    ['<1,', 'unfinished'],
    ['1 /* a', 'unfinished'],
    ['2 +* 3', 'wrong'],
  ])('%s is %s', (text, kind) => {
    expect(readingOf(text).kind).toBe(kind)
  })

  test.each([
    ['let f = replce x by x', true],
    ['let f = "in" +* 1 // in', true],
    ['let f = replce x by x in', false],
    ['<1, 2 +* 3', true],
    ['<1, 2 +* 3>', false],
  ])('%s, with a mistake, waits for more: %s', (text, isOpen) => {
    expect(readingOf(text)).toEqual({ kind: 'wrong', isOpen })
  })

  test('is not read again and again while data are pasted', () => {
    let text = '<'
    for (let line = 0; line < 20_000; line++) {
      text += `${String(line)},\n`
      if (readingOf(text).kind !== 'unfinished') throw new Error('it ends in the middle')
    }
    expect(readingOf(`${text}0>`).kind).toBe('whole')
  })
})

test.each([
  'if x > 1',
  '  by x',
  'in',
  '@ 2',
  '* 3',
  '/ 3',
  '== 1',
  '&& b',
  '? 1 : 2',
  '.size()',
  ', 3',
])('`%s` goes on with what was typed before', (line) => {
  expect(continues(line)).toBe(true)
})

test.each([
  'iff',
  'inside',
  '// if',
  '/* by */',
  '-3',
  '+3',
  '<1>',
  '.5',
  '...list',
  '(1)',
  ':run',
  '',
])('`%s` stands for itself', (line) => {
  expect(continues(line)).toBe(false)
})

test.each([':run', ':run 3', ':he', ':q', ':save! a.hocl', 'let a', 'import hocl.sets;'])(
  '`%s` begins anew',
  (line) => {
    expect(beginsAnew(line, isCommand)).toBe(true)
  },
)

test.each([':r', ':q in', ':ru', ':x', ':balance', 'letter', '1'])(
  '`%s` does not begin anew',
  (line) => {
    expect(beginsAnew(line, isCommand)).toBe(false)
  },
)
