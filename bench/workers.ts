import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { Lehmer } from './lehmer.ts'

/*
 * What other threads bring: `node bench/workers.ts [--times N] [--only NAME]`. Wall-clock time of `hocl run`
 * from the loaded solution until it is inert, the best of some fresh processes, without workers and with
 * `--workers` 1 to 3, and the ratio to the time without. The first workload is worth moving; the others are
 * not to become slower.
 */

interface Workload {
  readonly name: string
  readonly rule: string
  readonly solutions: number
  readonly molecules: number
}

const largest = 'replace x, y by x if x >= y'
const pairs = 'replace x, y by x + y if (x * y) % 65537 == 1'
const workloads: readonly Workload[] = [
  { name: 'pairs', rule: pairs, solutions: 200, molecules: 1000 },
  { name: 'small', rule: largest, solutions: 100_000, molecules: 10 },
  { name: 'few', rule: largest, solutions: 20, molecules: 10 },
]
const numbers = [0, 1, 2, 3]

const { values } = parseArgs({
  options: { times: { type: 'string', default: '3' }, only: { type: 'string' } },
})
const folder = mkdtempSync(join(tmpdir(), 'hocl-bench-'))
try {
  for (const workload of workloads)
    if (values.only === undefined || values.only === workload.name) compare(workload)
} finally {
  rmSync(folder, { recursive: true })
}

function compare(workload: Workload): void {
  const { name, solutions, molecules } = workload
  const file = join(folder, `${name}.hocl`)
  writeFileSync(file, textOf(workload))
  const best = new Map<number, number>()
  const reactions = new Set<number>()
  for (let turn = 0; turn < Number(values.times); turn++)
    for (const workers of numbers) {
      const run = timed(file, workers)
      best.set(workers, Math.min(best.get(workers) ?? Infinity, run.elapsedMs))
      reactions.add(run.reactions)
    }
  const base = best.get(0) ?? NaN
  const cells = [...best].map(
    ([workers, ms]) => `${String(workers)}: ${ms.toFixed(0)} ms (${(ms / base).toFixed(2)})`,
  )
  const same = reactions.size === 1 ? 'as many reactions' : 'other numbers of reactions'
  const what = `${name}, ${String(solutions)} × ${String(molecules)}`
  process.stdout.write(`${what} · ${cells.join(' · ')} · ${same}\n`)
}

function timed(
  file: string,
  workers: number,
): { readonly elapsedMs: number; readonly reactions: number } {
  const command = join(import.meta.dirname, '../cli/main.ts')
  const args = ['--max-old-space-size=6000', command, 'run', file, '--json', '--quiet']
  const output = execFileSync(process.execPath, [...args, '--workers', String(workers)], {
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
  })
  // What `hocl run --json` prints.
  return JSON.parse(output) as ReturnType<typeof timed>
}

function textOf({ rule, solutions, molecules }: Workload): string {
  const draw = new Lehmer()
  const inner = Array.from({ length: solutions }, () => {
    const drawn = Array.from({ length: molecules }, () => draw.below(1_000_003))
    return `<r, ${drawn.join(', ')}>`
  })
  return `let r = ${rule} in\n< ${inner.join(',\n')} >\n`
}
