import { describe, expect, test } from 'vitest'
import {
  galleryGroups,
  galleryOf,
  galleryProgram,
  galleryWith,
} from '../../../playground/learn/gallery.ts'
import { root } from '../../../scripts/tools.ts'
import { hocl } from '../../support/command-line.ts'
import { diagnosticsIn, ended, textsIn } from './texts.ts'

/* What the gallery shows is read, runs, gives what its mark says, and ends, unless it says that it does not. */

const folder = 'playground/learn/gallery'
const programs = galleryOf(textsIn('gallery', '.hocl'))

describe('the gallery', () => {
  test('has at least thirty programs, and at least four in each of nine groups', () => {
    expect(programs.length).toBeGreaterThanOrEqual(30)
    const sizes = galleryGroups.map(
      ({ name }) => programs.filter(({ group }) => group === name).length,
    )
    expect(sizes).toHaveLength(9)
    expect(Math.min(...sizes)).toBeGreaterThanOrEqual(4)
  })

  test('has a title of its own for each program', () => {
    expect(new Set(programs.map(({ title }) => title)).size).toBe(programs.length)
  })

  test('is in the one layout', async () => {
    expect(await hocl(['fmt', '--check', '--quiet', folder], { cwd: root })).toMatchObject({
      code: 0,
      stdout: '',
    })
  })

  test.each(['vm', 'reference'])('gives what its marks say on %s', async (engine) => {
    const args = ['test', folder, '--engine', engine, '--seeds', '2']
    const { code, stdout } = await hocl(args, { cwd: root })
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: `${String(programs.length)} passed, 0 failed\n`,
    })
  })

  test('is put in the order of its groups', () => {
    const order = galleryGroups.map(({ name }) => name)
    const found = programs.map(({ group }) => order.indexOf(group))
    expect(found).toEqual(found.toSorted((a, b) => a - b))
  })

  test('is searched for all words at once, in any case', () => {
    expect(galleryWith(programs, 'ENTANGLED qubits').map(({ path }) => path)).toEqual([
      'quantum/bell',
    ])
    expect(galleryWith(programs, '')).toEqual(programs)
    expect(galleryWith(programs, 'entangled nonsense')).toEqual([])
  })
})

describe.each(programs)('$path', ({ text, settings, sentence, watch }) => {
  test('has nothing that the checker warns of', () => {
    const found = diagnosticsIn(text).filter(({ severity }) => severity !== 'hint')
    expect(found.map(({ code, title }) => `${code} ${title}`)).toEqual([])
  })

  test('ends as it says, when it is run as it asks for', async () => {
    const { kind } = await ended(text, settings)
    if (!settings.isEndless) expect(kind).toBe('inert')
    else expect(kind).toBe(settings.until === undefined ? 'reaction-limit' : 'until')
  })

  test('says in a sentence what it is, and what to look at', () => {
    expect(sentence).toMatch(/^[A-Z].*[.!?]$/)
    expect(watch).toMatch(/^[a-zA-Z0-9`].*\.$/)
    expect(sentence.length).toBeLessThan(130)
  })

  test('is small enough to be looked at', () => {
    expect(text.split('\n').length).toBeLessThan(50)
    expect(text).toMatch(/^\/\/=[>|?] /m)
  })
})

describe('the head of a program', () => {
  const head =
    '// Title\n//\n// A sentence\n// of two lines.\n//\n// Watch: this.\n// Run: seed 2\n<1>\n'

  test('is read from its first comment', () => {
    expect(galleryProgram('gallery/puzzles/one.hocl', head)).toEqual({
      path: 'puzzles/one',
      group: 'puzzles',
      name: 'one',
      title: 'Title',
      sentence: 'A sentence of two lines.',
      watch: 'this.',
      settings: { seed: 2, isStochastic: false, isEndless: false },
      text: head,
    })
  })

  test.each([
    ['sentence', head.replace(/\/\/ A sentence\n\/\/ of two lines\.\n/, '')],
    ['watch', head.replace('// Watch: this.\n', '')],
    ['title', '<1>'],
  ])('without %s is refused', (what, text) => {
    expect(() => galleryProgram('gallery/puzzles/one.hocl', text)).toThrow(`has no ${what}`)
  })

  test('is refused in a group that is none', () => {
    expect(() => galleryProgram('gallery/music/one.hocl', head)).toThrow('no such group')
  })
})
