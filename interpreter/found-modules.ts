import { Source } from '../grammar/index.ts'
import type { ModuleLoader } from './lower/modules.ts'

/** A module that an import has led to. */
export interface FoundModule {
  /** The file or module that imports it; undefined for a standard module, which is the same for all. */
  readonly from: string | undefined
  /** As it is written there. */
  readonly path: string
  readonly name: string
  readonly text: string
}

/** Knows the modules that a program was read with: a second reading is of the same texts, whatever is on the disk by then. */
export class FoundModules implements ModuleLoader {
  readonly standardNames: readonly string[] = []
  readonly #found: readonly FoundModule[]
  readonly #sources = new Map<string, Source>()

  constructor(found: readonly FoundModule[]) {
    this.#found = found
  }

  standard(path: string): Source | undefined {
    return this.#source(undefined, path)
  }

  file(path: string, from: Source): Source | undefined {
    return this.#source(from.name, path)
  }

  #source(from: string | undefined, path: string): Source | undefined {
    const found = this.#found.find((each) => each.from === from && each.path === path)
    if (found === undefined) return undefined
    const known = this.#sources.get(found.name) ?? new Source(found.name, found.text)
    this.#sources.set(found.name, known)
    return known
  }
}
