import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { startingProject } from '../../playground/app/starting-project.ts'
import { fragmentOf } from '../../playground/keep/share-link.ts'
import { isAbsent } from '../support/parts.ts'
import { Playground, ready, status, until, write } from './support/browser.ts'

const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js')

function linkTo(text: string): string {
  return fragmentOf({ ...startingProject, files: [{ name: 'main.hocl', text }] })
}

describe.skipIf(isAbsent('chromium'))('somebody who uses the page', () => {
  let playground: Playground
  beforeAll(async () => {
    playground = await Playground.start()
  }, 180_000)
  afterEach(() => playground.close())
  afterAll(() => playground[Symbol.asyncDispose]())

  test('runs the first program to its end', async () => {
    const page = await playground.open()
    await page.getByRole('button', { name: 'Run to inert' }).click()
    await until(page, 'Inert')
    expect(await page.getByRole('tabpanel', { name: 'Result' }).locator('pre').innerText()).toBe(
      '<9>',
    )
  })

  test('runs what is typed, by the keys of the editor', async () => {
    const page = await playground.open()
    await write(page, '<1, 2, 3, replace x, y by x + y>')
    await page.keyboard.press('Control+Shift+Enter')
    await until(page, 'Inert')
    await expect
      .poll(() => page.getByRole('tabpanel', { name: 'Result' }).locator('pre').innerText())
      .toContain('<6,')
  })

  test('steps, goes back, and begins again', async () => {
    const page = await playground.open()
    const figures = page.locator('.run-bar .figures')
    await page.keyboard.press('F10')
    await page.keyboard.press('F10')
    await figures.filter({ hasText: '2 reactions' }).waitFor()
    await page.keyboard.press('Shift+F10')
    await figures.filter({ hasText: '1 reaction of 2' }).waitFor()
    await page.getByRole('button', { name: 'Back to the beginning' }).click()
    await figures.filter({ hasText: '0 reactions' }).waitFor()
  })

  test('stops a program that never ends', async () => {
    const page = await playground.open()
    await write(page, 'let up = replace x::Int by x + 1 in <0, up>')
    await page.keyboard.press('Control+Shift+Enter')
    await until(page, 'Reacting')
    await page.keyboard.press('Escape')
    await until(page, 'Paused')
    expect(await status(page).innerText()).toBe('Paused')
  })

  test.each(['desktop', 'dark', 'phone'] as const)(
    'finds nothing in the way of anybody (%s)',
    async (look) => {
      const page = await playground.open(look)
      await page.keyboard.press('F10')
      await page.getByText('1 reaction', { exact: true }).waitFor()
      expect(await faults(page)).toEqual([])
    },
  )

  test('sees a mistake with its code, goes to it, and takes the fix', async () => {
    const page = await playground.open()
    await write(page, 'let max = replace x, y by x if x >= y in\n<1, 2, maxx>')
    await page.getByRole('tab', { name: /Problems/ }).click()
    const problem = page.locator('.problems li').first()
    await problem.getByText('HOCL201').or(problem.getByText('maxx')).first().waitFor()
    expect(await problem.getByRole('link').getAttribute('href')).toMatch(/codes\/HOCL\d+\.html$/)
    await problem.getByRole('button').click()
    await page.locator('.monaco-editor .squiggly-error').first().waitFor()
    // Where the answer is late, nothing is offered, and a person asks again.
    const offered = page.locator('.action-widget', { hasText: 'Change to' })
    await expect
      .poll(async () => {
        await page.keyboard.press('Control+.')
        return await offered.waitFor({ timeout: 2_000 }).then(
          () => true,
          () => false,
        )
      })
      .toBe(true)
    await page.keyboard.press('Enter')
    await page.getByText('No problems.').waitFor()
  })

  test('finds nothing in the console of what the editor has taken back, and all else', async () => {
    const page = await playground.open()
    await page.evaluate(() => {
      const gone = new Error('Canceled')
      gone.name = gone.message
      void Promise.reject(gone)
      setTimeout(() => {
        throw gone
      })
      void Promise.reject(new Error('something else'))
    })
    await expect.poll(() => playground.complaints).toEqual(['something else'])
    playground.complaints.splice(0)
  })

  test('renames what a name means, in all places', async () => {
    const page = await playground.open()
    await write(page, 'let max = replace x, y by x if x >= y in\n<1, 2, max>')
    await word(page, 'max').last().click()
    await page.keyboard.press('F2')
    await page.locator('.rename-box input').fill('larger')
    await page.keyboard.press('Enter')
    await expect
      .poll(() => program(page))
      .toBe('let larger=replace x,y by x if x>=y in<1,2,larger>')
  })

  test('goes to where a name is defined, in the program and in the standard library', async () => {
    const page = await playground.open()
    await write(
      page,
      'import hocl.workflow;\nlet max = replace x, y by x if x >= y in\n<max, ...workflow>',
    )
    await word(page, 'max').last().click()
    await page.keyboard.press('F12')
    await expect.poll(() => selectedLine(page)).toBe(2)
    await word(page, 'workflow').last().click()
    await page.keyboard.press('F12')
    await page.getByRole('tab', { name: /workflow/, selected: true }).waitFor()
  })

  test('lays a program out', async () => {
    const page = await playground.open()
    await write(page, 'let   max=replace x,y by x   if x>=y in\n<1,2,   max>')
    await page.keyboard.press('Control+Shift+I')
    await expect
      .poll(() => lines(page))
      .toEqual(['let max = replace x, y by x if x >= y in', '<1, 2, max>', ''])
  })

  test('sees high contrast where the system has it', async () => {
    const page = await playground.open()
    await page.emulateMedia({ forcedColors: 'active' })
    await page.locator('.monaco-editor.hc-light').first().waitFor()
    await page.emulateMedia({ forcedColors: 'active', colorScheme: 'dark' })
    await page.locator('.monaco-editor.hc-black').first().waitFor()
    await page.getByRole('button', { name: 'Run to inert' }).click()
    await until(page, 'Inert')
    await expect.poll(() => faults(page)).toEqual([])
    // What is marked by colour alone elsewhere has an edge here.
    const edge = page.getByRole('tab', { name: 'Picture' })
    expect(await edge.evaluate((tab) => getComputedStyle(tab).borderBottomStyle)).toBe('solid')
  })

  test('is told what words mean, and offered words', async () => {
    const page = await playground.open()
    await write(page, 'let max = replace x, y by x if x >= y in\n<1, 2, max, siz')
    await page.locator('.monaco-editor .view-line span', { hasText: 'max' }).last().hover()
    await page.locator('.monaco-hover', { hasText: 'takes' }).first().waitFor()
    await page.keyboard.press('Control+End')
    await page.keyboard.type('e')
    await page.keyboard.press('Control+Space')
    await page.locator('.suggest-widget .monaco-list-row', { hasText: 'size' }).first().waitFor()
  })

  test('finds the commands of the page by F1', async () => {
    const page = await playground.open()
    await page.locator('.monaco-editor .view-lines').click()
    await page.keyboard.press('F1')
    await page.keyboard.type('HOCL: run to inert')
    await page
      .locator('.quick-input-list .monaco-list-row', { hasText: 'HOCL: run to inert' })
      .first()
      .waitFor()
    await page.keyboard.press('Enter')
    await until(page, 'Inert')
  })

  test('finds the program again after a while, on the same machine', async () => {
    const page = await playground.open()
    await write(page, '<41, one x by x + 1>')
    await page.waitForFunction(() => localStorage.getItem('hocl.playground.v1')?.includes('41'))
    await page.reload()
    await ready(page)
    await page.locator('.view-lines', { hasText: '41' }).waitFor()
  })

  test('shares a program with its seed and opens it elsewhere', async () => {
    const page = await playground.open()
    await write(page, '<6, 7, replace x, y by x * y>')
    await page.getByRole('button', { name: 'Settings' }).click()
    await page.getByLabel(/^Seed/).fill('7')
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Share' }).click()
    await page.getByRole('button', { name: 'Copy link' }).click()
    await page.getByText('The link is copied.').waitFor()
    const link = await page.evaluate(() => navigator.clipboard.readText())
    const other = await playground.open('phone', link.slice(playground.url.length))
    await other.locator('.view-lines', { hasText: '*' }).waitFor()
    await other.getByRole('button', { name: 'Settings' }).click()
    expect(await other.getByLabel(/^Seed/).inputValue()).toBe('7')
  })

  test('copies the run as a command line and as TypeScript', async () => {
    const page = await playground.open()
    for (const [button, text] of [
      ['Copy as command line', 'hocl run - --seed 1'],
      ['Copy as TypeScript', 'Reactor.create(program'],
      ['Copy as HTML to embed', '<iframe src="http'],
    ] as const) {
      await page.getByRole('button', { name: 'Share' }).click()
      await page.getByRole('button', { name: button }).click()
      await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toContain(text)
    }
  })

  test('opens a file, undoes that, and saves', async () => {
    const page = await playground.open()
    const file = { name: 'more.hocl', mimeType: 'text/plain', buffer: Buffer.from('<5, 6>') }
    await page.locator('input[type=file]').setInputFiles(file)
    await page.getByRole('tab', { name: 'more.hocl' }).waitFor()
    await page.getByRole('button', { name: 'File', exact: true }).click()
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Save more.hocl' }).click(),
    ])
    expect(download.suggestedFilename()).toBe('more.hocl')
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.getByRole('tab', { name: 'main.hocl' }).waitFor()
  })

  test('imports one file from another', async () => {
    const page = await playground.open()
    await write(page, 'import "./module-1.hocl";\n<20, 22, sum>')
    await page.getByRole('button', { name: 'New file' }).click()
    await page.getByRole('tab', { name: 'module-1.hocl', selected: true }).waitFor()
    await write(page, 'let sum = replace x, y by x + y in')
    await page.keyboard.press('Control+Shift+Enter')
    await until(page, 'Inert')
    await page.locator('.result-pane pre', { hasText: '42' }).waitFor()
  })

  test('stops where a rule has reacted', async () => {
    const page = await playground.open()
    await page.getByRole('tab', { name: /Breakpoints/ }).click()
    await page.locator('.breakpoints-pane').getByLabel('clean').check()
    await page.getByLabel('Speed in reactions').fill('100')
    await page.keyboard.press('Control+Enter')
    await until(page, 'Stopped at clean')
  })

  test('answers a program that asks', async () => {
    const page = await playground.open()
    await write(page, '<one ∅ by console.ask("How old?")>')
    await page.keyboard.press('Control+Enter')
    await page.getByRole('tab', { name: /Console/ }).click()
    await page.getByLabel('How old?').fill('42')
    await page.keyboard.press('Enter')
    await page.getByRole('tab', { name: /Result/ }).click()
    await page.locator('.result-pane pre', { hasText: '"42"' }).waitFor()
  })

  test('lets rates and chance decide', async () => {
    const page = await playground.open()
    await write(page, 'let decay = replace A by B @ 1.0 in <A^100, decay>')
    await page.getByRole('button', { name: 'Settings' }).click()
    await page.getByLabel(/^Stochastic/).check()
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Run to inert' }).click()
    await until(page, 'Inert')
    await page.locator('.figures', { hasText: /100 reactions · t = [\d.]+/ }).waitFor()
    await page.getByRole('button', { name: 'Settings' }).click()
    await page.getByLabel('So much simulated time').fill('0.25')
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Run to inert' }).click()
    await until(page, 'The time is reached')
    await page.locator('.figures', { hasText: '· t = 0.25' }).waitFor()
  })

  test('uses it on a phone, one part at a time', async () => {
    const page = await playground.open('phone')
    const parts = page.getByRole('navigation', { name: 'Parts of the page' })
    expect(await page.locator('.picture-canvas').isVisible()).toBe(false)
    await page.getByRole('button', { name: 'Run to inert' }).click()
    // Who lets it run wants to see it.
    await page.locator('.picture-canvas').waitFor()
    await until(page, 'Inert')
    await parts.getByRole('button', { name: 'Output' }).click()
    await page.locator('.result-pane pre', { hasText: '<9>' }).waitFor()
    expect(await page.locator('.monaco-editor').isVisible()).toBe(false)
    await parts.getByRole('button', { name: 'Program' }).click()
    await page.locator('.monaco-editor').first().waitFor()
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
  })

  test('moves the parts of the page with the keyboard', async () => {
    const page = await playground.open()
    const divider = page.getByRole('separator', { name: 'Width of the program' })
    await divider.focus()
    await page.keyboard.press('ArrowRight')
    expect(await divider.getAttribute('aria-valuenow')).toBe('50')
  })

  test('sees a frame with the program only, and a way to the whole', async () => {
    const page = await playground.open('desktop', `?embed=1${linkTo('<1, 2>')}`)
    expect(await page.locator('header').count()).toBe(0)
    await page.getByRole('link', { name: 'Open in the playground' }).waitFor()
  })

  test('finds the page without a network', async () => {
    const page = await playground.open()
    await page.evaluate(() => navigator.serviceWorker.ready)
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null)
    await page.context().setOffline(true)
    await page.reload()
    await ready(page)
    await page.getByRole('button', { name: 'Run to inert' }).click()
    await until(page, 'Inert')
  })
})

/** A word of the program on the screen. */
function word(page: Page, text: string): ReturnType<Page['locator']> {
  return page.locator('.monaco-editor .view-line span:not(:has(span))', { hasText: text })
}

/** The lines of the program on the screen, as they are read. */
async function lines(page: Page): Promise<readonly string[]> {
  const shown = await page.locator('.monaco-editor .view-line').evaluateAll((elements) =>
    elements
      .map((element) => ({
        text: element.textContent,
        top: element.getBoundingClientRect().top,
      }))
      .sort((a, b) => a.top - b.top),
  )
  return shown.map(({ text }) => text.replaceAll('\u00a0', ' '))
}

/** The program on the screen without white space that says nothing. */
async function program(page: Page): Promise<string> {
  return (await lines(page)).join('').replaceAll(/ ?([=,<>]+) ?/g, '$1')
}

/** The number of the line that the cursor is in. */
async function selectedLine(page: Page): Promise<number> {
  return Number(await page.locator('.monaco-editor .line-numbers.active-line-number').innerText())
}

/** What axe finds wrong with the page. */
async function faults(page: Page): Promise<unknown> {
  // In the page's world, not by a script tag: its policy is not loosened for this.
  await page.evaluate(await readFile(axe, 'utf8'))
  return page.evaluate(
    `axe.run().then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes.map((n) => n.html).join(' ')))`,
  )
}
