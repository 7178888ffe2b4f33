import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { codeOf } from './files.ts'

/**
 * Makes a folder and those around it that are not there. Node's own `recursive` never ends where the
 * system says of a folder that it is not there and cannot be made, as it does in `/proc`.
 */
export function makeFolder(folder: string): void {
  try {
    mkdirSync(folder)
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return
    const around = dirname(folder)
    if (codeOf(error) !== 'ENOENT' || around === folder) throw error
    makeFolder(around)
    mkdirSync(folder)
  }
}
