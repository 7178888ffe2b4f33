import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { bundleStart, installCommand } from '../../scripts/bundle.ts'
import { cache, EMPTY, here, printedResult } from './peer.ts'
import type { Peer } from './peer.ts'
import type { Command } from './timed-process.ts'

/** Whoever runs programs: a peer, or we. */
export type Side = Pick<Peer, 'name' | 'command' | 'result'> & {
  /** So many runs, of each program, before the first that counts. */
  readonly runsBefore: number
}

/** So many runs of a command add to what is kept of V8's work: see `cli/code-cache.ts`. */
const KEPT_RUNS = 3

/**
 * Our machine as a peer: `ours.ts`, made into one script and started as the installed command is. Its start
 * is that of `hocl run` of `<>`, installed.
 */
export async function ourSide(): Promise<Side> {
  const folder = join(cache, 'ours')
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const hocl = await installCommand(join(folder, 'hocl'))
  // The programs stay where they are.
  const define = { 'import.meta.dirname': JSON.stringify(join(here, '..')) }
  await bundleStart('bench/peers/ours.ts', join(folder, 'machine'), { transform: { define } })
  const machine = join(folder, 'machine/main.cjs')
  const empty = join(folder, 'empty.hocl')
  writeFileSync(empty, '<>\n')
  const started = (file: string, ...args: string[]): Command => ({
    file: process.execPath,
    args: [file, ...args],
    env: { NODE_COMPILE_CACHE: join(folder, 'kept') },
  })
  return {
    name: 'ours',
    runsBefore: KEPT_RUNS,
    command: (program, size) =>
      program === EMPTY
        ? started(hocl, 'run', '--quiet', empty)
        : started(machine, program, String(size)),
    result: printedResult,
  }
}
