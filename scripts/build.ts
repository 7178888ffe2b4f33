/*
 * `npm run build`: makes `dist/`. The doors are the source without its types, file by file, as `tsc` writes
 * it; the command is one script; the playground is static files.
 */
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { buildPlayground } from './build-playground.ts'
import { bundleCommand } from './bundle.ts'
import { root, run } from './tools.ts'

/**
 * Makes everything that the package's `dist/` holds in a folder; false where a type is wrong. The playground takes
 * longest: who has built it already gives it.
 */
export async function buildInto(
  folder: string,
  playground: (folder: string) => Promise<void> = buildPlayground,
): Promise<boolean> {
  rmSync(folder, { recursive: true, force: true })
  const tsc = { tool: 'tsc', args: ['-p', 'tsconfig.build.json', '--outDir', folder] }
  const { succeeded } = await run(tsc, { show: true })
  if (!succeeded) return false
  await bundleCommand(join(folder, 'cli'))
  await playground(join(folder, 'playground'))
  return true
}

if (import.meta.main && !(await buildInto(join(root, 'dist')))) process.exitCode = 1
