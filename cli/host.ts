import { Console } from 'node:console'
import { registerHooks } from 'node:module'
import { resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { HoclError, hostWith, namespaceOfFile, prelude } from '../interpreter/index.ts'
import type { Host, HostModule } from '../interpreter/index.ts'
import { checkFile } from './files.ts'
import { hostError } from './host-error.ts'
import { tellFiles } from './run/watched.ts'
import { unlessStill } from './standstill.ts'
import { standardHost, standardHostNames } from './standard-hosts.ts'
import { expectHosts, isOurs } from './stray-errors.ts'
import { UsageError } from './usage-error.ts'

/** The files that host modules consist of, with what they import: for messages and for `--watch`. */
const loadedFiles = new Set<string>()

/** The prelude with what these JavaScript and TypeScript files export. They run as they are loaded. */
export async function loadHosts(files: readonly string[]): Promise<Host> {
  prepare()
  const modules: HostModule[] = []
  for (const file of new Set(files)) modules.push(standardHost(file) ?? (await loadHost(file)))
  return hostWith(prelude, modules)
}

/** What host modules were read from so far. */
export function hostFiles(): readonly string[] {
  return [...loadedFiles]
}

let isPrepared = false

function prepare(): void {
  if (isPrepared) return
  isPrepared = true
  expectHosts()
  sendConsoleToStderr()
  registerHooks({
    load: (url, context, next) => {
      if (url.startsWith('file:') && !isOurs(fileURLToPath(url)))
        loadedFiles.add(fileURLToPath(url))
      return next(url, context)
    },
  })
}

/** The standard output is for the result: what host modules log goes where messages go. */
function sendConsoleToStderr(): void {
  const { stderr } = process
  const other: unknown = new Console({ stdout: stderr, stderr })
  for (const [name, method] of Object.entries(other as Record<string, unknown>))
    if (typeof method === 'function') Reflect.set(console, name, method)
}

async function loadHost(file: string): Promise<HostModule> {
  if (!/\.[cm]?[jt]s$/.test(file))
    throw new UsageError(
      `\`${file}\` is no host module`,
      `a host module is a file of JavaScript or TypeScript, .js, .mjs, .cjs, .ts, .mts or .cts, or ${standardHostNames().join(' or ')}`,
    )
  checkFile(file)
  let exports: Readonly<Record<string, unknown>> | undefined
  try {
    // The keys of a module are names; its values can be anything.
    exports = (await unlessStill(import(pathToFileURL(resolve(file)).href))) as typeof exports
  } catch (error) {
    const title = `the host module \`${file}\` does not load`
    throw hostError('HOCL610', title, error, { file, files: hostFiles() })
  } finally {
    tellFiles(hostFiles())
  }
  if (exports === undefined)
    throw new HoclError(
      'HOCL610',
      `the host module \`${file}\` does not load: it waits for something that never comes`,
      { hint: 'look for an `await` outside of functions: its promise is never settled' },
    )
  return { name: namespaceOfFile(file), origin: `\`${file}\``, exports }
}
