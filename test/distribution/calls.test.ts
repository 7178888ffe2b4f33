import { readFileSync } from 'node:fs'
import { afterEach, describe, expect, test } from 'vitest'
import {
  Blueprint,
  ClusterHost,
  MemoryBus,
  NobodyError,
  RemoteCluster,
  cutOf,
  offersOf,
  statusOf,
  subjects,
  withOffers,
} from '../../distribution/index.ts'
import { textIn } from '../../distribution/bytes.ts'
import { Source } from '../../grammar/index.ts'
import {
  callKey,
  firstSolution,
  hostWith,
  lowerSource,
  noModules,
  prelude,
  print,
} from '../../interpreter/index.ts'
import type { Host } from '../../interpreter/index.ts'
import { Folder, hocl } from '../support/command-line.ts'
import { natsServer } from '../support/nats-server.ts'
import { startedNode } from '../support/nodes.ts'

/*
 * Functions that answer later, on nodes: they are called after the record that says so is in the log, with a key
 * that stays the same whoever calls, and their answers count once.
 */

const SHARDS = 4
const PROGRAM = '<"a", "bb", "ccc", "dddd", replace x::String by PRICE:x:price(x)>'
const clock = () => performance.now()
const timing = { heartbeat: 20, patience: 100, resend: 20 }

let hosts: ClusterHost[] = []

afterEach(async () => {
  await Promise.all(hosts.map((host) => host.leave()))
  hosts = []
})

/** A host whose `price` is a function of ours. */
function shop(price: (name: string) => Promise<number>): Host {
  return hostWith(prelude, [{ name: 'shop', origin: 'a test', exports: { price } }])
}

async function start(bus: MemoryBus, name: string, host: Host): Promise<ClusterHost> {
  const started = await ClusterHost.start({ name, bus, host, clock, timing })
  hosts.push(started)
  return started
}

async function submitted(
  bus: MemoryBus,
  host: Host,
  text = PROGRAM,
  isCentral = false,
): Promise<Blueprint> {
  const program = lowerSource(new Source('p.hocl', text), { host, modules: noModules })
  const { value: first, diagnostic } = firstSolution(program, 1)
  if (first === undefined) throw new Error(diagnostic.title)
  const common = { shards: SHARDS, seed: 1, depth: 100, isCentral }
  const blueprint = new Blueprint({ program, host, first, ...common })
  const cluster = new RemoteCluster(first, {
    ...{ bus, solution: 's', blueprint, limits: { depth: 100 }, clock, isDetached: true },
    record: { name: 'p.hocl', text, modules: [], ...common, offers: offersOf(host) },
  })
  await cluster.submit()
  return blueprint
}

async function inert(bus: MemoryBus): Promise<void> {
  await until(async () => (await statusOf(bus, 's', SHARDS + 1)).state === 'inert')
}

async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  for (let i = 0; i < 1_000; i++) {
    if (await isSo()) return
    await pause(10)
  }
  throw new Error('it does not come to that')
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}

async function resultOf(bus: MemoryBus, blueprint: Blueprint): Promise<string> {
  return print(blueprint.whole((await cutOf(bus, 's', SHARDS + 1)).molecules))
}

const RESULT = ['"a":1', '"bb":2', '"ccc":3', '"dddd":4'].map((each) => `PRICE:${each}`)

test.each([
  ['written', PROGRAM],
  ['by a name that is a value', PROGRAM.replace('price(x)', 'invoke("price", [x])')],
])('a call is made after the record that says so is in the log: %s', async (_, text) => {
  const bus = new MemoryBus()
  const early: string[] = []
  const host = shop(async (name) => {
    const key = callKey().replace(/\/\d+$/, '')
    const logs = await Promise.all([0, 1, 2, 3].map((shard) => bus.read(`s.${String(shard)}`, 0)))
    if (!logs.flat().some(({ bytes }) => textIn(bytes).includes(key))) early.push(name)
    return name.length
  })
  await start(bus, 'one', host)
  const blueprint = await submitted(bus, host, text)
  await inert(bus)
  expect(early).toEqual([])
  for (const each of RESULT) expect(await resultOf(bus, blueprint)).toContain(each)
})

test.each([
  ['there is not', 'invoke("missing", [x])', 'there is no function `missing`'],
  ['that throws', 'invoke("int", [x])', 'cannot read'],
])(
  'a function called by its name %s gives an error, and what else there is goes on',
  async (_, call, why) => {
    const bus = new MemoryBus()
    await start(bus, 'one', prelude)
    await start(bus, 'two', prelude)
    const text = `<A:"x", 1, 2, (replace A:x by B:${call}), (replace x::Int, y::Int by x + y)>`
    const blueprint = await submitted(bus, prelude, text)
    await inert(bus)
    const result = await resultOf(bus, blueprint)
    expect(result).toContain('ERROR:"')
    expect(result).toContain(why)
    expect(result).toContain('3,')
  },
)

test('a call whose node ends is made again with the same key, and answers once', async () => {
  const bus = new MemoryBus()
  const keys = new Map<string, string[]>()
  let isSlow = true
  const host = shop(async (name) => {
    keys.set(name, [...(keys.get(name) ?? []), callKey()])
    if (isSlow) await new Promise(() => undefined)
    return name.length
  })
  const first = await start(bus, 'one', host)
  const blueprint = await submitted(bus, host)
  await until(() => keys.size === 4)
  expect((await statusOf(bus, 's', SHARDS + 1)).state).toBe('running')
  isSlow = false
  await first.leave()
  await start(bus, 'two', host)
  await inert(bus)
  for (const [, used] of keys) {
    expect(used).toHaveLength(2)
    expect(new Set(used).size).toBe(1)
  }
  for (const each of RESULT) expect(await resultOf(bus, blueprint)).toContain(each)
})

/** A node that was cut off: what it writes arrives much later, and nobody hears that it is there. */
class CutOff extends MemoryBus {
  readonly #bus: MemoryBus
  isCut = false
  readonly #waiting: (() => void)[] = []

  constructor(bus: MemoryBus) {
    super()
    this.#bus = bus
  }

  heal(): void {
    this.isCut = false
    for (const go of this.#waiting.splice(0)) go()
  }

  override async append(...given: Parameters<MemoryBus['append']>) {
    if (this.isCut) await new Promise<void>((resolve) => this.#waiting.push(resolve))
    return await this.#bus.append(...given)
  }

  override send(...given: Parameters<MemoryBus['send']>) {
    if (!this.isCut) this.#bus.send(...given)
  }

  override listen(...given: Parameters<MemoryBus['listen']>) {
    return this.#bus.listen(...given)
  }

  override last(log: string) {
    return this.#bus.last(log)
  }

  override read(...given: Parameters<MemoryBus['read']>) {
    return this.#bus.read(...given)
  }

  override solutions() {
    return this.#bus.solutions()
  }
}

test('an answer that comes twice, from a node that was thought dead, counts once', async () => {
  const bus = new MemoryBus()
  const far = new CutOff(bus)
  const answers: (() => void)[] = []
  const slow = shop(async (name) => {
    await new Promise<void>((resolve) => answers.push(resolve))
    return name.length
  })
  const cut = await start(far, 'cut', slow)
  const blueprint = await submitted(bus, slow)
  await until(() => answers.length === 4)
  far.isCut = true
  await start(
    bus,
    'other',
    shop(async (name) => await Promise.resolve(name.length)),
  )
  await inert(bus)
  // Now the first node has its answers, too, and writes them.
  for (const answer of answers) answer()
  await pause(50)
  far.heal()
  await until(() => cut.presence.fenced > 0)
  await pause(100)
  const result = await resultOf(bus, blueprint)
  for (const each of RESULT) expect(result.split(each)).toHaveLength(2)
  expect((await statusOf(bus, 's', SHARDS + 1)).state).toBe('inert')
})

test('a rule that is put in while a node is killed changes what goes on', async () => {
  const bus = new MemoryBus()
  let called = 0
  let isOpen = false
  const host = shop(async (name) => {
    called++
    await until(() => isOpen)
    return name.length
  })
  const first = await start(bus, 'one', host)
  const blueprint = await submitted(bus, host, PROGRAM, true)
  await until(() => called === 4)
  const rule = 'dear = replace PRICE:x::String:p::Int by DEAR:x if p > 2'
  const killing = first.leave()
  await start(bus, 'two', host)
  const text = JSON.stringify({ molecules: rule, name: 'patch' })
  await until(async () => {
    try {
      return (await bus.ask(subjects.inject('s'), text)).includes('"ok":true')
    } catch (error) {
      if (error instanceof NobodyError) return false
      throw error
    }
  })
  await killing
  isOpen = true
  await inert(bus)
  const result = await resultOf(bus, blueprint)
  for (const each of ['PRICE:"a":1', 'PRICE:"bb":2', 'DEAR:"ccc"', 'DEAR:"dddd"'])
    expect(result).toContain(each)
  expect(result).not.toContain('PRICE:"ccc"')
})

test('a function that answers later without saying so is refused', async () => {
  const bus = new MemoryBus()
  const host = hostWith(prelude, [
    { name: 'shop', origin: 'a test', exports: { price: (name: string) => Promise.resolve(name) } },
  ])
  await start(bus, 'one', host)
  await submitted(bus, host)
  await until(async () => (await statusOf(bus, 's', SHARDS + 1)).state === 'failed')
  const { why } = await statusOf(bus, 's', SHARDS + 1)
  expect(why).toContain('`price` answers later: on nodes it has to be declared `async`')
})

test('what the first solution calls is called once, by whoever submits it', async () => {
  const bus = new MemoryBus()
  let called = 0
  const host = hostWith(prelude, [
    { name: 'shop', origin: 'a test', exports: { count: () => ++called } },
  ])
  const blueprint = await submitted(bus, host, '<count(), "a", replace x::String by GONE>')
  await start(bus, 'one', host)
  await start(bus, 'two', host)
  await inert(bus)
  expect(called).toBe(1)
  expect(await resultOf(bus, blueprint)).toContain('<1, GONE')
})

describe('a function that some nodes offer', () => {
  test('is called there, with its arguments, and waits until somebody has it', async () => {
    const bus = new MemoryBus()
    const called: string[] = []
    const host = shop(async (name) => {
      called.push(`${name} ${callKey()}`)
      if (name === 'ccc') throw new Error('sold out')
      return await Promise.resolve(name.length)
    })
    await start(bus, 'plain', prelude)
    await start(bus, 'plain too', prelude)
    await submitted(bus, host)
    await pause(200)
    expect(called).toEqual([])
    await start(bus, 'shop', host)
    await inert(bus)
    expect(new Set(called.map((each) => each.split(' ')[0]))).toEqual(
      new Set(['a', 'bb', 'ccc', 'dddd']),
    )
    const reader = withOffers(prelude, offersOf(host), bus)
    const program = lowerSource(new Source('p.hocl', PROGRAM), { host: reader, modules: noModules })
    const first = firstSolution(program, 1).value
    if (first === undefined) throw new Error('no solution')
    const whole = new Blueprint({ program, host: reader, first, shards: SHARDS, seed: 1 })
    const result = await resultOf(bus, whole)
    expect(result).toContain('PRICE:"dddd":4')
    expect(result).toContain('ERROR:"sold out"')
  })
})

test('real nodes: one with the function is killed while it is called, and another one calls again', async () => {
  await using server = await natsServer()
  using folder = new Folder({
    'shop.ts': `
      import { appendFileSync } from 'node:fs'
      import { callKey } from 'hocl/interpreter'
      export async function price(name: string): Promise<number> {
        appendFileSync(new URL('calls.txt', import.meta.url), name + ' ' + callKey() + '\\n')
        await new Promise((resolve) => setTimeout(resolve, 1_500))
        return name.length
      }`,
    'prices.hocl': PROGRAM,
    'calls.txt': '',
  })
  const calls = (): readonly string[] =>
    readFileSync(`${folder.path}/calls.txt`, 'utf8').trim().split('\n')
  const shopFile = `${folder.path}/shop.ts`
  const first = await startedNode(server.url, 'first', ['--host', shopFile])
  const args = [
    'cluster',
    'run',
    'prices.hocl',
    '--host',
    'shop.ts',
    '--nats',
    server.url,
    '--json',
  ]
  const running = hocl(args, { cwd: folder.path })
  await until(() => calls().length === 4)
  first.child.kill('SIGKILL')
  const second = await startedNode(server.url, 'second', ['--host', shopFile])
  const { code, stdout, stderr } = await running
  second.child.kill('SIGKILL')
  expect(code, stderr).toBe(0)
  const { solution } = JSON.parse(stdout) as { solution: unknown[] }
  for (const [name, size] of [['a', 1] as const, ['dddd', 4] as const])
    expect(solution).toContainEqual([{ tuple: [{ symbol: 'PRICE' }, name, size] }, 1])
  // Eight calls, and four keys.
  expect(calls()).toHaveLength(8)
  expect(new Set(calls()).size).toBe(4)
}, 60_000)
