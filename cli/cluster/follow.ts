import {
  blueprintOf,
  cutOf,
  endOf,
  failureTextOf,
  statusOf,
  withOffers,
} from '../../distribution/index.ts'
import type { Command } from 'commander'
import { Option } from 'commander'
import type { Blueprint, ClusterOutcome, SolutionStatus } from '../../distribution/index.ts'
import { exitCodes } from '../exit-codes.ts'
import { hostOf } from '../load.ts'
import { common, duration } from '../options.ts'
import { tellFailure, troubleOf } from '../run/failure.ts'
import { Interruption } from '../run/interruption.ts'
import { addOutputOptions, hostOption, requestOf } from '../run/request.ts'
import { printResult } from '../run/result.ts'
import { counted, exitCodeOf, grouped, outcomeText, timeText } from '../run/wording.ts'
import type { Terminal } from '../terminal.ts'
import { atServer, natsOption, recordOf } from './server.ts'
import type { AtServer, ServerFlags } from './server.ts'

interface ResultFlags extends ServerFlags {
  readonly now?: boolean
  readonly maxTime?: number
  readonly host?: readonly string[]
}

/** `hocl cluster result NAME`: waits until a solution is inert, and prints it like `hocl run`. */
export function defineResult(command: Command, terminal: Terminal): void {
  addOutputOptions(common(command.argument('<name>', 'a solution')))
    .addOption(natsOption())
    .addOption(new Option('--now', 'do not wait: what is there at this moment'))
    .addOption(duration('--max-time <time>', 'wait so long at most: `500ms`, `10s`, `2m`'))
    .addOption(hostOption())
    .action(async (name: string, flags: ResultFlags & Readonly<Record<string, unknown>>) => {
      process.exitCode = await atServer(flags, terminal, (at) => result(name, flags, at))
    })
}

async function result(
  name: string,
  flags: ResultFlags & Readonly<Record<string, unknown>>,
  { bus, terminal }: AtServer,
): Promise<number> {
  const { now = false, maxTime = Infinity, nats: _, ...rest } = flags
  const request = requestOf('', rest)
  const record = await recordOf(bus, name)
  const host = withOffers(await hostOf(flags.host ?? []), record.offers, bus)
  const blueprint = blueprintOf(record, host)
  const start = performance.now()
  const interruption = new Interruption()
  try {
    const end = now ? start : start + maxTime
    const status = await settled({ name, shards: record.shards + 1, end }, interruption, bus)
    const { molecules, reactions } = await cutOf(bus, name, record.shards + 1)
    const ended = interruption.signal.aborted
      ? { kind: 'aborted' as const }
      : await endedAs(status, { name, blueprint, bus })
    const { kind } = ended
    const elapsedMs = performance.now() - start
    const isRunning = now && kind === 'time-limit'
    const outcome = { solution: blueprint.whole(molecules), reactions, pending: 0, ...ended }
    await printResult(
      { outcome, elapsedMs, trouble: troubleOf(outcome), ...(isRunning && { word: 'running' }) },
      { ...request, seed: record.seed },
      terminal,
    )
    tellFailure(outcome, terminal)
    const said = isRunning ? 'running' : kind === 'time-limit' ? 'still running' : outcomeText(kind)
    terminal.tell(`${said} after ${counted(reactions, 'reaction')} · waited ${timeText(elapsedMs)}`)
    if (isRunning) return exitCodes.success
    return kind === 'aborted' ? interruption.exitCode : exitCodeOf(kind)
  } finally {
    interruption.release()
  }
}

/** A solution that has failed says so in its log, with the place in the program. */
async function endedAs(
  { state, why, shards }: SolutionStatus,
  {
    name,
    blueprint,
    bus,
  }: {
    readonly name: string
    readonly blueprint: Blueprint
    readonly bus: AtServer['bus']
  },
): Promise<Pick<ClusterOutcome, 'kind' | 'failure' | 'trouble'>> {
  switch (state) {
    case 'inert':
      return { kind: 'inert' }
    case 'failed': {
      const said = await failureTextOf(bus, name, shards)
      return said === undefined
        ? endOf({ kind: 'failed', message: why ?? '' })
        : endOf(blueprint.ending(said))
    }
    case 'broken':
      return endOf({ kind: 'failed', message: why ?? '' })
    case 'running':
      return { kind: 'time-limit' }
  }
}

/** Between two looks, in milliseconds: soon at first, as most programs are short. */
const FIRST_LOOK = 20
const LAST_LOOK = 500

/** How a solution stands when nothing goes on in it any more, or when the time is over. */
async function settled(
  { name, shards, end }: { readonly name: string; readonly shards: number; readonly end: number },
  { signal }: Interruption,
  bus: AtServer['bus'],
): Promise<SolutionStatus> {
  for (let wait = FIRST_LOOK; ; wait = Math.min(LAST_LOOK, wait * 1.5)) {
    const status = await statusOf(bus, name, shards)
    const left = end - performance.now()
    if (status.state !== 'running' || left <= 0 || signal.aborted) return status
    // Throws where somebody has cancelled it.
    await recordOf(bus, name)
    await paused(Math.min(wait, left), signal)
  }
}

/** Ends early when a signal comes. */
export function paused(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, milliseconds)
    signal.addEventListener('abort', done, { once: true })
    function done(): void {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
  })
}

interface WatchFlags extends ServerFlags {
  readonly forever?: boolean
}

/** `hocl cluster watch NAME`: a line whenever something has changed, until it is inert. */
export function defineWatch(command: Command, terminal: Terminal): void {
  common(command.argument('<name>', 'a solution'))
    .addOption(natsOption())
    .addOption(new Option('--forever', 'go on when it is inert: more may come in'))
    .addOption(new Option('--json', 'a line of JSON each time'))
    .action(async (name: string, flags: WatchFlags) => {
      process.exitCode = await atServer(flags, terminal, (at) => watch(name, flags, at))
    })
}

const WATCHED_EVERY = 200

async function watch(
  name: string,
  { forever = false, json = false }: WatchFlags,
  { bus, terminal }: AtServer,
): Promise<number> {
  const { shards } = await recordOf(bus, name)
  const interruption = new Interruption()
  let told = ''
  try {
    for (;;) {
      const status = await statusOf(bus, name, shards + 1)
      const line = json ? JSON.stringify({ solution: name, ...status }) : statusText(status)
      if (line !== told) terminal.print((told = line))
      if (interruption.signal.aborted) return interruption.exitCode
      if (status.state !== 'running' && !forever)
        return status.state === 'inert' ? exitCodes.success : exitCodes.failed
      await recordOf(bus, name)
      await paused(WATCHED_EVERY, interruption.signal)
    }
  } finally {
    interruption.release()
  }
}

/** How a solution stands, on one line. */
export function statusText({
  state,
  reactions,
  inert,
  shards,
  onTheirWay,
  why,
}: SolutionStatus): string {
  const parts = [
    state,
    counted(reactions, 'reaction'),
    `${grouped(inert)} of ${counted(shards, 'shard')} inert`,
    ...(onTheirWay > 0 ? [`${counted(onTheirWay, 'lot')} on their way`] : []),
    ...(why === undefined ? [] : [why]),
  ]
  return parts.join(' · ')
}
