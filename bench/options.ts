import { parseArgs } from 'node:util'
import { peers } from './peers/index.ts'
import { workloads } from './workloads/index.ts'
import type { Workload } from './workload.ts'

/** What `npm run bench` was asked for. */
export interface BenchOptions {
  readonly task: 'help' | 'plans' | 'measure'
  readonly workloads: readonly Workload[]
  /** In place of those of each program. */
  readonly sizes: readonly number[] | undefined
  readonly isQuick: boolean
  readonly rounds: number
  readonly budget: number
  readonly hasPeers: boolean
  readonly cutOff: number
  readonly json: string | undefined
  readonly svg: string | undefined
  readonly writes: boolean
}

/** Wrong flags, to be told and not to be thrown further. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

const flags = {
  help: { type: 'boolean', short: 'h' },
  plans: { type: 'boolean' },
  only: { type: 'string' },
  sizes: { type: 'string' },
  quick: { type: 'boolean' },
  rounds: { type: 'string' },
  budget: { type: 'string' },
  peers: { type: 'boolean' },
  'cut-off': { type: 'string' },
  json: { type: 'string' },
  svg: { type: 'string' },
  write: { type: 'boolean' },
} as const

/** Reads the flags; throws a `UsageError`. */
export function optionsOf(args: readonly string[]): BenchOptions {
  const given = parsed(args)
  const isQuick = given.quick ?? false
  return {
    task: given.help === true ? 'help' : given.plans === true ? 'plans' : 'measure',
    workloads: given.only === undefined ? workloads : chosen(given.only),
    sizes: given.sizes?.split(',').map((text) => amount('--sizes', text)),
    isQuick,
    rounds: given.rounds === undefined ? (isQuick ? 3 : 7) : amount('--rounds', given.rounds),
    budget: given.budget === undefined ? (isQuick ? 2 : 10) : amount('--budget', given.budget),
    hasPeers: given.peers ?? false,
    cutOff:
      given['cut-off'] === undefined ? (isQuick ? 3 : 30) : amount('--cut-off', given['cut-off']),
    json: given.json,
    svg: given.svg,
    writes: given.write ?? false,
  }
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: flags, allowPositionals: false }).values
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error))
  }
}

function amount(flag: string, text: string): number {
  const value = Number(text.replaceAll('_', ''))
  if (!Number.isSafeInteger(value) || value < 1)
    throw new UsageError(`\`${flag}\` takes whole numbers from 1 on, not \`${text}\``)
  return value
}

/** By the name of the program, which may stand for two kinds of data, or by that of one of them. */
function chosen(only: string): readonly Workload[] {
  const wanted = only.split(',').map((name) => name.trim())
  for (const name of wanted)
    if (!workloads.some((workload) => workload.name === name || workload.file === name))
      throw new UsageError(
        `there is no program \`${name}\`; there are ${workloads.map((each) => each.name).join(', ')}`,
      )
  return workloads.filter(({ name, file }) => wanted.includes(name) || wanted.includes(file))
}

/** The text of `--help`. */
export function helpText(): string {
  return `
npm run bench -- [flags]

Runs the programs of bench/programs beside hand-written JavaScript, each at three sizes and in a process
of its own, and checks that all get the same result. Times are medians of process CPU time, user and
system: from the loaded solution until it is inert and its result is read. Loading is shown apart.

  --quick            the two smaller sizes, fewer rounds: a minute's look
  --only a,b         only these: ${workloads.map(({ name }) => name).join(' ')}
  --sizes 100,1000   these sizes, in place of those of each program
  --rounds N         how many samples a median is made of (7, quick 3)
  --budget SECONDS   for the runs of one program at one size; what has no figure then shows \`>\` (10, quick 2)
  --plans            print what \`hocl plan\` says of each program, and measure nothing
  --peers            the peers, too: other implementations, as fresh processes, less what each needs to start
  --cut-off SECONDS  a peer, or we beside peers, is cut off after so much CPU time (30, quick 3)
  --json FILE        all figures
  --svg FILE         a chart
  --write            bench/RESULTS.md and its chart
  --help             this

Peers that are not installed are left out. To have them, on Debian or Ubuntu:

${peers.map(({ title, installation }) => `  ${title.padEnd(15)} ${installation}`).join('\n')}

KaSim, for lotka-volterra, is in no registry: its figure is quoted, and marked so.
`.trimStart()
}
