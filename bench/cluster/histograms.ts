import { cancel } from '../../distribution/index.ts'
import { Random, table } from '../../interpreter/index.ts'
import { startedNode } from '../../test/support/nodes.ts'
import type { NodeProcess } from '../../test/support/nodes.ts'
import {
  clock,
  cpuOf,
  head,
  inert,
  pause,
  quantile,
  row,
  secondsOf,
  submitted,
  whole,
} from './scene.ts'
import type { Scene } from './scene.ts'

const KEYS = 1_000
/** Solutions that the same nodes take on one after the other: the first is that of nodes that have just started. */
const ROUNDS = 6

/** One solution on some nodes, in seconds. */
interface Round {
  readonly submitting: number
  readonly reacting: number
  readonly cpu: number
  readonly server: number
  readonly reactions: number
  readonly records: number
}

/** Counts molecules by key on one to four processes, and in many shards. */
export async function histograms(scene: Scene, molecules: number): Promise<void> {
  head(
    `${whole(molecules)} molecules, ${whole(KEYS)} keys`,
    'to submit',
    'seconds',
    'durable reactions/s',
    'records',
    'CPU of nodes',
    'CPU of server',
    'server’s share',
  )
  for (const [nodes, shards] of [
    [1, 16],
    [2, 16],
    [4, 16],
    [4, 1_000],
  ] as const)
    await histogram(scene, { nodes, shards, molecules })
}

interface Sizes {
  readonly nodes: number
  readonly shards: number
  readonly molecules: number
}

async function histogram(scene: Scene, sizes: Sizes): Promise<void> {
  const { nodes, shards } = sizes
  const processes = await Promise.all(
    Array.from({ length: nodes }, (_, i) => startedNode(scene.server.url, `n${String(i)}`)),
  )
  const title = `${String(nodes)} ${nodes === 1 ? 'process' : 'processes'}, ${whole(shards)} shards`
  const rounds: Round[] = []
  for (let i = 0; i < ROUNDS; i++) rounds.push(await counted(scene, sizes, { processes, round: i }))
  for (const { child } of processes) child.kill('SIGKILL')
  tell(`${title}, just started`, rounds.slice(0, 1))
  tell(`${title}, ${String(ROUNDS - 1)} more solutions, medians`, rounds.slice(1))
}

async function counted(
  { server, bus }: Scene,
  { nodes, shards, molecules }: Sizes,
  { processes, round }: { readonly processes: readonly NodeProcess[]; readonly round: number },
): Promise<Round> {
  const solution = ['count', nodes, shards, round].join('-')
  const random = new Random(round + 1)
  const keys = Array.from({ length: molecules }, () => random.below(KEYS))
  const values = keys.map(() => random.below(1_000_000))
  const entries = table(keys, values)
  const before = cpuOf(processes)
  const start = clock()
  await submitted(bus, { solution, shards, entries })
  // They begin as soon as it is announced, which is the last thing that whoever submits does.
  const begin = clock()
  const serverBefore = secondsOf(server.pid())
  const { reactions } = await inert(bus, solution, shards)
  const end = clock()
  const records = await recordsOf(bus, solution, shards)
  const spent = { cpu: cpuOf(processes) - before, server: secondsOf(server.pid()) - serverBefore }
  await cancel(bus, solution, clock)
  await pause(300)
  return {
    submitting: (begin - start) / 1_000,
    reacting: (end - begin) / 1_000,
    ...{ ...spent, reactions, records },
  }
}

/** Those that nodes have written: of the outside's, only what came after it was submitted. */
async function recordsOf(bus: Scene['bus'], solution: string, shards: number): Promise<number> {
  let count = 0
  for (let shard = 0; shard < shards; shard++)
    count += (await bus.read(`${solution}.${String(shard)}`, 0)).length
  return count
}

function tell(title: string, rounds: readonly Round[]): void {
  const of = (what: keyof Round): number =>
    quantile(
      rounds.map((round) => round[what]),
      0.5,
    )
  const [cpu, server] = [of('cpu'), of('server')]
  row(
    title,
    `${of('submitting').toFixed(2)} s`,
    of('reacting').toFixed(2),
    whole(of('reactions') / of('reacting')),
    whole(of('records')),
    `${cpu.toFixed(2)} s`,
    `${server.toFixed(2)} s`,
    `${String(Math.round((100 * server) / (cpu + server)))} %`,
  )
}
