import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { buildInto } from './build.ts'
import { root } from './tools.ts'

/*
 * The package as others get it: what `npm pack` makes of a fresh build, and an installation of it.
 */

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>
}

/** What npm puts into every package, listed or not. */
const always = ['package.json', 'README.md', 'LICENSE']

/** Builds the package in a folder of its own and packs it there. Gives the tarball. */
export async function packPackage(
  folder: string,
  playground?: (folder: string) => Promise<void>,
): Promise<string> {
  const { files = [] } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    readonly files?: readonly string[]
  }
  for (const part of [...always, ...files].filter((name) => name !== 'dist'))
    cpSync(join(root, part), join(folder, part), { recursive: true })
  if (!(await buildInto(join(folder, 'dist'), playground)))
    throw new Error('the package does not build')
  npm(['pack', '--ignore-scripts', '--loglevel', 'error'], folder)
  const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz'))
  if (tarball === undefined) throw new Error('npm packed nothing')
  return join(folder, tarball)
}

/**
 * Installs a tarball of the package into the folder of an application. The libraries that it depends on are
 * those of this checkout, so no registry is asked.
 */
export function installPackage(tarball: string, application: string): void {
  copyDependencies(root, application, new Set())
  npm(
    ['install', '--offline', '--no-audit', '--no-fund', '--loglevel', 'error', tarball],
    application,
  )
}

function copyDependencies(library: string, application: string, copied: Set<string>): void {
  const { dependencies = {} } = JSON.parse(
    readFileSync(join(library, 'package.json'), 'utf8'),
  ) as Manifest
  for (const name of Object.keys(dependencies)) {
    if (copied.has(name)) continue
    copied.add(name)
    const from = join(root, 'node_modules', name)
    const to = join(application, 'node_modules', name)
    mkdirSync(dirname(to), { recursive: true })
    cpSync(from, to, { recursive: true, dereference: true })
    copyDependencies(from, application, copied)
  }
}

/** npm is a script: on Windows only a shell finds it. */
function npm(args: readonly string[], cwd: string): void {
  const isWindows = process.platform === 'win32'
  const { status, stdout, stderr, error } = spawnSync('npm', args, {
    cwd,
    encoding: 'utf8',
    shell: isWindows,
    env: { ...process.env, npm_config_offline: 'true' },
  })
  if (status !== 0)
    throw new Error(`npm ${args.join(' ')} failed: ${stdout}${stderr}`, { cause: error })
}
