import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { Folder, hocl } from '../support/command-line.ts'
import { troublesome } from '../support/troublesome-host.ts'

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
  expect(stdout.split('\n')[1]).toBe('<1, (replace-one x by x / 0)>')
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

test.concurrent(
  'a definition goes on up to its `in`, so that a program of the docs is taken whole',
  async () => {
    const { stdout, stderr } = await session([
      'let pay = replace ACCOUNT:who:balance, PAY:who:amount',
      '  by ACCOUNT:who:(balance - amount)',
      '  if balance >= amount in',
      'ACCOUNT:"a":5, PAY:"a":9, pay',
      ':run',
      'let f =',
      ' replace-one x::Int by x',
      ' in',
      'f',
    ])
    expect(stderr).toBe('')
    expect(stdout.split('\n').slice(1)).toEqual([
      '<ACCOUNT:"a":5, PAY:"a":9, pay>',
      '<ACCOUNT:"a":5, PAY:"a":9, f, pay>',
      '',
    ])
  },
)

test.concurrent(
  'an open definition ends with an empty line, another definition or a command, and keeps its name',
  async () => {
    const lines = ['let main = 1', 'let b = main', 'let c = b', '', 'c', 'let d = 7', ':rules']
    const { stdout } = await session(lines)
    expect(stdout.split('\n')).toEqual([
      '<1>',
      'let main = 1 in',
      'let b = main in',
      'let c = b in',
      'let d = 7 in',
      '',
    ])
  },
)

test.concurrent(
  'a line that begins with `if`, `by` or an operator goes on with the last',
  async () => {
    const { stdout, stderr } = await session([
      '5, replace x::Int',
      'by B',
      'if x > 5',
      '7',
      '* 2',
      '7',
      ':show',
      '* 2',
    ])
    expect(stdout.split('\n')).toEqual([
      '<5, (replace x::Int by B if x > 5)>',
      '<5, 14, (replace x::Int by B if x > 5)>',
      '<5, 7, 14, (replace x::Int by B if x > 5)>',
      '<5, 7, 14, (replace x::Int by B if x > 5)>',
      '',
    ])
    expect(stderr).toContain('saw `*`')
  },
)

test.concurrent('a mistake in a definition is told once, for all of its lines', async () => {
  const lines = ['let f =', '  replce x by x', '  if x > 3 in', '<1,', '2 +* 3,', '4>', '5']
  const { stdout, stderr } = await session(lines)
  expect(stdout).toBe('<5>\n')
  expect(stderr.match(/^error/gm)).toHaveLength(2)
})

test.concurrent('a message shows the text that was typed, and nothing else', async () => {
  const lines = ['(1', '', 'replace x by', '', 'let', '', 'let a = 1 in foo', '<2']
  const { stderr } = await session(lines)
  expect(stderr).not.toMatch(/\bin$|definitions:|`in`/m)
  expect(stderr).toContain('│ let a = 1 in foo\n  │              ^^^')
  expect(stderr).toContain('│ <2\n')
})

test.concurrent('a warning is told once, at the place where it was typed', async () => {
  using folder = new Folder({ 'p.hocl': '// one\nlet f = replace x::Int by 1 in\n<f>' })
  const { stdout, stderr } = await session(
    [
      'let a = 1 in',
      'let g = replace-one y::Int by 2 in',
      'let h = 3 in',
      ':load p.hocl',
      'let k = 4 in',
    ],
    folder.path,
  )
  expect(stderr).toBe('')
  const loud = await hocl(['repl'], {
    input:
      'let a = 1 in\nlet g = replace-one y::Int by 2 in\nlet h = 3 in\n:load p.hocl\nlet k = 4 in\n',
    cwd: folder.path,
  })
  expect(loud.stderr.match(/┌─ .*/g)).toEqual([
    '┌─ input 2:1:21',
    '┌─ p.hocl:2:9',
    '┌─ p.hocl:2:17',
  ])
  expect(stdout).toBe('<f>\n')
})

test.concurrent('what is taken back, imported or called elsewhere is said', async () => {
  const lines = [
    'let a = 1 in',
    'let a = 2 in',
    'import hocl.sets;',
    ':undo',
    ':undo',
    ':undo',
    'exit',
    'help',
    ':r',
    ':step 0',
    ':strategy',
    ':strategy rnd',
    ':strategy unifrm',
    ':load nofile',
  ]
  const { stdout, stderr } = await hocl(['repl'], { input: `${lines.join('\n')}\n` })
  expect(stdout.split('\n')).toEqual(['<>', '<>', '<>', 'strategy fast', ''])
  for (const text of [
    'imported hocl.sets',
    'no longer there: import hocl.sets;',
    'as before: a',
    'no longer there: a',
    '`:quit` or Ctrl-D leaves',
    '`:help` lists the commands',
    '`:run`, `:rules` and `:reset`',
    'a whole number from 1 on',
    'there are fast, random, ',
    'did you mean `uniform`?',
    'there is no file `nofile`',
  ])
    expect(stderr).toContain(text)
})

test.concurrent(
  'a file is written in the format of its name, and not over another one',
  async () => {
    const program = 'let f = replace-one 2 by 3 in\n<1, "a", f>\n'
    using folder = new Folder({ 'a b.hocl': program })
    const { path: cwd } = folder
    const read = (name: string): string => readFileSync(join(cwd, name), 'utf8')
    const { stdout, stderr } = await hocl(['repl'], {
      cwd,
      input: [
        ':load "a b.hocl"',
        ':save r.json',
        ':save all.hocl.json',
        ':save a b.hocl',
        ':save r.json',
        ':save r',
        ':load all.hocl.json',
        ':undo',
        ':save! a b.hocl',
      ].join('\n'),
    })
    const solution = '<1, "a", f>'
    expect(stdout.split('\n')).toEqual([solution, '<1, 1, "a", "a", f, f>', solution, ''])
    expect(JSON.parse(read('r.json'))).toEqual([1, 'a'])
    expect(read('a b.hocl')).toBe(program)
    expect(stderr).toContain('saved r.json, without the rules')
    expect(stderr).toContain('`a b.hocl` is there already')
    expect(stderr).toContain('saved a b.hocl, in place of what was there')
    expect(stderr).toContain('the name of `r` does not tell')
  },
)

test.concurrent('a name that is given to another rule does not change the first', async () => {
  using folder = new Folder()
  const old = '(a = replace x::Int by A if x > 5)'
  const lines = [
    'let k = 5 in',
    'let a = replace x::Int by A if x > k in',
    'a',
    'let k = 1 in',
    '3',
    ':run',
    ':save s.hocl',
    ':load s.hocl',
    ':run',
    'a',
    ':save! s.hocl',
    ':load s.hocl',
    ':run',
  ]
  const { stdout } = await session(lines, folder.path)
  expect(stdout.split('\n')).toEqual([
    '<a>',
    `<3, ${old}>`,
    `<3, ${old}>`,
    `<3, ${old}>`,
    `<3, ${old}>`,
    `<3, (a = replace x::Int by A if x > 1), ${old}>`,
    `<3, (a = replace x::Int by A if x > 1), ${old}>`,
    `<A, (a = replace x::Int by A if x > 1), ${old}>`,
    '',
  ])
})

test.concurrent(
  'a rule keeps its name as long as that means it, also a recursive one',
  async () => {
    using folder = new Folder({ 'm.hocl': 'let inc = replace-one x::Int by x + 1 in' })
    const lines = [
      'let rec f = replace-one x::Int by (x - 1), f if x > 0 in',
      'let b = 1 in',
      'f',
      'let b = 2 in',
      'import "./m.hocl";',
      'inc',
      ':save s.hocl',
      ':load s.hocl',
      'let mk = replace-one MK by let deep = replace 7 by 8 in deep in MK, mk',
      ':run 1',
      ':run',
      ':save! t.hocl',
      ':load t.hocl',
    ]
    const { stdout } = await session(lines, folder.path)
    const shown = stdout.split('\n')
    expect(shown.slice(0, 3)).toEqual(['<f>', '<f, inc>', '<f, inc>'])
    expect(shown.at(-3)).toContain('deep')
    // What was named inside a rule has no definition in the saved program.
    expect(readFileSync(join(folder.path, 't.hocl'), 'utf8')).toContain('(deep = replace 7 by 8)')
    expect(shown.at(-2)).toContain('deep')
  },
)

test.concurrent.each(['vm', 'reference'])(
  'whatever a host module does, the session goes on (%s)',
  async (engine) => {
    using folder = new Folder(troublesome)
    const lines = [
      '1, replace-one x::Int by never()',
      ':run',
      ':reset',
      'stray()',
      ':run',
      ':reset',
    ]
    const more = ['1, replace-one x::Int by later(x)', ':run', ':run', ':step']
    const { stdout, stderr, code } = await hocl(['repl', '--host', 'h.ts', '--engine', engine], {
      input: [...lines, ...more].join('\n'),
      cwd: folder.path,
    })
    expect(stdout).toContain('</* pending: never() */>\n<>\n')
    expect(stdout).toMatch(/<2>\n$/)
    expect(stderr).toContain('error[HOCL615]: `never()` never answers\n  ┌─ input 1:1:26')
    expect(stderr).toContain('error[HOCL616]')
    expect(code).toBe(1)
  },
)
