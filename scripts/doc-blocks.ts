/*
 * The programs of the documentation: every fenced block of `hocl` and `ts`, and how it is run. With
 * `npm run docs:blocks` it says how many there are; `--write` runs them and writes what they print into the
 * block of text after each, for a reader to judge as a diff.
 */
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { pathToFileURL } from 'node:url'
import { doors } from './doors.ts'
import { root } from './tools.ts'

/**
 * A program in a page. After the opening fence stands `hocl` or `ts`; then `error`, if it shows a mistake, or the
 * name of the file that it is for the programs after it: `csv orders.csv`, `hocl prices.hocl`, `ts shop.ts`.
 */
export interface DocBlock {
  /** From the root, with forward slashes. */
  readonly page: string
  readonly line: number
  readonly language: 'hocl' | 'ts'
  readonly isWrong: boolean
  /** The file that it is for later programs of the page. They run it; by itself it prints nothing. */
  readonly name?: string
  readonly code: string
  /** What the block of text right after it says that it prints. */
  readonly printed?: string
  /** The files that the page has given before, by name. */
  readonly files: ReadonlyMap<string, string>
}

/** What a program wrote, and how it ended. */
export interface BlockRun {
  readonly stdout: string
  readonly stderr: string
  readonly code: number
}

const fence = /^```(\w+)(?: ([\w.-]+))?[^\S\n]*\n([\s\S]*?)^```\n(?:\n```text\n([\s\S]*?)^```$)?/gm

/** The pages of the documentation, the README first, from the root. */
export function docPages(): readonly string[] {
  const found = readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
  const pages = found.filter((file) => file.endsWith('.md')).map((file) => `docs/${file}`)
  return ['README.md', ...pages.map((page) => page.replaceAll('\\', '/')).sort()]
}

/** The programs of a page, in its order. */
export function blocksOf(page: string): readonly DocBlock[] {
  const text = readFileSync(join(root, page), 'utf8')
  const files = new Map<string, string>()
  const blocks: DocBlock[] = []
  for (const match of text.matchAll(fence)) {
    const [, language, mark, code = '', printed] = match
    const name = mark === 'error' ? undefined : mark
    if (language === 'hocl' || language === 'ts')
      blocks.push({
        page,
        line: text.slice(0, match.index).split('\n').length,
        language,
        isWrong: mark === 'error',
        ...(name !== undefined && { name }),
        code,
        ...(printed !== undefined && { printed }),
        files: new Map(files),
      })
    if (name !== undefined) files.set(name, code)
  }
  return blocks
}

/** The command in the checkout; one that is installed starts faster. */
const commandHere = join(root, 'cli/main.ts')

/**
 * Runs a program as a reader would: `hocl run`, or Node for TypeScript, in a folder with the files that the page
 * has given. A first line `// hocl run NAME ARGUMENTS` is how it is run, if the page gives all files that it names.
 * Of a mistake `hocl check` tells, or else the run.
 */
export async function runBlock(block: DocBlock, command = commandHere): Promise<BlockRun> {
  const folder = mkdtempSync(join(tmpdir(), 'hocl-docs-'))
  try {
    for (const [name, text] of block.files) writeFileSync(join(folder, name), throughDoors(text))
    const { file, args } = commandOf(block)
    writeFileSync(join(folder, file), throughDoors(block.code))
    if (block.language === 'ts') return await runNode([file], folder)
    if (block.isWrong && args.length === 0) {
      const checked = await runNode([command, 'check', file], folder)
      if (/HOCL\d/.test(checked.stderr)) return checked
    }
    // Where nothing is said of the result there need not be one: what reacts for ever is shown, too.
    const limits = block.printed === undefined ? ['--max-reactions', '1000'] : []
    return await runNode([command, 'run', file, ...args, ...limits, '--timeout', '30s'], folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function commandOf({ language, code, files }: DocBlock): { file: string; args: readonly string[] } {
  const plain = { file: `program.${language}`, args: [] }
  const [, file, rest = ''] = /^\/\/ hocl run ([\w-]+\.hocl)(.*)\n/.exec(code) ?? []
  if (file === undefined) return plain
  const args = rest
    .trim()
    .split(/\s+/)
    .filter((arg) => arg !== '')
  const named = args.flatMap(
    (arg) => /^(?:\w+=)?([\w-]+\.(?:csv|json|ndjson|txt|hocl|ts))$/.exec(arg)?.[1] ?? [],
  )
  return named.every((each) => files.has(each)) ? { file, args } : plain
}

/** Imports of the package lead to its source, as it is not installed here. */
function throughDoors(code: string): string {
  return code.replaceAll(/from '(hocl(?:\/\w+)?)'$/gm, (_, name: string) => {
    const found = doors().find((door) => door.name === name)
    if (found === undefined) throw new Error(`the package has no door ${name}`)
    return `from '${pathToFileURL(join(root, found.file)).href}'`
  })
}

function runNode(args: readonly string[], cwd: string): Promise<BlockRun> {
  const child = spawn(process.execPath, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] })
  const written = { stdout: '', stderr: '' }
  child.stdout.on('data', (chunk: Buffer) => (written.stdout += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (written.stderr += chunk.toString()))
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => {
      resolve({ ...written, code: code ?? 1 })
    })
  })
}

/** What a page shows of a run: the result, or the message where there is none. */
export function shown({ stdout, stderr }: BlockRun): string {
  return stdout === '' ? stderr : stdout
}

/** Writes what the programs of a page print into the blocks of text after them. */
async function write(page: string): Promise<void> {
  const runs: string[] = []
  for (const block of blocksOf(page))
    if (block.printed !== undefined) runs.push(shown(await runBlock(block)))
  const path = join(root, page)
  const text = readFileSync(path, 'utf8').replace(fence, (all: string, ...groups) => {
    const [language, , , printed] = groups as (string | undefined)[]
    if ((language !== 'hocl' && language !== 'ts') || printed === undefined) return all
    return `${all.slice(0, all.lastIndexOf('```text\n'))}\`\`\`text\n${runs.shift() ?? ''}\`\`\``
  })
  writeFileSync(path, text)
}

function count(): void {
  const all = docPages().flatMap(blocksOf)
  const row = (title: string, of: readonly DocBlock[]): string => {
    const many = (language: string): string =>
      String(of.filter((block) => block.language === language).length).padStart(5)
    return `${title.padEnd(24)}${many('hocl')}${many('ts')}`
  }
  const pages = docPages().filter((page) => !page.startsWith('docs/codes/'))
  console.log(`${''.padEnd(24)} hocl   ts`)
  for (const page of pages) {
    const blocks = all.filter((block) => block.page === page)
    if (blocks.length > 0) console.log(row(page, blocks))
  }
  console.log(
    row(
      'docs/codes/',
      all.filter(({ page }) => page.startsWith('docs/codes/')),
    ),
  )
  console.log(row('all', all))
  const compared = all.filter(({ printed }) => printed !== undefined).length
  const wrong = all.filter(({ isWrong }) => isWrong).length
  console.log(
    `${all.length} blocks, all executed: of ${compared} the output is compared, and ${wrong} show a mistake.`,
  )
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const [option, ...pages] = process.argv.slice(2)
  if (option !== '--write') count()
  else for (const page of pages.length > 0 ? pages : docPages()) await write(relative(root, page))
}
