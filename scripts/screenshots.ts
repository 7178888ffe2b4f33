/*
 * `npm run screenshots`: pictures of the playground's main states, into `docs/images/`. Whoever changes the
 * page looks at them.
 */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { startingProject } from '../playground/app/starting-project.ts'
import { fragmentOf } from '../playground/keep/share-link.ts'
import { PlaygroundInBrowser } from './playground-in-browser.ts'
import { root } from './tools.ts'

interface Shot {
  readonly name: string
  readonly look: BrowserContextOptions
  /** A program other than the first one. */
  readonly text?: string
  readonly prepare: (page: Page) => Promise<void>
}

const desktop = { viewport: { width: 1280, height: 800 } }
const dark = { ...desktop, colorScheme: 'dark' } as const
const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }

const words = `// Words are counted where they are.
let add = replace word:m::Int, word:n::Int by word:(m + n) in

< "to":1, "be":1, "or":1, "not":1, "to":1, "be":1, "that":1,
  "is":1, "the":1, "question":1, "to":1, "the":1, "be":1, add >
`

async function some(page: Page): Promise<void> {
  for (let i = 0; i < 3; i++) await page.keyboard.press('F10')
  await page.locator('.figures', { hasText: '3 reactions' }).waitFor()
}

async function all(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Run to inert' }).click()
  await page.locator('.run-bar [role=status]', { hasText: 'Inert' }).waitFor()
}

async function cluster(page: Page): Promise<void> {
  await page.getByRole('tab', { name: 'Cluster' }).click()
  await page.getByRole('button', { name: 'Start cluster' }).click()
  await page.getByRole('region', { name: 'node-3' }).locator('.shard').first().waitFor()
}

/** A look at what became of the solution, when all has happened. */
function seen(tab: string): Shot['prepare'] {
  return async (page) => {
    await all(page)
    await page.getByRole('tab', { name: tab }).click()
    await page.locator('.views .pane-body > *').first().waitFor()
  }
}

/** Where the last molecule came from, with the timeline at the reaction before the last. */
async function story(page: Page): Promise<void> {
  await seen('History')(page)
  await page.getByRole('region', { name: 'Causal history' }).waitFor()
  await page.getByRole('slider', { name: 'Reaction', exact: true }).focus()
  await page.keyboard.press('ArrowLeft')
  await page.getByRole('region', { name: 'Causal history' }).scrollIntoViewIfNeeded()
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
  { name: 'playground-timeline', look: desktop, prepare: seen('History') },
  { name: 'playground-story', look: { viewport: { width: 1280, height: 1000 } }, prepare: story },
  { name: 'playground-chart', look: desktop, prepare: seen('Chart') },
  {
    name: 'playground-cluster',
    look: { viewport: { width: 1280, height: 1200 } },
    text: words,
    prepare: cluster,
  },
  {
    name: 'playground-tour',
    look: desktop,
    prepare: async (page) => {
      await page.getByRole('button', { name: 'Tour', exact: true }).click()
      await page.getByRole('button', { name: 'Next', exact: true }).click()
      await page.getByRole('heading', { name: 'The first rule' }).waitFor()
      await page.getByRole('button', { name: 'Run it' }).click()
    },
  },
  {
    name: 'playground-gallery',
    look: desktop,
    prepare: async (page) => {
      await page.getByRole('button', { name: 'Gallery', exact: true }).click()
      await page.locator('.card svg').first().waitFor()
    },
  },
]

await using playground = await PlaygroundInBrowser.start()
const images = join(root, 'docs/images')
mkdirSync(images, { recursive: true })
for (const { name, look, text, prepare } of shots) {
  const context = await playground.somebody(look)
  const page = await context.newPage()
  const files = [{ name: 'main.hocl', text: text ?? startingProject.files[0].text }] as const
  await page.goto(
    playground.url + (text === undefined ? '' : fragmentOf({ ...startingProject, files })),
  )
  await page.locator('.monaco-editor .view-line').first().waitFor()
  await prepare(page)
  await page.waitForTimeout(1_000)
  await page.screenshot({ path: join(images, `${name}.png`) })
  await context.close()
}
