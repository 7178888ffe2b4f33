import type { Command } from 'commander'
import { Option } from 'commander'
import type { Columns } from '../../vm/index.ts'
import { choice } from '../options.ts'
import { valueFlag } from './limit-flags.ts'
import type { LimitFlags } from './limit-flags.ts'
import { UsageError } from '../usage-error.ts'
import { grouped } from './wording.ts'

/** What `hocl run --stochastic` was asked for. */
export interface SimulationRequest {
  /** ∞ if it goes on until inert. */
  readonly until: number
  readonly counts: CountsRequest | undefined
}

/** Counting over time, and where the counts go. */
interface CountsRequest {
  readonly every: number
  /** A file, `-` for the standard output, or nowhere. */
  readonly out: string | undefined
  readonly plot: string | undefined
  readonly columns: Columns | undefined
}

/** So many intervals where it is not said how often to count. */
const INTERVALS = 200
const MOST_SAMPLES = 1_000_000

/** Adds the flags of a simulation to a command. */
export function addSimulationOptions(command: Command): Command {
  return command
    .addOption(new Option('--stochastic', 'draw reactions and their times by rates, `@ k`'))
    .addOption(amount('--until <time>', 'with --stochastic: stop at this simulated time'))
    .addOption(amount('--sample <interval>', 'with --stochastic: count molecules so often'))
    .addOption(new Option('--out <file>', 'write the counts as CSV; without it, print them'))
    .addOption(new Option('--plot <file>', 'draw the counts as SVG'))
    .addOption(
      choice('--columns <what>', 'count each species, or all with one tag', ['species', 'tags']),
    )
}

/** The flags of a simulation as commander gives them. */
export interface SimulationFlags {
  readonly stochastic: boolean
  readonly until: number
  readonly sample: number
  readonly out: string
  readonly plot: string
  readonly columns: Columns
}

/** The simulation that flags ask for; undefined for none. A `UsageError` where they do not go together. */
export function simulationRequest(
  given: Partial<SimulationFlags & LimitFlags> & {
    readonly strategy?: unknown
    readonly engine?: unknown
  },
): SimulationRequest | undefined {
  if (given.stochastic !== true) {
    const flag = (['until', 'sample', 'out', 'plot', 'columns'] as const).find(
      (name) => given[name] !== undefined,
    )
    if (flag === undefined) return undefined
    throw new UsageError(`\`--${flag}\` is for simulations`, 'add `--stochastic`')
  }
  if (given.strategy !== undefined)
    throw new UsageError('a simulation draws what goes next', 'leave out `--strategy`')
  if (given.engine === 'reference')
    throw new UsageError('the reference knows no rates', 'leave out `--engine`')
  const bound = valueFlag(given)
  if (bound !== undefined)
    throw new UsageError('a simulation bounds no single values', `leave out \`${bound}\``)
  const { until = Infinity } = given
  return { until, counts: countsRequest(given, until) }
}

function countsRequest(
  { sample, out, plot, columns }: Partial<SimulationFlags>,
  until: number,
): CountsRequest | undefined {
  if (sample === undefined && out === undefined && plot === undefined) {
    if (columns === undefined) return undefined
    throw new UsageError('`--columns` is for counts over time', 'add `--sample 0.1`')
  }
  if (sample === undefined && until === Infinity)
    throw new UsageError('it is not said how often to count', 'add `--sample 0.1` or `--until 10`')
  const every = sample ?? (until > 0 ? until / INTERVALS : 1)
  if (every <= 0) throw new UsageError('`--sample` takes an interval above 0')
  if (until / every > MOST_SAMPLES && until < Infinity)
    throw new UsageError(
      `that would be ${grouped(until / every)} samples`,
      `${grouped(MOST_SAMPLES)} are the most: give a larger interval`,
    )
  const isPrinted = out === undefined && plot === undefined
  return { every, out: isPrinted ? '-' : out, plot, columns }
}

/** Whether the counts are what goes to the standard output. */
export function printsCounts(request: SimulationRequest | undefined): boolean {
  return request?.counts?.out === '-'
}

/** An option that takes a number from 0 on, not a time with a unit. */
function amount(flags: string, description: string): Option {
  return new Option(flags, description).argParser((given: string) => {
    const value = Number(given.replaceAll('_', ''))
    if (/^[0-9.][0-9_.]*(e[+-]?[0-9]+)?$/i.test(given) && Number.isFinite(value)) return value
    throw new UsageError(
      `\`${flags.split(' ')[0] ?? ''}\` takes a number, not \`${given}\``,
      'simulated time has no unit: rates are per one of it',
    )
  })
}
