import { describe, expect, test } from 'vitest'
import { Reference, float, print, symbol } from '../../../interpreter/index.ts'
import type { CallOptions, Outcome } from '../../../interpreter/index.ts'
import { HostCallError, Reactor, hostFunction, parse, warningsOf } from '../../../vm/index.ts'
import type { CallContext } from '../../../vm/index.ts'
import { VirtualTime, settled } from '../../support/virtual-time.ts'

const ask = 'let ask = replace ITEM:x by PRICE:price(x) in'

/** How a program ends with a function `price`, on both machines. */
async function ends(
  price: unknown,
  { text = `${ask} <ITEM:"tea", ask>`, ...options }: CallOptions & { readonly text?: string } = {},
): Promise<Outcome> {
  const program = parse(text, { host: { price } })
  await using reactor = Reactor.create(program, options)
  const outcome = await reactor.run()
  const reference = new Reference(program.first(1), {
    seed: 1,
    strategy: 'fast',
    limits: { depth: 1000 },
    clock: () => 0,
    calls: options,
  })
  const other = await reference.run()
  expect(other.kind).toBe(outcome.kind)
  expect(print(other.solution)).toBe(print(outcome.solution))
  expect(other.failure?.message).toBe(outcome.failure?.message)
  return outcome
}

describe('the types of a function', () => {
  test('are those of its arguments and its answer', async () => {
    const seen: unknown[] = []
    const price = hostFunction(
      { takes: ['String', 'Int', 'Float', 'List', 'Symbol'], gives: 'Float' },
      (...[item, count, rate, list, unit]) => {
        seen.push([item, count, rate, list, unit.name])
        return item.length * Number(count)
      },
    )
    const { solution } = await ends(price, {
      text: '<1, one x::Int by price("tea", x, 2.0, [1, [2]], EUR)>',
    })
    expect(print(solution)).toBe('<3.0>')
    expect(seen[0]).toEqual(['tea', 1, 2, [1, [2]], 'EUR'])
  })

  test('stop a run where a synchronous call does not fit, and nothing is taken', async () => {
    let calls = 0
    const price = hostFunction({ takes: ['String'] }, () => ++calls)
    const { kind, solution, failure } = await ends(price, { text: `${ask} <ITEM:5, ask>` })
    expect(kind).toBe('failed')
    expect(print(solution)).toBe('<ITEM:5, ask>')
    expect(failure?.message).toBe('`price` takes a `String`, not 5')
    expect(failure?.call).toBeInstanceOf(HostCallError)
    expect(failure?.call?.reason).toBe('wrong-argument')
    expect(calls).toBe(0)
  })

  test('are checked in what it answers', async () => {
    const told: HostCallError[] = []
    const onCallFailure = (error: HostCallError): number => told.push(error)
    const wrong = hostFunction({ takes: ['Any'], gives: 'Int' }, async () => {
      await settled()
      return 'free' as unknown as number
    })
    const { solution } = await ends(wrong, { onCallFailure })
    expect(print(solution)).toBe(
      '<ERROR:"`price` gives an `Int`, and has answered \\"free\\"":<ITEM:"tea">, ask>',
    )
    expect(told.map(({ reason, functionName }) => [reason, functionName])).toEqual([
      ['wrong-answer', 'price'],
      ['wrong-answer', 'price'],
    ])
  })

  test('are what a program is checked with', () => {
    const price = hostFunction({ takes: ['String'], gives: 'Int' }, (item) => item.length)
    const titlesOf = (text: string): readonly string[] =>
      warningsOf(parse(text, { host: { price } })).map(({ title }) => title)
    expect(titlesOf('<1, replace x::Int by A:price(x)>')).toEqual([
      '`price` takes a `String`, not an Int',
    ])
    expect(titlesOf('<"a", replace x::String by price(x) - "b">')).toEqual([
      '`-` takes two numbers, not a String',
    ])
    expect(titlesOf('<"a", one x::String by price(x)>')).toEqual([])
    expect(() => parse('<price(1, 2)>', { host: { price } })).toThrow('HOCL205')
  })

  test('may be classes', async () => {
    class Point {
      readonly x: number
      constructor(x: number) {
        this.x = x
      }
      toHocl(): readonly number[] {
        return [this.x]
      }
    }
    const host = {
      Point,
      right: hostFunction({ takes: [Point, 'Int'], gives: Point, pure: true }, ({ x }, by) => {
        return new Point(x + Number(by))
      }),
    }
    await using reactor = Reactor.create('<1, one x::Int by right(new Point(x), 4)>', { host })
    const { solution } = await reactor.run()
    expect(print(solution)).toBe('<new Point(5)>')
  })

  test('a declaration that cannot be is refused', () => {
    const call = (): number => 1
    expect(() => hostFunction({ takes: ['Strin' as 'String'] }, call)).toThrow('`Strin` is no type')
    expect(() => hostFunction({ takes: [], timeout: -1 }, call)).toThrow(RangeError)
    expect(() => hostFunction({ takes: [], concurrency: 0 }, call)).toThrow('1 or more, not 0')
    expect(() => hostFunction({ takes: [], retry: { attempts: 0.5 } }, call)).toThrow(RangeError)
    expect(() =>
      hostFunction({ takes: [], retry: { attempts: 2, backoff: { factor: 0 } } }, call),
    ).toThrow(RangeError)
    expect(() => hostFunction({ takes: [], pure: true, timeout: 5 }, call)).toThrow(TypeError)
    expect(() => hostFunction({ takes: [], pure: true }, async () => Promise.resolve(1))).toThrow(
      TypeError,
    )
  })
})

describe('a function that misbehaves', () => {
  const loop: unknown[] = []
  loop.push({ deep: [loop] })
  test.each([
    ['a function', () => 1, 'what `price` returns is a function, which is no molecule'],
    ['a symbol', Symbol('s'), 'what `price` returns is a symbol of JavaScript'],
    [
      'an instance',
      new (class Odd {
        readonly x = 1
      })(),
      'is a `Odd`, a class that no host module exports',
    ],
    ['what is not a number', NaN, 'what `price` returns is not a number (NaN)'],
    ['a value that holds itself', loop, 'what `price` returns'],
  ])('answers with %s', async (_, garbage, message) => {
    const told: HostCallError[] = []
    const price = hostFunction({ takes: ['Any'] }, async () => {
      await settled()
      return garbage
    })
    const { kind, solution } = await ends(price, { onCallFailure: (error) => told.push(error) })
    expect(kind).toBe('inert')
    expect(print(solution)).toContain('ERROR:"')
    expect(told[0]?.message).toContain(message)
    expect(told[0]?.reason).toBe('no-molecule')
  })

  test('throws: the run fails, and nothing is taken', async () => {
    const boom = new Error('boom')
    const price = hostFunction({ takes: ['Any'] }, () => {
      throw boom
    })
    const { kind, failure, solution } = await ends(price)
    expect(kind).toBe('failed')
    expect(failure?.message).toBe('`price`: boom')
    expect(failure?.call?.reason).toBe('threw')
    expect(failure?.call?.cause).toBe(boom)
    expect(print(solution)).toBe('<ITEM:"tea", ask>')
  })

  test.each([[undefined], [null], ['a text'], [Object.create(null)]])(
    'rejects with %o',
    async (thrown: unknown) => {
      // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- anything can be thrown
      const price = hostFunction({ takes: ['Any'] }, () => Promise.reject(thrown))
      const { kind, solution } = await ends(price)
      expect(kind).toBe('inert')
      expect(print(solution)).toMatch(/^<ERROR:".*":<ITEM:"tea">, ask>$/)
    },
  )

  test('hangs: the time-out bounds it, its signal is aborted, and a late answer is dropped', async () => {
    const time = new VirtualTime()
    const late = Promise.withResolvers<number>()
    let context: CallContext | undefined
    const price = hostFunction({ takes: ['String'], timeout: 500 }, (_, given) => {
      context = given
      expect(given.signal.aborted).toBe(false)
      return late.promise
    })
    await using reactor = Reactor.create(`${ask} <ITEM:"tea", ask>`, { host: { price }, ...time })
    const run = reactor.run()
    await time.pass(499)
    expect(reactor.stats().isRunning).toBe(true)
    await time.pass(1)
    const { kind, solution } = await run
    expect(kind).toBe('inert')
    const ended = '<ERROR:"`price` did not answer within 500 ms":<ITEM:"tea">, ask>'
    expect(print(solution)).toBe(ended)
    expect(context?.signal.aborted).toBe(true)
    expect(context?.signal.reason).toBeInstanceOf(HostCallError)
    late.resolve(5)
    await settled()
    expect(print((await reactor.run()).solution)).toBe(ended)
    expect(time.waiting).toBe(0)
  })
})

test('a call is made again, with the same key and longer pauses, until it answers', async () => {
  const time = new VirtualTime()
  const seen: (readonly [number, number, string])[] = []
  const price = hostFunction(
    { takes: ['String'], gives: 'Int', retry: { attempts: 4, backoff: { first: 10, most: 30 } } },
    (item, { attempt, key }) => {
      seen.push([attempt, time.now, key])
      if (attempt < 4) throw new Error('try again')
      return item.length
    },
  )
  await using reactor = Reactor.create(`${ask} <ITEM:"tea", ask>`, { host: { price }, ...time })
  const run = reactor.run()
  await time.pass(1000)
  expect(print((await run).solution)).toBe('<PRICE:3, ask>')
  expect(seen.map(([attempt, at]) => [attempt, at])).toEqual([
    [1, 0],
    [2, 10],
    [3, 30],
    [4, 60],
  ])
  expect(new Set(seen.map(([, , key]) => key)).size).toBe(1)
})

test('what makes no sense to try again is not, and jitter takes a part of a pause away', async () => {
  const time = new VirtualTime()
  const at = new Map<string, number[]>()
  const backoff = { first: 100, factor: 1, jitter: 0.5 }
  const price = hostFunction(
    {
      takes: ['String'],
      retry: { attempts: 9, backoff, when: ({ message }) => message !== 'never' },
    },
    (item) => {
      at.set(item, [...(at.get(item) ?? []), time.now])
      throw new Error((at.get(item)?.length ?? 0) < 3 ? 'later' : 'never')
    },
  )
  await using reactor = Reactor.create(`${ask} <ITEM:"a", ITEM:"b", ask>`, {
    host: { price },
    run: 'order-17',
    ...time,
  })
  const run = reactor.run()
  await time.pass(1000)
  expect(print((await run).solution)).toContain('ERROR:"never":<ITEM:"a">')
  const [a = [], b = []] = [...at.values()]
  expect([a.length, b.length]).toEqual([3, 3])
  for (const [first = 0, second = 0, third = 0] of [a, b])
    for (const passed of [second - first, third - second]) {
      expect(passed).toBeGreaterThan(50)
      expect(passed).toBeLessThanOrEqual(100)
    }
  expect(a).not.toEqual(b)
})

test('so many calls are made at a time as the function allows, over all reactors', async () => {
  let open = 0
  let most = 0
  const answers: (() => void)[] = []
  const price = hostFunction({ takes: ['Int'], concurrency: 3 }, async (n) => {
    most = Math.max(most, ++open)
    await new Promise<void>((resolve) => answers.push(resolve))
    open--
    return n
  })
  const reactors = [1, 2].map((seed) =>
    Reactor.create('<1, 2, 3, 4, 5, replace x::Int by P:price(x)>', { host: { price }, seed }),
  )
  const runs = Promise.all(reactors.map((each) => each.run()))
  for (let i = 0; i < 10; i++) {
    await settled()
    expect(open).toBe(Math.min(3, 10 - i))
    answers.shift()?.()
  }
  for (const { solution } of await runs) expect(print(solution)).toContain('P:5')
  expect(most).toBe(3)
})

test('ten thousand calls are under way at once, and each answer finds its element', async () => {
  const many = 10_000
  const answers: (() => void)[] = []
  const price = hostFunction({ takes: ['Int'], gives: 'Int', timeout: 60_000 }, async (n) => {
    await new Promise<void>((resolve) => answers.push(resolve))
    return Number(n) + many
  })
  const items = Array.from({ length: many }, (_, i) => `ITEM:${String(i)}`).join(', ')
  const time = new VirtualTime()
  await using reactor = Reactor.create(`${ask} <${items}, ask>`, { host: { price }, ...time })
  const run = reactor.run()
  while (answers.length < many) await settled()
  for (const answer of answers.reverse()) answer()
  const { kind, solution } = await run
  const [prices] = solution.columns('PRICE', 1)
  expect(kind).toBe('inert')
  expect(new Set(Array.from(prices ?? [])).size).toBe(many)
  expect(time.waiting).toBe(0)
})

describe('a run that is aborted', () => {
  test('tells its calls, which stay pending; what they answer is dropped', async () => {
    const time = new VirtualTime()
    const stopping = new AbortController()
    const late = Promise.withResolvers<number>()
    const signals: AbortSignal[] = []
    let calls = 0
    const price = hostFunction(
      { takes: ['String'], concurrency: 2, timeout: 5000 },
      (_, { signal }) => {
        calls++
        signals.push(signal)
        return late.promise
      },
    )
    const told: unknown[] = []
    await using reactor = Reactor.create(`${ask} <ITEM:"a", ITEM:"b", ITEM:"c", ask>`, {
      host: { price },
      signal: stopping.signal,
      onCallFailure: (error) => told.push(error),
      ...time,
    })
    const run = reactor.run()
    await settled()
    stopping.abort()
    const { kind, pending, solution } = await run
    expect([kind, pending, calls]).toEqual(['aborted', 3, 2])
    expect(signals.every(({ aborted }) => aborted)).toBe(true)
    late.resolve(7)
    await settled()
    reactor.step()
    expect(print(reactor.solution)).toBe(print(solution))
    expect(time.waiting).toBe(0)
    expect(told).toEqual([])
  })

  test('in a pause between two attempts makes no other', async () => {
    const time = new VirtualTime()
    let calls = 0
    const price = hostFunction({ takes: ['String'], retry: { attempts: 5 } }, () => {
      calls++
      throw new Error('no')
    })
    {
      await using reactor = Reactor.create(`${ask} <ITEM:"a", ask>`, { host: { price }, ...time })
      void reactor.run()
      await settled()
    }
    await time.pass(100_000)
    expect(calls).toBe(1)
    expect(time.waiting).toBe(0)
  })
})

describe('the key of a call', () => {
  const text = 'let ask = replace ITEM:x by A:price(x), B:price(x) in <ITEM:1, ITEM:2, ask>'

  async function keys(options: CallOptions): Promise<readonly string[]> {
    const seen: string[] = []
    const price = hostFunction({ takes: ['Int'] }, async (n, { key }) => {
      seen.push(`${String(n)} ${key}`)
      await settled()
      return 0
    })
    await using reactor = Reactor.create(text, { host: { price }, ...options })
    await reactor.run()
    return seen.sort()
  }

  test('is another one for each call', async () => {
    expect(new Set(await keys({})).size).toBe(4)
    expect(await keys({})).not.toEqual(await keys({}))
  })

  test('is the same in a run that says which one it is', async () => {
    expect(await keys({ run: 'order-17' })).toEqual(await keys({ run: 'order-17' }))
    expect(await keys({ run: 'order-17' })).not.toEqual(await keys({ run: 'order-18' }))
    expect(new Set(await keys({ run: 'order-17' })).size).toBe(4)
  })
})

test('values that only HOCL has come from constructors', async () => {
  const price = hostFunction({ takes: ['Any'], gives: 'Any' }, (x) =>
    x === 'tea' ? float(2) : symbol('NONE'),
  )
  const { solution } = await ends(price, { text: `${ask} <ITEM:"tea", ITEM:1, ask>` })
  expect(print(solution)).toBe('<PRICE:2.0, PRICE:NONE, ask>')
})
