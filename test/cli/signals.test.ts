import { afterAll, describe, expect, test } from 'vitest'
import { ended, Folder, hocl, started, written } from '../support/command-line.ts'

const folder = new Folder({
  'grow.hocl': '< A, replace A by A, B >',
  'wait.hocl': '< 1, (one 1 by READY:wait()) >',
  'wait.ts':
    "export async function wait() { process.stderr.write('waiting'); await new Promise(() => { setInterval(() => {}, 1000) }) }\n",
  'many.hocl': '<>',
})
afterAll(() => {
  folder[Symbol.dispose]()
})

test.concurrent.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)(
  '%s stops a run between two reactions and prints what there is',
  async (signal, code) => {
    const child = started(['grow.hocl', '--trace'], { cwd: folder.path })
    const end = ended(child)
    await written(child, '"reaction":3,')
    child.kill(signal)
    const { stdout, stderr, code: exit } = await end
    expect(exit).toBe(code)
    expect(stdout).toMatch(/^<A, B/)
    expect(stderr).toMatch(/interrupted after [\d,]+ reactions/)
  },
)

test.concurrent('an interrupted run shows what it waits for', async () => {
  const child = started(['wait.hocl', '--host', 'wait.ts'], { cwd: folder.path })
  const end = ended(child)
  await written(child, 'waiting')
  child.kill('SIGINT')
  const { stdout, stderr, code } = await end
  expect(code).toBe(130)
  expect(stdout).toContain('READY:wait()')
  expect(stderr).toContain('1 pending')
})

test.concurrent('a reader that goes away ends the writing without a word', async () => {
  folder.write(
    'many.txt',
    'some line\n'.repeat(1) + Array.from({ length: 100_000 }, (_, i) => `line ${i}`).join('\n'),
  )
  const child = started(['many.hocl', '--in', 'many.txt', '--quiet'], { cwd: folder.path })
  const end = ended(child)
  child.stdout.once('data', () => child.stdout.destroy())
  const { stderr } = await end
  expect(stderr).toBe('')
})

describe('`--watch`', () => {
  const files = {
    'a.hocl': 'import "./lib/b.hocl";\n< b, f() >\n',
    'lib/b.hocl': 'let b = 1 in\n',
    'host.ts': "import { three } from './lib/three.ts'\nexport const f = () => three\n",
    'lib/three.ts': 'export const three = 3\n',
    'lib/other.hocl': '',
  }
  const ends = (text: string) => text.split('inert after').length - 1

  test.concurrent('runs again when a file changes that the run has read', async () => {
    using own = new Folder(files)
    const args = ['a.hocl', '--watch', '--host', 'host.ts', '--trace=lib/t.json']
    const child = started(args, { cwd: own.path })
    const end = ended(child)
    const result = async (name: string, text: string, printed: string): Promise<void> => {
      const again = Promise.all([written(child, printed), written(child, 'waiting for a change')])
      own.write(name, text)
      await again
    }
    await written(child, 'waiting for a change')
    await result('lib/b.hocl', 'let b = 5 in\n', '<3, 5>')
    await result('lib/three.ts', 'export const three = 4\n', '<4, 5>')
    // A module that is not there is waited for, too.
    await result('a.hocl', 'import "./lib/c.hocl";\n< c, f() >\n', 'HOCL601')
    await result('lib/c.hocl', 'let c = 7 in\n', '<4, 7>')
    child.kill('SIGINT')
    expect((await end).code).toBe(130)
  })

  test.concurrent('is not woken by what the run writes, or by files of others', async () => {
    using own = new Folder(files)
    const args = ['a.hocl', '--watch', '--host', 'host.ts', '--trace=lib/t.json']
    const child = started(args, { cwd: own.path })
    const end = ended(child)
    await written(child, 'waiting for a change')
    own.write('lib/other.hocl', '< 1 >')
    own.write('result.json', '[]')
    // Another run takes as long as a run that was woken would.
    await hocl(['lib/other.hocl'], { cwd: own.path })
    child.kill('SIGINT')
    expect(ends((await end).stderr)).toBe(1)
  })
})
