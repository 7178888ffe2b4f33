import { cpSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { join } from 'node:path'
import { build } from 'rolldown'
import type {
  BuildOptions,
  CodeSplittingOptions,
  OutputChunk,
  OutputOptions,
  Plugin,
} from 'rolldown'
import { root } from './tools.ts'

/*
 * The command as it is installed: a script with all that `hocl run` needs, others with what the other commands
 * need, and a small entry that runs them. docs/decisions/0010-one-script.md says why.
 */

const common: OutputOptions = {
  // In ASCII, V8 keeps a text in a byte a character.
  charset: 'ascii',
  hashCharacters: 'hex',
  comments: false,
  // With names, so that the report of a fault says where it happened.
  minify: { compress: true, mangle: { keepNames: true } },
}

/**
 * A script that is not a file to Node cannot import what is outside of it, such as host modules: the entry,
 * which is one, does it instead.
 */
const importsOutside: Plugin = {
  name: 'imports-outside',
  transform: {
    filter: { id: /[\\/](cli|worker)[\\/].*\.ts$/ },
    handler: (code) => code.replaceAll(/(?<![.#\w])import\((?!\s*['"])/g, 'importModule('),
  },
}

/** Writes the command into a folder. `main.cjs` is its entry. */
export async function bundleCommand(folder: string): Promise<void> {
  const command = await bundleStart('cli/start.ts', folder, {
    preserveEntrySignatures: 'allow-extension',
    output: { codeSplitting: await inParts() },
  })
  const chunks = [...command]
  // What answers editors is large, and nothing else needs it.
  for (const file of ['cli/language-server.ts', ...threads()])
    chunks.push(
      ...(await bundled(file, {
        output: { dir: folder, format: 'esm', entryFileNames: '[name].js' },
      })),
    )
  writeFileSync(join(folder, 'LICENSES.txt'), licences(chunks))
}

/**
 * Writes a file that exports `start` as one script, or several, with an entry that starts it as the installed
 * command starts: `main.cjs`.
 */
export async function bundleStart(
  file: string,
  folder: string,
  { output, ...options }: BuildOptions & { readonly output?: OutputOptions } = {},
): Promise<readonly OutputChunk[]> {
  mkdirSync(folder, { recursive: true })
  const chunks = await bundled(file, {
    plugins: [importsOutside],
    ...options,
    output: {
      dir: folder,
      format: 'cjs',
      strict: true,
      entryFileNames: 'hocl-[name]-[hash].cjs',
      chunkFileNames: 'hocl-[name]-[hash].cjs',
      // A function, which `cli/installed.ts` calls.
      postBanner: '(function (require, exports, __filename, importModule) {',
      postFooter: '})',
      ...output,
    },
  })
  await bundled('cli/installed.ts', {
    transform: { define: { BUNDLE: JSON.stringify(chunks[0].fileName) } },
    output: { dir: folder, format: 'cjs', entryFileNames: 'main.cjs' },
  })
  return chunks
}

/**
 * Lays the command out in a folder as an installation does, without the doors. Gives the file that npm links
 * as `hocl`.
 */
export async function installCommand(folder: string): Promise<string> {
  for (const part of ['package.json', 'bin', 'docs/codes'])
    cpSync(join(root, part), join(folder, part), { recursive: true })
  await bundleCommand(join(folder, 'dist', 'cli'))
  return join(folder, 'bin', 'hocl.cjs')
}

/** Files that the command, or a host module of it, starts as threads, by their name beside it. */
function threads(): readonly string[] {
  return ['cli', 'worker'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('-thread.ts') && !file.startsWith('browser'))
      .map((file) => join(folder, file)),
  )
}

/** What every `hocl run` asks for. */
const alwaysRun = ['cli/start.ts', 'cli/commands/run.ts', 'cli/compiled-machine.ts']

/**
 * What every `hocl run` needs is one script. What is asked for by `import(…)` elsewhere has scripts of its own,
 * and what several of them share. Of a door, only what is used counts: a build in small parts tells it.
 */
async function inParts(): Promise<CodeSplittingOptions> {
  const inputs = alwaysRun.map((file) => join(root, file))
  const { output } = await build({
    input: inputs,
    cwd: root,
    platform: 'node',
    write: false,
    logLevel: 'silent',
  })
  const chunks = new Map(
    output.flatMap((part) => (part.type === 'chunk' ? [[part.fileName, part]] : [])),
  )
  const needed = new Set<string>()
  const asked = [...chunks.values()].filter(({ facadeModuleId: id }) => inputs.includes(id ?? ''))
  for (const chunk of asked) {
    for (const id of chunk.moduleIds) needed.add(id)
    for (const file of chunk.imports) {
      const imported = chunks.get(file)
      if (imported !== undefined && !asked.includes(imported)) asked.push(imported)
    }
  }
  const group = { name: 'run', test: (id: string) => needed.has(id) }
  return { includeDependenciesRecursively: false, groups: [group] }
}

/** The scripts of a file, that of the file itself first: one, unless it is to come in parts. */
async function bundled(
  file: string,
  { output, ...options }: BuildOptions & { readonly output: OutputOptions },
): Promise<readonly [OutputChunk, ...OutputChunk[]]> {
  const made = await build({
    ...options,
    input: join(root, file),
    cwd: root,
    platform: 'node',
    output: { ...common, codeSplitting: false, ...output },
  })
  const [first, ...others] = made.output
  const chunks = [first, ...others.filter((other) => other.type === 'chunk')] as const
  const names = new Set(chunks.map(({ fileName }) => fileName))
  const outside = chunks
    .flatMap(({ imports, dynamicImports }) => [...imports, ...dynamicImports])
    .filter((id) => !names.has(id) && !builtinModules.includes(id.replace(/^node:/, '')))
  if (chunks.length <= others.length || outside.length > 0)
    throw new Error(`${file} is to need nothing else, but for ${outside.join(', ')}`)
  return chunks
}

/** The licences of the libraries in some chunks. */
function licences(chunks: readonly OutputChunk[]): string {
  const folders = new Set<string>()
  for (const id of chunks.flatMap(({ moduleIds }) => moduleIds)) {
    const library = /^.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+/.exec(id)?.[0]
    if (library !== undefined) folders.add(library)
  }
  const texts = [...folders].sort().map((library) => {
    const { name, version } = JSON.parse(readFileSync(join(library, 'package.json'), 'utf8')) as {
      readonly name: string
      readonly version: string
    }
    return `${name} ${version}\n\n${licenceIn(library)}`
  })
  return `The command contains these libraries.\n\n${texts.join(`\n${'-'.repeat(80)}\n\n`)}`
}

function licenceIn(library: string): string {
  const file = readdirSync(library).find((name) => /^licen[cs]e/i.test(name))
  if (file === undefined) throw new Error(`${library} has no licence`)
  return `${readFileSync(join(library, file), 'utf8').replaceAll('\r\n', '\n').trim()}\n`
}
