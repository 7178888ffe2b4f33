import { NobodyError, cancel, readRecord, shardOf, subjects } from '../../distribution/index.ts'
import { startedNode } from '../../test/support/nodes.ts'
import type { NodeProcess } from '../../test/support/nodes.ts'
import {
  SHARDS,
  clock,
  countBlueprint,
  head,
  pause,
  quantile,
  row,
  submitted,
  whole,
} from './scene.ts'
import type { Scene } from './scene.ts'

const KILLS = 20
const SOLUTION = 'failover'

/** Kills one of three nodes again and again, with another one for it each time. */
export async function failovers({ server, bus }: Scene): Promise<void> {
  await submitted(bus, { solution: SOLUTION })
  const owners = new Owners(bus)
  const nodes: NodeProcess[] = []
  const names: string[] = []
  const start = async (): Promise<void> => {
    const name = `f${String(names.length)}`
    names.push(name)
    nodes.push(await startedNode(server.url, name))
  }
  for (let i = 0; i < 3; i++) await start()
  const times: number[] = []
  for (let kill = 0; kill < KILLS; kill++) {
    await touchAll(bus, kill)
    await owners.settled()
    const at = names.findIndex((name) => owners.shardsOf(name).length > 0)
    const victim = names[at] ?? ''
    const shards = owners.shardsOf(victim)
    nodes[at]?.child.kill('SIGKILL')
    const begin = clock()
    owners.forget(shards)
    await Promise.all([touchAll(bus, KILLS + kill), owners.committed(shards)])
    times.push(clock() - begin)
    await start()
  }
  owners.stop()
  for (const { child } of nodes) child.kill('SIGKILL')
  await cancel(bus, SOLUTION, clock)
  head(`${String(KILLS)} kills, until all shards of the node commit again`, 'p50', 'most')
  row('1 of 3 nodes', `${whole(quantile(times, 0.5))} ms`, `${whole(Math.max(...times))} ms`)
}

/** Who holds which shard, and which of them has committed since, as the logs tell. */
class Owners {
  readonly stop: () => void
  readonly #owners = new Map<number, string>()
  readonly #committed = new Set<number>()

  constructor(bus: Scene['bus']) {
    this.stop = bus.follow(SOLUTION, 0, ({ log, bytes }) => {
      const shard = shardOf(log)
      if (shard === undefined) return
      const record = readRecord(bytes)
      if (record.kind === 'claim') this.#owners.set(shard, record.node)
      if (record.kind === 'commit' && this.#owners.has(shard)) this.#committed.add(shard)
    })
  }

  shardsOf(node: string): readonly number[] {
    return [...this.#owners].flatMap(([shard, owner]) => (owner === node ? [shard] : []))
  }

  forget(shards: readonly number[]): void {
    for (const shard of shards) {
      this.#owners.delete(shard)
      this.#committed.delete(shard)
    }
  }

  async committed(shards: readonly number[]): Promise<void> {
    while (shards.some((shard) => !this.#committed.has(shard))) await pause(2)
  }

  /** Every shard is held. */
  async settled(): Promise<void> {
    while (this.#owners.size <= SHARDS) await pause(20)
    await pause(500)
  }
}

/** Something for each shard to do, asked for until somebody has taken it. */
async function touchAll(bus: Scene['bus'], round: number): Promise<void> {
  const homeOf = countBlueprint(SHARDS).blueprint.homeOf(SHARDS)
  const keys = new Map<number, number>()
  for (let key = 0; keys.size < SHARDS; key++)
    keys.set(homeOf(JSON.stringify({ tuple: [key, 1] })), key)
  const pairs = [...keys.values()].map((key) => [{ tuple: [key, 1] }, 2])
  const text = JSON.stringify({ name: `round-${String(round)}`, pairs })
  for (;;) {
    try {
      await bus.ask(subjects.inject(SOLUTION), text, 300)
      return
    } catch (error) {
      if (!(error instanceof NobodyError)) throw error
      await pause(10)
    }
  }
}
