import type { Browser, BrowserContext, Page } from 'playwright-core'
import { expect } from 'vitest'
import { serveFolder } from '../../../cli/playground/static-server.ts'
import type { StaticServer } from '../../../cli/playground/static-server.ts'
import { startBrowser } from '../../support/browser.ts'
import { builtSite } from './site.ts'

/** How somebody looks at the page. */
export const looks = {
  desktop: { viewport: { width: 1280, height: 800 } },
  dark: { viewport: { width: 1280, height: 800 }, colorScheme: 'dark' },
  phone: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
} as const

export type Look = keyof typeof looks

interface OpenOptions {
  /** Another page of the site than the playground. */
  readonly isOther?: boolean
  /** In a browser that nobody has used before. */
  readonly isFresh?: boolean
}

/** The built playground in a real browser, for one test file. */
export class Playground implements AsyncDisposable {
  readonly #browser: Browser
  readonly #server: StaticServer
  /** One for each way to look: what was loaded for one test is there for the next. */
  readonly #contexts = new Map<Look, BrowserContext>()
  readonly #fresh: BrowserContext[] = []
  /** What the pages complained about. */
  readonly complaints: string[] = []

  static async start(): Promise<Playground> {
    const server = await serveFolder(await builtSite(), 0)
    return new Playground(await startBrowser(), server)
  }

  private constructor(browser: Browser, server: StaticServer) {
    this.#browser = browser
    this.#server = server
  }

  get url(): string {
    return this.#server.url
  }

  /** A page of which nothing is kept, in a browser that may know the site; a fresh one does not. */
  async open(
    look: Look = 'desktop',
    after = '',
    { isOther = false, isFresh = false }: OpenOptions = {},
  ): Promise<Page> {
    const context = await this.#contextOf(look, isFresh)
    const page = await context.newPage()
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning')
        this.complaints.push(message.text())
    })
    page.on('pageerror', (error) => {
      this.complaints.push(error.message)
    })
    if (!isFresh) {
      await page.goto(`${this.url}codes/HOCL203.html`)
      await page.evaluate(() => {
        localStorage.clear()
      })
    }
    await page.goto(this.url + after)
    // Another page of the site has nothing to wait for.
    if (!isOther) await ready(page)
    return page
  }

  async #contextOf(look: Look, isFresh: boolean): Promise<BrowserContext> {
    const known = isFresh ? undefined : this.#contexts.get(look)
    if (known !== undefined) return known
    const made = await this.#browser.newContext({
      ...looks[look],
      permissions: ['clipboard-read', 'clipboard-write'],
      acceptDownloads: true,
    })
    if (isFresh) this.#fresh.push(made)
    else this.#contexts.set(look, made)
    return made
  }

  /** Ends the pages of a test; none of them may have complained. */
  async close(): Promise<void> {
    for (const context of this.#fresh.splice(0)) await context.close()
    for (const context of this.#contexts.values()) {
      for (const page of context.pages()) await page.close()
      await context.setOffline(false)
    }
    expect(this.complaints.splice(0)).toEqual([])
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#browser.close()
    await this.#server[Symbol.asyncDispose]()
  }
}

/** Waits until somebody can type. */
export async function ready(page: Page): Promise<void> {
  await page.locator('.monaco-editor .view-lines').first().waitFor()
  await page.locator('.run-bar .dot').waitFor()
}

/** Writes a program in the place of the one in the editor, as by pasting. */
export async function write(page: Page, text: string): Promise<void> {
  await page.locator('.monaco-editor .view-lines').first().click()
  await page.keyboard.press('ControlOrMeta+A')
  await page.evaluate((pasted) => navigator.clipboard.writeText(pasted), text)
  await page.keyboard.press('ControlOrMeta+V')
}

/** What the bar says of the run. */
export function status(page: Page): ReturnType<Page['locator']> {
  return page.locator('.run-bar [role=status]')
}

/** Waits until the bar says this. */
export async function until(page: Page, text: string | RegExp): Promise<void> {
  await status(page).filter({ hasText: text }).waitFor()
}
