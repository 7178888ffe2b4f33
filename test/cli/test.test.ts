import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { Folder, hocl } from '../support/command-line.ts'

/** What `hocl test` does with one file, and what the file holds afterwards. */
async function tested(text: string | Uint8Array, ...flags: readonly string[]) {
  using folder = new Folder({ 'a.hocl': text })
  const ended = await hocl(['test', ...flags, 'a.hocl'], { cwd: folder.path })
  return { ...ended, text: readFileSync(join(folder.path, 'a.hocl'), 'utf8') }
}

test.concurrent(
  '--update writes a result that always comes, and leaves what is right',
  async () => {
    const indented = '<1, 2, replace x, y by x + y>\r\n  //=> <9>\r\n// end'
    const { code, stdout, text } = await tested(indented, '--update')
    expect(text).toBe(
      '<1, 2, replace x, y by x + y>\r\n  //=> <3, (replace x, y by x + y)>\r\n// end',
    )
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: '1 written, 0 right as they were, 0 left alone\n',
    })
    const right = await tested('<1>\n//=> <\n//=>  1>\n', '--update')
    expect(right).toMatchObject({ code: 0, text: '<1>\n//=> <\n//=>  1>\n' })
    const several = await tested('<2>\n//=> <\n//=> 1>\n//=> limit 3\n', '--update')
    expect(several.text).toBe('<2>\n//=> <\n//=> 1>\n//=> limit 3\n')
    const longer = await tested('<2>\n//=> <\n//=> 1>\n// end\n', '--update')
    expect(longer.text).toBe('<2>\n//=> <2>\n// end\n')
  },
)

test.concurrent.each([
  ['< f() >\n//=> <1>\n', 'HOCL202'],
  ['< b >\n//=> <1>\n', 'HOCL201'],
  ['< 1 / 0 >\n//=> <1>\n', 'HOCL401'],
  ['<1, replace-one x by x / 0>\n//=> <1>\n', 'failed instead of inert'],
  ['<0, replace x::Int by x + 1>\n//=> <3>\n', 'reaction-limit instead of inert'],
  ['<1, 2, replace-one x::Int by ∅>\n//=> <7>\n', 'more than one result: <1> or <2>'],
  ['<1>\n//=> <2>\n//=> <3>\n', 'a.hocl:3: a second `//=>`'],
  ['<1>\n//=| <2>\n//=| <3>\n', 'a.hocl:2: <1> came out'],
  ['<1>\n//=> <1>\n//=? molecules 2\n', 'a.hocl:3: 1 molecules came out'],
])('--update leaves alone and says why: %j', async (text, why) => {
  const updated = await tested(text, '--update')
  expect(updated).toMatchObject({
    code: 1,
    text,
    stdout: '0 written, 0 right as they were, 1 left alone\n',
  })
  expect(updated.stderr).toContain(why)
})

test.concurrent('--update says what is still wrong after it has written', async () => {
  const updated = await tested('<2>\n//=> <1>\n//## reactions 3\n', '--update')
  expect(updated).toMatchObject({ code: 1, text: '<2>\n//=> <2>\n//## reactions 3\n' })
  expect(updated.stderr).toContain('a.hocl:3: 0 reactions, not 3')
})

test.concurrent.each([
  ['<1>\n//=> <2>\n', 'a.hocl:2: <1> came out (seed 1, strategy fast), not <2>'],
  ['<1>\n//=* < 9 >\n', 'a.hocl:2: nobody reads `//=* < 9 >`'],
  ['<1>\n//=> <2\n', 'a.hocl:2: `<2` cannot be read'],
  ['<1\n//=> <2>\n', '┌─ a.hocl:1:1\n    1 │ <1\n'],
  ['<f()>\n//=> <2>\n', '┌─ a.hocl:1:2\n'],
  ['<1>\n//=? matches <x\n', 'a.hocl:2: `<x` cannot be read'],
  ['<1>\n//=! HOCL201\n', 'a.hocl:2: was to be refused with HOCL201'],
  ['<1>\n//## reactions 2\n', 'a.hocl:2: 0 reactions, not 2'],
  ['<1>\n// ^ HOCL201\n//=> <1>\n', 'a.hocl:1: HOCL201'],
  ['<1>\n', 'it expects nothing'],
])('a failure shows its place: %j', async (text, message) => {
  const { code, stdout, stderr } = await tested(text)
  expect(stderr).toContain(message)
  expect({ code, stdout }).toEqual({ code: 1, stdout: '0 passed, 1 failed\n' })
  if (!text.endsWith('<1>\n')) expect(stderr).not.toContain('expects nothing')
})

test.concurrent('a number of reactions is an expectation', async () => {
  expect(await tested('<1, replace-one 1 by 2>\n//## reactions 1\n')).toMatchObject({
    code: 0,
    stdout: '1 passed, 0 failed\n',
  })
})

test.concurrent('a file that cannot be read fails, and the others are tested', async () => {
  using folder = new Folder({
    'a.hocl': '<1>\n//=> <1>\n',
    'bin.hocl': new Uint8Array([0xff, 0xfe, 0]),
    'typo.hocl': '<1>\n//=* <1>\n',
    'z.hocl': '<2>\n//=> <2>\n',
  })
  const { code, stdout, stderr } = await hocl(['test', '.'], { cwd: folder.path })
  expect({ code, stdout }).toEqual({ code: 1, stdout: '2 passed, 2 failed\n' })
  expect(stderr).toContain('✗ bin.hocl')
  expect(stderr).toContain('HOCL606')
  const named = await hocl(['test', 'nofile.hocl', 'a.hocl', 'a.hocl'], { cwd: folder.path })
  expect(named).toMatchObject({ code: 2, stdout: '1 passed, 1 failed\n' })
  expect(named.stderr).toContain('there is no file `nofile.hocl`')
})

test.concurrent('what names no test is refused', async () => {
  using folder = new Folder({ 'a.hocl': '<1>\n//=> <1>\n' })
  const { path: cwd } = folder
  const filtered = await hocl(['test', '.', '--filter', 'zzz'], { cwd })
  expect(filtered.code).toBe(2)
  expect(filtered.stderr).toContain('no test has `zzz` in its name')
  expect(filtered.stderr).toContain('there is 1 test, `a.hocl`')
  const cased = await hocl(['test', '.', '--filter', 'A.HOCL'], { cwd })
  expect(cased.stderr).toContain('did you mean `a.hocl`?')
  const seeds = await hocl(['test', '.', '--seeds', '0'], { cwd })
  expect(seeds.code).toBe(2)
  expect(seeds.stderr).toContain('from 1 on')
})

test.concurrent('a host module that never answers or throws by itself fails a test', async () => {
  using folder = new Folder({
    'a.hocl': '<1, replace-one x::Int by f()>\n//=> <1>\n',
    'b.hocl': '<1>\n//=> <1>\n',
    'never.ts': 'export const f = () => new Promise(() => undefined)\n',
    'stray.ts':
      "export const f = () => (setTimeout(() => { throw new Error('late') }), new Promise((r) => setTimeout(r, 60_000)))\n",
  })
  const { path: cwd } = folder
  for (const [host, message] of [
    ['never.ts', 'a host function never answers'],
    ['stray.ts', 'a host module throws where nothing waits for it: late'],
  ] as const) {
    const ended = await hocl(['test', '.', '--host', host], { cwd })
    expect(ended).toMatchObject({ code: 1, stdout: '1 passed, 1 failed\n' })
    expect(ended.stderr).toContain(message)
    const updated = await hocl(['test', '.', '--host', host, '--update'], { cwd })
    expect(updated).toMatchObject({
      code: 1,
      stdout: '0 written, 1 right as they were, 1 left alone\n',
    })
  }
})
