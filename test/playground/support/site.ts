import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildPlayground } from '../../../scripts/build-playground.ts'
import { root } from '../../../scripts/tools.ts'

/*
 * The built playground, once for all test files that ask: the folder is named by what its sources say, so
 * that it is built again when one of them has changed and not before.
 */

const sources = ['grammar', 'interpreter', 'vm', 'workflow', 'distribution', 'stdlib', 'editor']

/** The folder of the site; builds it where nobody has yet. */
export async function builtSite(): Promise<string> {
  const folder = join(tmpdir(), `hocl-playground-${sourceHash()}`)
  const lock = `${folder}.lock`
  while (!isThere(folder)) {
    if (!takes(lock)) {
      await new Promise((resolve) => setTimeout(resolve, 100))
      continue
    }
    try {
      if (isThere(folder)) break
      await buildPlayground(`${folder}.new`)
      renameSync(`${folder}.new`, folder)
    } finally {
      rmSync(lock, { recursive: true, force: true })
    }
  }
  return folder
}

/** A folder that one process alone can make; one that nobody has given back in a long time is free again. */
function takes(lock: string): boolean {
  try {
    mkdirSync(lock)
    return true
  } catch {
    if (isThere(lock) && Date.now() - statSync(lock).mtimeMs > 120_000)
      rmSync(lock, { recursive: true, force: true })
    return false
  }
}

function isThere(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true
}

function sourceHash(): string {
  const hash = createHash('sha256')
  for (const folder of [...sources, 'playground', 'docs/codes'])
    for (const file of filesIn(folder)) hash.update(file).update(readFileSync(join(root, file)))
  hash.update(readFileSync(join(root, 'scripts/build-playground.ts')))
  return hash.digest('hex').slice(0, 16)
}

function filesIn(folder: string): readonly string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .sort()
}
