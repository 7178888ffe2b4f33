import { afterAll, expect, test } from 'vitest'
import { ended, Folder, started, written } from '../support/command-line.ts'

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

test.concurrent('`--watch` runs again when a file changes', async () => {
  using own = new Folder({ 'a.hocl': '< 1 >' })
  const child = started(['a.hocl', '--watch'], { cwd: own.path })
  const end = ended(child)
  await written(child, 'waiting for a change')
  const again = written(child, '<2>')
  own.write('a.hocl', '< 2 >')
  await again
  child.kill('SIGINT')
  expect((await end).code).toBe(130)
})
