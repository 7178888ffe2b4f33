import { describe, expect, test } from 'vitest'
import { decentralize } from '../../workflow/index.ts'

/*
 * A loop that is left from inside gives what it gives as a function, and calls the host as often, with the same
 * arguments: each function is called both ways.
 */

const called: string[] = []

function noted<A extends unknown[], R>(
  name: string,
  work: (...args: A) => R,
): (...args: A) => Promise<R> {
  return (...args) => {
    called.push([name, ...args].join(' '))
    return Promise.resolve(work(...args))
  }
}

const next = noted('next', (n: number) => n + 1)
const isOdd = noted('isOdd', (n: number) => n % 2 === 1)
const isLarge = noted('isLarge', (n: number) => n > 6)
const host = { next, isOdd, isLarge }

type Numbers = readonly number[]

async function first(items: Numbers): Promise<number> {
  let found = -1
  for (const item of items)
    if (await isOdd(item)) {
      found = item
      break
    }
  return found
}

async function odds(items: Numbers): Promise<number> {
  let sum = 0
  for (const item of items) {
    if (!(await isOdd(item))) continue
    sum += await next(item)
  }
  return sum
}

async function searched(items: Numbers): Promise<string> {
  for (const item of items) {
    const large = await isLarge(item)
    if (large) return `large ${String(item)}`
    if (await isOdd(item)) {
      if (item === 1) continue
      return `odd ${String(item)}`
    }
  }
  return 'none'
}

async function counted(items: Numbers): Promise<number[]> {
  let [sum, turns] = [0, 0]
  for (let i = 0; i < items.length; i++) {
    const item = items[i] ?? 0
    if (await isOdd(item)) {
      sum += 1
      if (sum > 2) break
    } else {
      const doubled = item * 2
      sum += doubled
    }
    turns = await next(turns)
  }
  return [sum, turns]
}

async function endless(items: Numbers): Promise<number> {
  let i = 0
  while (true) {
    const item = items[i]
    if (item === undefined) break
    i = await next(i)
    if (item % 3 === 0) {
      if (await isLarge(item)) break
      else continue
    }
    if (item === 4) return -i
  }
  return i
}

async function untilLarge(items: Numbers): Promise<number> {
  let n = items.length
  do {
    n = await next(n)
    if (n === 3) continue
    if (n % 5 === 0) break
  } while (!(await isLarge(n)))
  return n
}

async function nested(items: Numbers): Promise<string> {
  let pairs = ''
  for (const a of items) {
    for (const b of items) {
      if (b > a) break
      if (a === b) continue
      if (a + b > 12) return `${pairs}!`
      pairs += `${String(a)}${String(await next(b))} `
    }
    {
      const pairs = a
      if (await isLarge(pairs)) break
    }
    pairs += '/'
  }
  return pairs
}

async function shadowed(items: Numbers): Promise<number> {
  let x = 0
  for (const item of items) {
    if (item > 2) {
      {
        const x = item
        if (await isOdd(x)) continue
      }
      x += item
    } else x -= 1
    if (x > 9) break
  }
  return x
}

async function nothing(items: Numbers): Promise<undefined> {
  for (const item of items) if (await isLarge(item)) return
  await next(0)
}

async function twoUpdates(items: Numbers): Promise<number[]> {
  let i = 0
  let j = 10
  for (; i < j; i++, j = await next(j - 2)) {
    if (items.includes(i)) continue
    if (await isLarge(i + 4)) break
  }
  return [i, j]
}

const functions = [
  ...[first, odds, searched, counted, endless, untilLarge, nested, shadowed, nothing, twoUpdates],
] as readonly ((items: Numbers) => Promise<unknown>)[]
const inputs: readonly Numbers[] = [[], [1, 2, 5, 9], [3, 6, 4, 1], [2, 4, 8]]

describe('a loop that is left from inside', () => {
  test.each(functions.map((fn) => [fn.name, fn] as const))('%s', async (_, fn) => {
    for (const input of inputs) {
      called.length = 0
      const expected = await fn(input)
      const calls = called.splice(0)
      expect(await decentralize(fn, { host })(input)).toEqual(expected)
      // Calls that need nothing of one another have no order.
      expect(called.toSorted()).toEqual(calls.toSorted())
    }
  })

  test('is refused where a label says how far', () => {
    const labelled = async (items: Numbers): Promise<number> => {
      let sum = 0
      outer: for (const a of items) {
        for (const b of items) {
          if (b > a) continue outer
          sum = await next(sum)
        }
      }
      return sum
    }
    expect(() => decentralize(labelled, { host })).toThrow('a label (3:')
  })
})
