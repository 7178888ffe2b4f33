import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { Folder, ended, hocl, started, written } from '../support/command-line.ts'

const folder = new Folder({
  'greet.hocl': `import hocl.io;
let greeted = replace LINE:_:name by WRITE:("Hello " + name + "!") in
let end = replace LINES:n by N:n in
<READ:1, linesRead(readLine), greeted, end, writtenInOrder(writeLine), written(writeLine)>`,
  'order.hocl': `import hocl.io;
<WRITE:["one", "two", "three", "four"], writtenInOrder(writeLine)>`,
  'ask.hocl': `import hocl.io;
<ASK:"Your name?", answered(ask), one ANSWER:_:name by NAME:name>`,
  'copy.hocl': `import hocl.io;
let moved = replace TEXT:path:text by SAVE:(path + ".copy"):toUpperCase(text) in
<LOAD:"a.txt", LOAD:"missing.txt", loaded(readText), moved, saved(writeText)>`,
  'a.txt': 'tea\n',
  'bells.hocl': `import hocl.time; import hocl.io;
let ring = replace BELL:n, RANG:[?before] by RANG:[before, n] in
<RANG:[], AFTER:60:(BELL:3), AFTER:1:(BELL:1), AFTER:30:(BELL:2), AFTER:0:(BELL:0), ring, later(sleep)>`,
  'night.hocl': `import hocl.time;
<AFTER:1_000_000_000_000:MORNING, later(sleep), 1, 2, replace x::Int, y::Int by x + y>`,
  'now.hocl': `<BEGIN, replace BEGIN by NOW:now()>`,
})
afterAll(() => {
  folder[Symbol.dispose]()
})

const run = (args: readonly string[], input?: string) =>
  hocl(['run', ...args], { cwd: folder.path, ...(input !== undefined && { input }) })

describe('hocl.clock', () => {
  test('lets molecules come later, the soonest first', async () => {
    const { code, stdout } = await run(['bells.hocl', '--host', 'hocl.clock'])
    expect(code).toBe(0)
    expect(stdout).toContain('RANG:[0, 1, 2, 3]')
  })

  test('sleeps as long as it takes, until it is told to stop', async () => {
    const { code, stdout } = await run(['night.hocl', '--host', 'hocl.clock', '--timeout', '0.5'])
    expect(code).toBe(3)
    expect(stdout).toContain('3')
    expect(stdout).toContain('AFTER:')
  })

  test('tells the time', async () => {
    const before = Date.now()
    const { stdout } = await run(['now.hocl', '--host', 'hocl.clock'])
    expect(Number(/NOW:(\d+)/.exec(stdout)?.[1])).toBeGreaterThanOrEqual(before)
  })
})

describe('hocl.console', () => {
  test.each([
    ['', 0],
    ['Ann', 1],
    ['Ann\n', 1],
    ['Ann\r\n\nZoë', 3],
  ])('reads the lines of %j', async (input, count) => {
    const { code, stdout } = await run(['greet.hocl', '--host', 'hocl.console'], input)
    expect(code).toBe(0)
    expect(stdout).toContain(`N:${String(count)}`)
    const greetings = stdout.split('\n').filter((line) => line.startsWith('Hello '))
    const names = input === '' ? [] : input.replace(/\r?\n$/, '').split(/\r?\n/)
    expect(greetings.sort()).toEqual(names.map((name) => `Hello ${name}!`).sort())
  })

  test('reads more than one piece of input, with characters cut in two', async () => {
    const lines = Array.from({ length: 3000 }, (_, i) => `Zoë ${'é'.repeat(i % 50)}`)
    const { stdout } = await run(['greet.hocl', '--host', 'hocl.console'], lines.join('\n'))
    expect(stdout).toContain('N:3000')
    expect(stdout).not.toContain('\ufffd')
  })

  test('writes in order', async () => {
    const { stdout } = await run(['order.hocl', '--host', 'hocl.console'])
    expect(stdout.split('\n').slice(0, 4)).toEqual(['one', 'two', 'three', 'four'])
  })

  test('waits for an answer, and then for nothing more', async () => {
    const child = started(['run', 'ask.hocl', '--host', 'hocl.console'], {
      cwd: folder.path,
      isOpen: true,
    })
    await written(child, 'Your name? ')
    child.stdin.write('Ann\nmore that nobody reads')
    const { code, stdout } = await ended(child)
    expect(code).toBe(0)
    expect(stdout).toContain('NAME:"Ann"')
  })

  test('a reader that goes away ends nothing', async () => {
    const child = started(['run', 'order.hocl', '--host', 'hocl.console'], { cwd: folder.path })
    child.stdout.destroy()
    expect((await ended(child)).code).toBe(0)
  })
})

test('hocl.files reads and writes texts', async () => {
  const { code, stdout } = await run([
    'copy.hocl',
    '--host',
    'hocl.files',
    '--host',
    'hocl.console',
  ])
  expect(code).toBe(0)
  expect(readFileSync(join(folder.path, 'a.txt.copy'), 'utf8')).toBe('TEA\n')
  expect(stdout).toContain('SAVED:"a.txt.copy"')
  expect(stdout).toMatch(/ERROR:"ENOENT.*":<LOAD:"missing\.txt">/)
})

test.each([
  ['greet.hocl', []],
  ['greet.hocl', ['--host', 'hocl.files']],
  ['copy.hocl', ['--host', 'hocl.console']],
])('%s with %j reaches nothing that it was not given', async (file, flags) => {
  const { code, stderr } = await run([file, ...flags])
  expect(code).toBe(1)
  expect(stderr).toContain('error[HOCL')
})

test('another name is no host module, and is told which there are', async () => {
  const { code, stderr } = await run(['order.hocl', '--host', 'hocl.network'])
  expect(code).toBe(2)
  expect(stderr).toContain('hocl.console or hocl.files')
})
