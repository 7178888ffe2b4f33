import { Audit } from '../../distribution/audit.ts'
import {
  Blueprint,
  NobodyError,
  RemoteCluster,
  readProgramRecord,
  rollOf,
  statusOf,
  subjects,
} from '../../distribution/index.ts'
import type { Bus, Presence, SolutionStatus } from '../../distribution/index.ts'
import { shardOf } from '../../distribution/bus.ts'
import { connectNats } from '../../distribution/nats-tcp.ts'
import type { NatsBus } from '../../distribution/nats-bus.ts'
import { patiently } from '../../distribution/patience.ts'
import { Source } from '../../grammar/index.ts'
import { firstSolution, lowerSource, noModules, prelude } from '../../interpreter/index.ts'
import { startedNode } from './nodes.ts'
import type { NodeProcess } from './nodes.ts'

/*
 * A solution on real nodes at a real server into which words come all the time, while something happens to nodes,
 * server or network. What came out is compared with what went in, and the log is replayed by an auditor.
 */

const COUNT = 'let count = replace w::String:m, w:n by w:(m + n) in <count>'
const SHARDS = 8
export const SOLUTION = 'counted'
const KEYS = 40
/** So many words are acknowledged at least, unless that takes longer than the milliseconds below. */
const ENOUGH = 220
const SLOW = 30_000
const clock = (): number => performance.now()

/** What a run has come to. */
export interface FaultRun {
  readonly status: SolutionStatus
  /** Words that somebody acknowledged, and how many were counted. */
  readonly acknowledged: number
  readonly counted: number
  /** Whether each word has exactly its count. */
  readonly isExact: boolean
  /** What the auditor found wrong with the log; undefined where all is right. */
  readonly fault: string | undefined
  readonly records: number
  /** What the nodes have counted that are there at the end. */
  readonly nodes: readonly Presence[]
  /** The longest time in which no word was acknowledged, in milliseconds. */
  readonly gap: number
  readonly told: string
}

/** What can be done to a run. */
export interface FaultScene {
  readonly bus: NatsBus
  readonly nodes: NodeProcess[]
  start(name: string, url?: string): Promise<NodeProcess>
  pause(milliseconds: number): Promise<void>
}

export interface FaultOptions {
  readonly url: string
  /** Where each node finds the server. */
  readonly urls?: readonly string[]
  readonly replicas?: number
  /** A node that is there before the others, where it finds the server, and what it says before they come. */
  readonly before?: { readonly url: string; readonly says: string }
  /** How long words come in, in milliseconds. */
  readonly lasts?: number
  /** Happens while words come in. */
  readonly meanwhile: (scene: FaultScene) => Promise<void>
  /** So long it may take until it is inert, after that, in milliseconds. */
  readonly patience?: number
}

/** Lets words come in while something happens, and looks at what has become of them. */
export async function faultRun(options: FaultOptions): Promise<FaultRun> {
  const { url, urls = [url, url, url], lasts = 4_000, patience = 40_000, replicas = 1 } = options
  await using link = await linked(url, replicas)
  const { bus } = link
  await submit(bus)
  const early = options.before && (await startedNode(options.before.url, 'node-0'))
  while (early?.told().includes(options.before?.says ?? '') === false) await pause(50)
  const nodes = await Promise.all(urls.map((each, i) => startedNode(each, `node-${String(i + 1)}`)))
  const all = early === undefined ? [...nodes] : [early, ...nodes]
  try {
    await answered(bus)
    const expected = new Map<string, number>()
    const words = wordsFor(bus, lasts, expected)
    const scene: FaultScene = {
      bus,
      nodes,
      start: async (name, at = url) => {
        const node = await startedNode(at, name)
        all.push(node)
        return node
      },
      pause,
    }
    await Promise.all([words, options.meanwhile(scene)])
    const { acknowledged, gap } = await words
    const status = await settled(bus, patience)
    const { counts, fault, records } = await audited(bus)
    const counted = [...counts.values()].reduce((sum, each) => sum + each, 0)
    const isExact = [...expected].every(([word, n]) => counts.get(word) === n)
    return {
      ...{ status, acknowledged, counted, fault, records, gap },
      isExact: isExact && counts.size === expected.size,
      nodes: await rollOf(bus, 300),
      told: all.map((node) => node.told()).join(''),
    }
  } finally {
    for (const { child } of all) child.kill('SIGKILL')
  }
}

async function linked(url: string, replicas: number) {
  // A group of servers has to find its leader first.
  const link = await patiently(() => connectNats(url, { replicas }), clock)
  return { bus: link.bus, [Symbol.asyncDispose]: () => link.close() }
}

export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}

async function submit(bus: Bus): Promise<void> {
  const program = lowerSource(new Source('count.hocl', COUNT), {
    host: prelude,
    modules: noModules,
  })
  const { value: first, diagnostic } = firstSolution(program, 1)
  if (first === undefined) throw new Error(diagnostic.title)
  const common = { shards: SHARDS, seed: 1, depth: 100, isCentral: false }
  await new RemoteCluster(first, {
    bus,
    solution: SOLUTION,
    record: { name: 'count.hocl', text: COUNT, modules: [], offers: [], ...common },
    blueprint: new Blueprint({ program, host: prelude, first, ...common }),
    limits: { depth: 100 },
    clock,
    isDetached: true,
  }).submit()
}

async function answered(bus: Bus): Promise<void> {
  for (let i = 0; i < 100; i++) {
    try {
      await bus.ask(subjects.status(SOLUTION), '', 500)
      return
    } catch {
      await pause(100)
    }
  }
  throw new Error('no node answers')
}

/** Twenty words at a time, by a name each, until they were acknowledged: then they count. */
async function wordsFor(
  bus: Bus,
  lasts: number,
  expected: Map<string, number>,
): Promise<{ readonly acknowledged: number; readonly gap: number }> {
  const end = clock() + lasts
  let [acknowledged, gap, last] = [0, 0, clock()]
  // Where a machine is slow, it goes on until enough has come in to be worth a look.
  const isEnough = (): boolean => acknowledged >= ENOUGH || clock() > end + SLOW
  for (let n = 0; clock() < end || !isEnough(); n++) {
    const words = Array.from({ length: 20 }, (_, i) => `w${String((n * 7 + i * 3) % KEYS)}`)
    const pairs = words.map((word) => [{ tuple: [word, 1] }, 1])
    const text = JSON.stringify({ name: `words-${String(n)}`, pairs })
    if (!(await injected(bus, text))) break
    gap = Math.max(gap, clock() - last)
    last = clock()
    acknowledged += words.length
    for (const word of words) expected.set(word, (expected.get(word) ?? 0) + 1)
    await pause(5)
  }
  return { acknowledged, gap }
}

async function injected(bus: Bus, text: string): Promise<boolean> {
  for (let i = 0; i < 120; i++) {
    try {
      const answer = JSON.parse(await bus.ask(subjects.inject(SOLUTION), text, 1_000)) as {
        readonly ok: boolean
      }
      return answer.ok
    } catch (error) {
      if (!(error instanceof NobodyError)) throw error
      await pause(100)
    }
  }
  return false
}

async function settled(bus: Bus, patience: number): Promise<SolutionStatus> {
  const end = clock() + patience
  for (;;) {
    try {
      const status = await statusOf(bus, SOLUTION, SHARDS + 1)
      if (status.state !== 'running' || clock() >= end) return status
    } catch (error) {
      if (clock() >= end) throw error
    }
    await pause(100)
  }
}

/** Reads the whole log as somebody who takes no part, and what it has come to. */
async function audited(bus: Bus) {
  const program = await bus.last(subjects.log(SOLUTION, 'program'))
  const { shards } = readProgramRecord(program?.bytes ?? new Uint8Array())
  const logs = await Promise.all(
    Array.from({ length: shards + 1 }, (_, shard) => bus.read(subjects.log(SOLUTION, shard), 0)),
  )
  const records = logs.flat().sort((a, b) => a.sequence - b.sequence)
  const audit = new Audit(shards + 1)
  const counts = new Map<string, number>()
  let fault: string | undefined
  try {
    for (const { log, bytes, sequence } of records) audit.take(shardOf(log) ?? 0, bytes, sequence)
    for (const [molecule, copies] of audit.molecules()) {
      const [word, n] = (JSON.parse(molecule) as { tuple: [string, number] }).tuple
      counts.set(word, (counts.get(word) ?? 0) + n * Number(copies))
    }
  } catch (error) {
    fault = String(error)
  }
  return { counts, fault, records: records.length }
}
