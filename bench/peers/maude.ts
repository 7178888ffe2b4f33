import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { here, MOST_MEMORY, versionOf } from './peer.ts'
import type { Peer } from './peer.ts'

/** Maude, which reads its program and reduces `go(N)`. */
export const maude: Peer = {
  name: 'maude',
  title: 'Maude',
  isLimit: false,
  version: () => withName(versionOf('maude', ['--version'])),
  installation: 'apt-get install maude',
  command(program, size) {
    const source = join(here, 'maude', `${program}.maude`)
    if (!existsSync(source)) return undefined
    return {
      file: 'maude',
      args: ['-no-banner', '-no-wrap', '-no-advise', source],
      input: `red go(${size}) .\nquit\n`,
      memory: MOST_MEMORY,
    }
  },
  // `result NzNat: 7` or `result Result: 3 - 4`.
  result: (output) => /^result \w+: (.+)$/m.exec(output)?.[1]?.replaceAll(' ', '').trim(),
}

function withName(version: string | undefined): string | undefined {
  return version === undefined ? undefined : `Maude ${version}`
}
