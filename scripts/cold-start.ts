/*
 * `npm run cold-start`: what a start costs. Runs Node without a program, the installed command on one of five
 * lines and some others in turn, and shows the median of each: the processor time of the whole process, as the
 * system counts it, and how much of it is not Node's own. `npm run cold-start -- 50` takes 50 rounds.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { installCommand } from './bundle.ts'
import { root } from './tools.ts'

const program = `// The largest of some numbers.
let max   = replace x, y by x if x >= y in
let clean = replace-one <max = m, ω> by ω in

< <2, 3, 5, 8, 9, max>, clean >
`

interface Start {
  readonly name: string
  readonly args: readonly string[]
  readonly env?: Readonly<Record<string, string>>
}

/** In milliseconds. */
interface Cost {
  readonly processor: number
  readonly wall: number
}

/** After so many runs the command has kept all that V8 compiles. */
const WARM_UP = 4

const rounds = Number(process.argv[2] ?? 30)
const folder = mkdtempSync(join(tmpdir(), 'hocl-cold-start-'))
try {
  const hocl = await installCommand(join(folder, 'hocl'))
  const file = join(folder, 'five-lines.hocl')
  writeFileSync(file, program)
  const bare: Start = { name: 'node -e 0', args: ['-e', '0'] }
  const starts: readonly Start[] = [
    bare,
    { name: 'hocl run', args: [hocl, 'run', file] },
    { name: 'hocl --version', args: [hocl, '--version'] },
    {
      name: 'hocl run, nothing kept',
      args: [hocl, 'run', file],
      env: { NODE_DISABLE_COMPILE_CACHE: '1' },
    },
    { name: 'checkout: node cli/main.ts run', args: [join(root, 'cli/main.ts'), 'run', file] },
  ]
  const costs = new Map(starts.map((start) => [start, [] as Cost[]]))
  for (let round = -WARM_UP; round < rounds; round += 1) {
    for (const [start, found] of costs) {
      const cost = costOf(start)
      if (round >= 0) found.push(cost)
    }
  }
  show(costs, bare)
} finally {
  rmSync(folder, { recursive: true, force: true })
}

/** Node tells nothing of the time of a child: the shell does. */
function costOf({ args, env = {} }: Start): Cost {
  const timed = `TIMEFORMAT='times %3U %3S %3R'; time "$0" "$@" >/dev/null 2>&1`
  const { stderr, error } = spawnSync('bash', ['-c', timed, process.execPath, ...args], {
    encoding: 'utf8',
    env: { ...process.env, XDG_CACHE_HOME: join(folder, 'cache'), ...env },
  })
  if (error !== undefined)
    throw new Error('bash is needed: it tells the time of a process', { cause: error })
  const [user = 0, system = 0, wall = 0] = (/times (.*)/.exec(stderr)?.[1] ?? '')
    .split(' ')
    .map((seconds) => Number(seconds.replace(',', '.')) * 1000)
  return { processor: user + system, wall }
}

function show(costs: ReadonlyMap<Start, readonly Cost[]>, bare: Start): void {
  const processor = (start: Start): number =>
    median((costs.get(start) ?? []).map((cost) => cost.processor))
  const rows = [...costs].map(([start, found]) => [
    start.name,
    inMilliseconds(processor(start)),
    start === bare ? '' : `+${inMilliseconds(processor(start) - processor(bare))}`,
    inMilliseconds(median(found.map((cost) => cost.wall))),
  ])
  const table = [['', 'processor', 'above node', 'wall'], ...rows]
  for (const [name = '', ...cells] of table)
    console.log(name.padEnd(32) + cells.map((cell) => cell.padStart(12)).join(''))
  console.log(`Medians of ${String(rounds)} rounds, with Node ${process.versions.node}.`)
}

function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? NaN
}

function inMilliseconds(value: number): string {
  return `${value.toFixed(0)} ms`
}
