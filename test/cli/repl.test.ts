import { spawn, spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from '../../scripts/tools.ts'
import { Folder, hocl, written } from '../support/command-line.ts'

/** What a session prints for these lines. */
async function session(lines: readonly string[], cwd?: string) {
  return hocl(['repl', '--quiet'], {
    input: `${lines.join('\n')}\n`,
    ...(cwd !== undefined && { cwd }),
  })
}

test.concurrent('molecules and rules go into a living solution', async () => {
  const { stdout, code } = await session([
    'let max = replace x, y by x if x >= y in',
    '1, 2, 3',
    'max',
    ':run',
    '12',
    ':run',
  ])
  expect(stdout.split('\n')).toEqual([
    '<1, 2, 3>',
    '<1, 2, 3, max>',
    '<3, max>',
    '<3, 12, max>',
    '<12, max>',
    '',
  ])
  expect(code).toBe(0)
})

test.concurrent('it goes step by step, and back', async () => {
  const lines = ['1, 1, replace 1 by 2', ':step', ':step', ':undo', ':undo 2', ':undo', ':undo']
  const { stdout, stderr, code } = await session(lines)
  const rule = '(replace 1 by 2)'
  expect(stdout.split('\n')).toEqual([
    `<1, 1, ${rule}>`,
    `<1, 2, ${rule}>`,
    `<2, 2, ${rule}>`,
    `<1, 2, ${rule}>`,
    '<>',
    '',
  ])
  expect(stderr).toContain('nothing to take back')
  expect(code).toBe(1)
})

test.concurrent(
  'what is unfinished goes on in the next line, and an empty line ends it',
  async () => {
    const lines = ['1,', '2', 'let f =', '  replace-one 1', '  by 3', '', 'f', ':run', '<4,', '5>']
    const { stdout } = await session(lines)
    expect(stdout.split('\n')).toEqual(['<1, 2>', '<1, 2, f>', '<2, 3>', '<2, 3, <4, 5>>', ''])
  },
)

test.concurrent('a line that is refused changes nothing', async () => {
  const { stdout, stderr, code } = await session(['1', '2 +* 3', 'foo', '1 / 0', ':sted', ':show'])
  expect(stdout).toBe('<1>\n<1>\n')
  for (const text of ['HOCL111', 'HOCL201', 'HOCL401', 'did you mean `:step`?'])
    expect(stderr).toContain(text)
  expect(code).toBe(1)
})

test.concurrent('a product that fails takes nothing', async () => {
  const { stdout, stderr } = await session(['1, replace-one x by x / 0', ':run'])
  expect(stdout.split('\n')[1]).toBe('<1, (replace-one x by (x / 0))>')
  expect(stderr).toContain('HOCL310')
})

test.concurrent(
  'definitions can be given anew, modules imported, rules listed, types asked for',
  async () => {
    const lines = [
      'let a = 1 in',
      'let a = 2 in a',
      'import hocl.numbers;',
      'square(a)',
      'numbers.max',
      ':rules',
      ':type "a":1, 2.5',
      ':seed 7',
      ':reset',
    ]
    const { stdout } = await session(lines)
    expect(stdout.split('\n')).toEqual([
      '<2>',
      '<2, 4>',
      '<2, 4, max>',
      expect.stringMatching(/^max = replace x::Number/),
      'import hocl.numbers;',
      'let a = 2 in',
      '(String:Int)',
      'Float',
      'seed 7',
      '<>',
      '',
    ])
  },
)

test.concurrent('programs and data are loaded, and a session is saved as a program', async () => {
  using folder = new Folder({
    'p.hocl': 'let inc = replace-one x::Int by x + 1 in < 1, inc >',
    'd.txt': 'a\nb\n',
  })
  const { stdout } = await session(
    [':load p.hocl', ':load d.txt', ':run', ':save s.hocl'],
    folder.path,
  )
  expect(stdout.split('\n')).toEqual(['<1, inc>', '<1, "a", "b", inc>', '<2, "a", "b">', ''])
  expect(readFileSync(join(folder.path, 's.hocl'), 'utf8')).toContain('<2, "a", "b">')
  expect((await hocl(['s.hocl', '-q'], { cwd: folder.path })).stdout).toBe('<2, "a", "b">\n')
})

/** `script` gives a command a terminal of its own; not every system has it in this form. */
const hasScript = spawnSync('script', ['-qec', 'true', '/dev/null']).status === 0

test.skipIf(!hasScript)('on a terminal it prompts, completes, and leaves with Ctrl-D', async () => {
  using folder = new Folder()
  const command = `"${process.execPath}" "${join(root, 'cli/main.ts')}" repl --color never`
  const child = spawn('script', ['-qec', command, '/dev/null'], {
    env: { ...process.env, HOCL_HISTORY: join(folder.path, 'history'), TERM: 'xterm' },
  })
  let seen = ''
  child.stdout.on('data', (piece: Buffer) => (seen += piece.toString()))
  const send = async (keys: string, answer: string): Promise<void> => {
    const answered = written(child, answer)
    child.stdin.write(keys)
    await answered
  }
  await written(child, 'hocl> ')
  await send('LONGNAME, 1\r', '<1, LONGNAME>')
  await send('LON', 'LON')
  await send('\t', 'GNAME')
  await send('\r', '<1, LONGNAME, LONGNAME>')
  await send('let f =\r', '... ')
  await send('\u0003', 'hocl> ')
  await send(':ty', ':ty')
  await send('\t', 'pe')
  await send(' 1\r', 'Int')
  const closed = new Promise((resolve) => child.on('close', resolve))
  child.stdin.write('\u0004')
  await closed
  expect(seen).toContain('Molecules react with')
  expect(readFileSync(join(folder.path, 'history'), 'utf8')).toContain('LONGNAME, 1')
})
