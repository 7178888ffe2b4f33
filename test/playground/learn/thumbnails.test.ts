import { describe, expect, test } from 'vitest'
import { contentOf } from '../../../playground/learn/content.ts'
import { galleryProgram } from '../../../playground/learn/gallery.ts'
import { halfway } from '../../../playground/learn/halfway.ts'
import { thumbnail } from '../../../playground/learn/thumbnail.ts'
import { sceneOf } from '../../../playground/picture/scene.ts'
import { textsIn } from './texts.ts'

/* The pictures of the gallery: SVG that is well-formed, with nothing in it that could run or load. */

const { cards, lessons } = await contentOf(textsIn('tour', '.md'), textsIn('gallery', '.hocl'))

test('the page gets every lesson, and every program with a picture', () => {
  expect(lessons).toHaveLength(Object.keys(textsIn('tour', '.md')).length)
  expect(cards).toHaveLength(Object.keys(textsIn('gallery', '.hocl')).length)
  expect(new Set(cards.map(({ picture }) => picture)).size).toBe(cards.length)
})

describe.each(cards)('the picture of $path', ({ picture }) => {
  test('is well-formed, and small', () => {
    expect(elementsOf(picture)[0]).toBe('svg')
    expect(elementsOf(picture).filter((name) => name === 'circle').length).toBeGreaterThan(1)
    expect(picture.length).toBeLessThan(16_000)
  })

  test('has shapes and words, inside its box', () => {
    expect([...new Set(elementsOf(picture))].sort()).toEqual(
      ['circle', 'rect', 'svg', 'text'].filter((name) => picture.includes(`<${name} `)),
    )
    expect(picture).not.toMatch(/NaN|Infinity|undefined|href|script|\bon\w+=/)
    const half = -Number(/viewBox="(\S+) /.exec(picture)?.[1])
    for (const [, x, y, r] of picture.matchAll(/cx="(\S+)" cy="(\S+)" r="(\S+)"/g))
      expect(Math.hypot(Number(x), Number(y)) + Number(r)).toBeLessThanOrEqual(half + 0.2)
  })
})

async function pictureOf(program: string): Promise<string> {
  const text = `// Title\n//\n// Sentence.\n//\n// Watch: this.\n${program}\n`
  return thumbnail(sceneOf(await halfway(galleryProgram('gallery/puzzles/one.hocl', text))))
}

describe('a picture', () => {
  test('shows a program in the midst of its run', async () => {
    const add = 'replace x::Int, y::Int by x + y'
    // Of eight reactions four have happened, so that five numbers are left of nine.
    const picture = await pictureOf(`<${'1, '.repeat(9)}${add}>`)
    expect(elementsOf(picture).filter((name) => name === 'circle')).toHaveLength(1 + 5)
    expect(elementsOf(picture).filter((name) => name === 'rect')).toHaveLength(1)
  })

  test('writes what a program says as text', async () => {
    expect(await pictureOf('<"<b>">')).toContain('>&quot;&lt;b&gt;&quot;</text>')
  })

  test('leaves the rules of a module out where they would fill it', async () => {
    const many = Array.from({ length: 20 }, (_, i) => `replace A:${String(i)} by B:${String(i)}`)
    const picture = await pictureOf(`<1, ${many.map((rule) => `(${rule})`).join(', ')}>`)
    expect(elementsOf(picture)).toEqual(['svg', 'circle', 'circle', 'text'])
  })

  test('shows copies that are endless, and those that are owed', async () => {
    const picture = await pictureOf('<A^∞, B^-2>')
    expect(picture).toContain('>∞</text>')
    expect(picture).toContain('class="anti"')
  })
})

/** The names of the elements in their order; throws where marks do not pair up. */
function elementsOf(xml: string): readonly string[] {
  const open: string[] = []
  const names: string[] = []
  const rest = xml.replace(
    /<(\/?)([a-z]+)(?: [a-zA-Z-]+="[^"<>&]*")*(\/?)>/g,
    (_, close: string, name: string, single: string) => {
      if (close === '/' && open.pop() !== name) throw new Error(`</${name}> closes nothing`)
      if (close === '') names.push(name)
      if (close === '' && single === '') open.push(name)
      return ''
    },
  )
  const words = rest.replace(/&(?:lt|gt|amp|quot);/g, '')
  if (open.length > 0 || /[<>&]/.test(words)) throw new Error(`not well-formed: ${rest}`)
  return names
}
