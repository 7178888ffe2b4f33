import { parseArgs } from 'node:util'
import { FileModules } from '../cli/modules.ts'
import { NodeWorkers } from '../cli/run/workers.ts'
import { Source } from '../grammar/index.ts'
import {
  DEFAULT_DEPTH,
  SolutionValue,
  firstSolution,
  hashOf,
  isRule,
  lowerSource,
  prelude,
} from '../interpreter/index.ts'
import type { Molecule } from '../interpreter/index.ts'
import { Machine } from '../vm/index.ts'
import { Lehmer } from './lehmer.ts'

/*
 * What other threads bring: `node bench/workers.ts [--times N]`. Wall-clock time of a warm process from the
 * loaded solution until it is inert, the best of some runs, without workers and with one to three threads.
 * The first workload is worth moving; the second, a million small solutions, is not to become slower.
 */

interface Workload {
  readonly name: string
  readonly rule: string
  readonly solutions: number
  readonly molecules: number
}

const workloads: readonly Workload[] = [
  {
    name: 'quadratic',
    rule: 'replace x, y by x + y if (x * y) % 65537 == 1',
    solutions: 200,
    molecules: 1000,
  },
  { name: 'small', rule: 'replace x, y by x if x >= y', solutions: 1_000_000, molecules: 10 },
  { name: 'few', rule: 'replace x, y by x if x >= y', solutions: 20, molecules: 10 },
]
const threads = [0, 1, 2, 3]

const { values } = parseArgs({
  options: { times: { type: 'string', default: '2' }, only: { type: 'string' } },
})

for (const workload of workloads) {
  if (values.only !== undefined && values.only !== workload.name) continue
  const results = new Map<number, number>()
  const ends = new Set<string>()
  let moved = ''
  for (let turn = 0; turn < Number(values.times); turn++)
    for (const count of threads) {
      const run = await timed(workload, count)
      results.set(count, Math.min(results.get(count) ?? Infinity, run.milliseconds))
      ends.add(run.end)
      if (count === 2) moved = run.moved
    }
  const base = results.get(0) ?? NaN
  const cells = threads.map((count) => {
    const ms = results.get(count) ?? NaN
    return `${String(count)}: ${ms.toFixed(0)} ms (${(ms / base).toFixed(2)})`
  })
  const { name, solutions, molecules } = workload
  const agreement = ends.size === 1 ? '' : ` · ${String(ends.size)} different ends`
  process.stdout.write(
    `${name}, ${String(solutions)} × ${String(molecules)} · ${cells.join(' · ')} · with 2: ${moved}${agreement}\n`,
  )
}

async function timed(
  { rule, solutions, molecules }: Workload,
  count: number,
): Promise<{ readonly milliseconds: number; readonly end: string; readonly moved: string }> {
  const modules = new FileModules()
  const source = new Source('bench.hocl', `let r = ${rule} in <r>`)
  const program = lowerSource(source, { host: prelude, modules })
  const pool = count > 1 ? new NodeWorkers(count - 1, { program, host: prelude, modules }) : 'none'
  const [found] = [...(firstSolution(program, 1).value?.molecules() ?? [])].filter(isRule)
  if (found === undefined) throw new Error('the program has no rule')
  const draw = new Lehmer()
  const inner = Array.from({ length: solutions }, (): Molecule => {
    const numbers = Array.from({ length: molecules }, () => draw.next() % 1_000_003)
    return SolutionValue.listing([found, ...numbers])
  })
  const machine = new Machine(SolutionValue.listing(inner, undefined, Infinity), {
    seed: 1,
    strategy: 'fast',
    limits: { depth: DEFAULT_DEPTH },
    clock: () => performance.now(),
    ...(count > 0 && { workers: pool }),
  })
  const begin = performance.now()
  const { solution, reactions } = await machine.run()
  const milliseconds = performance.now() - begin
  if (pool !== 'none') await pool.close()
  const report = machine.apartReport
  const moved = `${String(report?.moved ?? 0)} of ${String(report?.batches ?? 0)} batches moved`
  const end = `${String(reactions)} ${String(solutions > 1000 ? 0 : hashOf(solution))}`
  return { milliseconds, end, moved }
}
