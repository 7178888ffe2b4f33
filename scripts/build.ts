/*
 * `npm run build`: makes `dist/`. The doors are the source without its types, file by file, as `tsc` writes
 * it; the command is one script.
 */
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { bundleCommand } from './bundle.ts'
import { root, run } from './tools.ts'

const dist = join(root, 'dist')
rmSync(dist, { recursive: true, force: true })
const tsc = { tool: 'tsc', args: ['-p', 'tsconfig.build.json'] }
const { succeeded } = await run(tsc, { show: true })
if (succeeded) await bundleCommand(join(dist, 'cli'))
else process.exitCode = 1
