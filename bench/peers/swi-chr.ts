import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { built, cache, here, MOST_MEMORY, printedResult, versionOf } from './peer.ts'
import type { Peer } from './peer.ts'

const folder = join(here, 'swi-chr')

/** SWI-Prolog's CHR, compiled with `-O` to a saved state. */
export const swiChr: Peer = {
  name: 'swi-chr',
  title: 'SWI-Prolog CHR',
  isLimit: false,
  version: () => versionOf('swipl', ['--version']),
  installation: 'apt-get install swi-prolog-nox',
  command(program, size) {
    const source = join(folder, `${program}.pl`)
    if (!existsSync(source)) return undefined
    const state = built(
      join(cache, 'swi-chr', program),
      [source, join(folder, 'common.pl')],
      (target) => ({ file: 'swipl', args: ['-O', '--goal=main', '-o', target, '-c', source] }),
    )
    return { file: state, args: [String(size)], memory: MOST_MEMORY }
  },
  result: printedResult,
}
