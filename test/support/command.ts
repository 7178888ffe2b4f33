import { join } from 'node:path'
import { installCommand } from '../../scripts/bundle.ts'
import { layers, root } from '../../scripts/tools.ts'
import { builtOnce } from './built.ts'

/** Where the tests find the command that was built for them. */
const variable = 'HOCL_BUILT_COMMAND'

/**
 * The command that tests start: as it is installed, which is what people run, and starts five times as fast as the
 * sources. Those are started where it was not built, or where the variable is empty.
 */
export function commandFile(): string {
  const built = process.env[variable] ?? ''
  return built === '' ? join(root, 'cli/main.ts') : built
}

/** Vitest calls this before all tests. */
export async function setup(): Promise<void> {
  if (process.env[variable] !== undefined) return
  const sources = [...layers, 'bin', 'docs/codes', 'package.json', 'scripts/bundle.ts']
  const folder = await builtOnce({ name: 'command', sources, build: installCommand })
  process.env[variable] = join(folder, 'bin', 'hocl.cjs')
}
