import type { InputFormat, Limits, OutputFormat, Strategy } from '../../interpreter/index.ts'
import { INPUT_FORMATS, OUTPUT_FORMATS } from '../../interpreter/index.ts'
import type { Command } from 'commander'
import { Option } from 'commander'
import { suggest } from '../../grammar/index.ts'
import type { ClusterRequest } from '../cluster/request.ts'
import { machineNames } from '../machine.ts'
import type { MachineName } from '../machine.ts'
import { choice, count, repeated } from '../options.ts'
import { strategies } from '../strategies.ts'
import { UsageError } from '../usage-error.ts'
import { addLimitOptions, limitsOf } from './limit-flags.ts'
import type { LimitFlags } from './limit-flags.ts'
import { refuseUnusedFlags } from './unused-flags.ts'
import { refuseBesideWorkers } from './worker-flags.ts'
import { addSimulationOptions, printsCounts, simulationRequest } from './kinetics.ts'
import type { SimulationFlags, SimulationRequest } from './kinetics.ts'

/** What `hocl run` was asked for. */
export interface RunRequest {
  readonly file: string
  readonly hosts: readonly string[]
  readonly inputs: readonly string[]
  readonly inFormat: InputFormat | undefined
  readonly hasHeader: boolean
  readonly separator: string | undefined
  readonly injections: readonly string[]
  readonly machine: MachineName
  readonly seed: number
  readonly strategy: Strategy
  readonly limits: Limits
  /** How many threads reduce solutions apart, the main one among them; 0 where none is. */
  readonly workers: number
  /** `object` is that of `--json`. */
  readonly output: 'print' | 'object' | OutputFormat
  readonly isStandalone: boolean
  /** Whether the reference repeats each reaction. */
  readonly isVerified: boolean
  readonly hasStats: boolean
  /** Undefined for no trace, `-` for the standard error output. */
  readonly trace: string | undefined
  readonly isWatching: boolean
  /** Undefined where one machine does it all. */
  readonly cluster?: ClusterRequest
  /** Undefined where rates play no role. */
  readonly simulation: SimulationRequest | undefined
}

/** Adds the flags of a run to a command. */
export function addRunOptions(command: Command): Command {
  return addInputOptions(addOutputOptions(addLimitOptions(addSimulationOptions(command))))
    .addOption(seedOption())
    .addOption(choice('--strategy <name>', 'which reaction goes next (default: fast)', strategies))
    .addOption(choice('--engine <name>', 'what reduces (default: vm)', machineNames))
    .addOption(hostOption())
    .addOption(new Option('--verify', 'repeat each reaction on the reference, and compare (slow)'))
    .addOption(
      count('--workers <n>', 'reduce solutions apart, in so many threads (default: 0)', 64),
    )
    .addOption(new Option('--stats', 'show where reactions and time went'))
    .addOption(traceOption())
    .addOption(new Option('--watch', 'run again whenever a file changes'))
}

/** Adds what says how a result is printed. */
export function addOutputOptions(command: Command): Command {
  return command
    .addOption(new Option('--json', 'print one JSON object: outcome, solution, reactions, …'))
    .addOption(
      choice('--out-format <format>', 'print only the data of the solution', OUTPUT_FORMATS),
    )
    .addOption(new Option('--standalone', 'print definitions first, so that the result can be run'))
}

/** Adds what brings molecules in. */
export function addInputOptions(command: Command): Command {
  return command
    .addOption(
      repeated('--in <[NAME=]file>', 'add the data of a file, `-` for standard input; repeatable'),
    )
    .addOption(
      choice(
        '--in-format <format>',
        'the format of all `--in` data, whatever the file is called',
        INPUT_FORMATS,
      ),
    )
    .addOption(new Option('--no-header', 'the first row of CSV data is data too'))
    .addOption(separatorOption())
    .addOption(repeated('--inject <molecules>', 'add molecules, written in HOCL; repeatable'))
}

export function hostOption(): Option {
  return repeated(
    '--host <file>',
    'make the functions and classes of a .ts or .js file callable; repeatable',
  )
}

/** The request that parsed flags make, or a `UsageError` where two of them do not go together. */
export function requestOf(file: string, flags: Readonly<Record<string, unknown>>): RunRequest {
  // Commander gives what the parsers of `addRunOptions` returned, under these names.
  const given = flags as Partial<Flags>
  if (given.json === true && given.outFormat !== undefined)
    throw new UsageError('`--json` and `--out-format` do not go together', 'choose one')
  if (given.standalone === true && (given.json === true || given.outFormat !== undefined))
    throw new UsageError(
      '`--standalone` is for the result as a program',
      'leave out `--json` and `--out-format`',
    )
  const inputs = given.in ?? []
  const stdins = [file, ...inputs.map((input) => input.replace(/^[^=]*=/, ''))].filter(
    (name) => name === '-',
  )
  if (stdins.length > 1)
    throw new UsageError(
      'the standard input can be read only once',
      'name a file instead of one `-`',
    )
  if (given.engine === 'reference' && !['fast', 'random', undefined].includes(given.strategy))
    throw new UsageError(
      `the reference knows \`fast\` and \`random\`, not \`${String(given.strategy)}\``,
      'leave out `--engine reference`',
    )
  refuseUnusedFlags(given)
  refuseBesideWorkers(given)
  const simulation = simulationRequest(given)
  refuseBesideCounts(given, simulation)
  return {
    file,
    hosts: given.host ?? [],
    inputs,
    inFormat: given.inFormat,
    hasHeader: given.header ?? true,
    separator: given.separator,
    injections: given.inject ?? [],
    machine: given.engine ?? 'vm',
    seed: given.seed ?? 1,
    strategy: given.strategy ?? 'fast',
    limits: limitsOf(given),
    workers: given.workers ?? 0,
    output: given.json === true ? 'object' : (given.outFormat ?? 'print'),
    isStandalone: given.standalone ?? false,
    isVerified: given.verify ?? false,
    hasStats: given.stats ?? false,
    trace: given.trace,
    isWatching: given.watch ?? false,
    simulation,
  }
}

interface Flags extends SimulationFlags, LimitFlags {
  readonly json: boolean
  readonly outFormat: OutputFormat
  readonly standalone: boolean
  readonly seed: number
  readonly strategy: Strategy
  readonly engine: MachineName
  readonly in: readonly string[]
  readonly inFormat: InputFormat
  readonly header: boolean
  readonly separator: string
  readonly inject: readonly string[]
  readonly host: readonly string[]
  readonly verify: boolean
  readonly stats: boolean
  readonly workers: number
  readonly trace: string
  readonly watch: boolean
}

/** The standard output holds one thing. */
function refuseBesideCounts(given: Partial<Flags>, simulation: RunRequest['simulation']): void {
  if (!printsCounts(simulation)) return
  const flag = (['json', 'outFormat', 'standalone'] as const).find(
    (name) => given[name] !== undefined,
  )
  if (flag === undefined) return
  throw new UsageError(
    `counts and \`--${flag === 'outFormat' ? 'out-format' : flag}\` cannot both be printed`,
    'write the counts to a file: `--out counts.csv`',
  )
}

/** A whole number, or `random`: then the summary tells which it was. */
export function readSeed(given: string): number {
  if (given === 'random') return Math.floor(Math.random() * 2 ** 31)
  const seed = Number(given)
  if (/^-?[0-9]+$/.test(given) && Number.isSafeInteger(seed)) return seed
  const similar = suggest(given, ['random'])
  const hint = similar === undefined ? undefined : 'did you mean `random`?'
  throw new UsageError(`a seed is a whole number or \`random\`, not \`${given}\``, hint)
}

/** `--seed`, for every command that reacts. */
export function seedOption(): Option {
  return new Option(
    '--seed <n|random>',
    'what decides between possible reactions (default: 1)',
  ).argParser(readSeed)
}

function traceOption(): Option {
  const option = new Option('--trace [=file]', 'write each reaction as a line of JSON')
  return option.argParser((given: string) => {
    if (given !== '') return given
    throw new UsageError(
      '`--trace=` lacks its file',
      'write `--trace=steps.ndjson`, or `--trace` alone',
    )
  })
}

function separatorOption(): Option {
  const names: Readonly<Record<string, string>> = { tab: '\t', '\\t': '\t' }
  return new Option(
    '--separator <char>',
    'what stands between the fields of CSV; `tab` for a tab',
  ).argParser((given: string) => {
    const separator = names[given] ?? given
    if (separator.length === 1 && !/["\r\n]/.test(separator)) return separator
    throw new UsageError(`\`--separator\` takes one character, not \`${given}\``)
  })
}
