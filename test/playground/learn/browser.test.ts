import axe from 'axe-core'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { isAbsent } from '../../support/parts.ts'
import { Playground, until } from '../support/browser.ts'
import { galleryOf } from '../../../playground/learn/gallery.ts'
import { tourOf } from '../../../playground/learn/tour.ts'
import { textsIn } from './texts.ts'

/* The tour and the gallery as somebody uses them who has never been here. */

const lessons = tourOf(textsIn('tour', '.md'))
const programs = galleryOf(textsIn('gallery', '.hocl'))

describe.skipIf(isAbsent('chromium'))('learning', () => {
  let playground: Playground
  beforeAll(async () => {
    playground = await Playground.start()
  }, 180_000)
  afterEach(() => playground.close())
  afterAll(() => playground[Symbol.asyncDispose]())

  test('the tour goes from the first lesson to the last with next, and each program is in the editor', async () => {
    const page = await touring()
    for (const { number, title, program } of lessons) {
      await page.getByRole('heading', { name: title, exact: true }).waitFor()
      await shows(page, program)
      if (number < lessons.length)
        await page.getByRole('button', { name: 'Next', exact: true }).click()
    }
    expect(await page.getByRole('button', { name: 'Next', exact: true }).isDisabled()).toBe(true)
    await page.getByRole('button', { name: 'Previous', exact: true }).click()
    await page.getByRole('heading', { name: lessons.at(-2)?.title ?? '' }).waitFor()
  })

  test('a lesson runs, is done when it gives what it says, and is changed and put back', async () => {
    const page = await touring()
    await page.getByLabel('Lesson', { exact: true }).first().selectOption('14-less-than-nothing')
    await page.getByRole('heading', { name: 'Less than nothing, and without end' }).waitFor()
    await page.getByRole('button', { name: 'Run it' }).click()
    await until(page, 'Inert')
    await page.getByText('14 of 22 done').waitFor()
    await page.getByRole('button', { name: 'Try it' }).click()
    await shows(page, 'BUY:x')
    await page.getByRole('tabpanel', { name: 'Result' }).getByText('BUY:MILK').waitFor()
    await page.getByRole('button', { name: 'Reset' }).click()
    await shows(page, lessons[13]?.program ?? '')
  })

  test('the tour goes on where somebody was, also on another day', async () => {
    const page = await touring()
    await page.getByRole('button', { name: 'Next', exact: true }).click()
    await page.getByRole('heading', { name: 'The first rule' }).waitFor()
    await page.reload()
    await page.getByRole('button', { name: 'Tour', exact: true }).click()
    await page.getByRole('heading', { name: 'The first rule' }).waitFor()
  })

  test('a lesson leads to a program of the gallery, and what was in the editor comes back', async () => {
    const page = await playground.open()
    await shows(page, 'clean takes the solution apart')
    await page.getByRole('button', { name: 'Tour', exact: true }).click()
    await page.getByRole('button', { name: 'Stock and needs' }).click()
    await shows(page, '// Stock and needs')
    await page.getByRole('button', { name: 'Back to my program' }).click()
    await shows(page, 'clean takes the solution apart')
  })

  test('the gallery shows every program with a picture, finds one by its words, and opens it', async () => {
    const page = await playground.open()
    await page.getByRole('button', { name: 'Gallery', exact: true }).click()
    await page.getByText(`${String(programs.length)} programs`).waitFor()
    expect(await page.locator('.card svg.thumbnail circle.membrane').count()).toBeGreaterThan(50)
    expect(await page.locator('.card').count()).toBe(programs.length)
    await page.getByRole('searchbox').fill('entangled qubits')
    await page.getByText('1 program', { exact: true }).waitFor()
    await page.getByRole('button', { name: /^Entangled/ }).click()
    await shows(page, '// Entangled')
    await page.getByRole('button', { name: 'Run to inert' }).click()
    await until(page, 'Inert')
    await page.getByRole('tabpanel', { name: 'Result' }).getByText('MEASURED:').waitFor()
  })

  test('the pictures are SVG for a reader of XML, too', async () => {
    const page = await playground.open()
    await page.getByRole('button', { name: 'Gallery', exact: true }).click()
    await page.locator('.card svg').first().waitFor()
    const wrong = await page.locator('.card svg').evaluateAll(
      (pictures) =>
        pictures.filter((picture) => {
          const text = new XMLSerializer().serializeToString(picture)
          const read = new DOMParser().parseFromString(text, 'image/svg+xml')
          const circle = picture.querySelector('circle:not(.membrane)')
          const isBlack = circle !== null && getComputedStyle(circle).fill === 'rgb(0, 0, 0)'
          return read.querySelector('parsererror') !== null || isBlack
        }).length,
    )
    expect(wrong).toBe(0)
  })

  test.each(['desktop', 'dark', 'phone'] as const)(
    'nothing of it is in the way of a screen reader, a keyboard or weak eyes (%s)',
    async (look) => {
      const page = await playground.open(look)
      // The policy of the page forbids scripts that are added later.
      await page.addInitScript({ content: axe.source })
      await page.reload()
      for (const [name, selector] of [
        ['Tour', '.lesson h3'],
        ['Gallery', '.card'],
      ] as const) {
        await page.getByRole('button', { name, exact: true }).click()
        await page.locator(selector).first().waitFor()
        expect(await faultsOf(page, '.drawer')).toEqual([])
      }
    },
  )

  test('on a phone the lesson stands above the picture, and the gallery gives way to what it opens', async () => {
    const page = await playground.open('phone')
    await page.getByRole('button', { name: 'Tour', exact: true }).click()
    await page.getByRole('heading', { name: 'A solution', exact: true }).waitFor()
    const next = await page.getByRole('button', { name: 'Next', exact: true }).boundingBox()
    const picture = await page.getByRole('region', { name: 'What is there' }).boundingBox()
    expect((next?.y ?? 0) + (next?.height ?? 0)).toBeLessThanOrEqual(picture?.y ?? 0)
    expect(await isWiderThanItself(page)).toBe(false)

    await page.getByRole('button', { name: 'Gallery', exact: true }).click()
    await page.getByRole('button', { name: /^The largest number/ }).click()
    await page.locator('.gallery').waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Program', exact: true }).click()
    await shows(page, '// The largest number')
    expect(await isWiderThanItself(page)).toBe(false)
  })

  async function touring(): Promise<Page> {
    const page = await playground.open()
    await page.getByRole('button', { name: 'Tour', exact: true }).click()
    await page.getByRole('heading', { name: lessons[0]?.title ?? '', exact: true }).waitFor()
    return page
  }
})

/** Waits until the editor begins to show this; its lines break where there is no room, and long texts are not all there. */
async function shows(page: Page, text: string): Promise<void> {
  const [line = ''] = text.split('\n')
  await expect
    .poll(async () => plain(await page.locator('.monaco-editor .view-lines').first().innerText()))
    .toContain(plain(line))
}

/** Without white space, of which the editor has kinds of its own, and without quotation marks of code. */
function plain(text: string): string {
  return text.replace(/[\s`\u00a0]+/g, '')
}

/** What axe finds wrong in a part of the page. */
function faultsOf(page: Page, part: string): Promise<readonly string[]> {
  return page.evaluate(async (selector) => {
    const { axe: loaded } = globalThis as unknown as { axe: typeof axe }
    const { violations } = await loaded.run(selector)
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
  }, part)
}

/** Whether somebody would have to scroll sideways. */
function isWiderThanItself(page: Page): Promise<boolean> {
  return page.evaluate(() => document.documentElement.scrollWidth > screen.width)
}
