import type { Command } from 'commander'
import { Option } from 'commander'
import { NobodyError, cancel, rollOf, subjects } from '../../distribution/index.ts'
import { suggest } from '../../grammar/index.ts'
import { exitCodes } from '../exit-codes.ts'
import { common } from '../options.ts'
import type { Terminal } from '../terminal.ts'
import { UsageError } from '../usage-error.ts'
import { atServer, natsOption, recordOf } from './server.ts'
import type { AtServer, ServerFlags } from './server.ts'

/** `hocl cluster cancel NAME`: ends a solution on all nodes and forgets it. */
export function defineCancel(command: Command, terminal: Terminal): void {
  common(command.argument('<name>', 'a solution'))
    .addOption(natsOption())
    .addOption(new Option('--json', 'print one JSON object: cancelled'))
    .action(async (name: string, flags: ServerFlags) => {
      process.exitCode = await atServer(flags, terminal, async ({ bus }) => {
        if (!(await bus.solutions()).includes(name)) await recordOf(bus, name)
        await cancel(bus, name, () => performance.now())
        if (flags.json === true) terminal.print(JSON.stringify({ cancelled: name }))
        else terminal.tell(`\`${name}\` is no more`)
        return exitCodes.success
      })
    })
}

/** `hocl cluster drain NODE`: a node gives its shards away and ends. */
export function defineDrain(command: Command, terminal: Terminal): void {
  common(command.argument('<node>', 'a node, as `hocl cluster status` lists it'))
    .addOption(natsOption())
    .addOption(new Option('--json', 'print one JSON object: drained'))
    .action(async (node: string, flags: ServerFlags) => {
      process.exitCode = await atServer(flags, terminal, (at) => drain(node, flags, at))
    })
}

/** Giving away takes a record for each shard, in milliseconds. */
const PATIENCE = 30_000

async function drain(
  node: string,
  { json = false }: ServerFlags,
  { bus, terminal }: AtServer,
): Promise<number> {
  try {
    await bus.ask(subjects.drain(node), '{}', PATIENCE)
  } catch (error) {
    if (!(error instanceof NobodyError)) throw error
    const names = (await rollOf(bus, 300)).map((each) => each.node)
    throw new UsageError(`there is no node \`${node}\` at this server`, hintFor(node, names))
  }
  if (json) terminal.print(JSON.stringify({ drained: node }))
  else terminal.tell(`${node} has given its shards away`)
  return exitCodes.success
}

function hintFor(node: string, names: readonly string[]): string {
  const similar = suggest(node, names)
  if (similar !== undefined) return `did you mean \`${similar}\`?`
  return names.length === 0 ? 'no node is there' : `there are ${names.join(', ')}`
}
