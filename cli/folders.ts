import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { codeOf } from './files.ts'

/**
 * Makes a folder and those around it that are not there. Node's own `recursive` never ends where the
 * system says of a folder that it is not there and cannot be made, as it does in `/proc`.
 */
export function makeFolder(folder: string, mode = 0o777): void {
  try {
    mkdirSync(folder, { mode })
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return
    const around = dirname(folder)
    if (codeOf(error) !== 'ENOENT' || around === folder) throw error
    makeFolder(around, mode)
    makeIn(folder, mode)
  }
}

/** Where the folder around it is there. Another process may make it at the same time. */
function makeIn(folder: string, mode: number): void {
  try {
    mkdirSync(folder, { mode })
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error
  }
}
