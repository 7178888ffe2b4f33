import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Command } from 'commander'
import { Option } from 'commander'
import {
  Blueprint,
  MOST_SHARDS,
  RefusedError,
  RemoteCluster,
  TooLargeError,
  isName,
  offersOf,
} from '../../distribution/index.ts'
import { DEFAULT_DEPTH, HoclError, firstSolution } from '../../interpreter/index.ts'
import { refuseEndlessSums } from '../endless.ts'
import { exitCodes } from '../exit-codes.ts'
import { checkFile } from '../files.ts'
import { load, warningsOf } from '../load.ts'
import { common, count } from '../options.ts'
import { Rejection } from '../rejection.ts'
import { entriesOf, readInputs } from '../run/inputs.ts'
import { addInputOptions, hostOption, requestOf, seedOption } from '../run/request.ts'
import { tellWarnings } from '../run/run.ts'
import type { Terminal } from '../terminal.ts'
import { UsageError } from '../usage-error.ts'
import { atServer, natsOption, replicasOption } from './server.ts'
import type { AtServer, ServerFlags } from './server.ts'
import { snapshotIn } from './snapshot.ts'

interface Flags extends ServerFlags {
  readonly name?: string
  readonly shards?: number
  readonly central?: boolean
  readonly from?: string
  readonly snapshot?: Snapshot | undefined
}

/** The molecules that a snapshot holds, as its file has them. */
interface Snapshot {
  readonly pairs: unknown
}

/** `hocl cluster submit FILE`: gives a program to the nodes, and leaves it with them. */
export function defineSubmit(command: Command, terminal: Terminal): void {
  addInputOptions(common(command.argument('<file>', 'a program, or `-` for the standard input')))
    .addOption(natsOption())
    .addOption(replicasOption())
    .addOption(new Option('--name <name>', 'what the solution is called (default: drawn)'))
    .addOption(
      count('--shards <n>', 'into how many parts the solution goes (default: 16)', MOST_SHARDS),
    )
    .addOption(new Option('--central', 'keep all in one part, so that rules can come in later'))
    .addOption(new Option('--from <file>', 'begin with what `hocl cluster snapshot` has written'))
    .addOption(seedOption())
    .addOption(hostOption())
    .addOption(new Option('--json', 'print one JSON object: solution, molecules'))
    .action(async (file: string, flags: Flags & Readonly<Record<string, unknown>>) => {
      let snapshot: Snapshot | undefined
      process.exitCode = await atServer(
        flags,
        terminal,
        (at) => submit(file, { ...flags, snapshot }, at),
        () => {
          if (flags.from !== undefined) snapshot = readSnapshot(flags.from)
        },
      )
    })
}

async function submit(
  file: string,
  flags: Flags & Readonly<Record<string, unknown>>,
  { bus, terminal }: AtServer,
): Promise<number> {
  const { name = randomUUID().slice(0, 8), shards = 16, central = false, snapshot, json } = flags
  if (!isName(name))
    throw new UsageError(
      `a solution cannot be called \`${name}\``,
      'a name has letters, digits, `-` and `_`, 64 at most',
    )
  if (shards === 0) throw new UsageError('a solution has one shard at least', 'write `--shards 16`')
  const { from: _, json: __, ...rest } = flags
  const request = requestOf(file, rest)
  const loaded = await load(file, request.hosts)
  const { program, host, modules } = loaded
  tellWarnings(warningsOf(program, { isOpen: true }), terminal)
  const first = firstSolution(program, request.seed)
  if (first.value === undefined) throw new Rejection([first.diagnostic])
  const signal = new AbortController().signal
  const inputs = await readInputs(request, loaded, { terminal, signal })
  refuseEndlessSums(first.value.contents().listed(), inputs.injected, entriesOf(inputs.batches))
  const { seed } = request
  const depth = DEFAULT_DEPTH
  const blueprint = new Blueprint({
    ...{ program, host, first: first.value, shards, seed, depth, isCentral: central },
  })
  const initial = snapshot === undefined ? undefined : blueprint.restored(snapshot.pairs)
  const cluster = new RemoteCluster(first.value, {
    bus,
    solution: name,
    record: {
      name: program.source.name,
      text: program.source.text,
      modules: modules.found,
      ...{ shards, seed, depth, isCentral: central, offers: offersOf(host) },
    },
    blueprint,
    limits: { depth },
    clock: () => performance.now(),
    isDetached: true,
    ...(initial === undefined ? {} : { initial }),
  })
  cluster.inject(inputs.injected)
  cluster.inject(entriesOf(inputs.batches))
  await submitted(cluster, name)
  if (json === true) terminal.print(JSON.stringify({ solution: name, shards, seed }))
  else {
    terminal.print(name)
    terminal.tell(`\`hocl cluster result ${name}\` waits for what comes out`)
  }
  return exitCodes.success
}

async function submitted(cluster: RemoteCluster, name: string): Promise<void> {
  try {
    await cluster.submit()
  } catch (error) {
    if (error instanceof RefusedError)
      throw new UsageError(
        `there is a solution \`${name}\` already`,
        `choose another name, or end that one: \`hocl cluster cancel ${name}\``,
      )
    if (error instanceof TooLargeError)
      throw new HoclError('HOCL504', `the program does not fit into one record: ${error.message}`, {
        hint: 'give large data with `--in`, and raise `max_payload` of the server where a program is that long',
        cause: error,
      })
    throw error
  }
}

function readSnapshot(file: string): Snapshot {
  checkFile(file)
  return { pairs: snapshotIn(readFileSync(file, 'utf8'), file).molecules }
}
