/*
 * `npm run site`: writes the documentation as HTML to dist/site/, and the playground beside it, in which its programs
 * run. A link that leads nowhere is an error.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { buildPlayground } from './build-playground.ts'
import { site } from './site/site.ts'
import { root } from './tools.ts'

const folder = join(root, 'dist', 'site')
const { files, dead } = site()
rmSync(folder, { recursive: true, force: true })
for (const [path, text] of files) {
  mkdirSync(dirname(join(folder, path)), { recursive: true })
  writeFileSync(join(folder, path), text)
}
await buildPlayground(join(folder, 'playground'))
for (const link of dead) console.error(`${link} leads nowhere`)
if (dead.length > 0) process.exitCode = 1
console.log(`${String(files.size)} files in dist/site, and the playground`)
