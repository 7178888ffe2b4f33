import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { root } from '../../scripts/tools.ts'
import { hocl } from '../support/command-line.ts'
import { natsServer } from '../support/nats-server.ts'
import { startedNode } from '../support/nodes.ts'

/*
 * What a visitor runs first runs on nodes as well, and comes to the same. The examples become one thing only, whichever
 * reaction goes first; but for one of the longest ways, which packages.hocl is free to choose.
 */

/** What comes in where an example has data, and what a chart of one has to be told. */
const arguments_: Readonly<Record<string, readonly string[]>> = {
  'packages.hocl': ['--in', 'PACKAGES=examples/data/debian-packages.json'],
  'predator-prey.hocl': ['--stochastic', '--until', '0.1'],
  'time-zones.hocl': ['--in', 'ZONE=examples/data/time-zones.csv'],
  'word-count.hocl': ['--in', 'LINE=examples/data/gospels.txt'],
}

/** Those that nodes cannot run, and what they say. */
const refused: Readonly<Record<string, string>> = {
  'predator-prey.hocl': '`hocl cluster run` and `--stochastic` do not go together',
}

const examples = readdirSync(join(root, 'examples')).filter((file) => file.endsWith('.hocl'))

/** How a run ended, with its molecules in an order that says nothing. */
async function result(command: readonly string[], file: string): Promise<unknown> {
  const args = [...command, join('examples', file), ...(arguments_[file] ?? []), '--json']
  const { code, stdout, stderr } = await hocl(args, { cwd: root })
  expect(code, stderr).toBe(0)
  const { outcome, solution } = JSON.parse(stdout) as {
    readonly outcome: string
    readonly solution: readonly unknown[]
  }
  const texts = solution.map((each) => JSON.stringify(each).replace(/"WAY".*/, 'WAY'))
  return { outcome, solution: texts.sort() }
}

describe('an example comes to the same on three nodes of one process', () => {
  test.each(examples.filter((file) => refused[file] === undefined))(
    '%s',
    async (file) => {
      const alone = await result(['run'], file)
      expect(alone).toMatchObject({ outcome: 'inert' })
      expect(await result(['cluster', 'run', '--local', '--nodes', '3'], file)).toEqual(alone)
    },
    240_000,
  )

  test.each(Object.entries(refused))('but %s: %s', async (file, why) => {
    const args = ['cluster', 'run', join('examples', file), ...(arguments_[file] ?? [])]
    const { code, stderr } = await hocl(args, { cwd: root })
    expect(stderr).toContain(why)
    expect(code).toBe(2)
  })
})

test('a workflow adapts on nodes at a server', async () => {
  await using server = await natsServer()
  const nodes = await Promise.all(['a', 'b'].map((name) => startedNode(server.url, name)))
  try {
    for (const file of ['healing.hocl', 'meta-process.hocl'])
      expect(await result(['cluster', 'run', '--nats', server.url], file)).toEqual(
        await result(['run'], file),
      )
  } finally {
    for (const { child } of nodes) child.kill('SIGKILL')
  }
}, 120_000)
