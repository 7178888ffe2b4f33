import { describe, expect, test } from 'vitest'
import { readMarkdown, wordsOf } from '../../../playground/learn/markdown.ts'
import { settingsIn } from '../../../playground/learn/settings.ts'

describe('settings', () => {
  test('are read in any order', () => {
    expect(settingsIn('until 2.5, stochastic, seed 3, endless')).toEqual({
      until: 2.5,
      seed: 3,
      isStochastic: true,
      isEndless: true,
    })
    expect(settingsIn(' strategy keep-small,speed 20')).toEqual({
      strategy: 'keep-small',
      speed: 20,
      isStochastic: false,
      isEndless: false,
    })
  })

  test('are none where nothing is said', () => {
    expect(settingsIn('')).toEqual({ isStochastic: false, isEndless: false })
  })

  test.each(['seed', 'seed x', 'strategy toString', 'sed 3', 'seed 3 4', 'endless 1'])(
    'cannot be %s',
    (text) => {
      expect(() => settingsIn(text)).toThrow(`\`${text}\``)
    },
  )
})

describe('markdown', () => {
  test('keeps what is said and how', () => {
    expect(readMarkdown('# A `b`\n\nOne *two*\nthree **four**.\n\n- x\n- y')).toEqual([
      { kind: 'heading', depth: 1, text: 'A b' },
      {
        kind: 'paragraph',
        content: [
          { kind: 'text', text: 'One ' },
          { kind: 'emphasis', content: [{ kind: 'text', text: 'two' }] },
          { kind: 'text', text: ' three ' },
          { kind: 'strong', content: [{ kind: 'text', text: 'four' }] },
          { kind: 'text', text: '.' },
        ],
      },
      {
        kind: 'list',
        items: [[{ kind: 'text', text: 'x' }], [{ kind: 'text', text: 'y' }]],
      },
    ])
  })

  test('leaves programs as they are', () => {
    expect(readMarkdown('```hocl seed 1\n<1, x & y>\n```\n\n`<a> & "b"`')).toEqual([
      { kind: 'code', about: 'hocl seed 1', text: '<1, x & y>' },
      { kind: 'paragraph', content: [{ kind: 'code', text: '<a> & "b"' }] },
    ])
  })

  test('leads to lessons, gallery programs and pages elsewhere', () => {
    const targets = ['lesson:01-a', 'gallery:puzzles/b', 'https://example.org/c'].map((href) => {
      const [block] = readMarkdown(`[x](${href})`)
      const [link] = block?.kind === 'paragraph' ? block.content : []
      return link?.kind === 'link' ? link.to : undefined
    })
    expect(targets).toEqual([
      { kind: 'lesson', at: '01-a' },
      { kind: 'gallery', at: 'puzzles/b' },
      { kind: 'page', at: 'https://example.org/c' },
    ])
  })

  test.each([
    ['[x](javascript:alert(1))', 'x'],
    ['[x](data:text/html,x)', 'x'],
    ['[x](//elsewhere.org)', 'x'],
    ['![x](https://example.org/x.png)', 'x'],
    ['<b onclick="x">c</b>', '<b onclick="x">c</b>'],
  ])('has no way out: %s', (text, words) => {
    const [block] = readMarkdown(text)
    const content = block?.kind === 'paragraph' ? block.content : []
    expect(wordsOf(content)).toBe(words)
    expect(content.every(({ kind }) => kind === 'text')).toBe(true)
  })

  test('shows a tag at the start of a line as text', () => {
    expect(readMarkdown('<script>alert(1)</script>')).toEqual([
      {
        kind: 'paragraph',
        content: [{ kind: 'text', text: '<script>alert(1)</script>' }],
      },
    ])
  })
})
