import axe from 'axe-core'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { isAbsent } from '../../support/parts.ts'
import { Playground, until, write } from '../support/browser.ts'

const words = `let add = replace word:m::Int, word:n::Int by word:(m + n) in
< "a":1, "b":1, "a":1, "c":1, "b":1, "d":1, "a":1, "e":1, "f":1, "c":2, "a":3, "g":1, "b":5, add >`

describe.skipIf(isAbsent('chromium'))('a cluster in the page', () => {
  let playground: Playground
  beforeAll(async () => {
    playground = await Playground.start()
  }, 180_000)
  afterEach(() => playground.close())
  afterAll(() => playground[Symbol.asyncDispose]())

  test('comes to what one machine comes to, though a node is killed and one comes', async () => {
    const page = await playground.open()
    await write(page, words)
    await page.keyboard.press('Control+Shift+Enter')
    await until(page, 'Inert')
    const alone = await page.getByRole('tabpanel', { name: 'Result' }).locator('pre').innerText()
    await openCluster(page)
    await page.getByRole('button', { name: 'Start cluster' }).click()
    for (const name of ['node-1', 'node-2', 'node-3'])
      await page.getByRole('region', { name }).locator('.shard').first().waitFor()
    // It does not go on by itself: what is killed holds something.
    await page.getByRole('button', { name: 'Pause' }).click()
    await clusterStatus(page, 'Paused')
    await page.getByRole('button', { name: 'Kill node-2' }).click()
    await page.getByRole('button', { name: 'Add a node' }).click()
    await page.getByRole('region', { name: 'node-4' }).waitFor()
    expect(await page.getByLabel('Result of the cluster').count()).toBe(0)
    await page.getByLabel('Pace').selectOption('As fast as possible')
    await page.getByRole('button', { name: 'Go on' }).click()
    await clusterStatus(page, 'Inert')
    await page.getByRole('region', { name: 'node-2' }).waitFor({ state: 'detached' })
    expect(await page.getByLabel('Result of the cluster').innerText()).toBe(alone)
    await page.getByText('Molecules that have crossed').click()
    await page.getByRole('cell', { name: 'entrance' }).first().waitFor()
  })

  test('says why a program is not for nodes', async () => {
    const page = await playground.open()
    await write(page, 'let ask = replace-one x::Int by console.ask("Who?") in <1, ask>')
    await openCluster(page)
    await page.getByRole('button', { name: 'Start cluster' }).click()
    const refusal = page.getByRole('alert').filter({ hasText: 'cannot run on a cluster' })
    await refusal.waitFor()
    expect(await refusal.innerText()).toMatch(
      /answers later[^]*no node of the page offers it[^]*HOCL503/,
    )
  })

  test('counts many molecules by kind', async () => {
    const page = await playground.open()
    const many = Array.from({ length: 200 }, (_, i) => `N:${String(i)}`).join(', ')
    await write(page, `< ${many} >`)
    await openCluster(page)
    await page.getByLabel('Shards').fill('2')
    await page.getByLabel('Pace').selectOption('As fast as possible')
    await page.getByRole('button', { name: 'Start cluster' }).click()
    await clusterStatus(page, 'Inert')
    await page.locator('.chip.many').first().waitFor()
    const counts = await page.locator('.chip.many sup').allInnerTexts()
    expect(counts.reduce((sum, text) => sum + Number(text.slice(1)), 0)).toBe(200)
  })

  test.each(['desktop', 'dark', 'phone'] as const)('is for everyone: %s', async (look) => {
    const page = await playground.open(look)
    await page.emulateMedia({ reducedMotion: 'reduce' })
    if (look === 'phone')
      await page
        .getByRole('navigation', { name: 'Parts of the page' })
        .getByText('Solution')
        .click()
    await openCluster(page)
    await page.getByLabel('Pace').selectOption('As fast as possible')
    await page.getByRole('button', { name: 'Start cluster' }).click()
    await clusterStatus(page, 'Inert')
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    expect(wide).toBeLessThanOrEqual(0)
    // As a bookmarklet would: the policy of the page lets nobody add a script.
    await page.evaluate(axe.source)
    const found = await page.evaluate(async () => {
      const { run } = Reflect.get(globalThis, 'axe') as typeof axe
      const { violations } = await run('.cluster-pane')
      return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
    })
    expect(found).toEqual([])
  })
})

async function openCluster(page: Page): Promise<void> {
  await page.getByRole('tab', { name: 'Cluster' }).click()
}

async function clusterStatus(page: Page, text: string): Promise<void> {
  await page.locator('.cluster-status [role=status]').filter({ hasText: text }).waitFor()
}
