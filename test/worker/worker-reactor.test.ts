import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Worker } from 'node:worker_threads'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { print } from '../../interpreter/index.ts'
import { standardModules } from '../../stdlib/index.ts'
import type { HostCallError } from '../../vm/index.ts'
import {
  ProgramError,
  Reactor,
  SnapshotError,
  hocl,
  hostFunction,
  rule,
  v,
} from '../../vm/index.ts'
import * as browser from '../../worker/browser.ts'
import * as node from '../../worker/index.ts'

const folder = mkdtempSync(join(tmpdir(), 'hocl-worker-'))
afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

/** The address of a host module with this text. */
function hostModule(name: string, text: string): URL {
  const file = join(folder, name)
  writeFileSync(file, text)
  return pathToFileURL(file)
}

/** Web workers as a browser has them, made of threads of Node. */
class WebWorker {
  readonly #worker: Worker
  constructor(url: URL, options: { readonly type: string }) {
    expect(options.type).toBe('module')
    const shim = `
      import { parentPort } from 'node:worker_threads'
      globalThis.postMessage = (message) => parentPort.postMessage(message)
      globalThis.addEventListener = (type, listener) =>
        parentPort.on(type, (data) => listener({ data }))
      await import(${JSON.stringify(url.href.replace(/js$/, 'ts'))})`
    this.#worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(shim)}`))
  }
  postMessage(message: unknown): void {
    this.#worker.postMessage(message)
  }
  addEventListener(type: string, listener: (event: object) => void): void {
    this.#worker.on(type, (data: unknown) => {
      listener(type === 'error' ? (data as Error) : { data })
    })
  }
  terminate(): void {
    void this.#worker.terminate()
  }
}

beforeAll(() => {
  Reflect.set(globalThis, 'Worker', WebWorker)
})
afterAll(() => {
  Reflect.deleteProperty(globalThis, 'Worker')
})

const max = 'let max = replace x::Int, y::Int by x if x >= y in <3, 9, 4, max>'

describe.each([
  ['a thread of Node', node],
  ['a web worker', browser],
])('a reactor in %s', (_, { reactorInWorker, restoreInWorker }) => {
  test('runs as one in this thread does', async () => {
    const text =
      'import hocl.lists; let add = replace SUM:x, IN:n by SUM:(x + n), DONE:n:<n> in <SUM:0, IN:1^3, IN:2, add, [3, 1], ordered>'
    const options = { modules: standardModules, seed: 7, strategy: 'random' } as const
    const here = Reactor.create(text, options)
    await using there = await reactorInWorker(text, options)
    expect(print(there.solution)).toBe(print(here.solution))
    const [a, b] = [await here.run(), await there.run()]
    expect([b.kind, b.reactions, b.pending]).toEqual([a.kind, a.reactions, a.pending])
    expect(print(b.solution)).toBe(print(a.solution))
    expect(b.solution.equals(a.solution)).toBe(true)
    expect(there.outcome).toBe(b)
    expect(there.getSnapshot()).toBe(b.solution)
    expect(await there.stats()).toEqual(here.stats())
    expect(there.plan()).toBe(here.plan())
  })

  test('takes molecules in and gives them out', async () => {
    await using reactor = await reactorInWorker(max)
    await reactor.run()
    reactor.inject('12, A:1')
    reactor.inject(hocl`${[1, 'a']}, ${2.5}`)
    await reactor.run()
    expect(print(reactor.solution)).toBe('<2.5, 12, A:1, [1, "a"], max>')
    await reactor.remove('A:1')
    expect(print(await reactor.latest())).not.toContain('A:1')
    await expect(reactor.remove('12, 13')).rejects.toThrow('of 1 molecules to remove 0 are there')
    await expect(reactor.remove('12, 13')).rejects.toBeInstanceOf(RangeError)
    expect(() => {
      reactor.inject('1 +')
    }).toThrow(ProgramError)
  })

  test('goes step by step', async () => {
    await using reactor = await reactorInWorker(max)
    const first = await reactor.step()
    expect(first.kind).toBe('reacted')
    if (first.kind === 'reacted') {
      expect(first.reaction.number).toBe(1)
      expect(first.reaction.rule.shape.name).toBe('max')
      expect(first.reaction.reactants).toHaveLength(2)
    }
    expect((await reactor.step()).kind).toBe('reacted')
    expect((await reactor.step()).kind).toBe('inert')
  })

  test('goes back, and tells what was before', async () => {
    const here = Reactor.create(max, { history: 5 })
    await using there = await reactorInWorker(max, { history: 5 })
    here.step()
    await there.step()
    expect((await there.history()).map(({ before }) => print(before))).toEqual(
      here.history.map(({ before }) => print(before)),
    )
    expect((await there.stepBack())?.number).toBe(1)
    expect(print(await there.latest())).toBe('<3, 4, 9, max>')
    expect(await there.stepBack()).toBeUndefined()
    expect((await there.run()).reactions).toBe(2)
  })

  test('gives a snapshot, and goes on from one', async () => {
    const text =
      'let count = replace N:x by N:(x + 1), R:random() if x < 200 in <N:0, count, PRICE:price(7)>'
    const host = { price: (n: number) => Promise.resolve(n * 2) }
    const options = { seed: 5, strategy: 'random', history: 3, host } as const
    const here = Reactor.create(text, options)
    await using first = await reactorInWorker(text, options)
    for (let step = 0; step < 5; step++) await first.step()
    const snapshot = await first.snapshot()
    await using second = await restoreInWorker(JSON.stringify(snapshot), { host, history: 3 })
    expect(print(second.solution)).toBe(print(await first.latest()))
    const [a, b] = [await here.run(), await second.run()]
    expect(print(b.solution)).toBe(print(a.solution))
    expect(b.reactions).toBe(a.reactions)
    second.inject('N:190')
    await second.run()
    const back = Reactor.restore(await second.snapshot(), { host })
    expect(print(back.solution)).toBe(print(second.solution))
    await expect(restoreInWorker({ ...snapshot, checksum: '0' }, { host })).rejects.toThrow(
      SnapshotError,
    )
    await expect(reactorInWorker(max, { seed: 0.5 })).rejects.toThrow('a seed is a whole number')
  })

  test('tells of reactions and changes, and lets wait', async () => {
    const text = 'let add = replace SUM:x, IN:n by SUM:(x + n) in <SUM:0, add>'
    await using reactor = await reactorInWorker(text)
    reactor.start()
    const reactions = reactor.reactions({ rule: 'add' })
    const changes = reactor.changes()
    const waiting = reactor.waitFor('SUM:x', { when: 'x >= 6' })
    for (const n of [1, 2, 3]) reactor.inject(hocl`IN:${n}`)
    expect((await waiting).variables.get('x')).toBe(6)
    const numbers: number[] = []
    for await (const { number } of reactions) if (numbers.push(number) === 3) break
    expect(numbers).toEqual([1, 2, 3])
    for await (const solution of changes) if (print(solution) === '<SUM:6, add>') break
    let calls = 0
    const stop = reactor.subscribe(() => calls++)
    reactor.inject('IN:4')
    await reactor.waitFor('SUM:10')
    while (print(reactor.getSnapshot()) !== '<SUM:10, add>')
      await new Promise((resolve) => setTimeout(resolve, 1))
    stop()
    expect(calls).toBeGreaterThan(0)
  })

  test('calls functions that stay in this thread', async () => {
    const keys = new Set<string>()
    const told: HostCallError[] = []
    const price = hostFunction(
      { takes: ['String', 'Float'], gives: 'Int', retry: { attempts: 2, backoff: { first: 0 } } },
      (item, _rate, { key, attempt }) => {
        keys.add(key)
        if (attempt === 1) throw new Error('not yet')
        if (item === 'x') throw new Error('no')
        return item.length
      },
    )
    const text =
      'let ask = replace ITEM:n by PRICE:price(n, 1.0) in <ITEM:"tea", ITEM:"x", ask, plain(<1, A:2.0>)>'
    await using reactor = await reactorInWorker(text, {
      host: { price, plain: (solution: unknown) => [solution] },
      run: 'order-17',
      onCallFailure: (error) => told.push(error),
    })
    const { kind, solution } = await reactor.run()
    expect(kind).toBe('inert')
    expect(print(solution)).toBe('<PRICE:3, ERROR:"no":<ITEM:"x">, [<1, A:2.0>], ask>')
    expect(keys.size).toBe(2)
    expect(told.map(({ reason }) => reason)).toEqual(['rejected'])
  })

  test('calls functions of a module in its own thread', async () => {
    const url = hostModule(
      'points.ts',
      `export class Point { x: number; constructor(x: number) { this.x = x } toHocl() { return [this.x] } }
       export const isFar = ({ x }: Point) => x > 5
       export const pure = ['isFar']`,
    )
    await using reactor = await reactorInWorker(
      '<new Point(3), new Point(9), replace p::Point by FAR:p.x if isFar(p)>',
      { hostModule: url },
    )
    const { solution } = await reactor.run()
    expect(print(solution)).toContain('FAR:9')
    expect(print(solution)).toContain('new Point(3)')
  })

  test('knows rules that are built, and says where one fails', async () => {
    const x = v('x').int
    await using reactor = await reactorInWorker('<6, 0>')
    reactor.inject(hocl`${rule({ name: 'half', take: [x], give: x.over(0), when: x.gt(1) })}`)
    const { kind, failure } = await reactor.run()
    expect(kind).toBe('failed')
    expect(failure?.message).toContain('division by zero')
    expect(failure?.rule.shape.name).toBe('half')
    expect(failure?.place.source.slice(failure.place.span)).toBe('x / 0')
  })

  test('that never becomes inert is stopped by a signal, and its solution is there', async () => {
    const stopping = new AbortController()
    await using reactor = await reactorInWorker('<0, replace x::Int by x + 1>', {
      signal: stopping.signal,
    })
    const run = reactor.run()
    await expect(reactor.step()).rejects.toThrow('cannot be stepped')
    stopping.abort()
    const { kind, reactions, solution } = await run
    expect(kind).toBe('aborted')
    expect(print(solution)).toContain(`${String(reactions)}, (replace`)
  })

  test('that does not listen is stopped with its thread', async () => {
    const url = hostModule('forever.ts', 'export function forever() { for (;;); }')
    const stopping = new AbortController()
    await using reactor = await reactorInWorker('<1, one x::Int by forever()>', {
      hostModule: url,
      signal: stopping.signal,
      patience: 20,
    })
    const before = print(reactor.solution)
    const run = reactor.run()
    stopping.abort()
    const { kind, solution } = await run
    expect(kind).toBe('aborted')
    expect(print(solution)).toBe(before)
    expect(() => {
      reactor.inject('1')
    }).toThrow('this reactor has ended')
    expect((await reactor.run()).kind).toBe('aborted')
  })

  test('that was started and does not listen is stopped with its thread, too', async () => {
    const url = hostModule('for-ever.ts', 'export function forever() { for (;;); }')
    const stopping = new AbortController()
    await using reactor = await reactorInWorker('<1, one x::Int by forever()>', {
      hostModule: url,
      signal: stopping.signal,
      patience: 20,
    })
    reactor.start()
    const waiting = expect(reactor.waitFor('NEVER')).rejects.toThrow('this reactor has ended')
    stopping.abort()
    await waiting
  })

  test('ends with those who wait for it', async () => {
    const reactor = await reactorInWorker('<0, replace x::Int by x + 1>')
    const run = reactor.run()
    const waiting = expect(reactor.waitFor('NEVER')).rejects.toThrow('this reactor has ended')
    const cancelling = new AbortController()
    const cancelled = expect(
      reactor.waitFor('NEVER', { signal: cancelling.signal }),
    ).rejects.toThrow('enough')
    cancelling.abort(new Error('enough'))
    await cancelled
    const stream = reactor.reactions()
    await reactor[Symbol.asyncDispose]()
    expect((await run).kind).toBe('aborted')
    await waiting
    for await (const { number } of stream) expect(number).toBeGreaterThan(0)
    expect(() => reactor.reactions()).toThrow('this reactor has ended')
  })

  test('that is none is told here', async () => {
    await expect(reactorInWorker('<1, replace x by y>')).rejects.toThrow(ProgramError)
    await expect(
      reactorInWorker('<1>', {
        host: {
          Point: class Point {
            readonly x = 1
          },
        },
      }),
    ).rejects.toThrow('export it from a `hostModule`')
    await expect(
      reactorInWorker('<1, replace x by x if small(x)>', { host: { small: (x: number) => x < 1 } }),
    ).rejects.toThrow('HOCL302')
    const broken = hostModule('broken.ts', "throw new Error('no')")
    await expect(reactorInWorker('<1>', { hostModule: broken })).rejects.toThrow('no')
  })
})

test('a thread that is lost is told', async () => {
  const url = hostModule('exits.ts', 'export function leave() { process.exit(3) }')
  await using reactor = await node.reactorInWorker('<1, one x::Int by leave()>', {
    hostModule: url,
  })
  await expect(reactor.run()).rejects.toThrow(
    'the thread of this reactor was lost: it ended with exit code 3',
  )
})
