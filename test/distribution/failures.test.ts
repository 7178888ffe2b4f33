import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bytesOf } from '../../distribution/bytes.ts'
import { RefusedError } from '../../distribution/index.ts'
import type { Bus } from '../../distribution/index.ts'
import { connectNats } from '../../distribution/nats-tcp.ts'
import { Folder, hocl } from '../support/command-line.ts'
import type { Ended } from '../support/command-line.ts'
import { natsServer } from '../support/nats-server.ts'
import type { NatsServer } from '../support/nats-server.ts'
import { startedNode } from '../support/nodes.ts'
import type { NodeProcess } from '../support/nodes.ts'

/*
 * A run that fails on nodes is told of as a run that fails on one machine: with the rule, its reactants and the place,
 * wherever the rule has travelled.
 */

const programs: Readonly<Record<string, string>> = {
  'a rule with a name': '<4, 4, A:1,\n  half = replace x::Int, y::Int by x / (x - y)>\n',
  'a rule without one': '<4, 4, A:1,\n  replace x::Int, y::Int by x / (x - y)>\n',
  'a rule that reacts once': '<4, 4, one x::Int, y::Int by x / (x - y)>\n',
  'a rule of a module': 'import "ratio.hocl";\n<4, 4, ratio>\n',
}

const folder = new Folder({
  ...Object.fromEntries(Object.entries(programs).map(([name, text]) => [fileOf(name), text])),
  'ratio.hocl': 'let ratio = replace x::Int, y::Int by x / (x - y)\n',
  'captured.hocl': '<LIMIT:0, 4, replace-one LIMIT:l by replace x::Int by x / l>\n',
  'slow.hocl': '<0, replace x::Int by x + 1>\n',
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

function fileOf(name: string): string {
  return `${name.replaceAll(' ', '-')}.hocl`
}

function run(...args: readonly string[]): Promise<Ended> {
  return hocl(args, { cwd: folder.path, env: { NATS_URL: server.url } })
}

/** What `--json` says of a run that has failed. */
function errorIn({ code, stdout, stderr }: Ended): unknown {
  expect(code, stderr).toBe(4)
  const { outcome, error } = JSON.parse(stdout) as { outcome: string; error: unknown }
  expect(outcome).toBe('failed')
  return error
}

/** The picture, without the line that says how long it took. */
function pictureIn({ stderr }: Ended): string {
  return stderr.slice(stderr.indexOf('error'), stderr.indexOf('\nfailed after'))
}

describe.each(Object.keys(programs))('%s', (name) => {
  const file = fileOf(name)

  test('fails on nodes with the picture that it has on one machine', async () => {
    const alone = pictureIn(await run('run', file))
    expect(alone).toContain('error[HOCL310]')
    expect(pictureIn(await run('cluster', 'run', file))).toBe(alone)
    expect(pictureIn(await run('cluster', 'run', file, '--nats', server.url))).toBe(alone)
  })

  test('and with the same error in `--json`', async () => {
    const alone = errorIn(await run('run', file, '--json'))
    expect(alone).toMatchObject({
      code: 'HOCL310',
      reactants: [
        [4, 1],
        [4, 1],
      ],
    })
    expect(errorIn(await run('cluster', 'run', file, '--json'))).toEqual(alone)
    await run('cluster', 'submit', file, '--name', 'failing')
    expect(errorIn(await run('cluster', 'result', 'failing', '--json'))).toEqual(alone)
    expect(pictureIn(await run('cluster', 'result', 'failing'))).toContain('error[HOCL310]')
    await run('cluster', 'cancel', 'failing')
  }, 60_000)
})

test('a rule with captured values shows its own text, as that of data does', async () => {
  const { code, stderr } = await run('cluster', 'run', 'captured.hocl')
  expect(code).toBe(4)
  expect(stderr).toContain('error[HOCL310]')
  expect(stderr).toContain('while reacting an anonymous rule with 4')
  expect(stderr).toContain('`4 / 0`: division by zero')
})

test('nothing comes into a solution that has failed, and who tries is told why', async () => {
  await run('cluster', 'submit', fileOf('a rule with a name'), '--name', 'over')
  await run('cluster', 'result', 'over')
  const injected = await run('cluster', 'inject', 'over', '5')
  expect(injected.code).toBe(1)
  expect(injected.stderr).toContain('`over` has failed, and nothing will react in it')
  expect(injected.stderr).toContain('division by zero')
  await run('cluster', 'cancel', 'over')
}, 60_000)

test('a record that no node wrote is a fault of the log, and not of ours', async () => {
  const running = run('cluster', 'run', 'slow.hocl', '--nats', server.url)
  const { bus, close } = await connectNats(server.url)
  await expect.poll(async () => (await bus.solutions()).length).toBe(1)
  const [solution = ''] = await bus.solutions()
  await appendAnyhow(bus, `${solution}.3`, 'nonsense')
  const { code, stderr } = await running
  await close()
  expect(stderr).toContain('error[HOCL504]: a record of this run is not what a node wrote')
  expect(stderr).not.toContain('hocl itself went wrong')
  expect(code).toBe(1)
}, 60_000)

async function appendAnyhow(bus: Bus, log: string, text: string): Promise<void> {
  for (;;)
    try {
      await bus.append(log, bytesOf(text), (await bus.last(log))?.sequence ?? 0)
      return
    } catch (error) {
      if (!(error instanceof RefusedError)) throw error
    }
}
