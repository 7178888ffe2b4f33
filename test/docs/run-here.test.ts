import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { serveFolder } from '../../cli/playground/static-server.ts'
import type { StaticServer } from '../../cli/playground/static-server.ts'
import { canRunHere } from '../../scripts/site/run-here.ts'
import { site } from '../../scripts/site/site.ts'
import { builtSite } from '../playground/support/site.ts'
import { startBrowser } from '../support/browser.ts'
import { isAbsent } from '../support/parts.ts'

test('nearly every program of the documentation is offered, and none that needs more than a browser has', () => {
  const { files } = site()
  const cookbook = files.get('cookbook.html') ?? ''
  expect(cookbook.split('class="run-here"').length).toBeGreaterThan(30)
  expect(canRunHere('<1, 2>')).toBe(true)
  expect(canRunHere('import "./other.hocl"; <1>')).toBe(false)
  expect(canRunHere('<price(1)>')).toBe(false)
})

describe.skipIf(isAbsent('chromium'))('a program of the documentation', () => {
  const folder = mkdtempSync(join(tmpdir(), 'hocl-site-'))
  let server: StaticServer
  let browser: Browser
  beforeAll(async () => {
    for (const [path, text] of site().files) {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), text)
    }
    cpSync(await builtSite(), join(folder, 'playground'), { recursive: true })
    server = await serveFolder(folder, 0)
    browser = await startBrowser()
  }, 180_000)
  afterAll(async () => {
    await browser.close()
    await server[Symbol.asyncDispose]()
    rmSync(folder, { recursive: true })
  })

  test.each(['tutorial.html', 'codes/HOCL203.html'])(
    'runs where it stands, in %s',
    async (path) => {
      const page = await browser.newPage()
      const complaints: string[] = []
      page.on('pageerror', ({ message }) => complaints.push(message))
      await page.goto(server.url + path)
      const program = page.locator('pre:has(+ .run-here)').first()
      const text = await program.innerText()
      await page.getByRole('button', { name: 'Run it here' }).first().click()
      const frame = page.frameLocator('hocl-playground iframe')
      const shown = frame.locator('.view-lines').first()
      await expect
        .poll(async () => (await shown.innerText()).replaceAll(/\s/g, ''))
        .toBe(text.replaceAll(/\s/g, ''))
      await frame.getByRole('button', { name: 'Run', exact: true }).waitFor()
      expect(complaints).toEqual([])
      await page.close()
    },
  )
})
