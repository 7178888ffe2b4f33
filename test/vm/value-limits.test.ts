import { describe, expect, test } from 'vitest'
import { print } from '../../interpreter/index.ts'
import type { Limits } from '../../interpreter/index.ts'
import { Reactor } from '../../vm/index.ts'
import { engines } from '../support/engines.ts'
import { firstOf, lowered, options } from '../support/runs.ts'

/* How large single values may grow. Both engines end where the next reaction would pass a limit, which does not happen. */

type Strategy = 'fast' | 'random'

async function end(
  text: string,
  limits: Partial<Limits>,
  at: number,
  strategy: Strategy,
): Promise<string> {
  const first = firstOf(lowered(text))
  const engine = engines[at]
  if (first === undefined || engine === undefined) throw new Error('there is nothing to run')
  const run = engine.make(first, options({ seed: 1, strategy }, { limits }))
  const { kind, limit = '', reactions, solution } = await run.run()
  return `${kind} ${limit} ${String(reactions)} ${print(solution)}`
}

describe.each(engines.map(({ name }, at) => [name, at] as const))('%s', (_, at) => {
  test.each<[string, Partial<Limits>, string]>([
    ['<"ab", replace x::String by x + x>', { characters: 20 }, 'size-limit characters 3'],
    ['<[1, 2], replace x::List by concat(x, x)>', { items: 10 }, 'size-limit items 2'],
    ['<3, replace x::Int by x * x>', { bits: 64 }, 'size-limit bits 5'],
    ['<-3, replace x::Int by x * x * x>', { bits: 8 }, 'size-limit bits 1'],
    [
      '<T:"ab":1, replace T:x:n by T:(x + x):<[x + "c"], n>>',
      { characters: 3 },
      'size-limit characters 0',
    ],
    [
      '<"ab", 1, replace x::String, n::Int by (replace y::Bool by (x + x):n)>',
      { characters: 3 },
      'inert  1',
    ],
    ['<"abcd", replace x::Int by x>', { characters: 3 }, 'size-limit characters 0'],
    [
      '<<"a", replace x::String by x + "b" if x != "abbb">>',
      { characters: 3 },
      'size-limit characters 2',
    ],
    [
      '<1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, replace x::Int, y::Int by x * y>',
      { bits: 12 },
      'size-limit bits',
    ],
  ])('%s', async (text, limits, expected) => {
    for (const strategy of ['fast', 'random'] as const) {
      const ended = await end(text, limits, at, strategy)
      expect(ended.startsWith(expected)).toBe(true)
      // Nothing was taken for what did not happen.
      const [kind] = ended.split(' ')
      if (kind === 'size-limit') expect(ended).not.toMatch(/<\s*replace/u)
    }
  })

  test('nothing huge is made first', async () => {
    for (const text of [
      '<2, replace-one x::Int by pow(x, 1_000_000_000)>',
      '<0, replace-one x::Int by range(x, 1_000_000_000_000)>',
    ])
      expect(await end(text, { bits: 100, items: 100 }, at, 'fast')).toMatch(/^size-limit {2}0/u)
  })
})

test('a reactor bounds calls that wait, and goes on once they have answered', async () => {
  const release: (() => void)[] = []
  const host = {
    price: (n: number): Promise<number> =>
      new Promise((resolve) => {
        release.push(() => {
          resolve(n * 2)
        })
      }),
  }
  const text = 'let ask = replace ASK:n by PRICE:price(n) in <ASK:1, ASK:2, ASK:3, ask>'
  const reactor = Reactor.create(text, { host, limits: { calls: 2 } })
  const { kind, pending, reactions, solution } = await reactor.run()
  expect({ kind, pending, reactions }).toEqual({ kind: 'call-limit', pending: 2, reactions: 2 })
  expect(print(solution)).toContain('ASK:')
  for (const answer of release.splice(0)) answer()
  await new Promise((resolve) => setTimeout(resolve, 0))
  const rest = reactor.run()
  await new Promise((resolve) => setTimeout(resolve, 0))
  for (const answer of release.splice(0)) answer()
  const last = await rest
  expect(last.kind).toBe('inert')
  expect(print(last.solution)).toContain('PRICE:6')
})

test('a snapshot keeps them', async () => {
  const reactor = Reactor.create('<"ab", replace x::String by x + x>', {
    limits: { characters: 20 },
  })
  const { kind, limit } = await Reactor.restore(JSON.stringify(reactor.snapshot())).run()
  expect({ kind, limit }).toEqual({ kind: 'size-limit', limit: 'characters' })
})
