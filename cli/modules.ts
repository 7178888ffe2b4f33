import { existsSync, readFileSync, statSync } from 'node:fs'
import { dirname, isAbsolute, join, normalize } from 'node:path'
import { Source } from '../grammar/index.ts'
import type { FoundModule, ModuleLoader } from '../interpreter/index.ts'
import { standardModules } from '../stdlib/index.ts'
import { decode } from './files.ts'

/**
 * Finds modules: `"./file.hocl"` beside the file that imports it, `hocl.sets` in the standard library.
 * Each is one source however it is reached, so that a file imported twice is one module.
 */
export class FileModules implements ModuleLoader {
  readonly standardNames: readonly string[] = [...standardModules.keys()]
  readonly #sources = new Map<string, Source>()
  readonly #missing = new Set<string>()
  readonly #found: FoundModule[] = []
  /** Where a program stands that is no file itself: of the standard input, or an example. */
  readonly #folder: string

  constructor(folder = '.') {
    this.#folder = folder
  }

  /** Every file that was read, or looked for where it is not: for `--watch`. */
  get files(): readonly string[] {
    const read = [...this.#sources.keys()].filter((name) => !standardModules.has(name))
    return [...read, ...this.#missing]
  }

  /** What imports have led to, for who reads the program again. */
  get found(): readonly FoundModule[] {
    return this.#found
  }

  standard(path: string): Source | undefined {
    const text = standardModules.get(path)
    if (text === undefined) return undefined
    this.#found.push({ from: undefined, path, name: path, text })
    return this.#source(path, () => text)
  }

  file(path: string, from: Source): Source | undefined {
    // A standard module has no folder; what it would import by path is not there.
    if (standardModules.has(from.name)) return undefined
    const folder = existsSync(from.name) ? dirname(from.name) : this.#folder
    const file = normalize(isAbsolute(path) ? path : join(folder, path))
    if (isReadable(file)) {
      const source = this.#source(file, () => decode(readFileSync(file), file))
      this.#found.push({ from: from.name, path, name: file, text: source.text })
      return source
    }
    this.#missing.add(file)
    return undefined
  }

  #source(name: string, read: () => string): Source {
    let source = this.#sources.get(name)
    if (source === undefined) {
      source = new Source(name, read())
      this.#sources.set(name, source)
    }
    return source
  }
}

function isReadable(file: string): boolean {
  try {
    return statSync(file).isFile()
  } catch {
    return false
  }
}
