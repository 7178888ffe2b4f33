import { readFileSync } from 'node:fs'
import { Blueprint, RemoteCluster, statusOf } from '../../distribution/index.ts'
import type { Bus, SolutionStatus } from '../../distribution/index.ts'
import { Source } from '../../grammar/index.ts'
import { firstSolution, lowerSource, noModules, prelude } from '../../interpreter/index.ts'
import type { Entry } from '../../interpreter/index.ts'
import type { NatsServer } from '../../test/support/nats-server.ts'
import type { NodeProcess } from '../../test/support/nodes.ts'

/** The server that all is measured at, and a connection to it. */
export interface Scene {
  readonly server: NatsServer
  readonly bus: Bus
}

export const COUNT = 'let count = replace w::Int:m, w:n by w:(m + n) in <count>'
/** Shards of a solution, unless it is about their number. */
export const SHARDS = 16

export const clock = (): number => performance.now()

/** What every node works out of the program that counts by key. */
export function countBlueprint(shards: number): {
  readonly blueprint: Blueprint
  readonly cluster: (bus: Bus, solution: string) => RemoteCluster
} {
  const program = lowerSource(new Source('count.hocl', COUNT), {
    host: prelude,
    modules: noModules,
  })
  const { value: first, diagnostic } = firstSolution(program, 1)
  if (first === undefined) throw new Error(diagnostic.title)
  const common = { shards, seed: 1, depth: 100, isCentral: false }
  const blueprint = new Blueprint({ program, host: prelude, first, ...common })
  const cluster = (bus: Bus, solution: string): RemoteCluster =>
    new RemoteCluster(first, {
      ...{ bus, solution, blueprint, limits: { depth: 100 }, clock, isDetached: true },
      record: { name: 'count.hocl', text: COUNT, modules: [], offers: [], ...common },
    })
  return { blueprint, cluster }
}

/** Gives a solution that counts to the nodes. */
export async function submitted(
  bus: Bus,
  {
    solution,
    shards = SHARDS,
    entries = [],
  }: {
    readonly solution: string
    readonly shards?: number
    readonly entries?: Iterable<Entry>
  },
): Promise<void> {
  const cluster = countBlueprint(shards).cluster(bus, solution)
  cluster.inject(entries)
  await cluster.submit()
}

/** Waits until a solution is inert. */
export async function inert(bus: Bus, solution: string, shards = SHARDS): Promise<SolutionStatus> {
  for (;;) {
    const status = await statusOf(bus, solution, shards + 1)
    if (status.state === 'inert') return status
    await pause(20)
  }
}

/** Seconds of processor time that these processes have used; 0 where the system does not tell. */
export function cpuOf(processes: readonly NodeProcess[]): number {
  return processes.reduce((sum, { child }) => sum + secondsOf(child.pid), 0)
}

export function secondsOf(pid: number | undefined): number {
  try {
    const fields = readFileSync(`/proc/${String(pid)}/stat`, 'utf8')
      .split(') ')[1]
      ?.split(' ')
    return (Number(fields?.[11]) + Number(fields?.[12])) / 100
  } catch {
    return 0
  }
}

export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}

export function whole(n: number): string {
  return String(Math.round(n)).replace(/\B(?=(\d{3})+$)/g, ',')
}

/** The value below which so much of all lies, from 0 to 1. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0
}

export function row(...cells: readonly string[]): void {
  console.log(`| ${cells.join(' | ')} |`)
}

export function head(...cells: readonly string[]): void {
  console.log('')
  row(...cells)
  row(...cells.map(() => '---'))
}
