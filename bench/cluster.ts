/*
 * `npm run bench:cluster`: a keyed histogram on one to four node processes at a nats-server that writes at once, the
 * same in 1,000 shards, appends, and how long others take to go on for a node that was killed. Prints tables.
 * Needs nats-server 2.10 or later: see test/support/nats-server.ts.
 */
import { readFileSync } from 'node:fs'
import { cpus } from 'node:os'
import {
  Blueprint,
  NobodyError,
  RemoteCluster,
  cancel,
  guaranteeText,
  statusOf,
  subjects,
} from '../distribution/index.ts'
import type { Bus } from '../distribution/index.ts'
import { connectNats } from '../distribution/nats-tcp.ts'
import { Source } from '../grammar/index.ts'
import {
  Random,
  firstSolution,
  lowerSource,
  noModules,
  prelude,
  table,
} from '../interpreter/index.ts'
import type { Entry } from '../interpreter/index.ts'
import { natsServer, newerServerFile } from '../test/support/nats-server.ts'
import { startedNode } from '../test/support/nodes.ts'
import type { NodeProcess } from '../test/support/nodes.ts'

const COUNT = 'let count = replace w::Int:m, w:n by w:(m + n) in <count>'
const KEYS = 1_000
const [molecules = 200_000] = process.argv.slice(2).map(Number)
const clock = (): number => performance.now()

await using server = await natsServer({
  file: newerServerFile(),
  jetstream: ['sync_interval: always'],
})
const link = await connectNats(server.url)
const { bus } = link

const facts = await bus.facts()
const [kept = ''] = guaranteeText({ ...facts, syncInterval: 0 })
console.log(
  `${kept}\n${cpus()[0]?.model ?? ''}, ${String(cpus().length)} cores, Node ${process.version}\n`,
)

await appends()
await histograms()
await failovers()
await link.close()
process.exit()

async function appends(): Promise<void> {
  console.log('| logs at once | records/s, 1 kB each |\n| --- | --- |')
  for (const logs of [1, 16, 64]) {
    const bytes = new Uint8Array(1_000)
    const end = clock() + 2_000
    let count = 0
    const writer = async (log: string): Promise<void> => {
      for (let last = 0; clock() < end; count++) last = await bus.append(log, bytes, last)
    }
    const names = Array.from({ length: logs }, (_, i) => `appends${String(logs)}.${String(i)}`)
    await Promise.all(names.map(writer))
    await bus.forget(`appends${String(logs)}`)
    console.log(`| ${String(logs)} | ${whole(count / 2)} |`)
  }
}

async function histograms(): Promise<void> {
  console.log(
    `\n| ${whole(molecules)} molecules, ${whole(KEYS)} keys | seconds | durable reactions/s | molecules moved/s | records | CPU of nodes | CPU of server |\n| --- | --- | --- | --- | --- | --- | --- |`,
  )
  for (const [nodes, shards] of [
    [1, 16],
    [2, 16],
    [4, 16],
    [4, 1_000],
  ] as const)
    await histogram(nodes, shards)
}

async function histogram(nodes: number, shards: number): Promise<void> {
  const processes = await Promise.all(
    Array.from({ length: nodes }, (_, i) => startedNode(server.url, `n${String(i)}`)),
  )
  const solution = `count-${String(nodes)}-${String(shards)}`
  const random = new Random(1)
  const keys = Array.from({ length: molecules }, () => random.below(KEYS))
  const values = keys.map(() => random.below(1_000_000))
  await submitted(bus, { solution, shards, entries: table(keys, values) })
  const { sequence: first } = await statusOf(bus, solution, shards + 1)
  const before = await cpuOf(processes)
  const serverBefore = secondsOf(server.pid())
  const begin = clock()
  bus.send(subjects.announcements, solution)
  const { reactions, sequence } = await inert(bus, solution, shards)
  const seconds = (clock() - begin) / 1_000
  const cpu = (await cpuOf(processes)) - before
  const serverCpu = secondsOf(server.pid()) - serverBefore
  for (const { child } of processes) child.kill('SIGKILL')
  await cancel(bus, solution, clock)
  const cells = [
    `${String(nodes)} ${nodes === 1 ? 'process' : 'processes'}, ${whole(shards)} shards`,
    seconds.toFixed(2),
    whole(reactions / seconds),
    whole(molecules / seconds),
    whole(sequence - first),
    `${cpu.toFixed(2)} s`,
    `${serverCpu.toFixed(2)} s`,
  ]
  console.log(`| ${cells.join(' | ')} |`)
}

async function submitted(
  at: Bus,
  {
    solution,
    shards,
    entries,
  }: { readonly solution: string; readonly shards: number; readonly entries: Iterable<Entry> },
): Promise<void> {
  const program = lowerSource(new Source('count.hocl', COUNT), {
    host: prelude,
    modules: noModules,
  })
  const { value: first, diagnostic } = firstSolution(program, 1)
  if (first === undefined) throw new Error(diagnostic.title)
  const common = { shards, seed: 1, depth: 100, isCentral: false }
  const cluster = new RemoteCluster(first, {
    ...{ bus: at, solution, limits: { depth: 100 }, clock, isDetached: true },
    record: { name: 'count.hocl', text: COUNT, modules: [], offers: [], ...common },
    blueprint: new Blueprint({ program, host: prelude, first, ...common }),
  })
  cluster.inject(entries)
  await cluster.submit()
}

async function inert(at: Bus, solution: string, shards: number) {
  for (;;) {
    const status = await statusOf(at, solution, shards + 1)
    if (status.state === 'inert') return status
    await pause(20)
  }
}

/** Kills the node that answers, and asks until another one does. */
async function failovers(): Promise<void> {
  const times: number[] = []
  for (let i = 0; i < 9; i++) {
    const solution = `failover-${String(i)}`
    await submitted(bus, { solution, shards: 16, entries: [] })
    const first = await startedNode(server.url, 'first')
    await answered(solution)
    const second = await startedNode(server.url, 'second')
    first.child.kill('SIGKILL')
    const begin = clock()
    await answered(solution)
    await inert(bus, solution, 16)
    times.push(clock() - begin)
    second.child.kill('SIGKILL')
    await cancel(bus, solution, clock)
  }
  times.sort((a, b) => a - b)
  console.log(
    `\nfailover until the solution answers again: p50 ${whole(times[4] ?? 0)} ms, most ${whole(times[8] ?? 0)} ms`,
  )
}

async function answered(solution: string): Promise<void> {
  for (let n = 0; ; n++) {
    try {
      const text = JSON.stringify({ pairs: [[{ tuple: [n, 1] }, 1]] })
      await bus.ask(subjects.inject(solution), text, 500)
      return
    } catch (error) {
      if (!(error instanceof NobodyError)) throw error
      await pause(20)
    }
  }
}

/** Seconds of processor time that these processes have used; 0 where the system does not tell. */
async function cpuOf(processes: readonly NodeProcess[]): Promise<number> {
  await pause(0)
  return processes.reduce((sum, { child }) => sum + secondsOf(child.pid), 0)
}

function secondsOf(pid: number | undefined): number {
  try {
    const fields = readFileSync(`/proc/${String(pid)}/stat`, 'utf8')
      .split(') ')[1]
      ?.split(' ')
    return (Number(fields?.[11]) + Number(fields?.[12])) / 100
  } catch {
    return 0
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}

function whole(n: number): string {
  return String(Math.round(n)).replace(/\B(?=(\d{3})+$)/g, ',')
}
