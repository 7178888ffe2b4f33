import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { serveFolder } from '../cli/playground/static-server.ts'
import type { StaticServer } from '../cli/playground/static-server.ts'
import { buildPlayground } from './build-playground.ts'

/** The playground as it is built now, served, and a browser without a window for it: that of CHROMIUM, or Debian's. */
export class PlaygroundInBrowser implements AsyncDisposable {
  readonly #folder: string
  readonly #server: StaticServer
  readonly #browser: Browser

  static async start(): Promise<PlaygroundInBrowser> {
    const folder = mkdtempSync(join(tmpdir(), 'hocl-playground-'))
    await buildPlayground(folder)
    const browser = await chromium.launch({
      executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
      args: ['--no-sandbox'],
    })
    return new PlaygroundInBrowser(folder, await serveFolder(folder, 0), browser)
  }

  private constructor(folder: string, server: StaticServer, browser: Browser) {
    this.#folder = folder
    this.#server = server
    this.#browser = browser
  }

  get url(): string {
    return this.#server.url
  }

  /** A browser that nobody has used before. */
  async somebody(
    look: BrowserContextOptions = { viewport: { width: 1280, height: 800 } },
  ): Promise<BrowserContext> {
    return await this.#browser.newContext({
      ...look,
      permissions: ['clipboard-read', 'clipboard-write'],
    })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#browser.close()
    await this.#server[Symbol.asyncDispose]()
    rmSync(this.#folder, { recursive: true })
  }
}

/** Writes a program in the place of the one in the editor, as by pasting. */
export async function paste(page: Page, text: string): Promise<void> {
  await page.locator('.monaco-editor .view-lines').first().click()
  await page.evaluate(`navigator.clipboard.writeText(${JSON.stringify(text)})`)
  await page.keyboard.press('ControlOrMeta+A')
  await page.keyboard.press('ControlOrMeta+V')
}

/** What is in the middle of some numbers, or at another share of them in their order. */
export function quantile(numbers: readonly number[], share = 0.5): number {
  const sorted = numbers.toSorted((a, b) => a - b)
  return sorted[Math.floor(share * (sorted.length - 1))] ?? NaN
}
