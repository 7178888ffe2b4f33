import { expect, test } from 'vitest'
import { print } from '../../../interpreter/index.ts'
import { standardModules } from '../../../stdlib/index.ts'
import { ProgramError, Reactor, parse, warningsOf } from '../../../vm/index.ts'
import type { ReactorOptions } from '../../../vm/index.ts'

const max = 'let max = replace x::Int, y::Int by x if x >= y in <3, 9, 4, max>'

test('a program runs any number of times', async () => {
  const program = parse(max)
  for (const seed of [1, 2]) {
    await using reactor = Reactor.create(program, { seed })
    const outcome = await reactor.run()
    expect(outcome.kind).toBe('inert')
    expect(print(outcome.solution)).toBe('<9, max>')
    expect(reactor.stats()).toEqual({ reactions: 2, molecules: 2, isRunning: false })
  }
})

test('what is no program is told, with its place', () => {
  expect(() => Reactor.create('<1, replace x by y>')).toThrow(ProgramError)
  expect(() => parse('<1, replace x by y>', { name: 'my.hocl' })).toThrow(/my\.hocl:1:\d+/)
  expect(() => parse('<1')).toThrow('HOCL')
  expect(warningsOf(parse('<1, replace x, y by x>')).length).toBeGreaterThan(0)
})

test('molecules come and go', async () => {
  await using reactor = Reactor.create(max)
  await reactor.run()
  reactor.inject('12, A:1')
  await reactor.run()
  expect(print(reactor.solution)).toBe('<12, A:1, max>')
  reactor.remove('A:1')
  expect(print(reactor.solution)).toBe('<12, max>')
  expect(() => {
    reactor.remove('12, 13')
  }).toThrow('of 1 molecules to remove 0 are there')
  expect(print(reactor.solution)).toBe('<12, max>')
  reactor.remove('max')
  reactor.inject('1')
  await reactor.run()
  expect(print(reactor.solution)).toBe('<1, 12>')
  expect(() => {
    reactor.inject('1 +')
  }).toThrow(ProgramError)
})

test('it goes step by step', () => {
  const reactor = Reactor.create(max)
  expect(reactor.step().kind).toBe('reacted')
  expect(reactor.step().kind).toBe('reacted')
  expect(reactor.step().kind).toBe('inert')
})

test('a solution is the same object while nothing reacts', async () => {
  await using reactor = Reactor.create(max)
  const before = reactor.getSnapshot()
  expect(reactor.getSnapshot()).toBe(before)
  await reactor.run()
  expect(reactor.getSnapshot()).not.toBe(before)
  expect(print(before)).toBe('<3, 4, 9, max>')
})

test('reactions are streamed, those of one rule, and the oldest are dropped for a late reader', async () => {
  await using reactor = Reactor.create(
    'let a = replace x::Int by A:(x - 1) if x > 0 in let b = replace A:x by x in <5, a, b>',
  )
  const all = reactor.reactions()
  const some = reactor.reactions({ rule: 'b', capacity: 2 })
  await reactor.run()
  all.close()
  some.close()
  const numbers: number[] = []
  for await (const { number } of all) numbers.push(number)
  expect(numbers).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
  const last: string[] = []
  for await (const { products } of some) last.push(products.map(([m]) => print(m)).join())
  expect(last).toEqual(['1', '0'])
  expect(some.lost).toBe(3)
})

test('whoever waits for molecules gets them when they are there', async () => {
  await using reactor = Reactor.create('let add = replace x::Int, y::Int by x + y in <1, add>')
  const found = reactor.waitFor('SUM:x, n::Int', { when: 'n > x' })
  await reactor.run()
  reactor.inject('SUM:40, 20')
  await reactor.run()
  reactor.inject('30')
  await reactor.run()
  const { molecules, variables } = await found
  expect(molecules.map(([m]) => print(m)).sort()).toEqual(['51', 'SUM:40'])
  expect(variables.get('n')).toBe(51)
  expect(print((await reactor.waitFor('SUM:_')).molecules[0]?.[0] ?? 0)).toBe('SUM:40')
  expect(() => reactor.waitFor('SUM:')).toThrow(ProgramError)
})

test('waiting ends with a signal, and with the reactor', async () => {
  const reactor = Reactor.create('<1>')
  const cancelling = new AbortController()
  const cancelled = reactor.waitFor('NEVER', { signal: cancelling.signal })
  const left = reactor.waitFor('NEVER')
  cancelling.abort(new Error('enough'))
  await expect(cancelled).rejects.toThrow('enough')
  const ended = expect(left).rejects.toThrow('the reactor has ended')
  await reactor[Symbol.asyncDispose]()
  await ended
  expect(() => {
    reactor.inject('1')
  }).toThrow('this reactor has ended')
})

test('a reactor that was started reacts to what comes', async () => {
  await using reactor = Reactor.create('let double = replace IN:x by OUT:(2 * x) in <double>')
  reactor.start()
  reactor.inject('IN:4')
  const { variables } = await reactor.waitFor('OUT:x')
  expect(variables.get('x')).toBe(8)
})

test('functions of the host answer at once or later', async () => {
  const host = {
    price: async (name: string) => {
      await Promise.resolve()
      return name.length
    },
    even: (n: number) => n % 2 === 0,
    pure: ['even'],
  }
  const text =
    'let ask = replace ITEM:n by PRICE:price(n) in let odd = replace PRICE:p by ∅ if even(p) in <ITEM:"abc", ITEM:"ab", ask, odd>'
  await using reactor = Reactor.create(text, { host })
  await reactor.run()
  expect(print(reactor.solution)).toBe('<PRICE:3, ask, odd>')
})

test('modules are texts', async () => {
  const modules = new Map([...standardModules, ['./more.hocl', 'let two = 2 in']])
  await using reactor = Reactor.create(
    'import hocl.lists; import "./more.hocl"; <[3, 1, two], ordered>',
    { modules },
  )
  await reactor.run()
  expect(print(reactor.solution)).toBe('<[1, 2, 3], ordered>')
})

test('the standard modules are one', async () => {
  await using reactor = Reactor.create('import hocl.lists; <[3, 1], ordered>', {
    modules: standardModules,
  })
  await reactor.run()
  expect(print(reactor.solution)).toBe('<[1, 3], ordered>')
  expect([...reactor.program.modules.keys()]).toEqual(['hocl.lists'])
})

test('a run ends at a limit, and goes on', async () => {
  await using reactor = Reactor.create('<0, replace x::Int by x + 1>', {
    limits: { reactions: 10 },
  })
  const { kind, reactions } = await reactor.run()
  expect([kind, reactions]).toEqual(['reaction-limit', 10])
  expect(print(reactor.solution)).toBe('<10, (replace x::Int by x + 1)>')
  expect((await reactor.run()).reactions).toBe(20)
  for (let step = 0; step < 15; step++) expect(reactor.step().kind).toBe('reacted')
  expect((await reactor.run()).reactions).toBe(45)
})

test.each([
  [{ strategy: 'quick' }, 'a strategy is fast, random'],
  [{ seed: 0.5 }, 'a seed is a whole number, not 0.5'],
  [{ limits: { reactions: -1 } }, 'the limit “reactions” is a number from 0 on, not -1'],
  [{ limits: { milliseconds: '5' } }, 'the limit “milliseconds” is a number from 0 on'],
  [{ limits: { time: 5 } }, 'a limit is reactions, milliseconds, molecules'],
  [{ limits: { depth: 0 } }, 'the limit “depth” is from 1 to 10000'],
])('untyped code is told of %j', (options, message) => {
  // What a caller without types may give.
  const given = options as ReactorOptions
  expect(() => Reactor.create(max, given)).toThrow(RangeError)
  expect(() => Reactor.create(max, given)).toThrow(message)
})

test('a run that never ends is ended, and what changes is seen meanwhile', async () => {
  const reactor = Reactor.create('<0, replace x::Int by x + 1>')
  const changes = reactor.changes()
  const run = reactor.run()
  const seen = await changes.next()
  expect(seen.done).toBe(false)
  await reactor[Symbol.asyncDispose]()
  expect((await run).kind).toBe('aborted')
  expect(await changes.return()).toEqual({ done: true, value: undefined })
})
