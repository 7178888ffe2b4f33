import { spawn } from 'node:child_process'
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { builtinModules } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { createContext, runInContext } from 'node:vm'
import { Worker } from 'node:worker_threads'
import { build } from 'rolldown'
import type { OutputOptions } from 'rolldown'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { serveFolder } from '../../cli/playground/static-server.ts'
import { installPackage, packPackage } from '../../scripts/package.ts'
import { root, run } from '../../scripts/tools.ts'
import { startBrowser } from '../support/browser.ts'
import { builtSite } from '../playground/support/site.ts'
import { ended } from '../support/command-line.ts'

/*
 * An application outside of the repository that installs the packed package and uses each part of its
 * interface: type-checked, run in Node, and bundled and run where there is nothing of Node.
 */

const folder = mkdtempSync(join(tmpdir(), 'hocl-package-'))
const application = join(folder, 'application')

/** What the application finds, wherever it runs. */
const expected = {
  run: 'inert 2 9, max; inert 2 9, max',
  step: 'reacted reacted inert 2 2 false',
  options: 'reaction-limit time-limit molecule-limit aborted reaction-limit 20',
  moleculesInAndOut: 'A, B, TEXT:"Hello \\"Ann\\", EVIL", [1, 2], join true',
  many: '598 true 1999000 1999',
  watching: '6 add1 add2 add3 true',
  rules: '1, 2, 4, 7, 7, BEST:18, [[1, 2], 0], (replace s::String by length(s))',
  functions: 'true wrong-argument threw RangeError: no 1',
  values: '1×["tea",3] 2×["milk",[1,2]] number object true <"a":[1, 2.0, NULL]>',
  errors: expect.stringMatching(
    /^HOCL203 \| error\[HOCL203\]: `y` is not bound[^]* \| \.items\[0\]\.price \| HOCL215 \| HOCL304$/,
  ) as string,
  modules: '2, 3',
  doors: [
    'program | 0 | <1, 2, A:3, replace x::Int by ∅ if x > 1>',
    'error[HOCL111]: expected a molecule, saw the end of the text',
    '<1, A:3, (replace x::Int by ∅ if x > 1)>',
    '<1, A:3, (replace x::Int by ∅ if x > 1)> | 1 | 1',
  ].join(' | '),
  simulation: '0 0.5 1 true',
  snapshots: 'reaction-limit malformed inert 1999 1999000 10 true',
  workflow: 'cat.png 640 100',
}

/** What a browser has beside the language, of what the core uses. */
const ofBrowsers = ['AbortController', 'AbortSignal', 'DOMException', 'MessageChannel', 'URL']
const moreOfBrowsers = ['clearTimeout', 'crypto', 'performance', 'queueMicrotask', 'setTimeout']
/** What only Node has. */
const foreign = ['process', 'Buffer', 'global', 'setImmediate', 'clearImmediate', 'require']

beforeAll(async () => {
  cpSync(join(root, 'test/package/application'), application, { recursive: true })
  writeFileSync(
    join(application, 'package.json'),
    JSON.stringify({ name: 'application', private: true, type: 'module' }),
  )
  mkdirSync(join(folder, 'package'))
  installPackage(await packPackage(join(folder, 'package'), copyOfSite), application)
}, 300_000)

afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

async function copyOfSite(to: string): Promise<void> {
  cpSync(await builtSite(), to, { recursive: true })
}

function typeCheck(...options: readonly string[]): ReturnType<typeof run> {
  const args = ['-p', application, '--pretty', 'false', ...options]
  return run({ tool: 'tsc', args }, { show: false })
}

test.each([
  ['a bundler', ['--module', 'esnext', '--moduleResolution', 'bundler']],
  [
    'a bundler for browsers',
    ['--module', 'esnext', '--moduleResolution', 'bundler', '--customConditions', 'browser'],
  ],
])('it type-checks as %s resolves', { timeout: 120_000 }, async (_, options) => {
  expect(await typeCheck(...options, '--noEmit')).toEqual({ succeeded: true, output: '' })
})

test('it type-checks as Node resolves, and runs there', { timeout: 120_000 }, async () => {
  const module = ['--module', 'nodenext', '--moduleResolution', 'nodenext']
  expect(await typeCheck(...module)).toEqual({ succeeded: true, output: '' })
  const { stdout, stderr } = await ended(
    spawn(process.execPath, [join(application, 'built/node.js')]),
  )
  expect(stderr).toBe('')
  expect(JSON.parse(stdout)).toEqual({ ...expected, thread: 'true' })
})

async function bundle(
  input: Readonly<Record<string, string>>,
  output: OutputOptions,
): Promise<string> {
  const dir = join(application, `bundle-${output.format ?? ''}`)
  const made = await build({
    input: Object.fromEntries(
      Object.entries(input).map(([name, file]) => [name, join(application, file)]),
    ),
    cwd: application,
    platform: 'browser',
    onLog: (_, { message }) => {
      throw new Error(message)
    },
    output: { dir, minify: true, entryFileNames: '[name].js', ...output },
  })
  const asked = made.output.flatMap((each) => (each.type === 'chunk' ? each.imports : []))
  expect(asked.filter((id) => builtinModules.includes(id.replace(/^node:/, '')))).toEqual([])
  return dir
}

test('it runs in a page, as modules, with web workers', async () => {
  const thread = 'node_modules/hocl/dist/worker/browser-thread.js'
  const dir = await bundle({ browser: 'browser.ts', 'browser-thread': thread }, { format: 'esm' })
  const found = await new Promise((resolve, reject) => {
    const page = new Worker(join(root, 'test/package/page.mjs'), {
      workerData: { module: pathToFileURL(join(dir, 'browser.js')).href, foreign },
      execArgv: [],
    })
    page.on('message', (message) => {
      resolve(message)
      void page.terminate()
    })
    page.on('error', reject)
  })
  expect(found).toEqual({ ...expected, thread: 'true' })
})

test('it runs in a real browser, where nothing makes code of texts', async () => {
  const thread = 'node_modules/hocl/dist/worker/browser-thread.js'
  const dir = await bundle({ browser: 'browser.ts', 'browser-thread': thread }, { format: 'esm' })
  writeFileSync(
    join(dir, 'index.html'),
    '<!doctype html><link rel=icon href=data:,><title>An application</title>',
  )
  await using server = await serveFolder(dir, 0)
  const browser = await startBrowser()
  try {
    const page = await browser.newPage()
    const complaints: string[] = []
    page.on('console', (message) => complaints.push(message.text()))
    page.on('pageerror', ({ message }) => complaints.push(message))
    await page.goto(server.url)
    const found = await page.evaluate(
      "import('/browser.js').then(({ foundInBrowser }) => foundInBrowser())",
    )
    expect(found).toEqual({ ...expected, thread: 'true' })
    expect(complaints).toEqual([])
  } finally {
    await browser.close()
  }
})

test('it runs as one script that has the language and little more', async () => {
  const dir = await bundle(
    { core: 'core.ts' },
    { format: 'iife', name: 'core', codeSplitting: false },
  )
  const [file = '', ...more] = readdirSync(dir)
  expect(more).toEqual([])
  const globals = globalThis as unknown as Readonly<Record<string, unknown>>
  const context = createContext(
    Object.fromEntries([...ofBrowsers, ...moreOfBrowsers].map((name) => [name, globals[name]])),
  )
  const core = `${readFileSync(join(dir, file), 'utf8')}\ncore.found()`
  expect(await runInContext(core, context)).toEqual(expected)
})
