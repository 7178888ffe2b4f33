import { pathToFileURL } from 'node:url'
import { resolve } from 'node:path'
import { HoclError, prelude } from '../interpreter/index.ts'
import type { Host } from '../interpreter/index.ts'
import { checkFile } from './files.ts'
export async function loadHosts(files: readonly string[]): Promise<Host> {
  for (const file of files) {
    checkFile(file)
    await import(pathToFileURL(resolve(file)).href)
    throw new HoclError('HOCL610', `${file} is not supported yet`)
  }
  return prelude
}
