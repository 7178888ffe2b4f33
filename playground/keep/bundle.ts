import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate'
import type { SourceFile } from '../session/messages.ts'
import { LONGEST_TEXT, MOST_FILES, ProjectError, checkedFiles, fileOf } from './project-data.ts'

/** A file to be saved. */
export interface Saved {
  readonly name: string
  readonly bytes: Uint8Array
  readonly type: string
}

/** One file as it is; several as a ZIP file, the one that runs first. */
export function savedAs(files: readonly [SourceFile, ...SourceFile[]]): Saved {
  const [main, ...others] = files
  const type = 'text/plain'
  if (others.length === 0) return { name: main.name, bytes: strToU8(main.text), type }
  const bytes = zipSync(Object.fromEntries(files.map(({ name, text }) => [name, strToU8(text)])))
  return { name: main.name.replace(/\.hocl$/, '.zip'), bytes, type: 'application/zip' }
}

/** The programs in a file that somebody opens, `.hocl` or `.zip`. Throws a `ProjectError` where there are none. */
export function opened(name: string, bytes: Uint8Array): readonly [SourceFile, ...SourceFile[]] {
  if (bytes.length > LONGEST_TEXT) throw new ProjectError('it is too long')
  if (!/\.zip$/i.test(name)) return [fileOf(fittingName(name), textOf(bytes))]
  const found: SourceFile[] = []
  for (const [path, content] of Object.entries(unzipped(bytes)))
    found.push(fileOf(fittingName(path), textOf(content)))
  return checkedFiles(found)
}

function unzipped(bytes: Uint8Array): Readonly<Record<string, Uint8Array>> {
  let [count, size] = [0, 0]
  try {
    return unzipSync(bytes, {
      filter: ({ name, originalSize }) => {
        if (!name.endsWith('.hocl')) return false
        count++
        size += originalSize
        if (count > MOST_FILES || size > LONGEST_TEXT) throw new ProjectError('it is too long')
        return true
      },
    })
  } catch (error) {
    if (error instanceof ProjectError) throw error
    throw new ProjectError('it is no ZIP file')
  }
}

/** A name without folders and without letters that the playground's files cannot have. */
function fittingName(path: string): string {
  const base = (path.split(/[\\/]/).at(-1) ?? '').replace(/\.[^.]*$/, '')
  const plain = base.replaceAll(/[^\p{L}\p{M}\p{N}_. -]+/gu, '-').replace(/^[^\p{L}\p{N}_]+/u, '')
  return `${plain === '' ? 'program' : plain.slice(0, 60)}.hocl`
}

function textOf(bytes: Uint8Array): string {
  if (bytes.includes(0)) throw new ProjectError('it is no text')
  return strFromU8(bytes)
}
