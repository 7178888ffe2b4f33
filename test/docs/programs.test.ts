import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { Source, parse } from '../../grammar/index.ts'
import { root } from '../../scripts/tools.ts'

/*
 * Every fenced block marked `hocl` in the README and under docs/ parses without an error. One marked
 * `hocl error` shows a mistake: of syntax, or one that only a later layer sees. A `text` block right after
 * a program is what `hocl run` prints.
 */

interface Block {
  readonly line: number
  readonly isWrong: boolean
  readonly text: string
  /** What the page says that the program prints. */
  readonly printed?: string
}

const pages = ['README.md', ...markdownUnder('docs')]

describe.each(pages)('%s', (page) => {
  const found = blocks(readFileSync(join(root, page), 'utf8'))

  test('marks its programs `hocl` or `hocl error`', () => {
    const marks = [...readFileSync(join(root, page), 'utf8').matchAll(/^```(hocl.*)$/gm)]
    expect(
      marks.map((mark) => mark[1]?.trim()).filter((mark) => !/^hocl( error)?$/.test(mark ?? '')),
    ).toEqual([])
  })

  test.each(found.filter((block) => !block.isWrong))('line $line parses', ({ line, text }) => {
    const { diagnostics } = parse(new Source(`${page}:${String(line)}`, text))
    const errors = diagnostics.filter(({ severity }) => severity === 'error')
    const told = errors.map(({ code, title, labels: [first] }) => {
      const { line: at } = first.source.position(first.span.start)
      return `${page}:${String(line + at)} ${code} ${title}`
    })
    expect(told).toEqual([])
  })

  const withResult = found.filter((block) => block.printed !== undefined)
  test.each(withResult)('line $line prints what follows it', ({ text, printed }) => {
    expect(printedBy(text)).toBe(printed)
  })
})

function blocks(markdown: string): readonly Block[] {
  const fences = markdown.matchAll(
    /^```hocl( error)?[^\S\n]*\n([\s\S]*?)^```\n(?:\n```text\n([\s\S]*?)^```)?/gm,
  )
  return [...fences].map((fence) => ({
    line: markdown.slice(0, fence.index).split('\n').length,
    isWrong: fence[1] !== undefined,
    text: fence[2] ?? '',
    ...(fence[3] !== undefined && { printed: fence[3] }),
  }))
}

function printedBy(program: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'hocl-docs-'))
  try {
    const file = join(folder, 'program.hocl')
    writeFileSync(file, program)
    const args = [join(root, 'cli/main.ts'), 'run', file]
    const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' })
    return stdout === '' ? stderr : stdout
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function markdownUnder(folder: string): readonly string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.md'))
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(root.length + 1)
        .replaceAll('\\', '/'),
    )
    .sort()
}
