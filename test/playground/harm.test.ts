import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { startingProject } from '../../playground/app/starting-project.ts'
import { fragmentOf } from '../../playground/keep/share-link.ts'
import { isAbsent } from '../support/parts.ts'
import { Playground, until } from './support/browser.ts'

function linkTo(text: string): string {
  return fragmentOf({
    ...startingProject,
    files: [{ name: 'main.hocl', text }],
    perSecond: Infinity,
  })
}

describe.skipIf(isAbsent('chromium'))('does no harm', () => {
  let playground: Playground
  beforeAll(async () => {
    playground = await Playground.start()
  }, 180_000)
  afterEach(() => playground.close())
  afterAll(() => playground[Symbol.asyncDispose]())

  test('a program of 100,000 molecules, which reacts to its end', async () => {
    const text = 'let max = replace x::Int, y::Int by x if x >= y in <...range(1, 100000), max>'
    const page = await playground.open('desktop', linkTo(text))
    await page.getByRole('button', { name: 'Run', exact: true }).click()
    await until(page, 'Inert')
    await page.locator('.figures', { hasText: '99,99' }).waitFor()
  })

  test('a program that grows without end, which is stopped', async () => {
    const page = await playground.open('desktop', linkTo('<A, replace A by A, A, B>'))
    await page.getByRole('button', { name: 'Run', exact: true }).click()
    await until(page, 'Reacting')
    await page.getByRole('button', { name: 'Stop' }).click()
    await until(page, /Paused/)
  })

  test('one reaction that takes for ever, which is ended from outside', async () => {
    // A condition over all triples of many molecules, none of which it holds for.
    const text =
      'let never = replace x, y, z by 0 if x * y + z == 0 - 1 in <...range(1, 2000), never>'
    const page = await playground.open('desktop', linkTo(text))
    await page.getByRole('button', { name: 'Run', exact: true }).click()
    await until(page, 'Reacting')
    await page.getByRole('button', { name: 'Stop' }).click()
    await until(page, 'Paused')
  })

  test.each([
    ['a broken link', '#v1.AAAA'],
    ['a link of a later version', '#v7.AAAA'],
  ])('%s, which is told about', async (_, fragment) => {
    const page = await playground.open('desktop', fragment)
    await page.locator('.notice.trouble', { hasText: 'The link cannot be opened' }).waitFor()
    await page.locator('.view-lines', { hasText: 'max' }).waitFor()
  })

  test('markup and scripts in strings, which stay texts', async () => {
    const text = `<"<img src=x onerror=alert(1)>", A:"</script><script>alert(2)</script>", one ∅ by console.ask("<b>hi</b>")>`
    const page = await playground.open('desktop', linkTo(text))
    page.on('dialog', (dialog) => {
      playground.complaints.push(dialog.message())
      void dialog.dismiss()
    })
    await page.getByRole('button', { name: 'Run', exact: true }).click()
    await page.getByRole('tab', { name: /Console/ }).click()
    await page.locator('.console-pane label', { hasText: '<b>hi</b>' }).waitFor()
    expect(await page.locator('main img, main script').count()).toBe(0)
  })

  test('huge numbers and deep nesting', async () => {
    const deep = `<${'<'.repeat(60)}1${'>'.repeat(60)}, ${'9'.repeat(5000)}, replace x::Int by x * x if x < 0>`
    const page = await playground.open('phone', linkTo(deep))
    await page.getByRole('button', { name: 'Run', exact: true }).click()
    await until(page, /Inert|Does not run/)
  })

  test('code from texts: the policy forbids it in the page and in workers', async () => {
    const page = await playground.open()
    // Later, and not at once: what the test itself evaluates is allowed more.
    const allowed = await page.evaluate(
      () =>
        new Promise((resolve) => {
          setTimeout(() => {
            try {
              // eslint-disable-next-line @typescript-eslint/no-implied-eval, @typescript-eslint/no-unsafe-call -- it is what must fail
              resolve(new Function('return true')())
            } catch {
              resolve(false)
            }
          }, 0)
        }),
    )
    expect(allowed).toBe(false)
    playground.complaints.length = 0
  })
})
