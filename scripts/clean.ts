/* Takes `dist/` away, so that a build holds nothing of an earlier one. */
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './tools.ts'

rmSync(join(root, 'dist'), { recursive: true, force: true })
