import {
  chmodSync,
  existsSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { builtinModules } from 'node:module'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { installCommand } from '../../scripts/bundle.ts'
import { doors } from '../../scripts/doors.ts'
import { root } from '../../scripts/tools.ts'
import { Folder, hocl } from '../support/command-line.ts'
import { LspClient } from '../support/lsp-client.ts'
import type { Ended } from '../support/command-line.ts'

/*
 * The command as it is installed: a few scripts, without `node_modules` around them. What the commands do is held
 * to elsewhere; here, that nothing is missing.
 */

const largest = `let max = replace x, y by x if x >= y in
let clean = replace-one <max = m, ω> by ω in
< <2, 3, 5, 8, 9, max>, clean >
//=> <9>
`
const folder = new Folder({ 'largest.hocl': largest })
/** Where the user's caches are, on whatever system. */
const caches = join(folder.path, 'Library', 'Caches')
let command = ''

beforeAll(async () => {
  command = await installCommand(join(folder.path, 'hocl'))
})

afterAll(() => {
  folder[Symbol.dispose]()
})

test('the language server is beside it, and answers', async () => {
  const client = new LspClient([], command)
  const { capabilities } = await client.start()
  expect(capabilities).toMatchObject({ hoverProvider: true })
  client.open('file:///a.hocl', '<1, zz>')
  expect(await client.heard('textDocument/publishDiagnostics')).toMatchObject({
    diagnostics: [
      { code: 'HOCL201', codeDescription: { href: expect.stringContaining('HOCL201') } },
    ],
  })
  expect(await client.stop()).toBe(0)
})

function installed(args: readonly string[], input = '', more = {}): Promise<Ended> {
  const env = { XDG_CACHE_HOME: caches, HOME: folder.path, LOCALAPPDATA: caches, ...more }
  return hocl(args, { command, cwd: folder.path, input, env })
}

describe('every command is in it', () => {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    readonly version: string
  }

  test.each<[string, string, RegExp, number?]>([
    ['run largest.hocl', '', /^<9>$/],
    ['largest.hocl', '', /^<9>$/],
    ['run largest.hocl --engine reference', '', /^<9>$/],
    ['run - --out-format json', 'import hocl.numbers; <1, 2>', /^\[\s*1,\s*2\s*\]$/],
    ['run - --in numbers.csv --no-header', '<sum = replace x:y, z:w by (x + z):(y + w)>', /4:6/],
    ['--version', '', new RegExp(`^${version.replaceAll('.', '\\.')}$`)],
    ['check largest.hocl', '', /^$/],
    ['fmt --stdin', '<1,2>', /^<1, 2>$/],
    ['test largest.hocl', '', /1 passed, 0 failed$/],
    ['plan largest.hocl', '', /max/],
    ['explain HOCL203', '', /HOCL203/],
    ['explain', '', /HOCL101[^]*HOCL6/],
    ['doc hocl.sets', '', /# hocl\.sets/],
    ['help', '', /explain a command or a topic/],
    ['help language', '', /The language on one page/],
    ['completion bash', '', /complete/],
    ['repl', 'let a = 1 in\na, 2\n', /<1, 2>/],
    ['run nowhere.hocl', '', /^$/, 2],
    ['run -', '<1, ', /^$/, 1],
  ])('hocl %s', async (line, input, expected, code = 0) => {
    folder.write('numbers.csv', '1,2\n3,4\n')
    const ended = await installed(line.split(' '), input)
    expect(ended.stdout.trim(), ended.stderr).toMatch(expected)
    expect(ended.code).toBe(code)
    expect(ended.stderr).not.toContain('Warning')
  })

  test('hocl init makes a project that runs', async () => {
    expect((await installed(['init', 'made'])).code).toBe(0)
    expect((await installed(['run', 'made/main.hocl'])).stdout).toBe('<LONGEST:"molecules">\n')
    expect((await installed(['test', 'made'])).code).toBe(0)
  })

  test('messages point at the place', async () => {
    const { stderr } = await installed(['run', '-'], '<replace x by y>')
    expect(stderr).toContain('error[HOCL203]')
    expect(stderr).toContain('standard input:1:15')
  })
})

describe('host modules', () => {
  const text = `import { symbol, tuple } from 'hocl/interpreter'
export const pair = (a: number, b: number): unknown => tuple(symbol('PAIR'), a, b)
`
  test.each(['installed', 'checkout'])('get the doors of the %s command', async (which) => {
    folder.write('pairs.ts', text)
    const args = ['run', '-', '--host', 'pairs.ts']
    const input = '<pair(1, 2), replace A:x:y by x if false>'
    const { stdout, stderr } =
      which === 'installed'
        ? await installed(args, input)
        : await hocl(args, { cwd: folder.path, input })
    expect(stdout, stderr).toContain('PAIR:1:2')
    expect(stderr).not.toContain('Warning')
  })

  test.each(['installed', 'checkout'])('start threads of the %s command', async (which) => {
    const threaded = `import { reactorInWorker } from 'hocl/worker'
export async function reactionsOf(program: string): Promise<number> {
  const reactor = await reactorInWorker(program)
  const { reactions } = await reactor.run()
  await reactor[Symbol.asyncDispose]()
  return reactions
}
`
    folder.write('threaded.ts', threaded)
    const args = ['run', '-', '--host', 'threaded.ts']
    const input = '<reactionsOf("<1, 2, 3, replace x::Int, y::Int by x + y>")>'
    const { stdout, stderr } =
      which === 'installed'
        ? await installed(args, input)
        : await hocl(args, { cwd: folder.path, input })
    expect(stdout, stderr).toBe('<2>\n')
  })

  test('can import every door of the package', async () => {
    const names = doors().map(({ name }) => name)
    const imports = names.map((name, i) => `import * as door${String(i)} from '${name}'`)
    const sizes = names.map((_, i) => `Object.keys(door${String(i)}).length`)
    folder.write('all.js', `${imports.join('\n')}\nexport const sizes = [${sizes.join(', ')}]`)
    const { stdout, stderr } = await installed(['run', '-', '--host', 'all.js'], '<all.sizes>')
    expect(stdout, stderr).toMatch(/^<\[([1-9][0-9]*(, )?)+\]>$/m)
  })
})

describe('what V8 compiles is kept', () => {
  const kept = (): string => {
    const names = readdirSync(join(caches, 'hocl')).filter((each) => each.includes('-run-'))
    expect(names).toHaveLength(1)
    return join(caches, 'hocl', names[0] ?? '')
  }
  const run = async (): Promise<string> => (await installed(['run', 'largest.hocl'])).stdout

  test('for three runs that end well, and not after', async () => {
    rmSync(caches, { recursive: true, force: true })
    await installed(['run', 'nowhere.hocl'])
    expect(existsSync(caches)).toBe(false)
    const runs: (number | undefined)[] = []
    for (let i = 0; i < 5; i += 1) {
      expect(await run()).toBe('<9>\n')
      runs.push(readFileSync(kept()).at(-1))
    }
    expect(runs).toEqual([1, 2, 3, 3, 3])
  })

  test.each<[string, () => void]>([
    ['is cut off', () => writeFileSync(kept(), readFileSync(kept()).subarray(0, 1000))],
    ['is something else', () => writeFileSync(kept(), 'no code')],
    ['is empty', () => writeFileSync(kept(), '')],
  ])('and made anew where it %s', async (_, spoil) => {
    await run()
    spoil()
    expect(await run()).toBe('<9>\n')
    expect(readFileSync(kept()).length).toBeGreaterThan(100_000)
    expect(readFileSync(kept()).at(-1)).toBe(1)
  })

  const hasModes = process.platform !== 'win32'
  test.runIf(hasModes)('and not used where others could have written it', async () => {
    await run()
    expect(statSync(kept()).mode & 0o77).toBe(0)
    chmodSync(kept(), 0o666)
    expect(await run()).toBe('<9>\n')
    expect(readFileSync(kept()).at(-1)).toBe(1)
    expect(statSync(kept()).mode & 0o77).toBe(0)
  })

  test('where Node keeps its own, if it is told where', async () => {
    const place = join(folder.path, 'place')
    await installed(['run', 'largest.hocl'], '', { NODE_COMPILE_CACHE: place })
    expect(readdirSync(place).filter((name) => name.includes('-run-'))).toHaveLength(1)
  })

  test('unless Node is told to keep nothing, or there is no place', async () => {
    rmSync(caches, { recursive: true, force: true })
    for (const more of [
      { NODE_DISABLE_COMPILE_CACHE: '1' },
      { XDG_CACHE_HOME: command, HOME: command, LOCALAPPDATA: command },
    ]) {
      const { stdout, stderr } = await installed(['run', 'largest.hocl'], '', more)
      expect(stdout, stderr).toBe('<9>\n')
    }
    expect(existsSync(caches)).toBe(false)
  })
})

test('nothing but modules of Node, and what is beside it, is asked for', () => {
  const files = readdirSync(join(folder.path, 'hocl/dist/cli')).filter((name) => /js$/.test(name))
  expect(files).toContain('main.cjs')
  for (const name of files) {
    const text = readFileSync(join(folder.path, 'hocl/dist/cli', name), 'utf8')
    const asked = [...text.matchAll(/\brequire\((["'`])([^"'`]+)\1\)/g)].map(([, , id = '']) => id)
    const known = [...builtinModules, ...files.map((file) => `./${file}`)]
    const unknown = asked.filter((id) => !known.includes(id.replace(/^node:/, '')))
    expect(unknown, name).toEqual([])
  }
})

test('what runs a program is a script of its own', () => {
  const at = join(folder.path, 'hocl/dist/cli')
  const texts = readdirSync(at)
    .filter((name) => name.endsWith('.cjs'))
    .map((name) => readFileSync(join(at, name), 'utf8'))
  const [first, ...machines] = texts.filter((text) => text.includes('class Machine'))
  expect(machines).toEqual([])
  for (const name of ['CountsOverTime', 'class NatsBus', 'decentralize']) {
    expect(first).not.toContain(name)
    expect(
      texts.some((text) => text.includes(name)),
      name,
    ).toBe(true)
  }
})

test('the licences of the libraries come with it', () => {
  const text = readFileSync(join(folder.path, 'hocl/dist/cli/LICENSES.txt'), 'utf8')
  for (const name of ['chevrotain', 'commander', 'immutable'])
    expect(text).toMatch(new RegExp(`^${name} [0-9]`, 'm'))
})

test('a command with a part missing says so', async () => {
  using broken = new Folder()
  const entry = await installCommand(join(broken.path, 'hocl'))
  const parts = join(broken.path, 'hocl/dist/cli')
  for (const name of readdirSync(parts)) if (name.startsWith('hocl-')) rmSync(join(parts, name))
  const { code, stderr } = await hocl(['--version'], { command: entry })
  expect(code).toBe(70)
  expect(stderr).toContain('fault: hocl cannot start')
})
