import { describe, expect, test } from 'vitest'
import { startingProject } from '../../../playground/app/starting-project.ts'
import type { Project } from '../../../playground/app/starting-project.ts'
import { galleryOf } from '../../../playground/learn/gallery.ts'
import { Learning, projectOf } from '../../../playground/learn/learning.ts'
import type { Desk } from '../../../playground/learn/learning.ts'
import { Progress } from '../../../playground/learn/progress.ts'
import type { Keeping } from '../../../playground/learn/progress.ts'
import { tourOf } from '../../../playground/learn/tour.ts'
import { textsIn } from './texts.ts'

const lessons = tourOf(textsIn('tour', '.md'))
const cards = galleryOf(textsIn('gallery', '.hocl')).map((each) => ({ ...each, picture: '' }))
const [first, second] = lessons

/** A page with a program in it, which remembers what it was told. */
class TestDesk implements Desk {
  state: Desk['state'] = { ...startingProject, result: undefined }
  readonly notices: string[] = []

  open(project: Project): void {
    this.state = { ...project, result: undefined }
  }

  notify(text: string): void {
    this.notices.push(text)
  }

  get text(): string {
    return this.state.files[0].text
  }
}

/** What a browser keeps. */
function keeping(): Keeping {
  const kept = new Map<string, string>()
  return {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
  }
}

function learningAt(desk: Desk, progress = new Progress()): Learning {
  return new Learning(desk, () => Promise.resolve({ lessons, cards }), progress)
}

describe('the tour', () => {
  test('begins with the first lesson, and its program is in the editor', async () => {
    const desk = new TestDesk()
    const learning = learningAt(desk)
    await learning.openTour()
    expect(learning.state.lesson).toBe(first)
    expect(desk.text).toBe('<1, 2>\n')
  })

  test('leads from the first lesson to the last', async () => {
    const desk = new TestDesk()
    const learning = learningAt(desk)
    await learning.openTour()
    for (const lesson of lessons) {
      expect(learning.state.lesson).toBe(lesson)
      expect(desk.text).toBe(`${lesson.program}\n`)
      await learning.next()
    }
    expect(learning.state.lesson).toBe(lessons.at(-1))
    expect(learning.state.done.size).toBe(lessons.length)
    await learning.previous()
    expect(learning.state.lesson).toBe(lessons.at(-2))
  })

  test('runs a lesson as it asks for', async () => {
    const desk = new TestDesk()
    await learningAt(desk).go('17-time-and-chance')
    expect(desk.state.settings).toMatchObject({ isStochastic: true, seed: 1 })
    expect(desk.state.perSecond).toBe(20)
  })

  test('goes on where somebody was', async () => {
    const kept = keeping()
    const learning = learningAt(new TestDesk(), new Progress(() => kept))
    await learning.openTour()
    await learning.next()
    const later = learningAt(new TestDesk(), new Progress(() => kept))
    await later.openTour()
    expect(later.state.lesson).toBe(second)
    expect([...later.state.done]).toEqual([first?.name])
  })

  test('makes the change to try, and takes it back', async () => {
    const desk = new TestDesk()
    const learning = learningAt(desk)
    await learning.go('03-the-largest')
    const before = desk.text
    learning.tryChange()
    expect(desk.text).toBe(before.replace('>=', '<='))
    learning.reset()
    expect(desk.text).toBe(before)
  })

  test('counts a lesson as done when what it tells comes out, however it is laid out', async () => {
    const desk = new TestDesk()
    const learning = learningAt(desk)
    await learning.go('03-the-largest')
    desk.state = { ...desk.state, result: { text: '<8, max>' } }
    learning.look()
    expect([...learning.state.done]).toEqual([])
    desk.state = { ...desk.state, result: { text: '<\n  9,\n  max\n>' } }
    learning.look()
    expect([...learning.state.done]).toEqual(['03-the-largest'])
  })
})

test('a lesson stays open with what was made of its program, while the tour is out of sight', async () => {
  const desk = new TestDesk()
  const learning = learningAt(desk)
  await learning.go('03-the-largest')
  learning.tryChange()
  const changed = desk.text
  await learning.openTour()
  expect(desk.text).toBe(changed)
})

describe('the gallery', () => {
  test('puts a program into the editor, and says what to look at', async () => {
    const desk = new TestDesk()
    const learning = learningAt(desk)
    await learning.openProgram('kinetics/dimer')
    expect(desk.text).toContain('// There and back')
    expect(desk.notices[0]).toMatch(/^There and back\. /)
  })

  test('has nothing under a name that is none', async () => {
    const desk = new TestDesk()
    await learningAt(desk).openProgram('classics/nothing')
    expect(desk.text).toBe(startingProject.files[0].text)
  })
})

describe('what was in the editor before', () => {
  test('comes back, however many programs were looked at', async () => {
    const desk = new TestDesk()
    const own = projectOf('<"mine">', { seed: 7, isStochastic: false, isEndless: false })
    desk.open(own)
    const learning = learningAt(desk)
    await learning.openProgram('classics/sieve')
    await learning.openTour()
    await learning.next()
    learning.restore()
    expect(desk.state).toMatchObject(own)
    expect(learning.state).toMatchObject({ own: undefined, lesson: undefined })
  })

  test('comes back on another day, and what is no program does not', async () => {
    const kept = keeping()
    const later = (): Progress => new Progress(() => kept)
    const own = projectOf('<"mine">', { seed: 7, isStochastic: false, isEndless: false })
    const before = new TestDesk()
    before.open(own)
    await learningAt(before, later()).openProgram('classics/sieve')
    const desk = new TestDesk()
    const learning = learningAt(desk, later())
    await learning.openProgram('classics/sorting')
    learning.restore()
    expect(desk.state).toMatchObject(own)
    expect(later().own).toBeUndefined()
    kept.setItem('hocl-tour', '{"own":{"files":[]}}')
    expect(later().own).toBeUndefined()
  })
})

describe('progress', () => {
  test.each(['', 'null', '7', '{"at":3,"done":"x"}', '{"done":[1,"a"]}', '{'])(
    'is what can be read of %s',
    (text) => {
      const progress = new Progress(() => ({ getItem: () => text, setItem: () => undefined }))
      expect(progress.at).toBeUndefined()
      expect([...progress.done]).toEqual(text.includes('"a"') ? ['a'] : [])
    },
  )

  test('is kept for this page where the browser refuses to keep it', () => {
    const progress = new Progress(() => {
      throw new Error('denied')
    })
    progress.at = '02-the-first-rule'
    expect(progress.at).toBe('02-the-first-rule')
  })
})
