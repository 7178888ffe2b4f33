import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { isAbsent } from '../support/parts.ts'
import { Playground, status, until, write } from './support/browser.ts'

describe.skipIf(isAbsent('chromium'))('the page', () => {
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
})
