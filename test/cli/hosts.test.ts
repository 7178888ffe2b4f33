import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { ended, Folder, hocl, started, written } from '../support/command-line.ts'

/* Host modules are programs of others: whatever they do, what there is of the solution is shown. */

const folder = new Folder({
  'call.hocl': '< 1, 7, replace-one _::Int by f() >',
  'ask.hocl': '< 1, 7, replace x::Int by A if test(x) >',
  'never.ts': 'export const f = () => new Promise(() => undefined)\n',
  'stray.ts': `export function f() {
  setTimeout(() => { throw new Error('too\\nlate') })
  return new Promise((done) => setTimeout(done, 60_000))
}
`,
  'reject.ts': `export function f() {
  void Promise.reject('no\\nreason')
  return new Promise((done) => setTimeout(done, 60_000))
}
`,
  'slow.ts': `import { writeFileSync } from 'node:fs'
import { callKey } from 'hocl/interpreter'
export async function ask(x: unknown) {
  writeFileSync(process.env['KEYS'] ?? '', callKey() + '\\n', { flag: 'a' })
  if (process.env['ANSWER'] === undefined) await new Promise(() => undefined)
  if (x === 3) throw new Error('no')
  return String(x) + '!'
}
`,
  'poll.hocl': `let rec poll = one P:x by R:<x, ask(x + 1)>:[x, -x], poll in
< <P:1, poll>, P:2, poll, K:<5, "a">, 7, (one 7 by let z = ask(7) in A:z, B:z),
  (one K:<ω> by K2:<ω^2, ask(0)>:size(ω)) >`,
  'polled.hocl': 'let rec poll = one P:x by R:<x, ask(x + 1)>:[x, -x], poll in <<poll>>',
  'waits.ts': 'export const a = 1\nawait new Promise(() => undefined)\n',
  'stray-load.ts':
    "export const f = () => 1\nsetTimeout(() => { throw new Error('late') })\nawait new Promise((done) => setTimeout(done, 60_000))\n",
  'logs.ts': "export function f() { console.log('one'); console.table([2]); return 3 }\n",
  'loops.ts': `export const pure = ['test']
export function f() {
  process.stderr.write('looping')
  for (;;);
}
export function test(x: number) {
  while (x > 5);
  return true
}
`,
  'data.ts': "export const f = () => 'PORT'\nthrow new Error('no answer from host:80')\n",
  'script.cjs': "\nexports.f = () => 1\n  throw new Error('in a script')\n",
  'object.ts': 'export const f = () => 1\nthrow Object.assign(Object.create(null), { code: 5 })\n',
  'open.js': 'export function f( {',
  'imports.ts': "import { g } from './open.js'\nexport const f = g\n",
  'lines.ts': "export const f = () => { throw new Error('first\\n  second') }\n",
})
afterAll(() => {
  folder[Symbol.dispose]()
})
const { path: cwd } = folder
const run = (host: string, ...more: string[]) =>
  hocl(['run', 'call.hocl', '--host', host, ...more], { cwd })

describe('a promise that is never settled', () => {
  test.concurrent.each(['vm', 'reference'])('ends a run on %s, and is named', async (engine) => {
    const { code, stdout, stderr } = await run('never.ts', '--engine', engine)
    expect({ code, stdout }).toEqual({ code: 4, stdout: expect.stringMatching(/^<[17] .*f\(\)/) })
    expect(stderr).toContain('error[HOCL615]: `f()` never answers')
    expect(stderr).toContain('call.hocl:1:31')
    expect(stderr).toContain('failed after 1 reaction')
    expect(stderr).not.toContain('Warning: Detected')
  })

  test.concurrent('is the error of the JSON object', async () => {
    const { code, stdout } = await run('never.ts', '--json')
    expect(code).toBe(4)
    expect(JSON.parse(stdout)).toMatchObject({
      outcome: 'failed',
      pending: 1,
      error: { code: 'HOCL615', labels: [{ file: 'call.hocl', column: 31 }] },
    })
  })

  test.concurrent('keeps a host module from loading', async () => {
    const { code, stderr } = await run('waits.ts')
    expect(code).toBe(1)
    expect(stderr).toContain('error[HOCL610]')
    expect(stderr).toContain('waits for something that never comes')
  })

  test.concurrent('is waited for no longer than the time of the run', async () => {
    const { code, stderr } = await run('never.ts', '--timeout', '300ms')
    expect(code).toBe(3)
    expect(stderr).toContain('1 pending')
  })
})

describe('what a host module throws where nobody waits for it', () => {
  test.concurrent('ends a run with the solution and the place', async () => {
    const { code, stdout, stderr } = await run('stray.ts')
    expect({ code, stdout }).toEqual({ code: 4, stdout: expect.stringMatching(/^<[17] .*f\(\)/) })
    expect(stderr).toContain('error[HOCL616]: a host module throws')
    expect(stderr).toContain('stray.ts:2:28')
    expect(stderr).toMatch(/\^ too late$/m)
  })

  test.concurrent('has no place where it is no error', async () => {
    const { code, stderr } = await run('reject.ts')
    expect(code).toBe(4)
    expect(stderr).toContain(
      "error[HOCL616]: a host module throws where nothing waits for it: it throws 'no\\nreason'\n",
    )
  })

  test.concurrent('is not taken for a fault of hocl while it loads', async () => {
    const { code, stderr } = await run('stray-load.ts')
    expect(code).toBe(1)
    expect(stderr).toContain('stray-load.ts:2:26')
    expect(stderr).not.toContain('fault')
  })
})

describe('a host function that does not come back', () => {
  test.concurrent.each([
    ['call.hocl', 'vm', 'loops.ts:4:3'],
    ['call.hocl', 'reference', 'loops.ts:4:3'],
    ['ask.hocl', 'vm', 'loops.ts:7:3'],
  ])('is stopped at the time limit: %s on %s', async (program, engine, place) => {
    const args = ['run', program, '--host', 'loops.ts', '--timeout', '1', '--engine', engine]
    const { code, stdout, stderr } = await hocl(args, { cwd })
    expect(code).toBe(3)
    expect(stdout).toMatch(/^<(1, )?7, (A, )?\(replace/)
    expect(stderr).toMatch(/^(looping)?stopped by the time limit after [01] reaction/m)
    expect(stderr).toContain(`it was stopped at ${cwd}/${place}`)
    expect(stderr).not.toContain('debugger')
  })

  test.concurrent.each(['SIGINT', 'SIGTERM'] as const)('is ended by %s', async (signal) => {
    const child = started(['call.hocl', '--host', 'loops.ts'], { cwd })
    const end = ended(child)
    // The first that comes while the other thread still waits is not heard; one that comes before the function is
    // called is no test of it.
    await written(child, 'looping')
    const timer = setInterval(() => child.kill(signal), 300)
    expect((await end).signal).toBe(signal)
    clearInterval(timer)
  })
})

test.concurrent('what a host module logs does not mix with the result', async () => {
  const { stdout, stderr } = await run('logs.ts', '--quiet')
  expect(stdout).toMatch(/^<3, [17]>\n$/)
  expect(stderr).toMatch(/^one\n┌/)
})

describe('a host module that does not load', () => {
  test.concurrent.each([
    ['data.ts', 'data.ts:2:7', '^ no answer from host:80'],
    ['script.cjs', 'script.cjs:3:9', '^ in a script'],
    ['object.ts', '`object.ts` does not load: it throws', 'code: 5'],
    ['open.js', 'open.js:1:21', '^ Unexpected end of input'],
    ['imports.ts', 'open.js:1:21', '^ Unexpected end of input'],
  ])('%s', async (host, ...texts) => {
    const { code, stderr } = await run(host)
    expect(code).toBe(1)
    for (const text of ['error[HOCL610]', ...texts]) expect(stderr).toContain(text)
  })
})

test.concurrent('a message of several lines stays in its line of the picture', async () => {
  const { code, stderr } = await run('lines.ts')
  expect(code).toBe(4)
  expect(stderr).toMatch(/\^+ `f`: first second\n/)
})

describe('a run that a limit stopped while calls were out', () => {
  test.concurrent.each(['vm', 'reference'])('is taken up again on %s', async (engine) => {
    const file = (name: string): string => join(cwd, `${engine}-${name}`)
    const keys = (name: string): readonly string[] =>
      readFileSync(file(name), 'utf8').trim().split('\n').sort()
    const stopped = await hocl(
      ['poll.hocl', '--host', 'slow.ts', '--timeout', '1s', '--json', '--engine', engine],
      { cwd, env: { KEYS: file('first') } },
    )
    expect(stopped.code).toBe(3)
    writeFileSync(file('stopped.hocl.json'), stopped.stdout)
    const { code, stdout, stderr } = await hocl(
      ['polled.hocl', '--host', 'slow.ts', '--in', file('stopped.hocl.json'), '--engine', engine],
      { cwd, env: { KEYS: file('second'), ANSWER: 'yes' } },
    )
    expect(code, stderr).toBe(0)
    expect(stdout).toBe(`<
  A:"7!",
  B:"7!",
  ERROR:"no":<P:2>,
  K2:<5, 5, "0!", "a", "a">:2,
  <poll>,
  <R:<1, "2!">:[1, -1], poll>,
  poll
>
`)
    expect(keys('first')).toHaveLength(4)
    expect(keys('second')).toEqual(keys('first'))
  })

  test.concurrent('says that its result, printed, has lost them', async () => {
    const { stderr } = await run('never.ts', '--timeout', '300ms', '--quiet')
    expect(stderr).toContain(
      'note: 1 element waits for an answer, and what is printed cannot be taken up again: only `--json` carries it, for `--in FILE.hocl.json`\n',
    )
    expect((await run('never.ts', '--timeout', '300ms', '--json')).stderr).not.toContain('note:')
  })
})
