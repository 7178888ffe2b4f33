import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from '../../scripts/tools.ts'

/** Something that is built of sources, into a folder. */
export interface Built {
  readonly name: string
  /** Files and folders of the checkout. */
  readonly sources: readonly string[]
  readonly build: (folder: string) => Promise<unknown>
}

/**
 * The folder of what is built, once for all test files that ask: it is named by what its sources say, so that it is
 * built again when one of them has changed and not before.
 */
export async function builtOnce({ name, sources, build }: Built): Promise<string> {
  const folder = join(tmpdir(), `hocl-${name}-${hashOf(sources)}`)
  const lock = `${folder}.lock`
  while (!isThere(folder)) {
    if (!takes(lock)) {
      await new Promise((resolve) => setTimeout(resolve, 100))
      continue
    }
    try {
      if (isThere(folder)) break
      await build(`${folder}.new`)
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

function hashOf(sources: readonly string[]): string {
  const hash = createHash('sha256')
  for (const source of sources)
    for (const file of filesIn(source)) hash.update(file).update(readFileSync(join(root, file)))
  return hash.digest('hex').slice(0, 16)
}

function filesIn(source: string): readonly string[] {
  if (!isThere(join(root, source))) return [source]
  return readdirSync(join(root, source), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .sort()
}
