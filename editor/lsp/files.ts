import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { standardModules } from '../../stdlib/index.ts'
import { standardPath } from '../uris.ts'

/** Larger files are no programs that a person edits. */
const MOST_BYTES = 4_000_000
/** So many files of a folder are looked at for uses of a name. */
const MOST_FILES = 2_000

/** The text of a file, by its address; undefined where there is none that can be read. */
export function readUri(uri: string): string | undefined {
  try {
    const path = fileURLToPath(uri)
    const { size } = statSync(path)
    return size > MOST_BYTES ? undefined : readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}

/** The addresses of the programs in a folder, without what is hidden or installed. */
export function programsIn(folder: string): readonly string[] {
  const found: string[] = []
  const waiting = [pathOf(folder)]
  while (found.length < MOST_FILES) {
    const path = waiting.pop()
    if (path === undefined) break
    for (const entry of entriesOf(path)) {
      if (entry.name.startsWith('.') || entry.name === 'node_modules') continue
      if (entry.isDirectory()) waiting.push(join(path, entry.name))
      else if (entry.name.endsWith('.hocl')) found.push(pathToFileURL(join(path, entry.name)).href)
    }
  }
  return found
}

function pathOf(uri: string): string {
  try {
    return fileURLToPath(uri)
  } catch {
    return ''
  }
}

function entriesOf(path: string) {
  try {
    return path === '' ? [] : readdirSync(path, { withFileTypes: true })
  } catch {
    return []
  }
}

/** Standard modules as files, for editors that show nothing else. They are written when one is to be shown. */
export class StandardFiles {
  #folder: string | undefined

  /** The address of a file with the text of a standard module; any other address stays. */
  shown(uri: string): string {
    const path = standardPath(uri)
    const text = path === undefined ? undefined : standardModules.get(path)
    if (path === undefined || text === undefined) return uri
    this.#folder ??= mkdtempSync(join(tmpdir(), 'hocl-stdlib-'))
    const file = join(this.#folder, `${path.replace(/^hocl\./, '')}.hocl`)
    writeFileSync(file, text)
    return pathToFileURL(file).href
  }

  /** Takes them away. */
  close(): void {
    if (this.#folder !== undefined) rmSync(this.#folder, { recursive: true, force: true })
    this.#folder = undefined
  }
}
