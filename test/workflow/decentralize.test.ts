/* eslint-disable @typescript-eslint/require-await, @typescript-eslint/no-unsafe-return, no-restricted-properties, no-debugger, no-useless-assignment -- functions that are read as much as run */
import { describe, expect, test } from 'vitest'
import {
  WorkflowError,
  decentralize,
  runWorkflow,
  workflowFromJson,
  workflowToJson,
} from '../../workflow/index.ts'

/*
 * A function that runs as a workflow gives what it gives as a function: each is called both ways. What is under way
 * at the same time is seen from the order in which calls of the host begin and end.
 */

const calls: string[] = []

function service<A extends unknown[], R>(
  name: string,
  work: (...args: A) => R,
): (...args: A) => Promise<R> {
  return async (...args) => {
    calls.push(`${name} begins`)
    await new Promise((resolve) => setTimeout(resolve, 2))
    calls.push(`${name} ends`)
    return work(...args)
  }
}

const one = service('one', () => 1)
const two = service('two', () => 2)
const next = service('next', (n: number) => n + 1)
const isLarge = service('isLarge', (n: number) => n > 10)
const fails = service('fails', (): number => {
  throw new RangeError('too far')
})
const LIMIT = 3
const store = {
  items: { get: service('get', (id: number) => ({ id, tags: ['a', 'b'], none: null })) },
}
const host = { one, two, next, isLarge, fails, LIMIT, store }

async function bothWays<A extends unknown[], R>(
  fn: (...args: A) => Promise<R>,
  ...args: A
): Promise<R> {
  const expected = await fn(...args)
  calls.length = 0
  expect(await decentralize(fn, { host })(...args)).toEqual(expected)
  return expected
}

describe('a function as a workflow gives what it gives as a function', () => {
  test('expressions', async () => {
    await bothWays(async (x: number) => `${x * 2}-${[x, ...[1, 2]].join('/')}-${typeof x}`, 4)
    await bothWays(async (x: { y?: { z: number } } | null) => x?.y?.z ?? (await one()), null)
    await bothWays(async (x: number[]) => x.map((n) => n * LIMIT).filter((n) => n > 3), [1, 2, 3])
    await bothWays(
      async (x: number) => ({ ...{ a: x }, ['b' + x]: -x, c: x > 1 && (await two()) }),
      2,
    )
    await bothWays(async (x: number) => (x > 1 ? await one() : await two()), 1)
    await bothWays(async () => Math.max(...[1, 5, 2]) + JSON.parse('[1]')[0], ...([] as []))
    await bothWays(async (s: string) => s.toUpperCase().replace(/B/g, 'x').length, 'abc')
    await bothWays(async () => undefined)
    await bothWays(async () => [NaN, null, 2.5, true])
  })

  test('patterns and parameters', async () => {
    await bothWays(
      async ({ a, b = 2 }: { a: number; b?: number }, ...rest: number[]) => a + b + rest.length,
      { a: 1 },
      7,
    )
    await bothWays(async () => {
      const [b, c] = await Promise.all([one(), two()])
      const {
        id,
        tags: [first, ...more],
        none,
      } = await store.items.get(7)
      return [b, c, id, first, more, none]
    })
  })

  test('branches', async () => {
    const choose = async (x: number): Promise<unknown> => {
      let y = x
      const z = await one()
      if (await isLarge(x)) y = await next(x)
      else {
        const z = await two()
        y += z
        if (y > 5) y = -y
      }
      return { y, z }
    }
    for (const x of [1, 5, 50]) await bothWays(choose, x)
    const early = async (x: number): Promise<unknown> => {
      if (x > 3) {
        if (x > 5) return await next(x)
        return 'middle'
      }
      const y = await one()
      return [x, y]
    }
    for (const x of [1, 4, 6]) await bothWays(early, x)
  })

  test('loops', async () => {
    const whiles = async (n: number): Promise<number> => {
      let s = 0
      let i = 0
      while (!(await isLarge(i)) && i < n) {
        i = await next(i)
        s += i
      }
      return s
    }
    for (const n of [0, 4, 99]) await bothWays(whiles, n)
    await bothWays(async (n: number) => {
      let text = ''
      for (let i = 0; i < n; i++)
        for (let j = 0; j < i; j += 1) text = text + String(i) + String(j) + String(await two())
      return text
    }, 3)
    await bothWays(
      async (items: number[]) => {
        let all: number[] = []
        for (const item of items) if (item % 2 === 0) all = [...all, await next(item)]
        return all
      },
      [3, 4, 6],
    )
    await bothWays(async () => {
      let n = 0
      do n = await next(n)
      while (n < LIMIT)
      return n
    })
  })

  test('errors', async () => {
    const fn = async (): Promise<number> => (await one()) + (await fails())
    await expect(fn()).rejects.toThrow('too far')
    const error: unknown = await decentralize(fn, { host })().catch((each: unknown) => each)
    expect(error).toBeInstanceOf(RangeError)
  })
})

describe('calls that do not need one another are under way at the same time', () => {
  test('in whatever order they are awaited', async () => {
    await bothWays(async () => {
      const a = await one()
      const b = await two()
      const c = await next(a)
      return a + b + c
    })
    expect(calls.slice(0, 2).sort()).toEqual(['one begins', 'two begins'])
    expect(calls.indexOf('next begins')).toBeGreaterThan(calls.indexOf('one ends'))
  })

  test('for each item of a list', async () => {
    const give = async (items: number[], k: number): Promise<number[]> =>
      Promise.all(items.map(async (item, i) => await next(item * k + i)))
    await bothWays(give, [3, 4, 5], 2)
    expect(calls.slice(0, 3)).toEqual(['next begins', 'next begins', 'next begins'])
  })

  test('and a branch that is not taken calls nothing', async () => {
    await bothWays(async (x: number) => (x > 1 ? await one() : await two()), 5)
    expect(calls).toEqual(['one begins', 'one ends'])
  })
})

describe('what cannot be a part of a workflow is refused at its place', () => {
  const outside = 5
  const changed = async (): Promise<number> => {
    const x = 1
    // @ts-expect-error -- what the compiler would say is said here, too
    x = 2
    return x
  }
  const refused: readonly (readonly [(...args: never[]) => unknown, string])[] = [
    [async () => outside, '`outside` is a variable outside of the function (1:13)'],
    [
      async function (this: { x: number }) {
        return this.x
      },
      '`this` is somewhere else',
    ],
    [
      async () => {
        try {
          await one()
        } catch {
          /* nothing */
        }
      },
      '`try` cannot see',
    ],
    [
      function* () {
        yield 1
      },
      'a generator',
    ],
    [
      async function* () {
        yield await one()
      },
      'a generator',
    ],
    [
      async (x: number[]) => {
        x.push(1)
        return x
      },
      '`push` changes a list',
    ],
    [
      async (x: { y: number }) => {
        x.y = 1
        return x
      },
      '`x.y` changes a value',
    ],
    [async () => new Map(), 'an object of a class'],
    [async () => Math.random(), '`Math.random` cannot'],
    [async () => globalThis.process, '`globalThis` is a variable outside'],
    [
      async (x: number[]) => x.map(async (y) => await next(y)),
      'in a function that is called for each item',
    ],
    [changed, '`x` is a constant'],
    [Math.max, 'cannot be read'],
  ]
  test.each(refused)('%s', (fn, message) => {
    const compile = (): unknown => decentralize(fn, { host })
    expect(compile).toThrow(WorkflowError)
    expect(compile).toThrow(message)
  })

  test('with line and column of the function', () => {
    const compile = (): unknown =>
      decentralize(
        async () => {
          const a = await one()
          debugger
          return a
        },
        { host },
      )
    try {
      compile()
      expect.unreachable()
    } catch (error) {
      expect(error).toMatchObject({ place: { line: 3 } })
    }
  })

  test('nothing inherited can be reached', async () => {
    const reach = async (): Promise<unknown> => {
      const list: unknown[] = []
      return [list['constructor' as never], ({} as Record<string, unknown>)['__proto__']]
    }
    expect(await decentralize(reach)()).toEqual([undefined, undefined])
  })
})

test('a workflow of a function can be written as JSON and run somewhere else', async () => {
  const fn = decentralize(
    async (n: number) => {
      let s = 0
      for (let i = 0; i < n; i++) s += await next(i)
      return s
    },
    { host },
  )
  const described = workflowFromJson(workflowToJson(fn.workflow(3)))
  const run = await runWorkflow(described, { host: fn.services })
  expect(run.results.get(described.result ?? '')).toBe(6)
})
