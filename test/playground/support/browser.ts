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

/** The built playground in a real browser, for one test file. */
export class Playground implements AsyncDisposable {
  readonly #browser: Browser
  readonly #server: StaticServer
  readonly #contexts: BrowserContext[] = []
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

  /** A page in a browser that nobody has used before. */
  async open(
    look: Look = 'desktop',
    after = '',
    { isOther = false }: { readonly isOther?: boolean } = {},
  ): Promise<Page> {
    const context = await this.#browser.newContext({
      ...looks[look],
      permissions: ['clipboard-read', 'clipboard-write'],
      acceptDownloads: true,
    })
    this.#contexts.push(context)
    const page = await context.newPage()
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning')
        this.complaints.push(message.text())
    })
    page.on('pageerror', (error) => {
      this.complaints.push(error.message)
    })
    await page.goto(this.url + after)
    // Another page of the site has nothing to wait for.
    if (!isOther) await ready(page)
    return page
  }

  /** Ends the pages of a test; none of them may have complained. */
  async close(): Promise<void> {
    for (const context of this.#contexts.splice(0)) await context.close()
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
