/*
 * `npm run frames`: how evenly the playground draws, in headless Chromium: milliseconds between two frames while
 * molecules react, for several numbers of molecules and speeds. Targets: 60 frames a second up to 500 molecules, 30
 * up to 2,000, for the median.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import type { Page } from 'playwright-core'
import { serveFolder } from '../cli/playground/static-server.ts'
import { buildPlayground } from './build-playground.ts'

const numbers = [100, 500, 1_000, 1_950]
/** Places of the speed slider, of 100. */
const speeds = [13, 45]
const FRAMES = 200

const folder = mkdtempSync(join(tmpdir(), 'hocl-frames-'))
await buildPlayground(folder)
const server = await serveFolder(folder, 0)
const browser = await chromium.launch({
  executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
  args: ['--no-sandbox'],
})
console.log('molecules  speed                median ms  9 of 10 ms  longest ms')
for (const molecules of numbers) {
  const context = await browser.newContext({
    permissions: ['clipboard-read', 'clipboard-write'],
    viewport: { width: 1280, height: 800 },
  })
  const page = await context.newPage()
  await page.goto(server.url)
  await write(page, `let up = replace x::Int by x + 1 in <...range(${String(molecules)}), up>`)
  await page.getByRole('button', { name: 'Run', exact: true }).click()
  for (const speed of speeds) console.log(await measured(page, molecules, speed))
  await context.close()
}
await browser.close()
await server[Symbol.asyncDispose]()
rmSync(folder, { recursive: true })

async function write(page: Page, text: string): Promise<void> {
  await page.locator('.monaco-editor .view-lines').first().click()
  await page.evaluate(`navigator.clipboard.writeText(${JSON.stringify(text)})`)
  await page.keyboard.press('ControlOrMeta+A')
  await page.keyboard.press('ControlOrMeta+V')
  await page.waitForTimeout(2_000)
}

async function measured(page: Page, molecules: number, speed: number): Promise<string> {
  await page.getByRole('slider', { name: 'Speed in reactions' }).fill(String(speed))
  await page.waitForTimeout(1_500)
  // The box around the canvas has the drawing, which counts its own frames.
  const intervals = await page.evaluate(
    `document.querySelector('.picture-canvas').drawing.measured(${String(FRAMES)})`,
  )
  const sorted = (intervals as number[]).sort((a, b) => a - b)
  const at = (share: number): string =>
    (sorted[Math.floor(share * (sorted.length - 1))] ?? NaN).toFixed(1)
  const name = await page.locator('.speed output').innerText()
  return [
    String(molecules).padEnd(11),
    name.padEnd(21),
    ...[at(0.5).padEnd(11), at(0.9).padEnd(12), at(1)],
  ].join('')
}
