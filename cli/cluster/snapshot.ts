import { writeFileSync } from 'node:fs'
import type { Command } from 'commander'
import { Option } from 'commander'
import { blueprintOf, cutOf, statusOf, withOffers } from '../../distribution/index.ts'
import { HoclError } from '../../interpreter/index.ts'
import { exitCodes } from '../exit-codes.ts'
import { hostOf } from '../load.ts'
import { common } from '../options.ts'
import { hostOption } from '../run/request.ts'
import { grouped } from '../run/wording.ts'
import type { Terminal } from '../terminal.ts'
import { atServer, natsOption, recordOf } from './server.ts'
import type { AtServer, ServerFlags } from './server.ts'

interface Flags extends ServerFlags {
  readonly out?: string
  readonly host?: readonly string[]
}

/** `hocl cluster snapshot NAME`: writes all molecules as they were at one moment; the nodes go on. */
export function defineSnapshot(command: Command, terminal: Terminal): void {
  common(command.argument('<name>', 'a solution'))
    .addOption(natsOption())
    .addOption(new Option('--out <file>', 'write it there instead of the standard output'))
    .addOption(hostOption())
    .addOption(
      new Option('--json', 'with `--out`: print one JSON object: file, solution, state, …'),
    )
    .action(async (name: string, flags: Flags) => {
      process.exitCode = await atServer(flags, terminal, (at) => snapshot(name, flags, at))
    })
}

async function snapshot(name: string, flags: Flags, at: AtServer): Promise<number> {
  const { bus, terminal } = at
  const record = await recordOf(bus, name)
  const shards = record.shards + 1
  const host = withOffers(await hostOf(flags.host ?? []), record.offers, bus)
  const blueprint = blueprintOf(record, host)
  const { state } = await statusOf(bus, name, shards)
  const { molecules, reactions, sequence } = await cutOf(bus, name, shards)
  const head = { hocl: 'snapshot', solution: name, state, reactions, sequence }
  const text = `${JSON.stringify(head).slice(0, -1)},"molecules":${blueprint.outgoing(molecules)}}\n`
  if (flags.out === undefined) await terminal.printPieces([text])
  else {
    writeFileSync(flags.out, text)
    if (flags.json === true) terminal.print(JSON.stringify({ ...head, file: flags.out }))
    else terminal.tell(`${flags.out} has \`${name}\` after ${grouped(reactions)} reactions`)
  }
  return exitCodes.success
}

/** What a snapshot holds. Throws a `HoclError` for what is none. */
export function snapshotIn(text: string, file: string): { readonly molecules: unknown } {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null && 'hocl' in value && 'molecules' in value)
      return value
  } catch {
    // Said below.
  }
  throw new HoclError('HOCL504', `\`${file}\` is no snapshot`, {
    hint: 'give what `hocl cluster snapshot NAME --out FILE` has written',
  })
}
