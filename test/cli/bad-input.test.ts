import { spawn } from 'node:child_process'
import { closeSync, existsSync, openSync } from 'node:fs'
import { afterAll, describe, expect, test } from 'vitest'
import { commandFile } from '../support/command.ts'
import { ended, Folder, hocl } from '../support/command-line.ts'

/* Whatever is wrong ends in one clear message with its place, and never in a trace of the stack. */

const folder = new Folder({
  'max.hocl': 'let max = replace x, y by x if x >= y in\n< 2, 3, max >\n',
  'bad.hocl': 'let max = replace _, _ by z in\n< 1, max >\n',
  'torn.hocl': '< 1, 2',
  'latin.hocl': Uint8Array.of(60, 49, 44, 10, 34, 0xe9, 34, 62),
  'library.hocl': 'let a = 1 in\n',
  'zero.hocl': '< 1 / 0 >',
  'lost.hocl': 'import "./nowhere.hocl";\n< 1 >',
  'circle.hocl': 'import "./round.hocl";\n< a >',
  'round.hocl': 'import "./circle.hocl";\nlet a = 1 in\n',
  'bad.json': '[1,\n {"a": }]',
  'bad.ndjson': '1\n2\n{]\n',
  'bad.csv': 'a,b\n1,"2\n',
  'empty.json': ' \n',
  'data.xyz': '1',
  'folder/x.txt': 'x',
  'syntax.ts': 'export const a = 1\nexport const b = = 2\n',
  'syntax.js': 'export const a = 1\nexport const b = = 2\n',
  'enum.ts': 'export enum E { A }\n',
  'throws.ts': "export const a = 1\nthrow new Error('at load')\n",
  'missing.ts': "import { a } from './nowhere.ts'\nexport const b = a\n",
  'nothing.ts': 'const a = 1\n',
  'nameless.ts': 'export default function (x: number) { return x }\n',
  'empty.hocl': ' // nothing\n',
  'cast.hocl': '< (Int) "a" >',
  'path.hocl': '< A.b.c >',
  'endless.hocl': '<1^∞>',
  'less.hocl.json': '[[1, "-inf"]]',
  'pure.ts': "export const pure = ['nrom']\nexport const norm = (x: number) => x\n",
  'pure-list.ts': "export const pure = 'norm'\nexport const norm = (x: number) => x\n",
  'pure-async.ts': "export const pure = ['late']\nexport const late = async (x: number) => x\n",
  'one.ts': 'export const f = () => 1\n',
  'two.ts': 'export const f = () => 2\n',
})
afterAll(() => {
  folder[Symbol.dispose]()
})

/** The arguments, the exit code, and what the message has. */
interface Case {
  readonly args: readonly string[]
  readonly code: number
  readonly texts: readonly string[]
}

const cases: readonly Case[] = list([
  [['run', 'max.hcol'], 2, 'there is no file `max.hcol`', 'did you mean `max.hocl`?'],
  [['run', 'nowhere/max.hocl'], 2, 'there is no folder `nowhere`'],
  [['run', 'max.hocl/x'], 2, 'there is no file', '`max.hocl` is a file, not a folder'],
  [['check'], 2, 'no file is named'],
  [['run', 'folder'], 2, '`folder` is a folder, not a file'],
  [['chekc', 'max.hocl'], 2, 'no command and no file `chekc`', 'did you mean `hocl check`?'],
  [['run', '--sede', '3', 'max.hocl'], 2, 'there is no option `--sede`', 'did you mean `--seed`?'],
  [['run'], 2, 'is missing'],
  [['run', 'max.hocl', 'max.hocl'], 2, 'too many arguments'],
  [['run', 'max.hocl', '--trace', 'tr.nd'], 2, 'too many arguments', '`--trace=tr.nd`'],
  [['run', 'max.hocl', '--trace='], 2, '`--trace=` lacks its file'],
  [['run', 'max.hocl', '--in-format', 'csv'], 2, '`--in-format` is about data, and there is none'],
  [['run', 'max.hocl', '--no-header'], 2, '`--no-header` is about CSV', 'there is none'],
  [['run', 'max.hocl', '--in', 'bad.json', '--separator', ';'], 2, '`--separator` is about CSV'],
  [['run', 'max.hocl', '--seed'], 2, 'lacks its value'],
  [['run', 'max.hocl', '--seed', 'randon'], 2, 'did you mean `random`?'],
  [['run', 'max.hocl', '--strategy', 'quick'], 2, '`--strategy` does not take `quick`', '`fast`'],
  [['run', 'max.hocl', '--max-reactions', '-1'], 2, 'takes a whole number'],
  [['run', 'max.hocl', '--max-depth', '20000'], 2, 'goes up to 10,000'],
  [['run', 'max.hocl', '--timeout', 'soon'], 2, 'takes a time', '`10s`'],
  [['run', 'max.hocl', '--separator', 'ab'], 2, 'takes one character'],
  [['run', 'max.hocl', '--json', '--out-format', 'csv'], 2, 'do not go together'],
  [['run', '-', '--in', 'A=-'], 2, 'standard input can be read only once'],
  [['run', 'max.hocl', '--in', 'nowhere.csv'], 2, 'there is no file `nowhere.csv`'],
  [['run', 'max.hocl', '--in', 'data.xyz'], 2, 'does not tell its format', 'hocl-json'],
  [
    ['run', 'max.hocl', '--in', 'name=bad.csv'],
    2,
    '`name` cannot stand before data',
    'Name=bad.csv',
  ],
  [['run', 'max.hocl', '--trace=nowhere/t.ndjson'], 2, 'cannot be opened'],
  [['run', 'max.hocl', '--host', 'max.hocl'], 2, 'is no host module', '.cjs'],
  [['run', 'bad.hocl'], 1, 'error[HOCL203]', 'bad.hocl:1:27'],
  [['run', 'torn.hocl'], 1, 'error[HOCL118]', 'torn.hocl:1:1'],
  [['run', 'latin.hocl'], 1, 'error[HOCL606]', 'not UTF-8', 'line 2'],
  [['run', 'library.hocl'], 1, 'error[HOCL604]', 'no solution'],
  [['run', 'zero.hocl'], 1, 'error[HOCL401]', 'zero.hocl:1:3'],
  [['run', 'lost.hocl'], 1, 'error[HOCL601]', 'lost.hocl:1:8'],
  [['run', 'circle.hocl'], 1, 'error[HOCL603]'],
  [['run', 'max.hocl', '--in', 'bad.json'], 1, 'HOCL62', 'bad.json:2:'],
  [['run', 'max.hocl', '--in', 'bad.ndjson'], 1, 'HOCL62', 'bad.ndjson:3:'],
  [['run', 'max.hocl', '--in', 'bad.csv'], 1, 'HOCL62', 'bad.csv:2:'],
  [['run', 'max.hocl', '--in', 'empty.json'], 1, 'HOCL621', 'there is no value'],
  [['run', 'max.hocl', '--in', 'latin.hocl', '--in-format', 'txt'], 1, 'HOCL606', 'latin.hocl:2'],
  [['run', 'max.hocl', '--inject', '1 +'], 1, '--inject:1:', 'error[HOCL1'],
  [['run', 'max.hocl', '--inject', 'mx'], 1, 'did you mean `max`?'],
  [['run', 'max.hocl', '--host', 'syntax.ts'], 1, 'error[HOCL610]', 'syntax.ts:2:18'],
  [['run', 'max.hocl', '--host', 'syntax.js'], 1, 'error[HOCL610]', 'syntax.js:2:18'],
  [
    ['run', 'max.hocl', '--host', 'enum.ts'],
    1,
    'error[HOCL610]',
    'enum.ts:1:8',
    'compile the file',
  ],
  [['run', 'max.hocl', '--host', 'throws.ts'], 1, 'error[HOCL610]', 'throws.ts:2:7', 'at load'],
  [['run', 'max.hocl', '--host', 'missing.ts'], 1, 'error[HOCL610]', 'nowhere.ts'],
  [['run', 'max.hocl', '--host', 'nothing.ts'], 1, 'error[HOCL611]', 'write `export` before'],
  [['run', 'max.hocl', '--host', 'nameless.ts'], 1, 'error[HOCL611]', 'has no name'],
  [['run', 'empty.hocl'], 1, 'error[HOCL604]', '^ nothing is here'],
  [['run', 'cast.hocl'], 1, 'error[HOCL401]', '^ "a" is no Int'],
  [['run', 'endless.hocl', '--inject', '1^-∞'], 1, 'error[HOCL628]', 'copies of 1'],
  [['run', 'endless.hocl', '--in', 'less.hocl.json'], 1, 'error[HOCL628]', 'have no sum'],
  [['run', 'path.hocl'], 1, 'error[HOCL202]: there is no `A.b.c`', 'path.hocl:1:3'],
  [['run', 'max.hocl', '--host', 'pure.ts'], 1, 'error[HOCL612]', 'did you mean `norm`?'],
  [['run', 'max.hocl', '--host', 'pure-list.ts'], 1, 'error[HOCL612]'],
  [['run', 'max.hocl', '--host', 'pure-async.ts'], 1, 'error[HOCL613]'],
  [['run', 'max.hocl', '--host', 'one.ts', '--host', 'two.ts'], 1, 'error[HOCL614]', '`one.ts`'],
  [['check', 'nowhere.hocl'], 2, 'there is no file'],
  [['fmt'], 2, 'name the files'],
  [['fmt', 'torn.hocl'], 1, 'error[HOCL118]'],
  [['explain', 'HOCL999'], 2, 'there is no code `HOCL999`'],
  [['doc', 'hocl.stes'], 2, 'did you mean `hocl.sets`?'],
  [['help', 'dta'], 2, 'did you mean `data`?'],
  [['completion', 'bsh'], 2, 'did you mean `bash`?'],
  [['init', '.'], 2, 'is there already'],
  [['test', 'max.hocl'], 1, 'it expects nothing'],
  [['repl', 'nowhere.hocl'], 2, 'there is no file'],
])

describe('bad input', () => {
  folder.write('README.md', 'here')

  test.concurrent.each(cases)('hocl $args', async ({ args, code, texts }) => {
    const { stderr, stdout, ...ended } = await hocl(args, { cwd: folder.path, input: '<1>' })
    for (const text of texts) expect(stderr).toContain(text)
    expect(ended.code).toBe(code)
    expect(stderr).not.toMatch(/\n\s+at .*[:(]|node:internal|\bundefined\b/)
    if (args[0] === 'run') expect(stdout).toBe('')
  })

  test.concurrent('in data is shown at its line', async () => {
    const { stderr } = await hocl(['max.hocl', '--in', 'bad.json'], { cwd: folder.path })
    expect(stderr).toContain('  ┌─ bad.json:2:8\n2 │  {"a": }]\n  │        ^\n')
  })

  test.concurrent('is an object with `--json`', async () => {
    const run = async (...args: string[]): Promise<unknown> =>
      JSON.parse((await hocl(['run', '--json', ...args], { cwd: folder.path })).stdout)
    expect(await run('bad.hocl')).toMatchObject({
      outcome: 'rejected',
      diagnostics: [{ code: 'HOCL203', labels: [{ file: 'bad.hocl', line: 1, column: 27 }, {}] }],
    })
    expect(await run('nowhere.hocl')).toEqual({
      outcome: 'rejected',
      error: { message: 'there is no file `nowhere.hocl`' },
    })
    expect(await run('max.hocl', '--in', 'bad.csv')).toMatchObject({
      outcome: 'rejected',
      error: { code: expect.stringMatching(/^HOCL62/), file: 'bad.csv', line: 2 },
    })
  })
})

describe.skipIf(!existsSync('/dev/full'))('a full disk', () => {
  const onFullDisk = (args: readonly string[], streams: readonly ('full' | 'pipe')[]) => {
    const full = openSync('/dev/full', 'w')
    const child = spawn(process.execPath, [commandFile(), ...args], {
      cwd: folder.path,
      stdio: ['ignore', ...streams.map((stream) => (stream === 'full' ? full : stream))],
    })
    closeSync(full)
    return ended(child)
  }

  test.concurrent('is told, and is no fault of hocl', async () => {
    const { code, stderr } = await onFullDisk(['run', 'max.hocl'], ['full', 'pipe'])
    expect(code).toBe(2)
    expect(stderr).toContain('error: the output cannot be written: the disk is full\n')
  })

  test.concurrent('ends the process also where nothing can be told', async () => {
    expect((await onFullDisk(['run', 'max.hocl'], ['full', 'full'])).code).toBe(2)
    expect((await onFullDisk(['run', 'max.hocl'], ['pipe', 'full'])).code).toBe(0)
  })

  test.concurrent('ends a run whose trace it cannot hold', async () => {
    const { code, stderr } = await hocl(['max.hocl', '--trace=/dev/full'], { cwd: folder.path })
    expect(code).toBe(2)
    expect(stderr).toContain('`/dev/full` cannot be written: the disk is full')
  })
})

function list(
  rows: readonly (readonly [args: readonly string[], code: number, ...texts: string[]])[],
): readonly Case[] {
  return rows.map(([args, code, ...texts]) => ({ args, code, texts }))
}
