import type { Source } from '../grammar/index.ts'
import { prelude } from '../interpreter/index.ts'
import type { Check, Host } from '../interpreter/index.ts'
import { standardModules } from '../stdlib/index.ts'
import { Document } from './document.ts'
import type { Surroundings } from './document.ts'
import { resolvedUri, standardPath, standardUri } from './uris.ts'

/** What the world around an editor supplies. */
export interface WorkspaceOptions {
  /** What programs may call; the prelude, if not given. */
  readonly host?: Host
  /** What else to look for in programs, as `planChecks` of `hocl/vm`. */
  readonly checks?: readonly Check[]
  /** The text of a file that is not open, by its address; undefined where there is none. */
  readonly read?: (uri: string) => string | undefined
}

/**
 * The texts that an editor has open, and those that they import. Each version of a text is a `Document`; what
 * was worked out of it is kept until it changes, or until something changes that it imports.
 */
export class Workspace {
  readonly #open = new Map<string, Document>()
  /** Files that are not open, undefined where there is none, and standard modules. */
  readonly #read = new Map<string, Document | undefined>()
  readonly #bySource = new WeakMap<Source, Document>()
  readonly #options: WorkspaceOptions
  readonly #surroundings: Surroundings
  #edition = 0

  constructor(options: WorkspaceOptions = {}) {
    this.#options = options
    const edition = (): number => this.#edition
    this.#surroundings = {
      host: options.host ?? prelude,
      checks: options.checks ?? [],
      get edition() {
        return edition()
      },
      standard: (path) => this.#standard(path),
      file: (path, from) => this.document(resolvedUri(path, from)),
      standardNames: [...standardModules.keys()],
      documentOf: (source) => this.#bySource.get(source),
      documents: () => this.#all(),
    }
  }

  /** Opens a text, or changes it. A version that is not newer than the one at hand changes nothing. */
  update(uri: string, version: number, text: string): Document {
    const known = this.#open.get(uri)
    if (known !== undefined && known.version >= version) return known
    this.#edition += 1
    this.#read.delete(uri)
    const document = this.#made(uri, version, text)
    this.#open.set(uri, document)
    return document
  }

  /** From here on the text is the file's again. */
  close(uri: string): void {
    this.#open.delete(uri)
    this.changed(uri)
  }

  /** A file that is not open has changed, has come or has gone: it is read again when it is needed. */
  changed(uri: string): void {
    this.#edition += 1
    this.#read.delete(uri)
  }

  /** The text with that address: an open one, a file, or a standard module. */
  document(uri: string): Document | undefined {
    const open = this.#open.get(uri)
    if (open !== undefined) return open
    if (this.#read.has(uri)) return this.#read.get(uri)
    const path = standardPath(uri)
    const text = path === undefined ? this.#options.read?.(uri) : standardModules.get(path)
    const document = text === undefined ? undefined : this.#made(uri, 0, text)
    this.#read.set(uri, document)
    return document
  }

  /** The documents that are open. */
  get open(): readonly Document[] {
    return [...this.#open.values()]
  }

  /** The documents that are open, and the files that were read beside them. */
  get documents(): readonly Document[] {
    return [...this.#all()]
  }

  #standard(path: string): Document | undefined {
    return standardModules.has(path) ? this.document(standardUri(path)) : undefined
  }

  #made(uri: string, version: number, text: string): Document {
    const name = standardPath(uri) ?? uri
    const document = new Document({ uri, version, text, name }, this.#surroundings)
    this.#bySource.set(document.source, document)
    return document
  }

  *#all(): Generator<Document> {
    yield* this.#open.values()
    for (const [uri, document] of this.#read)
      if (document !== undefined && standardPath(uri) === undefined) yield document
  }
}
