import { randomUUID } from 'node:crypto'
import type { Command } from 'commander'
import { Option } from 'commander'
import { NobodyError, programOf, statusOf, subjects, withOffers } from '../../distribution/index.ts'
import type { Bus } from '../../distribution/index.ts'
import { HoclError, SolutionValue, pairsPieces } from '../../interpreter/index.ts'
import type { Entry } from '../../interpreter/index.ts'
import { exitCodes } from '../exit-codes.ts'
import { hostOf } from '../load.ts'
import { common } from '../options.ts'
import { entriesOf, readInputs } from '../run/inputs.ts'
import { addInputOptions, hostOption, requestOf } from '../run/request.ts'
import { counted } from '../run/wording.ts'
import type { Terminal } from '../terminal.ts'
import { UsageError } from '../usage-error.ts'
import { atServer, natsOption, recordOf } from './server.ts'
import type { AtServer, ServerFlags } from './server.ts'

interface Flags extends ServerFlags {
  readonly id?: string
  readonly host?: readonly string[]
}

/** `hocl cluster inject NAME MOLECULES`: puts molecules into a solution that is on nodes. */
export function defineInject(command: Command, terminal: Terminal): void {
  addInputOptions(
    common(command)
      .argument('<name>', 'a solution')
      .argument('[molecules]', 'what comes in, written in HOCL'),
  )
    .addOption(natsOption())
    .addOption(
      new Option(
        '--id <id>',
        'a name for this injection: what has one is taken once (default: drawn)',
      ),
    )
    .addOption(hostOption())
    .addOption(new Option('--json', 'print one JSON object: solution, molecules, isRepeated'))
    .action(
      async (
        name: string,
        molecules: string | undefined,
        flags: Flags & Readonly<Record<string, unknown>>,
      ) => {
        process.exitCode = await atServer(flags, terminal, (at) =>
          inject({ name, molecules }, flags, at),
        )
      },
    )
}

/** Entries of one injection; molecules may be long, so its text is looked at, too. */
const TOGETHER = 500
const LONGEST = 100_000
/** So long somebody may need who takes over, in milliseconds. */
const PATIENCE = 15_000
const ANSWER = 2_000

async function inject(
  { name, molecules }: { readonly name: string; readonly molecules: string | undefined },
  flags: Flags & Readonly<Record<string, unknown>>,
  at: AtServer,
): Promise<number> {
  const { bus, terminal } = at
  const { json = false, id = randomUUID(), ...rest } = flags
  const record = await recordOf(bus, name)
  const host = withOffers(await hostOf(flags.host ?? []), record.offers, bus)
  const program = programOf(record, host)
  const request = requestOf('', rest)
  const injections = [...(molecules === undefined ? [] : [molecules]), ...request.injections]
  const inputs = await readInputs(
    { ...request, injections },
    { program, host },
    { terminal, signal: new AbortController().signal },
  )
  const entries = [...inputs.injected, ...entriesOf(inputs.batches)]
  if (entries.length === 0)
    throw new UsageError('there is nothing to inject', 'write `hocl cluster inject NAME "1, A:2"`')
  const { state, why = '' } = await statusOf(bus, name, record.shards + 1)
  if (state === 'failed' || state === 'broken')
    throw new HoclError('HOCL504', `\`${name}\` has failed, and nothing will react in it: ${why}`, {
      hint: `\`hocl cluster snapshot ${name}\` saves what is there for another one, \`submit --from\``,
    })
  let isRepeated = true
  for (const [part, text] of [...injectionTexts(entries)].entries()) {
    const named = `{"name":${JSON.stringify(`${id}-${String(part)}`)},"pairs":${text}}`
    const answer = await asked(bus, name, named)
    if (answer['ok'] !== true)
      throw new HoclError('HOCL504', `the molecules were refused: ${String(answer['error'])}`)
    isRepeated &&= answer['isRepeated'] === true
  }
  if (json)
    terminal.print(JSON.stringify({ solution: name, molecules: entries.length, isRepeated }))
  else
    terminal.tell(
      isRepeated
        ? `these molecules had come into \`${name}\` before`
        : `${counted(entries.length, 'molecule')} came into \`${name}\``,
    )
  return exitCodes.success
}

/** As many entries together as one injection takes. */
function* injectionTexts(entries: readonly Entry[], together = TOGETHER): Generator<string> {
  for (let start = 0; start < entries.length; start += together) {
    const some = entries.slice(start, start + together)
    const text = [...pairsPieces(SolutionValue.of(some))].join('')
    if (text.length <= LONGEST || some.length === 1) yield text
    else yield* injectionTexts(some, Math.ceil(some.length / 2))
  }
}

/** Asks again by the same name while nobody answers: whoever has taken it says so. */
async function asked(
  bus: Bus,
  solution: string,
  text: string,
): Promise<Readonly<Record<string, unknown>>> {
  const end = performance.now() + PATIENCE
  for (;;) {
    try {
      const answer: unknown = JSON.parse(await bus.ask(subjects.inject(solution), text, ANSWER))
      return { ...(typeof answer === 'object' ? answer : {}) }
    } catch (error) {
      if (!(error instanceof NobodyError)) throw error
      if (performance.now() >= end)
        throw new HoclError('HOCL503', `no node answers for \`${solution}\``, {
          hint: 'start one with `hocl node`; asked again with the same `--id`, nothing comes in twice',
          cause: error,
        })
      await new Promise((resolve) => setTimeout(resolve, 250))
    }
  }
}
