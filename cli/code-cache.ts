import {
  closeSync,
  fstatSync,
  fsyncSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import { isAbsolute, join } from 'node:path'
import type { Script } from 'node:vm'
import { makeFolder } from './folders.ts'

/** So many runs add to what is kept: the second program needs functions that the first did not. */
const MOST_RUNS = 3
const OLD_DAYS = 60

/**
 * What V8 has compiled of a script, kept in a file from one run to the next. Node has a cache of this kind,
 * too, but it is filled before anything runs, when V8 has put nearly every function off: of the time
 * until a small program is done, that leaves most of what could be saved.
 *
 * The file is V8's data and a byte after it, how many runs are in it. V8 itself refuses data of another V8,
 * of other flags, and of a script of another length, so the name has to tell scripts apart.
 */
export class CodeCache {
  readonly #folder: string
  readonly #file: string
  readonly #kept: Buffer | undefined

  /** The cache of a name that starts with `hocl-`; none where it is not wanted or no folder is known for it. */
  static named(name: string): CodeCache | undefined {
    const folder = cacheFolder()
    if (folder === undefined) return undefined
    return new CodeCache(folder, `${name}-${process.version}-${process.arch}`)
  }

  private constructor(folder: string, name: string) {
    this.#folder = folder
    this.#file = join(folder, name)
    this.#kept = ownFile(this.#file)
  }

  /** For the `cachedData` of a script. */
  get data(): Buffer | undefined {
    return this.#kept?.subarray(0, -1)
  }

  /** Once a script has run well: keeps what was compiled, unless enough runs have added to it. */
  keep(script: Script): void {
    const runs = script.cachedDataRejected === false ? (this.#kept?.at(-1) ?? 0) : 0
    if (runs >= MOST_RUNS) return
    try {
      makeFolder(this.#folder, 0o700)
      this.#write(Buffer.concat([script.createCachedData(), Buffer.of(runs + 1)]))
      removeOld(this.#folder)
    } catch {
      // A folder that cannot be written to makes nothing slower than it was.
    }
  }

  /** Under its name only when all of it is on the disk: V8 trusts what it reads. */
  #write(data: Buffer): void {
    const unfinished = `${this.#file}.${process.pid}`
    const file = openSync(unfinished, 'w', 0o600)
    try {
      writeFileSync(file, data)
      fsyncSync(file)
    } finally {
      closeSync(file)
    }
    renameSync(unfinished, this.#file)
  }
}

/** Where caches of this user are. Node's own variables, for its own cache, are heard. */
function cacheFolder(): string | undefined {
  const {
    NODE_COMPILE_CACHE: asked,
    NODE_DISABLE_COMPILE_CACHE: isUnwanted,
    HOME: home,
    LOCALAPPDATA: local,
    XDG_CACHE_HOME: xdg,
  } = process.env
  if (isUnwanted !== undefined && isUnwanted !== '') return undefined
  if (asked !== undefined && asked !== '') return asked
  const folder =
    process.platform === 'win32'
      ? local
      : process.platform === 'darwin'
        ? home && join(home, 'Library', 'Caches')
        : xdg !== undefined && isAbsolute(xdg)
          ? xdg
          : home && join(home, '.cache')
  return folder === undefined || folder === '' ? undefined : join(folder, 'hocl')
}

/** A file that this user has written, and that nobody else can have: what is in it is run. */
function ownFile(path: string): Buffer | undefined {
  try {
    const file = openSync(path, 'r')
    try {
      const { uid, mode } = fstatSync(file)
      const isOwn =
        process.getuid === undefined || (uid === process.getuid() && (mode & 0o22) === 0)
      return isOwn ? readFileSync(file) : undefined
    } finally {
      closeSync(file)
    }
  } catch {
    return undefined
  }
}

/** Of earlier versions of Node and hocl. One that is still in use is made anew. */
function removeOld(folder: string): void {
  const oldest = Date.now() - OLD_DAYS * 24 * 60 * 60 * 1000
  for (const name of readdirSync(folder)) {
    if (!name.startsWith('hocl-')) continue
    const path = join(folder, name)
    if (statSync(path).mtimeMs < oldest) unlinkSync(path)
  }
}
