import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { built, cache, here, printedResult, versionOf } from './peer.ts'
import type { Peer } from './peer.ts'

const folder = join(here, 'c')

/** C, the best algorithm for each program: the limit. */
export const c: Peer = {
  name: 'c',
  title: 'C',
  isLimit: true,
  version: () => versionOf('gcc', ['--version']),
  installation: 'apt-get install gcc',
  command(program, size) {
    const source = join(folder, `${program}.c`)
    if (!existsSync(source)) return undefined
    const file = built(join(cache, 'c', program), [source, join(folder, 'common.h')], (target) => ({
      file: 'gcc',
      args: ['-O2', '-w', '-o', target, source, '-lm'],
    }))
    return { file, args: [String(size)] }
  },
  result: printedResult,
}
