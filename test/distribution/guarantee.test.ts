import { createServer } from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { guaranteeText } from '../../distribution/index.ts'
import type { ServerFacts } from '../../distribution/index.ts'
import { connectNats } from '../../distribution/nats-tcp.ts'
import { patiently } from '../../distribution/patience.ts'
import { Folder, hocl, started, written } from '../support/command-line.ts'
import {
  freePort,
  natsServer,
  natsServerFile,
  newerServerFile,
  serverGroup,
} from '../support/nats-server.ts'

/*
 * Which server is taken, and what is said of what it may lose: read back from it, not believed.
 */

const facts: ServerFacts = { version: '2.10.27', replicas: 1, isOnDisk: true, syncInterval: 0 }

describe('what may be lost is said', () => {
  test.each<[string, Partial<ServerFacts>, string, string]>([
    [
      'one server that writes at once',
      {},
      'sync_interval: always',
      'survives the end of the server and a loss of power',
    ],
    [
      'one that does not',
      { syncInterval: 120_000 },
      'every 2 min',
      'can cost the last 2 min: set `sync_interval: always`',
    ],
    [
      'one that does not tell',
      { syncInterval: undefined },
      'is not known',
      'give the server `http_port: 8222`',
    ],
    [
      'an old one',
      { version: '2.9.10', syncInterval: 0 },
      'every 2 min',
      'nats-server 2.10 and later can write at once',
    ],
    ['one in memory', { isOnDisk: false }, 'in memory', 'is lost when the server ends'],
    ['three', { replicas: 3 }, 'by 3 servers', 'and of the disks of a minority'],
    [
      'three that do not write at once',
      { replicas: 3, syncInterval: 30_000 },
      'every 30 s',
      'a loss of power of all',
    ],
    [
      'three old ones',
      { version: '2.10.22', replicas: 3 },
      'by 3 servers',
      'before 2.10.23 can lose a whole stream',
    ],
  ])('of %s', (_, more, kept, loss) => {
    const [first, second] = guaranteeText({ ...facts, ...more })
    expect(first).toContain(kept)
    expect(second).toContain(loss)
  })
})

test('more replicas than a server can keep are refused, and a group gets as many', async () => {
  await using alone = await natsServer()
  const refused = await hocl(['node', '--nats', alone.url, '--replicas', '3'])
  expect(refused.code).toBe(1)
  expect(refused.stderr).toContain('the server does not keep each record 3 times')
  const one = await hocl(['cluster', 'status', '--nats', alone.url])
  expect(one.stderr + one.stdout).toContain('by one server')
  const group = await serverGroup(3)
  try {
    const url = group.map((server) => server.url).join(',')
    const first = await patiently(
      () => connectNats(url),
      () => performance.now(),
    )
    expect((await first.bus.facts()).replicas).toBe(1)
    const second = await connectNats(url, { replicas: 3 })
    expect((await second.bus.facts()).replicas).toBe(3)
    // Who asks for fewer leaves it as it is.
    const third = await connectNats(url, { replicas: 1 })
    expect((await third.bus.facts()).replicas).toBe(3)
    await Promise.all([first, second, third].map((link) => link.close()))
  } finally {
    await Promise.all(group.map((server) => server[Symbol.asyncDispose]()))
  }
}, 120_000)

test('nodes in one process keep records once', async () => {
  const { code, stderr } = await hocl(['cluster', 'run', '-', '--replicas', '3'])
  expect(code).toBe(2)
  expect(stderr).toContain('`hocl cluster run` and `--replicas` do not go together')
})

describe('hocl cluster server', () => {
  const folder = new Folder()
  afterAll(() => {
    folder[Symbol.dispose]()
  })

  async function servedBy(file: string, data: string): Promise<string> {
    const port = String(((await freePort()) % 20_000) + 20_000)
    const args = ['cluster', 'server', '--nats-bin', file, '--port', port, '--data', data]
    const child = started(args, { cwd: folder.path })
    let told = ''
    child.stderr.on('data', (text: Buffer) => (told += text.toString()))
    await written(child, `nats://127.0.0.1:${port}`)
    const url = `nats://127.0.0.1:${port}`
    const monitor = `http://127.0.0.1:${String(Number(port) + 4000)}`
    const status = await hocl(['cluster', 'status', '--nats', url, '--monitor', monitor, '--json'])
    const { server } = JSON.parse(status.stdout) as { server: { kept: string } }
    expect(told).toContain(server.kept)
    child.kill('SIGINT')
    await new Promise((resolve) => child.once('exit', resolve))
    expect(child.exitCode).toBe(0)
    return told
  }

  test('starts a server that writes at once, and reads that back', async () => {
    const told = await servedBy(newerServerFile(), 'newer')
    expect(told).toContain('--nats-bin')
    expect(told).toContain('written at once (sync_interval: always)')
  }, 120_000)

  test('says which server it has taken', async () => {
    expect(await servedBy(natsServerFile(), 'installed')).toContain(natsServerFile())
  }, 60_000)

  test('says what to do where there is none', async () => {
    const { code, stderr } = await hocl(['cluster', 'server', '--nats-bin', '/nowhere/nats-server'])
    expect(code).toBe(2)
    expect(stderr).toContain('there is no file `/nowhere/nats-server`')
  })
})

describe('a monitoring port', () => {
  const server = createServer((_, response) => {
    response.end(
      JSON.stringify({ server_id: 'another', jetstream: { config: { sync_always: true } } }),
    )
  })
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  })
  afterAll(() => {
    server.close()
  })

  test('of another server is not believed', async () => {
    const { syncIntervalOf } = await import('../../cli/cluster/monitor.ts')
    const address = server.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    const at = { url: 'nats://127.0.0.1:1', monitor: `http://127.0.0.1:${String(port)}` }
    expect(await syncIntervalOf({ ...at, server: 'ours' })).toBeUndefined()
    expect(await syncIntervalOf({ ...at, server: 'another' })).toBe(0)
  })
})
