import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, expect, test } from 'vitest'
import { doors } from '../../scripts/doors.ts'
import { root } from '../../scripts/tools.ts'

/* Every block of TypeScript in the documentation runs, and prints what the block of text after it says. */

interface Block {
  readonly place: string
  readonly code: string
  readonly printed: string
}

const folder = mkdtempSync(join(tmpdir(), 'hocl-docs-'))
afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

/** The address of the source of a door, `hocl` or `hocl/stdlib`. */
function doorOf(name: string): string {
  const found = doors().find((door) => door.name === name)
  if (found === undefined) throw new Error(`the package has no door ${name}`)
  return pathToFileURL(join(root, found.file)).href
}

function blocksIn(file: string): readonly Block[] {
  const text = readFileSync(join(root, 'docs', file), 'utf8')
  const pattern = /^```ts\n(.*?)^```\n(?:\n```text\n(.*?)^```$)?/gms
  return [...text.matchAll(pattern)].map(({ index, 1: code = '', 2: printed = '' }) => ({
    place: `${file}:${String(text.slice(0, index).split('\n').length)}`,
    code,
    printed,
  }))
}

const blocks = readdirSync(join(root, 'docs'))
  .filter((file) => file.endsWith('.md'))
  .flatMap(blocksIn)

test('there are blocks', () => {
  expect(blocks.length).toBeGreaterThanOrEqual(5)
})

test.concurrent.each(blocks.map((block, i) => ({ ...block, i })))(
  '$place prints what it says',
  ({ code, printed, i }) => {
    const file = join(folder, `block-${String(i)}.ts`)
    writeFileSync(
      file,
      code.replaceAll(/from '(hocl(?:\/\w+)?)'$/gm, (_, name: string) => `from '${doorOf(name)}'`),
    )
    const { stdout, stderr } = spawnSync(process.execPath, [file], { encoding: 'utf8' })
    expect({ stdout, stderr }).toEqual({ stdout: printed, stderr: '' })
  },
)
