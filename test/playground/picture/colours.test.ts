import { describe, expect, test } from 'vitest'
import { Palette, bubbleColour, contrast, themeOf } from '../../../playground/picture/colours.ts'
import { copiesText, fitted, labelOf, nameOf } from '../../../playground/picture/paint.ts'

const names = ['light', 'dark', 'contrast-light', 'contrast-dark'] as const

describe.each(names)('in the theme %s', (name) => {
  const theme = themeOf(name)
  const numbers = Array.from({ length: 36 }, (_, i) => i)

  test('every bubble stands out from what is behind it', () => {
    const least = Math.min(
      ...numbers.map((n) => contrast(bubbleColour(n, name).fill, theme.background)),
    )
    expect(least).toBeGreaterThanOrEqual(name.startsWith('contrast') ? 4.5 : 3)
  })

  test('the text in every bubble can be read', () => {
    const least = Math.min(
      ...numbers.map((n) => contrast(bubbleColour(n, name).fill, theme.bubbleText)),
    )
    expect(least).toBeGreaterThanOrEqual(name.startsWith('contrast') ? 7 : 4.5)
  })

  test('names of membranes can be read', () => {
    expect(contrast(theme.text, theme.background)).toBeGreaterThanOrEqual(7)
    expect(contrast(theme.faint, theme.background)).toBeGreaterThanOrEqual(4.5)
  })
})

test('a group has the same colour however often it is asked for, and another than the others', () => {
  const palette = new Palette()
  const groups = ['Int', 'EDGE:…', 'max', 'NODE:…', 'String', 'A', 'B', 'C', 'D', 'E', 'F', 'G']
  const numbers = groups.map((group) => palette.numberOf(group))
  expect(groups.map((group) => palette.numberOf(group))).toEqual(numbers)
  expect(new Set(numbers.map((n) => bubbleColour(n, 'light').fill)).size).toBe(12)
})

test('which colour a group has does not hang on what comes after', () => {
  const [one, other] = [new Palette(), new Palette()]
  one.numberOf('Int')
  other.numberOf('Int')
  other.numberOf('max')
  expect(one.numberOf('Int')).toBe(other.numberOf('Int'))
})

test('large counts are short', () => {
  expect([1, 12, 9_999, 12_345, 1_234_567, Infinity, -3].map(copiesText)).toEqual([
    '×1',
    '×12',
    '×9999',
    '×12.3k',
    '×1.2M',
    '×∞',
    '×−3',
  ])
})

test('a text is cut where it has no room', () => {
  const fits = (text: string): boolean => text.length <= 6
  expect(fitted('short', fits)).toBe('short')
  expect(fitted('much too long', fits)).toBe('much …')
})

test('a membrane is named by what is around its solution', () => {
  const membrane = { molecule: 1, key: '1', text: '', group: '', isInert: false, depth: 1 }
  const place = { id: 1, parent: 0, x: 0, y: 0, r: 1 }
  expect(nameOf({ ...membrane, ...place, shell: '<…>', copies: 1 })).toBe('')
  expect(nameOf({ ...membrane, ...place, shell: 'CELL:4:<…>', copies: 3 })).toBe('CELL:4 ×3')
  expect(
    labelOf({
      molecule: 1,
      key: '1',
      text: 'A',
      group: 'A',
      kind: 'symbol',
      copies: 7,
      isGroup: false,
      r: 1,
      id: 1,
      membrane: 0,
      x: 0,
      y: 0,
    }),
  ).toBe('A ×7')
})
