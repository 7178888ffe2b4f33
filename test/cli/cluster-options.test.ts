import { describe, expect, test } from 'vitest'
import { notOnNodes } from '../../cli/cluster/request.ts'
import { counted } from '../../cli/run/wording.ts'
import { root } from '../../scripts/tools.ts'
import { Folder, hocl } from '../support/command-line.ts'

const values: Readonly<Record<string, string>> = {
  '--engine': 'reference',
  '--strategy': 'uniform',
  '--workers': '2',
  '--max-molecules': '9',
  '--max-characters': '9',
  '--max-items': '9',
  '--max-bits': '9',
  '--max-calls': '9',
  '--until': '3',
  '--sample': '1',
  '--out': 'counts.csv',
  '--plot': 'counts.svg',
  '--columns': 'tags',
  '--trace': 'trace.json',
}

describe('what one machine alone can do', () => {
  test.each([...notOnNodes])('%s is refused on nodes, and nothing runs', async (name) => {
    using folder = new Folder({ 'one.hocl': '<1>' })
    const value = values[name]
    const flags = value === undefined ? [name] : [`${name}=${value}`]
    const { code, stdout, stderr } = await hocl(['cluster', 'run', 'one.hocl', ...flags], {
      cwd: folder.path,
    })
    expect(stderr).toContain(name)
    expect(stderr).toContain('= hint: ')
    expect([code, stdout]).toEqual([2, ''])
  })

  test('is not offered by the help', async () => {
    const { stdout } = await hocl(['cluster', 'run', '--help'])
    expect(stdout).toContain('--max-reactions')
    for (const name of notOnNodes) expect(stdout).not.toMatch(new RegExp(`${name}(?!-)`))
  })
})

describe('a limit on reactions', () => {
  test.each([1, 74])('is never passed on nodes of one process: %s', async (most) => {
    const args = ['examples/primes.hocl', '--max-reactions', String(most)]
    const { code, stderr } = await hocl(['cluster', 'run', ...args], { cwd: root })
    expect(code).toBe(3)
    expect(stderr).toContain(`after ${counted(most, 'reaction')} ·`)
    expect(stderr).toContain('see with `hocl run --trace`')
  })

  test('is not said to stop what needs just so many', async () => {
    const args = ['examples/primes.hocl', '--max-reactions', '75']
    const { code, stderr } = await hocl(['cluster', 'run', ...args], { cwd: root })
    expect(code).toBe(0)
    expect(stderr).toContain('inert after 75 reactions')
  })

  test('holds where many react in one go', async () => {
    const args = ['examples/word-count.hocl', '--in', 'LINE=examples/data/gospels.txt']
    const more = ['--max-reactions', '3210']
    const { stderr } = await hocl(['cluster', 'run', ...args, ...more], { cwd: root })
    expect(stderr).toContain('after 3,210 reactions')
  })
})

describe('flags after the name of a command of `hocl cluster`', () => {
  test('`--quiet` keeps all but the result back', async () => {
    using folder = new Folder({ 'one.hocl': '<1, A>' })
    const { stdout, stderr } = await hocl(['cluster', 'run', 'one.hocl', '-q'], {
      cwd: folder.path,
    })
    expect(stdout).toBe('<1, A>\n')
    expect(stderr).toBe('')
  })

  test('`--color` colours', async () => {
    const { stderr } = await hocl(['cluster', 'ls', '--color', 'always'], {
      env: { NATS_URL: '' },
    })
    expect(stderr).toContain('\u001B[')
  })
})

describe('a server that is not there', () => {
  test.each([
    [['cluster', 'ls'], 'say with `--nats` where it is'],
    [['node'], 'say with `--nats` where it is'],
    [['cluster', 'run', 'examples/max.hocl'], 'leave out `--nats` for nodes in this process'],
  ])('hocl %j: %s', async (args, hint) => {
    const { code, stderr } = await hocl([...args, '--nats', 'nats://127.0.0.1:1'], { cwd: root })
    expect(stderr).toContain(hint)
    expect(code).toBe(5)
  })

  test.each([['cluster', 'ls'], ['cluster', 'run', 'examples/max.hocl'], ['node']])(
    'an empty name of one is none: hocl %s %s',
    async (...args) => {
      const { code, stderr } = await hocl([...args, '--nats', ''], { cwd: root })
      expect(stderr).toContain('which server?')
      expect(code).toBe(2)
    },
  )
})
