import { readFile } from 'node:fs/promises'
import axe from 'axe-core'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { isAbsent } from '../support/parts.ts'
import { Playground, looks, until, write } from './support/browser.ts'

/** What a drawing tells who asks it; the page has it on the box around its canvas. */
interface Drawing {
  readonly isApart: boolean
  measured(frames: number): Promise<readonly number[]>
}

function canvas(page: Page): ReturnType<Page['locator']> {
  return page.locator('.picture-canvas')
}

async function tab(page: Page, name: string): Promise<void> {
  await page.getByRole('tab', { name, exact: true }).click()
}

async function step(page: Page, times: number): Promise<void> {
  const figures = page.locator('.run-bar .figures')
  for (let i = 0; i < times; i++) {
    const before = await figures.innerText()
    await page.getByRole('button', { name: 'Step', exact: true }).click()
    await expect.poll(() => figures.innerText()).not.toBe(before)
  }
}

/** Writes a program and waits until what it starts with is in the picture. */
async function load(page: Page, text: string): Promise<void> {
  const label = (): Promise<string | null> => canvas(page).getAttribute('aria-label')
  await expect.poll(label, { timeout: 20_000 }).toMatch(/: 10 molecules/)
  const before = await label()
  await write(page, text)
  await expect.poll(label, { timeout: 20_000 }).not.toBe(before)
}

/** Goes from molecule to molecule of two with the keyboard until this one is inspected. */
async function inspect(page: Page, molecule: string): Promise<void> {
  const shown = page.getByRole('region', { name: 'Molecule' }).locator('pre')
  const text = async (): Promise<string> => ((await shown.count()) > 0 ? shown.innerText() : '')
  await canvas(page).focus()
  for (let before = await text(); before !== molecule; before = await text()) {
    await page.keyboard.press('.')
    // A key that was pressed and not yet answered would lead on from what is found here.
    await expect.poll(text).not.toBe(before)
  }
}

/** Whether the picture looks different after that. */
async function differs(page: Page, change: () => Promise<void>): Promise<boolean> {
  const before = await canvas(page).screenshot()
  await change()
  for (let i = 0; i < 40; i++) {
    if (!before.equals(await canvas(page).screenshot())) return true
    await page.waitForTimeout(50)
  }
  return false
}

describe.skipIf(isAbsent('chromium'))('what is seen of a solution', () => {
  let playground: Playground
  beforeAll(async () => {
    playground = await Playground.start()
  }, 180_000)
  afterEach(() => playground.close())
  afterAll(() => playground[Symbol.asyncDispose]())

  test('the picture is drawn in a worker, says in words what it shows, and follows reactions', async () => {
    const page = await playground.open()
    await canvas(page)
      .and(page.locator('[aria-label*="9 molecules"]'))
      .or(canvas(page))
      .first()
      .waitFor()
    expect(
      await page.evaluate(() => {
        const box = document.querySelector('.picture-canvas') as HTMLElement & { drawing: Drawing }
        return box.drawing.isApart
      }),
    ).toBe(true)
    await expect
      .poll(() => canvas(page).getAttribute('aria-label'))
      .toMatch(/^Picture of the solution: 10 molecules/)
    expect(await differs(page, () => step(page, 2))).toBe(true)
    await expect.poll(() => canvas(page).getAttribute('aria-label')).toMatch(/: 8 molecules/)
  })

  test('where a browser cannot hand a canvas over, the page draws itself', async () => {
    const page = await playground.open()
    await page.addInitScript(() => {
      Reflect.deleteProperty(HTMLCanvasElement.prototype, 'transferControlToOffscreen')
    })
    await page.reload()
    await canvas(page).locator('canvas').waitFor()
    const isApart = (): Promise<boolean> =>
      page.evaluate(() => {
        const box = document.querySelector('.picture-canvas') as HTMLElement & { drawing: Drawing }
        return box.drawing.isApart
      })
    expect(await isApart()).toBe(false)
    await expect.poll(() => canvas(page).getAttribute('aria-label')).toMatch(/10 molecules/)
    await page.waitForTimeout(1_200)
    expect(await differs(page, () => step(page, 1))).toBe(true)
  })

  test('two fingers zoom', async () => {
    const page = await playground.open('phone')
    await page.getByRole('button', { name: 'Solution', exact: true }).click()
    const box = (await canvas(page).boundingBox())!
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
    const fingers = await page.context().newCDPSession(page)
    const touch = (
      type: 'touchStart' | 'touchMove' | 'touchEnd',
      apart: number,
    ): Promise<unknown> =>
      fingers.send('Input.dispatchTouchEvent', {
        type,
        touchPoints:
          type === 'touchEnd'
            ? []
            : [
                { x: x - apart, y, id: 1 },
                { x: x + apart, y, id: 2 },
              ],
      })
    await page.waitForTimeout(1_200)
    const isZoomed = await differs(page, async () => {
      await touch('touchStart', 20)
      for (const apart of [40, 60, 80]) await touch('touchMove', apart)
      await touch('touchEnd', 0)
    })
    expect(isZoomed).toBe(true)
  })

  test('keys, wheel and buttons zoom and move it, and 0 shows all again', async () => {
    const page = await playground.open()
    await canvas(page).focus()
    expect(await differs(page, () => page.keyboard.press('+'))).toBe(true)
    expect(await differs(page, () => page.keyboard.press('ArrowLeft'))).toBe(true)
    expect(await differs(page, () => page.getByRole('button', { name: 'Zoom out' }).click())).toBe(
      true,
    )
    await canvas(page).hover()
    expect(await differs(page, () => page.mouse.wheel(0, -300))).toBe(true)
    await canvas(page).focus()
    expect(await differs(page, () => page.keyboard.press('0'))).toBe(true)
  })

  test('a molecule is inspected with the keyboard or by a click, and its story told', async () => {
    const page = await playground.open()
    await load(page, '<4, 5, sum = replace x::Int, y::Int by x + y>')
    await step(page, 1)
    const inspector = page.getByRole('region', { name: 'Molecule' })
    await inspect(page, '9')
    expect(await inspector.locator('dl').innerText()).toMatch(/Int[^]*the outermost solution/)
    await page.keyboard.press('Escape')
    await inspector.waitFor({ state: 'hidden' })
    const box = (await canvas(page).boundingBox())!
    await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2)
    await inspector.waitFor()
    await inspect(page, '9')
    await inspector.getByRole('button', { name: 'Where from' }).click()
    const story = page.getByRole('region', { name: 'Causal history' })
    await expect
      .poll(() => story.innerText())
      .toContain('Reaction 1, sum, gave it; it is still there.')
    expect(await story.getByRole('button', { name: /^Molecule [45]/ }).count()).toBe(2)
  })

  test('molecules are thrown in: typed, dragged, and with the keyboard', async () => {
    const page = await playground.open()
    await load(page, '<A, CELL:<B>>')
    const label = (): Promise<string | null> => canvas(page).getAttribute('aria-label')
    await page.getByLabel('Molecules to add').fill('C, D')
    await page.keyboard.press('Enter')
    await expect.poll(label).toMatch(/5 molecules/)
    const box = (await canvas(page).boundingBox())!
    await page.getByLabel('Molecules to add').fill('E')
    const chip = page.getByRole('button', { name: 'E', exact: true })
    await chip.hover()
    await page.mouse.down()
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2, { steps: 4 })
    await page.mouse.up()
    await expect.poll(label).toMatch(/6 molecules/)
    await chip.focus()
    await page.keyboard.press('Enter')
    await expect.poll(label).toMatch(/7 molecules/)
  })

  test('a molecule is put into a solution inside', async () => {
    const page = await playground.open()
    await load(page, '<CELL:<B>>')
    await expect.poll(() => canvas(page).getAttribute('aria-label')).toMatch(/: 2 molecules/)
    await canvas(page).focus()
    await page.keyboard.press('.')
    await page.getByRole('region', { name: 'Molecule' }).waitFor()
    await page.getByLabel('Molecules to add').fill('C')
    await page.keyboard.press('Enter')
    await tab(page, 'Table')
    await expect.poll(() => page.getByRole('treegrid').innerText()).toContain('CELL:<B, C>')
  })

  test('the table has what the picture shows: sorted, filtered, opened and closed by keys', async () => {
    const page = await playground.open()
    await load(page, '<3, 3, 10, 9, CELL:<7, <8>>, "x">')
    await tab(page, 'Table')
    const table = page.getByRole('treegrid', { name: 'Molecules of the solution' })
    const lines = (): Promise<string[]> => table.getByRole('row').locator('code').allInnerTexts()
    await expect.poll(lines).toEqual(['"x"', '3', '9', '10', 'CELL:<7, <8>>', '<8>', '8', '7'])
    await table.getByRole('button', { name: 'Copies' }).click()
    await expect.poll(async () => (await lines())[0]).toBe('3')
    await page.getByLabel('Filter').fill('8')
    await expect.poll(lines).toEqual(['CELL:<7, <8>>', '<8>', '8'])
    await page.getByLabel('Filter').fill('')
    await table.getByRole('button', { name: 'Molecule' }).click()
    await table.focus()
    for (let i = 0; i < 4; i++) await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowLeft')
    await expect.poll(lines).toEqual(['"x"', '3', '9', '10', 'CELL:<7, <8>>'])
    await page.keyboard.press('ArrowRight')
    await expect.poll(async () => (await lines()).length).toBe(8)
  })

  test('the timeline goes back and forth, and says what each reaction changed', async () => {
    const page = await playground.open()
    await load(page, '<1, 2, 3, 4, sum = replace x::Int, y::Int by x + y>')
    await step(page, 3)
    await tab(page, 'History')
    const slider = page.getByRole('slider', { name: 'Reaction', exact: true })
    await slider.focus()
    await page.keyboard.press('ArrowLeft')
    await expect
      .poll(() => page.locator('.run-bar .figures').innerText())
      .toContain('2 reactions of 3')
    const difference = page.getByRole('region', { name: 'Reaction 2' })
    expect(await difference.locator('li').allInnerTexts()).toHaveLength(3)
    await page.keyboard.press('Home')
    await expect
      .poll(() => page.locator('.run-bar .figures').innerText())
      .toContain('0 reactions of 3')
    await page.keyboard.press('End')
    await page.getByRole('region', { name: 'Reaction 3' }).waitFor()
  })

  test('counts over time are a chart that can be chosen from, asked, and saved', async () => {
    const page = await playground.open()
    await load(page, '<1, 2, 3, 4, "a", sum = replace x::Int, y::Int by x + y>')
    await step(page, 3)
    await tab(page, 'Chart')
    const chart = page.getByRole('img', { name: /^Counts over reactions/ })
    await expect.poll(() => chart.getAttribute('aria-label')).toContain('Int: 1, String: 1')
    await chart.locator('canvas').waitFor()
    await page.getByLabel('all molecules').check()
    await expect.poll(() => chart.getAttribute('aria-label')).toContain('all molecules: 2')
    await page.getByLabel('Count what matches').fill('x::Int if x > 5')
    await page.keyboard.press('Enter')
    await expect.poll(() => chart.getAttribute('aria-label')).toContain('x::Int if x > 5: 1')
    const saved = async (name: string): Promise<Buffer> => {
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name, exact: true }).click(),
      ])
      return readFile(await download.path())
    }
    expect((await saved('CSV')).toString()).toMatch(/^reaction,Int,String,all molecules,/)
    expect((await saved('SVG')).toString()).toMatch(/^<svg /)
    expect((await saved('PNG')).subarray(1, 4).toString()).toBe('PNG')
  })

  test('in stochastic runs, counts are over simulated time', async () => {
    const page = await playground.open()
    await load(page, '<A^50, decay = replace A by B @ 1>')
    await page.getByRole('button', { name: 'Settings' }).click()
    await page
      .getByLabel(/simulated time|stochastic|rates/i)
      .first()
      .check()
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Run to inert' }).click()
    await until(page, 'Inert')
    await tab(page, 'Chart')
    await page.getByRole('img', { name: /^Counts over simulated time/ }).waitFor()
  })

  test('rules are shown with their reactions, and with those that they can enable', async () => {
    const page = await playground.open()
    await load(page, 'let a = replace A by B in let b = replace B by C in <A, A, a, b>')
    await step(page, 3)
    await tab(page, 'Rules')
    const rows = page.getByRole('region', { name: 'Reactions by rule' }).getByRole('row')
    await expect.poll(() => rows.count()).toBe(3)
    await page.getByText('As a list').click()
    await expect.poll(() => page.locator('.rules-list').innerText()).toContain('a can enable b')
    expect(
      await page.getByRole('group', { name: 'Influence of rules on one another' }).count(),
    ).toBe(1)
  })

  test('a workflow has its tasks with their states', async () => {
    const page = await playground.open()
    await load(
      page,
      'import hocl.workflow;\n<T1:<SRC:<>, DST:<T2>, IN:<7>>, T2:<SRC:<T1>, DST:<>, IN:<>>, ...workflow>',
    )
    await tab(page, 'Workflow')
    const states = page.locator('.workflow-states')
    await expect.poll(() => states.innerText()).toBe('2 waiting')
    await page.getByRole('button', { name: 'Run to inert' }).click()
    await until(page, 'Inert')
    await expect.poll(() => states.innerText()).toBe('2 done')
    expect(await page.locator('.workflow-picture svg text').allTextContents()).toContain('T2')
  })

  test('a hundred thousand molecules are shown by group, and the page stays quick', async () => {
    const page = await playground.open()
    await load(page, '<...range(1, 100000), "x">')
    await expect
      .poll(() => canvas(page).getAttribute('aria-label'), { timeout: 20_000 })
      .toContain('99999 Int')
    await page.getByText('by group, areas as counts').waitFor()
    await tab(page, 'Table')
    await page.getByRole('treegrid').waitFor()
    expect(await page.getByRole('row').count()).toBeLessThan(80)
  })

  test('what wants to stay still does: with reduced motion a change is there at once', async () => {
    const page = await playground.open()
    await page.emulateMedia({ reducedMotion: 'reduce' })
    await step(page, 1)
    await page.waitForTimeout(150)
    const shots = [await canvas(page).screenshot(), await canvas(page).screenshot()]
    expect(shots[0]!.equals(shots[1]!)).toBe(true)
  })

  test.each(Object.keys(looks) as (keyof typeof looks)[])(
    'nobody is kept out: axe finds nothing in any view (%s)',
    async (look) => {
      const page = await playground.open(look)
      if (look === 'phone')
        await page.getByRole('button', { name: 'Solution', exact: true }).click()
      await page.evaluate(axe.source)
      for (const name of ['Picture', 'Table', 'History', 'Chart', 'Rules']) {
        await tab(page, name)
        await page.waitForTimeout(300)
        const { violations } = await page.evaluate(() =>
          (globalThis as unknown as { axe: typeof axe }).axe.run('.pane.views'),
        )
        expect(violations.map(({ id, nodes }) => `${name} ${id}: ${nodes[0]?.html ?? ''}`)).toEqual(
          [],
        )
      }
    },
  )
})
