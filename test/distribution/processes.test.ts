import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { Folder } from '../support/command-line.ts'
import { commandFile } from '../support/command.ts'
import { natsServer } from '../support/nats-server.ts'
import type { NatsServer } from '../support/nats-server.ts'

/*
 * Real processes at a real server, which are killed and stopped while a program runs.
 */

/** So many words, each so often. */
const [WORDS, TIMES] = [300, 40]

let server: NatsServer
let nodes: ChildProcess[] = []

beforeEach(async () => {
  server = await natsServer()
  nodes = await Promise.all(['one', 'two', 'three'].map(started))
}, 120_000)

afterEach(async () => {
  for (const node of nodes) node.kill('SIGKILL')
  await server[Symbol.asyncDispose]()
})

/** A node that is at the server. */
function started(name: string): Promise<ChildProcess> {
  return new Promise((resolve, reject) => {
    const args = [commandFile(), 'node', '--nats', server.url, '--name', name]
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'pipe'] })
    let told = ''
    child.stderr.on('data', (data: Buffer) => {
      told += data.toString()
      if (told.includes('is at nats://')) resolve(child)
    })
    child.once('exit', () => {
      reject(new Error(`the node ${name} has ended: ${told}`))
    })
  })
}

interface Ended {
  readonly code: number | null
  readonly output: string
  readonly told: string
}

/** Counts words on the nodes; `meanwhile` is called when they have begun. */
async function counted(meanwhile: () => void | Promise<void>): Promise<Ended> {
  using folder = new Folder({
    'count.hocl':
      'let count = replace w::String:m, w:n by w:(m + n) in\nlet each = replace WORD:w::String by w:1 in\n<count, each>\n',
    'words.txt': Array.from({ length: WORDS * TIMES }, (_, i) => `w${(i * 7) % WORDS}\n`).join(''),
  })
  const args = [
    'cluster',
    'run',
    'count.hocl',
    '--in',
    'WORD=words.txt',
    '--json',
    '--nats',
    server.url,
  ]
  const child = spawn(process.execPath, [commandFile(), ...args], {
    cwd: folder.path,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let [output, told] = ['', '']
  child.stdout.on('data', (data: Buffer) => (output += data.toString()))
  child.stderr.on('data', (data: Buffer) => (told += data.toString()))
  const ending = new Promise<number | null>((resolve) => child.once('exit', resolve))
  await pause(1_200)
  await meanwhile()
  return { code: await ending, output, told }
}

function expectExact({ code, output, told }: Ended): void {
  expect(told).not.toContain('error')
  expect(code, told).toBe(0)
  const { outcome, solution } = JSON.parse(output) as { outcome: string; solution: unknown[] }
  expect(outcome).toBe('inert')
  const expected = Array.from({ length: WORDS }, (_, i) => [{ tuple: [`w${i}`, TIMES] }, 1])
  const counts = solution.filter((entry) => JSON.stringify(entry).includes('"tuple"'))
  expect(counts.map((entry) => JSON.stringify(entry)).sort()).toEqual(
    expected.map((entry) => JSON.stringify(entry)).sort(),
  )
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}

describe('three nodes in processes of their own', () => {
  test('share what there is to do', async () => {
    expectExact(await counted(() => undefined))
  }, 60_000)

  test('lose nothing when one is killed', async () => {
    expectExact(await counted(() => void nodes[1]?.kill('SIGKILL')))
  }, 60_000)

  test('lose nothing when one sleeps, is replaced and wakes up', async () => {
    const ended = await counted(async () => {
      nodes[0]?.kill('SIGSTOP')
      await pause(2_500)
      nodes[0]?.kill('SIGCONT')
    })
    expectExact(ended)
  }, 60_000)

  test('lose nothing when the server is killed and started again', async () => {
    const ended = await counted(async () => {
      await server.stop('SIGKILL')
      await pause(500)
      await server.start()
    })
    expectExact(ended)
  }, 90_000)

  test('may come while a program runs', async () => {
    const ended = await counted(async () => {
      nodes.push(await started('four'))
      nodes[2]?.kill('SIGTERM')
    })
    expectExact(ended)
  }, 60_000)
})
