import { spawn } from 'node:child_process'
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

/** The root of the checkout, whatever folder a script is started from. */
export const root = join(import.meta.dirname, '..')

/** A development tool of ours and what it is given: run with this Node, without a shell, on every system. */
export interface Command {
  readonly tool: string
  readonly args: readonly string[]
}

/** How a command ended. `output` is empty when it was shown while it ran. */
export interface Run {
  readonly succeeded: boolean
  readonly output: string
}

/** A check that needs no running program. Its commands run in order and all must succeed. */
export interface StaticCheck {
  readonly name: string
  readonly commands: readonly Command[]
}

/** The layers, lowest first. Some may not exist yet: see `existing`. */
export const layers: readonly string[] = [
  'grammar',
  'interpreter',
  'vm',
  'worker',
  'workflow',
  'distribution',
  'stdlib',
  'editor',
  'cli',
  'playground',
]

/** The static checks, quickest to tell something first. */
export const staticChecks: readonly StaticCheck[] = [
  {
    name: 'typecheck',
    commands: [
      { tool: 'tsc', args: ['--pretty', 'false'] },
      { tool: 'tsc', args: ['--pretty', 'false', '-p', 'tsconfig.platform-free.json'] },
      { tool: 'tsc', args: ['--pretty', 'false', '-p', 'playground'] },
    ],
  },
  {
    name: 'layers',
    commands: [
      {
        tool: 'depcruise',
        args: ['--config', '.dependency-cruiser.mjs', ...existing([...layers, 'bench'])],
      },
    ],
  },
  {
    name: 'lint',
    commands: [
      { tool: 'eslint', args: ['--max-warnings', '0', '.'] },
      { tool: 'prettier', args: ['--check', '--log-level', 'warn', '.'] },
    ],
  },
]

/** Runs a command to its end. With `show` it has our terminal; otherwise its output is collected. */
export function run(command: Command, options: { readonly show: boolean }): Promise<Run> {
  const child = spawn(process.execPath, [entry(command.tool), ...command.args], {
    cwd: root,
    stdio: options.show ? 'inherit' : ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  const collect = (chunk: Buffer): void => {
    output += chunk.toString()
  }
  child.stdout?.on('data', collect)
  child.stderr?.on('data', collect)
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => {
      resolve({ succeeded: code === 0, output })
    })
  })
}

/** Folders of this list that are there and hold something. */
export function existing(folders: readonly string[]): readonly string[] {
  return folders.filter((folder) => {
    const path = join(root, folder)
    return existsSync(path) && readdirSync(path).length > 0
  })
}

const packages: Readonly<Record<string, string>> = {
  tsc: 'typescript',
  depcruise: 'dependency-cruiser',
}

// The files behind `node_modules/.bin`, which holds shell scripts on Windows.
function entry(tool: string): string {
  const folder = join(root, 'node_modules', packages[tool] ?? tool)
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    readonly bin?: string | Readonly<Record<string, string>>
  }
  const path = typeof manifest.bin === 'string' ? manifest.bin : manifest.bin?.[tool]
  if (path === undefined) throw new Error(`The package of ${tool} has no such command.`)
  return join(folder, path)
}
