import { cpSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { join } from 'node:path'
import { build } from 'rolldown'
import type { BuildOptions, OutputChunk, OutputOptions, Plugin } from 'rolldown'
import { root } from './tools.ts'

/*
 * The command as it is installed: one script with all commands and the libraries, and a small entry that runs
 * it. docs/decisions/0010-one-script.md says why.
 */

const common: OutputOptions = {
  // In ASCII, V8 keeps a text in a byte a character.
  charset: 'ascii',
  hashCharacters: 'hex',
  comments: false,
  // With names, so that the report of a fault says where it happened.
  minify: { compress: true, mangle: { keepNames: true } },
  codeSplitting: false,
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
  mkdirSync(folder, { recursive: true })
  const command = await bundled('cli/start.ts', {
    plugins: [importsOutside],
    output: {
      dir: folder,
      format: 'cjs',
      strict: true,
      entryFileNames: 'hocl-[hash].cjs',
      // A function, which `cli/installed.ts` calls.
      postBanner: '(function (require, exports, __filename, importModule) {',
      postFooter: '})',
    },
  })
  await bundled('cli/installed.ts', {
    transform: { define: { BUNDLE: JSON.stringify(command.fileName) } },
    output: { dir: folder, format: 'cjs', entryFileNames: 'main.cjs' },
  })
  const chunks = [command]
  // What answers editors is large, and nothing else needs it.
  for (const file of ['cli/language-server.ts', ...threads()])
    chunks.push(
      await bundled(file, { output: { dir: folder, format: 'esm', entryFileNames: '[name].js' } }),
    )
  writeFileSync(join(folder, 'LICENSES.txt'), licences(chunks))
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

async function bundled(
  file: string,
  { output, ...options }: BuildOptions & { readonly output: OutputOptions },
): Promise<OutputChunk> {
  const made = await build({
    ...options,
    input: join(root, file),
    cwd: root,
    platform: 'node',
    output: { ...common, ...output },
  })
  const [chunk, ...others] = made.output
  const outside = [...chunk.imports, ...chunk.dynamicImports].filter(
    (id) => id !== chunk.fileName && !builtinModules.includes(id.replace(/^node:/, '')),
  )
  if (others.length > 0 || outside.length > 0)
    throw new Error(`${file} is to be one file that needs no other, but for ${outside.join(', ')}`)
  return chunk
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
