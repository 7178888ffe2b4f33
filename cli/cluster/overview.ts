import type { Command } from 'commander'
import { Option } from 'commander'
import {
  guaranteeText,
  overviewOf,
  rollOf,
  solutionsAt,
  statusOf,
} from '../../distribution/index.ts'
import type { KnownSolution, Presence } from '../../distribution/index.ts'
import { exitCodes } from '../exit-codes.ts'
import { common, count } from '../options.ts'
import { Interruption } from '../run/interruption.ts'
import { counted, grouped } from '../run/wording.ts'
import type { Terminal } from '../terminal.ts'
import { paused, statusText } from './follow.ts'
import { atServer, monitorOption, natsOption, recordOf } from './server.ts'
import type { AtServer, ServerFlags } from './server.ts'

/** So long nodes have to answer, in milliseconds. */
const ROLL = 300

/** `hocl cluster ls`: the solutions at a server. */
export function defineList(command: Command, terminal: Terminal): void {
  common(command)
    .addOption(natsOption())
    .addOption(new Option('--json', 'print one JSON object: solutions'))
    .action(async (flags: ServerFlags) => {
      process.exitCode = await atServer(flags, terminal, async ({ bus }) => {
        const solutions = await solutionsAt(bus)
        if (flags.json === true) terminal.print(JSON.stringify({ solutions }))
        else if (solutions.length === 0) terminal.tell('there is no solution at this server')
        else for (const line of columns(solutionRows(solutions))) terminal.print(line)
        return exitCodes.success
      })
    })
}

/** `hocl cluster status [NAME]`: how one solution stands, or the server and its nodes. */
export function defineStatus(command: Command, terminal: Terminal): void {
  common(command.argument('[name]', 'a solution'))
    .addOption(natsOption())
    .addOption(monitorOption())
    .addOption(new Option('--json', 'print one JSON object'))
    .action(async (name: string | undefined, flags: StatusFlags) => {
      process.exitCode = await atServer(flags, terminal, (at) =>
        name === undefined ? serverStatus(flags, at) : solutionStatus(name, flags, at),
      )
    })
}

async function solutionStatus(
  name: string,
  { json = false }: ServerFlags,
  { bus, terminal }: AtServer,
): Promise<number> {
  const record = await recordOf(bus, name)
  const [status, roll] = await Promise.all([
    statusOf(bus, name, record.shards + 1),
    rollOf(bus, ROLL),
  ])
  const nodes = roll.filter(({ solutions }) => solutions.includes(name))
  if (json)
    terminal.print(
      JSON.stringify({ solution: name, program: record.name, ...status, nodes: namesOf(nodes) }),
    )
  else {
    terminal.print(`${name} (${record.name}): ${statusText(status)}`)
    terminal.print(
      nodes.length === 0
        ? 'no node hosts it'
        : `on ${counted(nodes.length, 'node')}: ${namesOf(nodes).join(', ')}`,
    )
    tellTroubles(roll, terminal, name)
  }
  return status.state === 'failed' || status.state === 'broken'
    ? exitCodes.failed
    : exitCodes.success
}

interface StatusFlags extends ServerFlags {
  readonly monitor?: string
}

async function serverStatus(
  { json = false, monitor }: StatusFlags,
  { bus, link, terminal }: AtServer,
): Promise<number> {
  const [{ solutions, nodes }, server] = await Promise.all([
    overviewOf(bus, ROLL),
    link.facts(monitor),
  ])
  const [kept, loss] = guaranteeText(server)
  if (json) terminal.print(JSON.stringify({ server: { ...server, kept, loss }, nodes, solutions }))
  else {
    terminal.print(`${kept ?? ''}\n${loss ?? ''}`)
    if (nodes.length === 0) terminal.print('no node is at this server')
    else for (const line of columns(nodeRows(nodes))) terminal.print(line)
    terminal.print(counted(solutions.length, 'solution'))
    tellTroubles(nodes, terminal)
  }
  return exitCodes.success
}

interface TopFlags extends ServerFlags {
  readonly times?: number
}

/** `hocl cluster top`: solutions and nodes each second, until Ctrl-C. */
export function defineTop(command: Command, terminal: Terminal): void {
  common(command)
    .addOption(natsOption())
    .addOption(count('--times <n>', 'look so often, and end'))
    .addOption(new Option('--json', 'a line of JSON each second'))
    .action(async (flags: TopFlags) => {
      process.exitCode = await atServer(flags, terminal, (at) => top(flags, at))
    })
}

const TOP_EVERY = 1_000

async function top(
  { json = false, times = Infinity }: TopFlags,
  { bus, terminal }: AtServer,
): Promise<number> {
  const interruption = new Interruption()
  const before = new Map<string, { readonly reactions: number; readonly at: number }>()
  try {
    for (let look = 0; look < times; look++) {
      if (look > 0) await paused(TOP_EVERY - ROLL, interruption.signal)
      if (interruption.signal.aborted) return exitCodes.success
      const { solutions, nodes } = await overviewOf(bus, ROLL)
      const at = performance.now()
      const rated = solutions.map((each) => {
        const last = before.get(each.solution)
        before.set(each.solution, { reactions: each.reactions, at })
        const seconds = last === undefined ? 0 : (at - last.at) / 1000
        const made = last === undefined ? 0 : each.reactions - last.reactions
        return { ...each, perSecond: seconds === 0 ? 0 : Math.round(made / seconds) }
      })
      if (json) terminal.print(JSON.stringify({ solutions: rated, nodes }))
      else {
        terminal.clearScreen()
        const rates = rated.map(({ perSecond }) => `${grouped(perSecond)}/s`)
        for (const line of columns(solutionRows(rated, rates))) terminal.print(line)
        terminal.print('')
        for (const line of columns(nodeRows(nodes))) terminal.print(line)
        tellTroubles(nodes, terminal)
      }
    }
    return exitCodes.success
  } finally {
    interruption.release()
  }
}

function namesOf(nodes: readonly Presence[]): readonly string[] {
  return nodes.map(({ node }) => node)
}

function solutionRows(
  solutions: readonly KnownSolution[],
  rates?: readonly string[],
): readonly (readonly string[])[] {
  const head = ['SOLUTION', 'STATE', 'REACTIONS', 'INERT', 'ON THEIR WAY', 'PROGRAM']
  const rows = solutions.map(
    ({ solution, state, reactions, inert, shards, onTheirWay, program }) => [
      solution,
      state,
      grouped(reactions),
      `${String(inert)}/${String(shards)}`,
      grouped(onTheirWay),
      program,
    ],
  )
  if (rates === undefined) return [head, ...rows]
  return [[...head, 'RATE'], ...rows.map((row, i) => [...row, rates[i] ?? ''])]
}

function nodeRows(nodes: readonly Presence[]): readonly (readonly string[])[] {
  const head = [
    'NODE',
    'SHARDS',
    'CLAIMS',
    'REFUSED',
    'NO ANSWER',
    'REPEATED',
    'EARLY',
    'FOREIGN',
    'INJECTIONS REFUSED',
  ]
  return [
    head,
    ...nodes.map((each) => [
      each.node,
      ...[each.shards, each.claims, each.fenced, each.unknown].map(grouped),
      ...[each.repeated, each.early, each.foreign, each.rejected].map(grouped),
    ]),
  ]
}

function tellTroubles(nodes: readonly Presence[], terminal: Terminal, solution?: string): void {
  for (const { node, trouble } of nodes)
    if (trouble !== undefined && (solution === undefined || trouble.solution === solution))
      terminal.complain(`${node}, in ${trouble.solution}: ${trouble.what}`)
}

/** Rows with their cells below each other. */
function columns(rows: readonly (readonly string[])[]): readonly string[] {
  const widths: number[] = []
  for (const row of rows)
    for (const [i, cell] of row.entries()) widths[i] = Math.max(widths[i] ?? 0, cell.length)
  return rows.map((row) =>
    row
      .map((cell, i) => cell.padEnd(widths[i] ?? 0))
      .join('  ')
      .trimEnd(),
  )
}
