/*
 * `npm run frames`: how evenly the playground draws, in headless Chromium: milliseconds between two frames while
 * molecules react, for several numbers of molecules and speeds. Targets: 60 frames a second up to 500 molecules, 30
 * up to 2,000, for the median.
 */
import type { Page } from 'playwright-core'
import { PlaygroundInBrowser, paste, quantile } from './playground-in-browser.ts'

const numbers = [100, 500, 1_000, 1_950]
/** Places of the speed slider, of 100. */
const speeds = [13, 45]
const FRAMES = 200

await using playground = await PlaygroundInBrowser.start()
console.log('molecules  speed                median ms  9 of 10 ms  longest ms')
for (const molecules of numbers) {
  const context = await playground.somebody()
  const page = await context.newPage()
  await page.goto(playground.url)
  await paste(page, `let up = replace x::Int by x + 1 in <...range(${String(molecules)}), up>`)
  await page.waitForTimeout(2_000)
  await page.getByRole('button', { name: 'Run', exact: true }).click()
  for (const speed of speeds) console.log(await measured(page, molecules, speed))
  await context.close()
}

async function measured(page: Page, molecules: number, speed: number): Promise<string> {
  await page.getByRole('slider', { name: 'Speed in reactions' }).fill(String(speed))
  await page.waitForTimeout(1_500)
  // The box around the canvas has the drawing, which counts its own frames.
  const intervals = await page.evaluate(
    `document.querySelector('.picture-canvas').drawing.measured(${String(FRAMES)})`,
  )
  const at = (share: number): string => quantile(intervals as number[], share).toFixed(1)
  const name = await page.locator('.speed output').innerText()
  return [
    String(molecules).padEnd(11),
    name.padEnd(21),
    ...[at(0.5).padEnd(11), at(0.9).padEnd(12), at(1)],
  ].join('')
}
