import { readFileSync } from 'node:fs'
import { join, parse } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Script } from 'node:vm'
import { cannotStart } from './cannot-start.ts'
import { CodeCache } from './code-cache.ts'
import type * as Start from './start.ts'

/*
 * The entry of the installed command. `npm run build` makes a script of all that `hocl run` needs and some more
 * of the rest; they are run from here with what V8 has compiled of them in earlier runs.
 */

/** The file of the script, which has a hash of what is in it for a name. The build puts it in. */
declare const BUNDLE: string

/** What a script is: a function of these, which fills in the exports. */
type Bundle = (
  require: (id: string) => unknown,
  exports: object,
  filename: string,
  importModule: (url: string) => Promise<unknown>,
) => void

/** To compile a script of so many characters takes no longer than to look for what is kept of it. */
const SMALL = 2 ** 16

/** The modules of Node that are loaded before anything of ours. */
const loadedByNode: ReadonlySet<string> = new Set([
  'events',
  'fs',
  'path',
  'process',
  'url',
  'util',
])

/** What scripts export, by their names. */
const loaded = new Map<string, object>()
/** What V8 makes of these is kept once the command has ended well. */
const scripts = new Map<CodeCache, Script>()
const args = process.argv.slice(2)
process.on('exit', (code) => {
  if (code === 0) for (const [cache, script] of scripts) cache.keep(script)
})
void command().start(args)

function command(): typeof Start {
  try {
    // The build names the script whose entry is `start.ts`.
    return exportsOf(BUNDLE) as typeof Start
  } catch (error) {
    return cannotStart(error)
  }
}

/** What a script beside this file exports. Each is run once. */
function exportsOf(name: string): object {
  const before = loaded.get(name)
  if (before !== undefined) return before
  const exports = {}
  loaded.set(name, exports)
  const file = join(import.meta.dirname, name)
  const text = readFileSync(file, 'latin1')
  const cache =
    text.length < SMALL ? undefined : CodeCache.named(`${parse(name).name}-${wordFor(args)}`)
  const script = new Script(text, {
    filename: pathToFileURL(file).href,
    ...(cache?.data !== undefined && { cachedData: cache.data }),
  })
  if (cache !== undefined) scripts.set(cache, script)
  // The build wraps each script into such a function.
  const bundle = script.runInThisContext() as Bundle
  bundle(required, exports, file, (url) => import(url))
  return exports
}

/** Different commands run different code: each has its own cache. */
function wordFor([word = '']: readonly string[]): string {
  if (word.startsWith('-')) return 'options'
  return /^[a-z]+$/.test(word) ? word : 'run'
}

/** What a script asks for: another one, or a module of Node's. */
function required(id: string): unknown {
  return id.startsWith('./') ? exportsOf(id.slice(2)) : builtin(id)
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
