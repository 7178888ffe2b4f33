import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { built, cache, here, printedResult } from './peer.ts'
import type { Peer } from './peer.ts'

const folder = join(here, 'chrjs')
const library = join(cache, 'node_modules', 'chr')

/** CHR.js, with solvers that its compiler made with `--optimized`, under the Node that runs us. */
export const chrJs: Peer = {
  name: 'chrjs',
  title: 'CHR.js',
  isLimit: false,
  version,
  installation: `npm install --prefix ${shown(cache)} chr@3.3.21`,
  command(program, size) {
    const source = join(folder, `${program}.chr`)
    if (!existsSync(source)) return undefined
    const solver = built(join(cache, 'chrjs', `${program}.cjs`), [source], (target) => ({
      file: process.execPath,
      args: [join(library, 'bin/chr.js'), '--optimized', source],
      takesOutput: (text) => {
        writeFileSync(target, text)
      },
    }))
    return {
      file: process.execPath,
      args: ['--stack-size=50000', join(folder, 'run.mjs'), solver, program, String(size)],
    }
  },
  result: printedResult,
}

function version(): string | undefined {
  const manifest = join(library, 'package.json')
  if (!existsSync(manifest)) return undefined
  const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { readonly version: string }
  return `CHR.js ${version}`
}

/** Without the name of whoever runs it. */
function shown(path: string): string {
  const home = process.env['HOME']
  return home !== undefined && path.startsWith(`${home}/`) ? `~${path.slice(home.length)}` : path
}
