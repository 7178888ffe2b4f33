/*
 * `npm run playground:build`: the playground as static files, in `dist/playground`, and beside it the small
 * script that defines `<hocl-playground>` for other pages.
 */
import { join } from 'node:path'
import { build } from 'vite'
import { root } from './tools.ts'

/** Writes the files into a folder, which is emptied first. */
export async function buildPlayground(
  folder: string,
  logLevel: 'info' | 'warn' = 'warn',
): Promise<void> {
  const config = join(root, 'playground/vite.config.ts')
  // Vite reads the mode of an application from here, and vitest has put its own there.
  const before = process.env['NODE_ENV']
  process.env['NODE_ENV'] = 'production'
  try {
    await build({
      configFile: config,
      logLevel,
      mode: 'production',
      build: { outDir: folder, emptyOutDir: true },
    })
    await build({
      configFile: false,
      root: join(root, 'playground'),
      logLevel,
      mode: 'production',
      publicDir: false,
      build: {
        outDir: folder,
        emptyOutDir: false,
        target: 'es2024',
        lib: {
          entry: join(root, 'playground/element.ts'),
          formats: ['es'],
          fileName: () => 'hocl-playground.js',
        },
      },
    })
  } finally {
    if (before === undefined) delete process.env['NODE_ENV']
    else process.env['NODE_ENV'] = before
  }
}

if (import.meta.main) await buildPlayground(join(root, 'dist/playground'), 'info')
