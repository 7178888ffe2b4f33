import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { ended, started, written } from '../support/command-line.ts'
import { isAbsent } from '../support/parts.ts'
import { Playground, ready, write } from './support/browser.ts'
import { builtSite } from './support/site.ts'

/** Bytes that the first load may take, compressed. */
const BUDGET = 1_200_000

describe.skipIf(isAbsent('chromium'))('the first load', () => {
  let playground: Playground
  beforeAll(async () => {
    playground = await Playground.start()
  }, 180_000)
  afterEach(() => playground.close())
  afterAll(() => playground[Symbol.asyncDispose]())

  test('fetches no more than its budget until somebody can type', async () => {
    const page = await playground.open('desktop', 'codes/HOCL203.html', {
      ...{ isOther: true, isFresh: true },
    })
    const fetched = new Set<string>()
    page.on('request', (request) => fetched.add(new URL(request.url()).pathname))
    await page.goto(playground.url)
    await ready(page)
    // By now all threads have been asked for something.
    await write(page, '<1, ')
    await page.getByRole('tab', { name: /^Problems\s*\d/ }).waitFor()
    await page.locator('.monaco-editor .squiggly-error').first().waitFor()
    const site = await builtSite()
    let size = 0
    for (const path of fetched) {
      const file = join(site, path === '/' ? 'index.html' : path)
      size += gzipSync(await readFile(file), { level: 9 }).length
    }
    expect([...fetched].some((path) => path.includes('code-editor'))).toBe(true)
    expect(size).toBeLessThan(BUDGET)
  })

  test('is a frame in another page, by an element that holds the program', async () => {
    const page = await playground.open('desktop', 'codes/HOCL203.html', { isOther: true })
    await page.evaluate(async () => {
      const script = '../hocl-playground.js'
      const loaded = document.createElement('script')
      loaded.type = 'module'
      loaded.src = script
      document.head.append(loaded)
      await customElements.whenDefined('hocl-playground')
      const element = document.createElement('hocl-playground')
      element.innerHTML = '<pre>\n  &lt;20, 22,\n    replace x, y by x + y&gt;\n</pre>'
      element.setAttribute('speed', '0')
      document.body.prepend(element)
    })
    const frame = page.frameLocator('hocl-playground iframe')
    await frame.locator('.view-lines', { hasText: 'replace' }).waitFor()
    await frame.getByRole('button', { name: 'Run', exact: true }).click()
    // The frame is as narrow as the text around it: one part is seen at a time.
    await frame.getByRole('button', { name: 'Output' }).click()
    await frame.locator('.result-pane pre', { hasText: '42' }).waitFor()
  })
})

test('hocl playground serves the page until it is interrupted', async () => {
  const child = started(['playground', '--port', '0'])
  const end = ended(child)
  await written(child, '\n')
  child.kill('SIGINT')
  const { stdout, stderr, code } = await end
  // A checkout may not have built it.
  if (code === 2) expect(stderr).toContain('npm run playground:build')
  else expect(stdout).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/m)
})
