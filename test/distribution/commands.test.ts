import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { root } from '../../scripts/tools.ts'
import { Folder, ended, hocl, written } from '../support/command-line.ts'
import type { Ended } from '../support/command-line.ts'
import { natsServer } from '../support/nats-server.ts'
import type { NatsServer } from '../support/nats-server.ts'
import { startedNode } from '../support/nodes.ts'
import type { NodeProcess } from '../support/nodes.ts'

/*
 * `hocl cluster …` as a user types it, at a real server with two nodes; and a client that is not ours.
 */

const COUNT = 'let count = replace w::String:m, w:n by w:(m + n) in <"a":1, count>\n'
const SLOW = '<0, replace x::Int by x + 1>\n'
const FAILING = '<2, replace x::Int by 1 / 0>\n'

const folder = new Folder({
  'count.hocl': COUNT,
  'slow.hocl': SLOW,
  'failing.hocl': FAILING,
  'words.txt': 'b\nb\nc\n',
})
let server: NatsServer
let nodes: NodeProcess[] = []

beforeAll(async () => {
  server = await natsServer()
  nodes = await Promise.all(['one', 'two'].map((name) => startedNode(server.url, name)))
}, 120_000)

afterAll(async () => {
  for (const { child } of nodes) child.kill('SIGKILL')
  await server[Symbol.asyncDispose]()
  folder[Symbol.dispose]()
})

function cluster(...args: readonly string[]): Promise<Ended> {
  return hocl(['cluster', ...args], { cwd: folder.path, env: { NATS_URL: server.url } })
}

/** What Python gets with a socket. */
function plain(...args: readonly string[]) {
  const { hostname, port } = new URL(server.url)
  const script = join(root, 'test/support/plain_nats.py')
  return spawn('python3', [script, hostname, port, ...args])
}

async function asked(subject: string, text: string): Promise<Record<string, unknown>> {
  const { code, stdout, stderr } = await ended(plain('ask', subject, text))
  expect(code, stderr).toBe(0)
  return JSON.parse(stdout) as Record<string, unknown>
}

describe('a solution that is left with the nodes', () => {
  test('is submitted, seen, added to, and taken', async () => {
    const submitted = await cluster('submit', 'count.hocl', '--name', 'words')
    expect(submitted).toMatchObject({ code: 0, stdout: 'words\n' })
    const first = await cluster('result', 'words')
    expect(first.code, first.stderr).toBe(0)
    expect(first.stdout).toContain('"a":1')

    const injected = await cluster('inject', 'words', '"a":2, "b":1', '--id', 'order-1')
    expect(injected.stderr).toContain('2 molecules came into `words`')
    const again = await cluster('inject', 'words', '"a":2, "b":1', '--id', 'order-1')
    expect(again.stderr).toContain('had come into `words` before')
    const result = await cluster('result', 'words', '--out-format', 'json')
    expect(JSON.parse(result.stdout)).toEqual(
      expect.arrayContaining([
        ['a', 3],
        ['b', 1],
      ]),
    )

    const listed = await cluster('ls')
    expect(listed.stdout).toMatch(/SOLUTION +STATE +REACTIONS/)
    expect(listed.stdout).toMatch(/words +inert +1 /)
    const status = JSON.parse((await cluster('status', 'words', '--json')).stdout) as object
    expect(status).toMatchObject({
      state: 'inert',
      reactions: 1,
      shards: 17,
      nodes: ['one', 'two'],
    })
    expect((await cluster('watch', 'words')).stdout).toContain('inert · 1 reaction')

    expect((await cluster('cancel', 'words')).code).toBe(0)
    expect((await cluster('ls')).stderr).toContain('no solution')
    expect(await cluster('result', 'words')).toMatchObject({ code: 2 })
  }, 60_000)

  test('is waited for, and followed while it runs', async () => {
    await cluster('submit', 'slow.hocl', '--name', 'slow')
    const result = await cluster('result', 'slow', '--max-time', '300ms')
    expect(result.code).toBe(3)
    expect(result.stderr).toContain('still running')
    const now = await cluster('result', 'slow', '--now', '--json')
    expect(now.code).toBe(0)
    expect(JSON.parse(now.stdout)).toMatchObject({ outcome: 'running' })
    const top = await cluster('top', '--times', '2', '--json')
    const [, last] = top.stdout.trim().split('\n')
    const { solutions } = JSON.parse(last ?? '') as { solutions: { perSecond: number }[] }
    expect(solutions[0]?.perSecond).toBeGreaterThan(0)
    await cluster('cancel', 'slow')
  }, 60_000)

  test('can begin where another one was', async () => {
    await cluster('submit', 'count.hocl', '--name', 'before', '--in', 'words.txt')
    await cluster('inject', 'before', '"b":1, "b":1, "c":1')
    await cluster('result', 'before')
    const saved = await cluster('snapshot', 'before', '--out', 'before.json', '--json')
    expect(saved.code).toBe(0)
    expect(JSON.parse(saved.stdout)).toMatchObject({ file: 'before.json', solution: 'before' })
    const taken = ['submit', 'count.hocl', '--name', 'after', '--from', 'before.json']
    expect((await cluster(...taken, '--inject', '"c":5')).code).toBe(0)
    const { stdout } = await cluster('result', 'after', '--json')
    const pairs = (JSON.parse(stdout) as { solution: unknown[] }).solution
    expect(pairs).toContainEqual([{ tuple: ['b', 2] }, 1])
    expect(pairs).toContainEqual([{ tuple: ['c', 6] }, 1])
    await cluster('cancel', 'before')
    await cluster('cancel', 'after')
  }, 60_000)

  test('says why it failed', async () => {
    await cluster('submit', 'failing.hocl', '--name', 'failing')
    const { code, stderr } = await cluster('result', 'failing')
    expect(code).toBe(4)
    expect(stderr).toContain('division by zero')
    expect((await cluster('watch', 'failing')).code).toBe(4)
    await cluster('cancel', 'failing')
  }, 60_000)
})

test('what is wrong is said in a line', async () => {
  const unknown = await cluster('result', 'nothing')
  expect(unknown).toMatchObject({ code: 2 })
  expect(unknown.stderr).toContain('there is no solution `nothing`')
  expect((await cluster('drain', 'tow')).stderr).toContain('did you mean `two`?')
  expect((await cluster('sbmit')).stderr).toContain('did you mean `hocl cluster submit`?')
  const noServer = await hocl(['cluster', 'ls'], { env: { NATS_URL: '' } })
  expect(noServer).toMatchObject({ code: 2 })
  expect(noServer.stderr).toContain('which server?')
  const gone = await hocl(['cluster', 'ls', '--nats', 'nats://127.0.0.1:1', '--json'])
  expect(gone.code).toBe(5)
  expect(JSON.parse(gone.stdout)).toMatchObject({ error: { code: 'HOCL503' } })
  await cluster('submit', 'count.hocl', '--name', 'twice')
  const twice = await cluster('submit', 'count.hocl', '--name', 'twice')
  expect(twice).toMatchObject({ code: 2 })
  expect(twice.stderr).toContain('there is a solution `twice` already')
  const rule = await cluster('inject', 'twice', 'replace x::String by ∅')
  expect(rule).toMatchObject({ code: 1 })
  expect(rule.stderr).toContain('--central')
  await cluster('cancel', 'twice')
}, 60_000)

describe('a client that is not ours', () => {
  test('puts molecules in, hears that nothing reacts any more, and reads what came out', async () => {
    await cluster('submit', 'count.hocl', '--name', 'plain')
    await cluster('result', 'plain')
    const hearing = plain('hear', 'hocl.events.plain', '2')
    const heard = ended(hearing)
    await written(hearing, 'listening')
    const injection = { molecules: '"a":4, "z":1', name: 'from-python' }
    const answer = await asked('hocl.inject.plain', JSON.stringify(injection))
    expect(answer).toEqual({ ok: true, molecules: 2, isRepeated: false })
    const repeated = await asked('hocl.inject.plain', JSON.stringify(injection))
    expect(repeated).toMatchObject({ isRepeated: true })
    const pairs = [[{ tuple: ['z', 6] }, 1]]
    expect(await asked('hocl.inject.plain', JSON.stringify({ pairs }))).toMatchObject({ ok: true })
    const events = (await heard).stdout
    expect(events).toContain('"state":"inert"')
    await cluster('result', 'plain')
    const result = await asked('hocl.result.plain', '')
    expect(result).toMatchObject({ solution: 'plain', state: 'inert', reactions: 2 })
    expect(result['molecules']).toContainEqual([{ tuple: ['a', 5] }, 1])
    expect(result['molecules']).toContainEqual([{ tuple: ['z', 7] }, 1])
    expect(await asked('hocl.list', '')).toEqual({ solutions: ['plain'] })
  }, 60_000)

  test.each([
    ['no JSON', 'nonsense', 'not-json'],
    ['no molecules', '{"name":"x"}', 'no-molecules'],
    ['text that is no HOCL', '{"molecules":"1, ("}', 'HOCL1'],
    ['pairs that are none', '{"pairs":[[1]]}', 'HOCL6'],
    ['a rule', '{"molecules":"replace x::String by ∅"}', 'rule'],
    ['a name that is none', '{"molecules":"1","name":"a b"}', 'name'],
    ['too much', JSON.stringify({ molecules: '...range(40000)' }), 'too-large'],
  ])('is told why %s does not come in', async (_, text, code) => {
    const answer = await asked('hocl.inject.plain', text)
    expect(answer).toMatchObject({ ok: false })
    expect(String(answer['code'])).toContain(code)
    expect(answer['error']).toBeTypeOf('string')
  })

  test('disturbs nobody, and is counted', async () => {
    for (const subject of ['x.plain.3', 'y.plain.3', 'hb.plain', 'ctl.plain'])
      expect((await ended(plain('tell', subject, 'nonsense'))).code).toBe(0)
    await ended(plain('tell', 'hb.plain', '{"v":99,"node":"late","shards":[0,1,2]}'))
    const status = await cluster('status', '--json')
    const { nodes: known } = JSON.parse(status.stdout) as {
      nodes: { foreign: number; rejected: number }[]
    }
    const sum = (of: 'foreign' | 'rejected') => known.reduce((total, each) => total + each[of], 0)
    expect(sum('foreign')).toBeGreaterThanOrEqual(2 * 3 + 2)
    // The seven above, and the rule of another test.
    expect(sum('rejected')).toBe(8)
    expect(nodes.map(({ told }) => told()).join('')).toContain('version 99 of the protocol')
    expect((await cluster('inject', 'plain', '"q":1')).code).toBe(0)
    expect((await cluster('result', 'plain')).stdout).toContain('"q":1')
    await cluster('cancel', 'plain')
  }, 60_000)
})

test('a node that is drained gives its shards away and ends', async () => {
  await cluster('submit', 'count.hocl', '--name', 'drained')
  await cluster('result', 'drained')
  expect(await cluster('drain', 'two')).toMatchObject({ code: 0 })
  expect(await nodes[1]?.ended).toBe(0)
  await cluster('inject', 'drained', '"a":1')
  const { code, stdout } = await cluster('result', 'drained')
  expect(code).toBe(0)
  expect(stdout).toContain('"a":2')
}, 60_000)
