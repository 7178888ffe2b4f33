import { describe, expect, test } from 'vitest'
import { galleryOf } from '../../../playground/learn/gallery.ts'
import type { Block, Inline } from '../../../playground/learn/markdown.ts'
import { lessonOf, tourOf } from '../../../playground/learn/tour.ts'
import { diagnosticsIn, ended, textsIn } from './texts.ts'

/* Each lesson says what comes out of its program, and of the change to try: both are run here. */

const lessons = tourOf(textsIn('tour', '.md'))
const programs = galleryOf(textsIn('gallery', '.hocl'))

describe('the tour', () => {
  test('has at least fifteen lessons, numbered from one', () => {
    expect(lessons.length).toBeGreaterThanOrEqual(15)
    expect(lessons.map(({ number }) => number)).toEqual(lessons.map((_, i) => i + 1))
  })

  test('leads from two numbers to workflows that heal themselves', () => {
    expect(lessons[0]?.program).toBe('<1, 2>')
    const last = lessons.filter(({ program }) => program.includes('ADAPT:'))
    expect(last.map(({ title }) => title)).toEqual(['A workflow that heals itself'])
  })

  test('has a title of its own for each lesson', () => {
    expect(new Set(lessons.map(({ title }) => title)).size).toBe(lessons.length)
  })
})

describe.each(lessons)('lesson $name', ({ program, settings, result, trial, ...lesson }) => {
  test('has nothing that the checker warns of', () => {
    const found = diagnosticsIn(program).filter(({ severity }) => severity !== 'hint')
    expect(found.map(({ code, title }) => `${code} ${title}`)).toEqual([])
  })

  test('gives what it says', async () => {
    expect((await ended(program, settings)).result).toBe(result)
  })

  test('gives something else after the change to try, as it says', async () => {
    expect(trial.result).not.toBe(result)
    expect((await ended(trial.program, settings)).result).toBe(trial.result)
  })

  test('is short', () => {
    const words = [...lesson.before, ...lesson.after].flatMap(wordsIn)
    expect(words.length).toBeGreaterThan(20)
    expect(words.length).toBeLessThan(180)
  })

  test('leads on to one or two things that are there', () => {
    const targets = lesson.links.flat().flatMap((each) => (each.kind === 'link' ? [each.to] : []))
    expect(targets.length).toBeGreaterThanOrEqual(1)
    expect(targets.length).toBeLessThanOrEqual(2)
    for (const { kind, at } of targets) {
      const names =
        kind === 'lesson' ? lessons.map(({ name }) => name) : programs.map(({ path }) => path)
      expect(names).toContain(at)
    }
  })
})

describe('a lesson', () => {
  const text = [
    '# Title',
    'Text.',
    '```hocl seed 3',
    '<1>',
    '```',
    '```text',
    '<1>',
    '```',
    '## Try',
    'Change `1` to `$&`. Why?',
    '```text',
    '<2>',
    '```',
    '## Go on',
    '- Nowhere.',
  ]

  test('is read from its parts', () => {
    expect(lessonOf('tour/07-title.md', text.join('\n'))).toMatchObject({
      name: '07-title',
      number: 7,
      title: 'Title',
      program: '<1>',
      settings: { seed: 3 },
      result: '<1>',
      trial: { from: '1', to: '$&', program: '<$&>', result: '<2>' },
    })
  })

  test.each([
    ['title', 0, 1],
    ['program', 2, 3],
    ['result', 5, 3],
    ['change to try', 9, 4],
    ['result of the change', 10, 3],
    ['way to go on', 13, 2],
  ])('without a %s is refused', (what, at, lines) => {
    const less = text.toSpliced(at, lines).join('\n')
    expect(() => lessonOf('tour/07-title.md', less)).toThrow(`07-title.md: there is no ${what}`)
  })

  test('with a change that could be made in two places is refused', () => {
    const twice = text.join('\n').replace('<1>', '<1, 1>')
    expect(() => lessonOf('tour/07-title.md', twice)).toThrow('one place in the program')
  })
})

function wordsIn(block: Block): readonly string[] {
  if (block.kind !== 'paragraph') return []
  const text = (content: readonly Inline[]): string =>
    content.map((each) => ('text' in each ? each.text : text(each.content))).join('')
  return text(block.content).split(/\s+/)
}
