import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { checkFile, unreadable } from './files.ts'
import { UsageError } from './usage-error.ts'

/** The programs that arguments name: a file itself, and all `.hocl` files in a folder, at any depth. */
export function hoclFiles(paths: readonly string[]): readonly string[] {
  return [...new Set(paths.flatMap((path) => (isFolder(path) ? filesIn(path) : [named(path)])))]
}

/** A program, or the reason why there is none where an argument says. */
export type Found = { readonly file: string } | { readonly file: string; readonly trouble: Error }

/** The same, for commands that go on with the others: an argument that names nothing is a trouble of its own. */
export function foundFiles(paths: readonly string[]): readonly Found[] {
  const found = new Map<string, Found>()
  for (const path of paths) {
    try {
      const files = hoclFiles([path])
      if (files.length === 0)
        throw new UsageError(
          `there is no program in \`${path}\``,
          'the name of one ends in `.hocl`',
        )
      for (const file of files) found.set(file, { file })
    } catch (trouble) {
      if (!(trouble instanceof UsageError)) throw trouble
      found.set(path, { file: path, trouble })
    }
  }
  return [...found.values()]
}

/** Whether a path is a folder, rather than a file or nothing. */
export function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory()
  } catch {
    // Why it cannot be looked at is said where it is read.
    return false
  }
}

function named(path: string): string {
  if (path !== '-') checkFile(path)
  return path
}

function filesIn(folder: string): readonly string[] {
  return entriesIn(folder)
    .filter(({ name }) => !name.startsWith('.') && name !== 'node_modules')
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name)
      if (entry.isDirectory()) return filesIn(path)
      if (!entry.name.endsWith('.hocl')) return []
      // A link to a file is one; to follow those to folders might never end.
      return entry.isFile() || (entry.isSymbolicLink() && !isFolder(path)) ? [path] : []
    })
}

function entriesIn(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true })
  } catch (error) {
    throw unreadable(folder, error)
  }
}
