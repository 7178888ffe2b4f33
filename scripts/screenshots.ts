/*
 * `npm run screenshots`: pictures of the playground's main states, into `docs/images/`. Whoever changes the
 * page looks at them.
 */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { serveFolder } from '../cli/playground/static-server.ts'
import { buildPlayground } from './build-playground.ts'
import { root } from './tools.ts'

interface Shot {
  readonly name: string
  readonly look: BrowserContextOptions
  readonly prepare: (page: Page) => Promise<void>
}

const desktop = { viewport: { width: 1280, height: 800 } }
const dark = { ...desktop, colorScheme: 'dark' } as const
const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }

async function some(page: Page): Promise<void> {
  for (let i = 0; i < 3; i++) await page.keyboard.press('F10')
  await page.locator('.figures', { hasText: '3 reactions' }).waitFor()
}

async function all(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Run to inert' }).click()
  await page.locator('.run-bar [role=status]', { hasText: 'Inert' }).waitFor()
}

const shots: readonly Shot[] = [
  { name: 'playground-light', look: desktop, prepare: some },
  { name: 'playground-dark', look: dark, prepare: all },
  { name: 'playground-phone', look: phone, prepare: some },
  {
    name: 'playground-share',
    look: desktop,
    prepare: async (page) => {
      await page.getByRole('button', { name: 'Share' }).click()
    },
  },
]

const site = join(root, 'dist/playground')
await buildPlayground(site)
await using server = await serveFolder(site, 0)
const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium'
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
const images = join(root, 'docs/images')
mkdirSync(images, { recursive: true })
for (const { name, look, prepare } of shots) {
  const context = await browser.newContext(look)
  const page = await context.newPage()
  await page.goto(server.url)
  await page.locator('.monaco-editor .view-line').first().waitFor()
  await prepare(page)
  await page.waitForTimeout(1_000)
  await page.screenshot({ path: join(images, `${name}.png`) })
  await context.close()
}
await browser.close()
