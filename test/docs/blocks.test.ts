import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { installCommand } from '../../scripts/bundle.ts'
import { blocksOf, docPages, runBlock, shown } from '../../scripts/doc-blocks.ts'
import type { DocBlock } from '../../scripts/doc-blocks.ts'
import { root } from '../../scripts/tools.ts'
import { Folder } from '../support/command-line.ts'

/*
 * Every block of `hocl` and `ts` in the README and under docs/ is executed, as `hocl run` and Node do it. A block of
 * text right after a program is what it prints. One marked `error` shows a mistake, which is told of; what is marked
 * with the name of a file is run by a program after it.
 */

const pages = docPages()
const blocks = pages.flatMap(blocksOf)

const folder = new Folder({})
let command = ''

beforeAll(async () => {
  command = await installCommand(join(folder.path, 'hocl'))
})

afterAll(() => {
  folder[Symbol.dispose]()
})

const told = blocks.filter(({ printed }) => printed !== undefined)
const untold = blocks.filter((block) => block.printed === undefined && block.name === undefined)

test(`${String(blocks.length)} blocks are executed, ${String(told.length)} with the output that the page shows`, () => {
  expect(told.length).toBeGreaterThanOrEqual(100)
  expect(blocks.filter(({ language }) => language === 'ts').length).toBeGreaterThanOrEqual(30)
})

test.each(pages)('%s says of each block what it is', (page) => {
  const lines = readFileSync(join(root, page), 'utf8').split('\n')
  const openings = lines.filter((line) => line.startsWith('```')).filter((_, i) => i % 2 === 0)
  const known =
    /^```((hocl|ts)( error| [\w-]+\.(hocl|ts))?|(csv|json|text|sh|dts|lua|toml|elisp|js|html)( [\w-]+\.\w+)?)?$/
  expect(openings.filter((opening) => !known.test(opening))).toEqual([])
})

test.each(blocks.filter(({ name }) => name !== undefined).map(placed))(
  'the file at $place is used by a program after it',
  ({ block: { page, line, name = '' } }) => {
    const later = blocks.filter((block) => block.page === page && block.line > line)
    expect(later.filter(({ code }) => code.includes(name))).not.toEqual([])
  },
)

describe('a program prints what its page shows', () => {
  test.concurrent.each(told.map(placed))('$place', async ({ block }) => {
    const run = await runBlock(block, command)
    expect(shown(run)).toBe(block.printed)
    if (block.language === 'ts') expect(run).toEqual({ stdout: block.printed, stderr: '', code: 0 })
  })
})

describe('a program without a result runs, and one with a mistake is told of it', () => {
  test.concurrent.each(untold.map(placed))('$place', async ({ block }) => {
    const { code, stderr } = await runBlock(block, command)
    if (!block.isWrong) {
      // It became inert, or reacted until the limit that there is for such programs.
      expect([0, 3], stderr).toContain(code)
      return
    }
    const [about] = /HOCL\d+/.exec(block.page) ?? []
    if (about === undefined || block.language === 'ts') expect(code, stderr).not.toBe(0)
    else expect(stderr).toContain(about)
  })
})

function placed(block: DocBlock): { readonly place: string; readonly block: DocBlock } {
  return { place: `${block.page}:${String(block.line)}`, block }
}
