import { readFileSync } from 'node:fs'
import { join, parse } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Script } from 'node:vm'
import { cannotStart } from './cannot-start.ts'
import { CodeCache } from './code-cache.ts'
import type * as Start from './start.ts'

/*
 * The entry of the installed command. `npm run build` makes one script of the whole command; it is run from
 * here with what V8 has compiled of it in earlier runs.
 */

/** The file of the script, which has a hash of what is in it for a name. The build puts it in. */
declare const BUNDLE: string

/** What the script is: a function of these, which fills in the exports of `start.ts`. */
type Bundle = (
  require: (id: string) => unknown,
  exports: object,
  filename: string,
  importModule: (url: string) => Promise<unknown>,
) => void

/** The modules of Node that are loaded before anything of ours. */
const loadedByNode: ReadonlySet<string> = new Set([
  'events',
  'fs',
  'path',
  'process',
  'url',
  'util',
])

const args = process.argv.slice(2)
void command().start(args)

function command(): typeof Start {
  try {
    const file = join(import.meta.dirname, BUNDLE)
    const cache = CodeCache.named(`${parse(BUNDLE).name}-${wordFor(args)}`)
    const script = new Script(readFileSync(file, 'latin1'), {
      filename: pathToFileURL(file).href,
      ...(cache?.data !== undefined && { cachedData: cache.data }),
    })
    process.on('exit', (code) => {
      if (code === 0) cache?.keep(script)
    })
    // The build wraps the script into such a function, and `start.ts` is the entry of its bundle.
    const bundle = script.runInThisContext() as Bundle
    const exports = {} as typeof Start
    bundle(builtin, exports, file, (url) => import(url))
    return exports
  } catch (error) {
    return cannotStart(error)
  }
}

/** Different commands run different code: each has its own cache. */
function wordFor([word = '']: readonly string[]): string {
  if (word.startsWith('-')) return 'options'
  return /^[a-z]+$/.test(word) ? word : 'run'
}

/**
 * A module of Node's. What Node has not loaded by itself is loaded when something of it is asked for:
 * `child_process` alone takes as long as it takes to run a small program.
 */
function builtin(id: string): unknown {
  const name = id.replace(/^node:/, '')
  if (loadedByNode.has(name)) return process.getBuiltinModule(name)
  const get = (_: object, key: string | symbol): unknown =>
    Reflect.get(process.getBuiltinModule(name) as object, key)
  // Whoever copies a module, to have it as a `default`, copies nothing and asks what the copy is made after.
  const model = new Proxy({}, { get })
  return new Proxy({}, { get, ownKeys: () => [], getPrototypeOf: () => model })
}
