import { readFileSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { Command } from 'commander'
import { expect, test } from 'vitest'
import { helpLayout } from '../../cli/help-layout.ts'
import { Folder, hocl } from '../support/command-line.ts'

const max = 'let max = replace x, y by x if x >= y in\n<2, 3, max>\n'

test.concurrent('check reports without running, and can be strict', async () => {
  using folder = new Folder({ 'a.hocl': 'let a = 1 in <2>', 'b.hocl': max, 'c.hocl': '<x>' })
  const { path: cwd } = folder
  expect(await hocl(['check', 'a.hocl', 'b.hocl'], { cwd })).toMatchObject({ code: 0, stdout: '' })
  const strict = await hocl(['check', 'a.hocl', '--deny-warnings'], { cwd })
  expect(strict.code).toBe(1)
  expect(strict.stderr).toContain('1 file: 1 warning')
  const all = await hocl(['check', '.', '--json'], { cwd })
  expect(all.code).toBe(1)
  expect(JSON.parse(all.stdout)).toMatchObject({
    files: [{ file: 'a.hocl' }, {}, {}],
    errors: 1,
    warnings: 1,
  })
})

test.concurrent('check goes on after what it cannot read, and counts it', async () => {
  using folder = new Folder({
    'a.hocl': max,
    'b.hocl': Uint8Array.of(60, 0xe9, 62),
    'c.hocl': '<x>',
    'deep/README.md': '',
    'host.js': 'throw new Error("no")',
  })
  const { path: cwd } = folder
  symlinkSync('loop.hocl', join(cwd, 'loop.hocl'))
  symlinkSync('a.hocl', join(cwd, 'link.hocl'))
  const all = await hocl(['check', '.', 'no.hocl', 'a.hocl/x', 'deep'], { cwd })
  for (const text of [
    'error[HOCL606]: b.hocl is not UTF-8',
    'error: `loop.hocl` cannot be opened: it is a link to itself',
    'error[HOCL201]',
    'error: there is no file `no.hocl`',
    'error: there is no file `a.hocl/x`\n  = hint: `a.hocl` is a file, not a folder',
    'error: there is no program in `deep`',
    '8 files: 6 errors\n',
  ])
    expect(all.stderr).toContain(text)
  expect(all.code).toBe(2)
  const { code, stdout } = await hocl(['check', '--json', 'b.hocl', 'no.hocl', 'a.hocl'], { cwd })
  expect({ code, ...JSON.parse(stdout) }).toMatchObject({
    code: 2,
    files: [
      { file: 'b.hocl', error: { code: 'HOCL606' } },
      { file: 'no.hocl', error: { message: 'there is no file `no.hocl`' } },
      { file: 'a.hocl', diagnostics: [] },
    ],
    errors: 2,
  })
  const unloaded = await hocl(['check', '--json', 'a.hocl', 'c.hocl', '--host', 'host.js'], { cwd })
  expect({ code: unloaded.code, ...JSON.parse(unloaded.stdout) }).toMatchObject({
    code: 1,
    files: [],
    diagnostics: [{ code: 'HOCL610' }],
    errors: 1,
  })
})

test.concurrent(
  'fmt counts what it cannot format, and refuses a folder without programs',
  async () => {
    using folder = new Folder({ 'a.hocl': '<1,2>', 'b.hocl': '<1', 'deep/README.md': '' })
    const { path: cwd } = folder
    expect(await hocl(['fmt', '.'], { cwd })).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/\n2 files, 1 changed, 1 could not be formatted\n$/),
    })
    expect(await hocl(['fmt', 'deep'], { cwd })).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('there is no program in `deep`'),
    })
  },
)

test.concurrent('help lists the commands in one layout, also in a narrow terminal', async () => {
  const commands = (text: string) => /Commands:\n([^]*?)\n\n/.exec(text)?.[1]
  const { stderr, code } = await hocl([])
  expect(code).toBe(2)
  const { stdout } = await hocl(['help'])
  expect(commands(stdout)).toBe(commands(stderr))
  expect(commands(stdout)).toContain('  run             run a program until it is inert')
  const help = new Command('tool').configureHelp(helpLayout).createHelp()
  help.prepareContext({ helpWidth: 34 })
  expect(help.formatItem('--in-format <format>', 22, 'the format of all data', help)).toBe(
    '  --in-format <format>\n      the format of all data',
  )
  expect(help.formatItem('--watch', 22, 'run again whenever a file changes', help)).toBe(
    '  --watch\n      run again whenever a file\n      changes',
  )
})

test.concurrent('`--no-color` is `--color never`, and a trace may have a file', async () => {
  using folder = new Folder({ 'a.hocl': max })
  const env = { FORCE_COLOR: '1' }
  const coloured = await hocl(['a.hocl'], { cwd: folder.path, env })
  expect(coloured.stdout).toContain('\u001B[')
  const plain = await hocl(['a.hocl', '--no-color'], { cwd: folder.path, env })
  expect(plain).toMatchObject({ code: 0, stdout: '<3, max>\n' })
  expect((await hocl(['run', '--help'])).stdout).toContain('  --trace[=file] ')
})

test.concurrent('fmt writes the one layout, or says what is not in it', async () => {
  using folder = new Folder({ 'a.hocl': '<1,2>', 'deep/b.hocl': max })
  const { path: cwd } = folder
  expect(await hocl(['fmt', '--check', '.'], { cwd })).toMatchObject({
    code: 1,
    stdout: 'a.hocl\n',
  })
  expect((await hocl(['fmt', '.'], { cwd })).code).toBe(0)
  expect(readFileSync(join(cwd, 'a.hocl'), 'utf8')).toBe('<1, 2>\n')
  expect((await hocl(['fmt', '--check', '.'], { cwd })).code).toBe(0)
  expect((await hocl(['fmt', '--stdin'], { input: '<1,2>' })).stdout).toBe('<1, 2>\n')
})

test.concurrent('explain shows the page of a code', async () => {
  expect((await hocl(['explain', '101'])).stdout).toMatch(/^# HOCL101: /)
  expect((await hocl(['explain'])).stdout).toMatch(/^HOCL101: /m)
})

test.concurrent('plan shows what a rule was compiled to', async () => {
  expect((await hocl(['plan', '-'], { input: max })).stdout).toMatch(/^max · n-shot/)
})

test.concurrent('doc shows what a module says of itself', async () => {
  expect((await hocl(['doc', 'hocl.sets'])).stdout).toContain('## union')
  expect((await hocl(['doc'])).stdout).toContain('hocl.numbers')
})

test.concurrent('doc tells a module and its definitions apart by empty lines', async () => {
  using folder = new Folder({
    'm.hocl':
      '/// The module.\n/// ```hocl\n/// <1>\n/// //=> <1>\n/// ```\n\n/// One.\n/// More.\nlet unit = 1 in\n\n/// Two.\n\n/// Too.\nlet main = 2 in\n',
    'bad.hocl': '<1',
    'all.hocl': '<1>',
  })
  const { path: cwd } = folder
  const { stdout } = await hocl(['doc', 'm.hocl'], { cwd })
  expect(stdout.split(/\n+/)).toEqual(
    [
      ['# m.hocl', 'The module.', '```hocl', '<1>', '//=> <1>', '```'],
      ['## unit', '```hocl', 'let unit = 1 in', '```', 'One.', 'More.'],
      ['## main', '```hocl', 'let main = 2 in', '```', 'Two.', 'Too.', ''],
    ].flat(),
  )
  // What the comment of the module shows is a test as well.
  expect((await hocl(['test', 'm.hocl'], { cwd })).stdout).toBe('1 passed, 0 failed\n')
  const bad = await hocl(['doc', 'bad.hocl'], { cwd })
  expect(bad).toMatchObject({ code: 1, stdout: '' })
  expect(bad.stderr).toContain('HOCL118')
  expect((await hocl(['doc', 'all.hocl'], { cwd })).stdout).toContain('It defines nothing')
  expect((await hocl(['doc', 'setz'], { cwd })).stderr).toContain('did you mean `sets`?')
})

test.concurrent('init makes a project that runs, is laid out, and passes its tests', async () => {
  using folder = new Folder()
  const { path: cwd } = folder
  expect((await hocl(['init', 'new'], { cwd })).code).toBe(0)
  expect((await hocl(['run', 'new/main.hocl'], { cwd })).code).toBe(0)
  expect((await hocl(['fmt', '--check', 'new'], { cwd })).stdout).toBe('')
  expect((await hocl(['check', '--deny-warnings', 'new'], { cwd })).code).toBe(0)
  expect((await hocl(['test', 'new'], { cwd })).stdout).toBe('2 passed, 0 failed\n')
  expect((await hocl(['init', 'new'], { cwd })).code).toBe(2)
  const again = await hocl(['init', 'new'], { cwd })
  expect(again.code).toBe(2)
  expect(again.stderr).toContain('`new/lib/words.hocl` and `new/README.md` are there already')
})

test.concurrent('init says what is in its way, and how to go to a folder', async () => {
  using folder = new Folder({ 'a.hocl': '<1>' })
  const { path: cwd } = folder
  const file = await hocl(['init', 'a.hocl'], { cwd })
  expect(file).toMatchObject({ code: 2, stdout: '' })
  expect(file.stderr).toContain('`a.hocl` is a file, not a folder')
  expect((await hocl(['init', 'a.hocl/b'], { cwd })).code).toBe(2)
  const quoted = await hocl(['init', "new folder/it's"], { cwd })
  if (process.platform !== 'win32')
    expect(quoted.stderr).toContain("cd 'new folder/it'\\''s' && hocl run")
  if (process.platform === 'linux')
    expect((await hocl(['init', '/proc/nope/a'])).stderr).toContain('no such folder')
})

test.concurrent('test compares what comes out with the marks', async () => {
  using folder = new Folder({
    'good.hocl': `${max}//=> <3, max>\n//## reactions 1\n`,
    'wrong.hocl': `${max}//=> <2, max>\n`,
    'list.hocl': '<A, B, replace-one _::Symbol by ∅>\n//=| <A>\n',
    'several.hocl': '<A, B, replace-one _::Symbol by ∅>\n//=| <A>\n//=| <B>\n',
    'incomplete.hocl': '<A, B, C, replace-one _::Symbol by ∅>\n//=| <A, B>\n//=| <B, C>\n',
    'endless.hocl': '<A, replace A by A>\n//=> limit 50\n',
    'refused.hocl': '< x >\n//^ HOCL201 not defined\n//=! HOCL201\n',
    'failed.hocl': '<1, replace-one x by x / 0>\n//=! failed by zero\n',
    'unread.hocl': `${max}//=? colour red\n`,
    'matched.hocl': `${max}//=? matches <x::Int, max = m>\n//=? molecules 2\n`,
    'module.hocl': '/// ```hocl\n/// <1>\n/// //=> <2>\n/// ```\nlet a = 1 in\n',
    'plain.hocl': '<1>',
  })
  const { code, stdout, stderr } = await hocl(['test', '.'], { cwd: folder.path })
  expect(code).toBe(1)
  expect(stdout).toBe('6 passed, 5 failed\n')
  for (const text of [
    '<3, max> came out (seed 1, strategy fast), not <2, max>',
    'one line `//=|` alone',
    '<A, C> ',
    'nobody reads `//=? colour red`',
    'module.hocl · a',
  ])
    expect(stderr).toContain(text)
  const update = await hocl(['test', '--update', 'wrong.hocl'], { cwd: folder.path })
  expect(update.code).toBe(0)
  expect(readFileSync(join(folder.path, 'wrong.hocl'), 'utf8')).toBe(`${max}//=> <3, max>\n`)
})

test.concurrent.each(['bash', 'zsh', 'fish', 'powershell'])(
  'there is a completion for %s',
  async (shell) => {
    const { stdout } = await hocl(['completion', shell])
    for (const word of ['explain', 'max-reactions', 'strategy', 'reference']) {
      if (shell !== 'powershell' || word !== 'reference') expect(stdout).toContain(word)
    }
  },
)

test.concurrent('help, version and colour', async () => {
  const help = await hocl(['help'])
  expect(help.stdout).toContain('exit-codes')
  for (const command of ['run', 'repl', 'completion'])
    expect(help.stdout).toContain(`  ${command} `)
  expect((await hocl(['help', 'run'])).stdout).toContain('--max-reactions')
  expect((await hocl(['run', '--help'])).stdout).toContain('Examples:')
  expect((await hocl(['help', 'data'])).stdout).toContain('ndjson')
  expect((await hocl(['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/)
  expect(await hocl([])).toMatchObject({ code: 2, stdout: '' })
  const input = '<1>'
  expect((await hocl(['-', '--color', 'always'], { input })).stdout).toContain('\u001B[')
  expect((await hocl(['-'], { input, env: { FORCE_COLOR: '1' } })).stdout).toContain('\u001B[')
  expect((await hocl(['-', '--color', 'never'], { input, env: { FORCE_COLOR: '1' } })).stdout).toBe(
    '<1>\n',
  )
  expect((await hocl(['-'], { input, env: { FORCE_COLOR: '1', NO_COLOR: '1' } })).stdout).toBe(
    '<1>\n',
  )
})
