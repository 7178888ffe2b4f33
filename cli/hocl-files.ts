import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { checkFile } from './files.ts'

/** The programs that arguments name: a file itself, and all `.hocl` files in a folder, at any depth. */
export function hoclFiles(paths: readonly string[]): readonly string[] {
  return [...new Set(paths.flatMap((path) => (isFolder(path) ? filesIn(path) : [named(path)])))]
}

/** Whether a path is a folder, rather than a file or nothing. */
export function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true
}

function named(path: string): string {
  if (path !== '-') checkFile(path)
  return path
}

function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => !name.startsWith('.') && name !== 'node_modules')
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name)
      if (entry.isDirectory()) return filesIn(path)
      return entry.isFile() && entry.name.endsWith('.hocl') ? [path] : []
    })
}
