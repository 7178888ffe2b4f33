import { describe, expect, test } from 'vitest'
import { LocalCluster } from '../../distribution/index.ts'
import type { LocalClusterOptions } from '../../distribution/index.ts'
import { Source } from '../../grammar/index.ts'
import {
  firstSolution,
  lowerSource,
  noModules,
  prelude,
  print,
  table,
} from '../../interpreter/index.ts'

const COUNT = 'let count = replace w::Int:m, w:n by w:(m + n) in <count>'

function clusterOf(text: string, options: Partial<LocalClusterOptions> = {}): LocalCluster {
  const program = lowerSource(new Source('program.hocl', text), {
    host: prelude,
    modules: noModules,
  })
  const { value, diagnostic } = firstSolution(program, 1)
  if (value === undefined) throw new Error(diagnostic.title)
  return new LocalCluster(value, {
    program,
    host: prelude,
    nodes: 3,
    shards: 8,
    seed: 1,
    limits: { depth: 100 },
    clock: () => performance.now(),
    timing: { heartbeat: 20, patience: 80, resend: 20 },
    ...options,
  })
}

/** 2,000 words, 50 of them different. */
function words(): ReturnType<typeof table> {
  const all = Array.from({ length: 2_000 }, (_, i) => (i * 7) % 50)
  return table(
    all,
    all.map(() => 1),
  )
}

const counted = new Map(Array.from({ length: 50 }, (_, word) => [word, 40]))

function countsOf(cluster: LocalCluster): ReadonlyMap<number, number> {
  const [found = [], counts = []] = cluster.solution.columns(undefined, 2)
  return new Map(Array.from(found, (word, i) => [Number(word), Number(counts[i])]))
}

describe('three nodes in one process', () => {
  test('begin at once with all shards: each knows what the others begin with', async () => {
    const cluster = clusterOf(COUNT, { timing: { patience: 600_000 } })
    cluster.inject(words())
    expect((await cluster.run()).kind).toBe('inert')
    const shards = cluster.nodes.map((node) => node.stats.claims)
    expect(shards.reduce((sum, claims) => sum + claims, 0)).toBe(9)
  })

  test('share what there is to do', async () => {
    const cluster = clusterOf(COUNT)
    cluster.inject(words())
    const { kind, reactions } = await cluster.run()
    expect(kind).toBe('inert')
    expect(countsOf(cluster)).toEqual(counted)
    expect(reactions).toBe(2_000 - 50)
    for (const { stats } of cluster.nodes) expect(stats.claims).toBeGreaterThan(0)
  })

  test('lose nothing when nodes are killed, one after the other', async () => {
    const cluster = clusterOf(COUNT)
    cluster.inject(words())
    let killed = 0
    const killing = setInterval(() => {
      const [node] = cluster.nodes
      if (node === undefined || killed === 5) return
      killed++
      cluster.kill(node)
      cluster.start()
    }, 15)
    const { kind } = await cluster.run()
    clearInterval(killing)
    expect(kind).toBe('inert')
    expect(countsOf(cluster)).toEqual(counted)
    expect(killed).toBeGreaterThan(0)
  })

  test('bring together what has no key', async () => {
    const cluster = clusterOf('<replace x::Int, y::Int by x if x >= y>')
    cluster.inject(table(Array.from({ length: 500 }, (_, i) => (i * 37) % 501)))
    expect((await cluster.run()).kind).toBe('inert')
    expect(print(cluster.solution)).toBe('<500, (replace x::Int, y::Int by x if x >= y)>')
  })

  test('run what makes rules in one shard', async () => {
    const cluster = clusterOf(
      'let max = replace x, y by x if x >= y in <<2, 9, 5, max>, replace-one <max = m, ω> by ω>',
    )
    expect((await cluster.run()).kind).toBe('inert')
    expect(print(cluster.solution)).toBe('<9>')
  })
})

describe('a run ends', () => {
  const endless = '<0, replace x::Int by x + 1>'

  test('at a limit on reactions, and not much later', async () => {
    const cluster = clusterOf(endless, { limits: { depth: 9, reactions: 100 } })
    const { kind, reactions } = await cluster.run()
    expect(kind).toBe('reaction-limit')
    expect(reactions).toBeGreaterThanOrEqual(100)
    expect(reactions).toBeLessThan(200)
  })

  test('at a limit on time', async () => {
    const cluster = clusterOf(endless, { limits: { depth: 9, milliseconds: 100 } })
    expect((await cluster.run()).kind).toBe('time-limit')
  })

  test('when it is aborted', async () => {
    const ending = new AbortController()
    const running = clusterOf(endless, { signal: ending.signal }).run()
    setTimeout(() => {
      ending.abort()
    }, 50)
    expect((await running).kind).toBe('aborted')
  })

  test('when a product has no value, with all molecules there', async () => {
    const cluster = clusterOf(
      '<1, 2, 3, replace x::Int by A if x / (x - 2) > 0, replace 3 by 1 / 0>',
    )
    const { kind, failure } = await cluster.run()
    expect(kind).toBe('failed')
    expect(failure?.message).toContain('division by zero')
  })
})

test('molecules come before a run', async () => {
  const cluster = clusterOf(COUNT)
  await cluster.run()
  expect(() => {
    cluster.inject([[1, 1]])
  }).toThrow('a cluster takes molecules before it runs')
  expect(() => cluster.step()).toThrow('its nodes react at the same time')
})
