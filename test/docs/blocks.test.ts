import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { Source, parse } from '../../grammar/index.ts'
import { blocksOf, docPages, runBlock, shown } from '../../scripts/doc-blocks.ts'
import type { DocBlock } from '../../scripts/doc-blocks.ts'
import { root } from '../../scripts/tools.ts'

/*
 * Every block of `hocl` and `ts` in the README and under docs/ is executed, as `hocl run` and Node do it. A block of
 * text right after a program is what it prints. One marked `error` shows a mistake, which is found; what is marked
 * with the name of a file is there for the programs after it.
 */

const pages = docPages()
const blocks = pages.flatMap(blocksOf)

/** Of these pages each program shows what one of their commands or limits does about it, and needs what only tests have. */
const aboutFaults = /^docs\/codes\//

const executed = blocks.filter(({ isWrong, name }) => !isWrong && name === undefined)
const told = executed.filter(({ printed }) => printed !== undefined)

test(`${String(blocks.length)} blocks are executed, and of ${String(told.length)} the output is compared`, () => {
  expect(told.length).toBeGreaterThanOrEqual(100)
  expect(blocks.filter(({ language }) => language === 'ts').length).toBeGreaterThanOrEqual(30)
})

test.each(pages)('%s marks its blocks with a language, and `error` or a file name', (page) => {
  const fences = readFileSync(join(root, page), 'utf8').split('\n').filter((line) => line.startsWith('```'))
  const openings = fences.filter((_, i) => i % 2 === 0)
  const known = /^```((hocl|ts)( error| [\w-]+\.(hocl|ts))?|(csv|json|text|sh)( [\w-]+\.\w+)?|)$/
  expect(openings.filter((opening) => !known.test(opening))).toEqual([])
})

describe('a program prints what follows it', () => {
  test.concurrent.each(told.map(named))('$place', async ({ block }) => {
    const { code, ...written } = await runBlock(block)
    expect(shown({ ...written, code })).toBe(block.printed)
    if (block.language === 'ts') expect({ ...written, code }).toEqual({ stdout: block.printed, stderr: '', code: 0 })
  })
})
