import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { commandFile } from '../support/command.ts'
import { isAbsent } from '../support/parts.ts'

/* A client that is not ours: what Neovim makes of the language server. */

interface Seen {
  readonly failed?: string
  readonly diagnostics: readonly string[]
  readonly hover: string
  readonly completion: readonly string[]
  readonly definition: readonly number[]
  readonly renamed: string
  readonly formatted: string
}

/** Lets Neovim do what `neovim.lua` says with a program. */
function edited(program: string): Seen {
  const cwd = mkdtempSync(join(tmpdir(), 'hocl-neovim-'))
  const out = join(cwd, 'seen.json')
  writeFileSync(join(cwd, 'main.hocl'), program)
  const command = [process.execPath, commandFile(), 'lsp', '--stdio']
  const env = {
    ...process.env,
    HOCL_COMMAND: JSON.stringify(command),
    HOCL_OUT: out,
    XDG_CACHE_HOME: cwd,
    XDG_STATE_HOME: cwd,
    XDG_DATA_HOME: cwd,
  }
  const script = join(import.meta.dirname, 'neovim.lua')
  const args = ['--headless', '-u', 'NONE', '-i', 'NONE', '-n', '-S', script]
  const { error, stderr } = spawnSync('nvim', args, {
    cwd,
    env,
    timeout: 110_000,
    encoding: 'utf8',
  })
  if (error !== undefined) throw error
  try {
    return JSON.parse(readFileSync(out, 'utf8')) as Seen
  } catch (cause) {
    throw new Error(stderr, { cause })
  }
}

test.skipIf(isAbsent('nvim'))(
  'Neovim shows what is wrong, hovers, completes, finds, renames and formats',
  { timeout: 120_000 },
  () => {
    const seen = edited('let max = replace x,y by x if x&y > 1 in\n<1, 2, max>\n')
    expect(seen.failed).toBeUndefined()
    expect(seen.diagnostics).toContain('HOCL102')
    expect(seen.hover).toContain('The rule `max`')
    expect(seen.completion).toEqual(expect.arrayContaining(['max', 'size', 'replace … by']))
    expect(seen.definition).toEqual([1, 4])
    expect(seen.renamed).toBe('let keep = replace x,y by x if x&&y > 1 in\n<1, 2, keep>')
    expect(seen.formatted).toBe('let keep = replace x, y by x if x && y > 1 in\n<1, 2, keep>')
  },
)
