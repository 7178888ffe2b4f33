import { chromium } from 'playwright-core'
import type { Browser } from 'playwright-core'

/** A real browser without a window: that of CHROMIUM, or Debian's, which is installed before all tests. */
export function startBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox'],
  })
}
