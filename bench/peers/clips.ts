import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { cache, here, MOST_MEMORY, printedResult, versionOf } from './peer.ts'
import type { Peer } from './peer.ts'

const folder = join(here, 'clips')
/** Where duplicates are to vanish, facts are a set. */
const sets = new Set(['closure', 'paths'])
/** Where the order of reactions decides how many there are, the better one is taken. */
const oldestFirst = new Set(['paths'])

/** CLIPS, which loads its program, pours the facts in and runs. */
export const clips: Peer = {
  name: 'clips',
  title: 'CLIPS',
  isLimit: false,
  version: () => versionOf('clips', [], '(exit)\n'),
  installation: 'apt-get install clips',
  command(program, size) {
    const source = join(folder, `${program}.clp`)
    if (!existsSync(source)) return undefined
    const batch = join(cache, 'clips', `${program}-${size}.clp`)
    mkdirSync(join(batch, '..'), { recursive: true })
    writeFileSync(
      batch,
      [
        `(set-fact-duplication ${sets.has(program) ? 'FALSE' : 'TRUE'})`,
        `(load* "${join(folder, 'common.clp')}")`,
        `(load* "${source}")`,
        ...(oldestFirst.has(program) ? ['(set-strategy breadth)'] : []),
        '(reset)',
        `(pour ${size})`,
        '(run)',
        '(exit)',
        '',
      ].join('\n'),
    )
    return { file: 'clips', args: ['-f2', batch], memory: MOST_MEMORY }
  },
  result: printedResult,
}
