import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { Folder, hocl } from '../support/command-line.ts'

const folder = new Folder({
  'max.hocl': 'let max = replace x, y by x if x >= y in\n< 2, 3, 5, 8, 9, max >\n',
  'grow.hocl': '< A, replace A by A, B >',
  'fail.hocl': 'let ratio = replace x, y by x / (y - y) in\n< 1, 0, ratio >',
  'deep.hocl': '< 1, <<<2>>> >',
  'deep.json': '[1, [[2]]]',
  'nest.hocl': '< <1>, replace x by <x> >',
  'doubled.hocl': '<"ab", replace x::String by x + x>',
  'rows.hocl': '< let total = replace R:_:n::Int, R:_:m::Int by R:"all":(n + m) in total >',
  'rows.csv': 'name,n\n"a, b",1\nc,2\n',
  'numbers.json': '[1, 2.5, 9007199254740993, {"a": null}]',
  'lines.txt': 'to be\nor not\n',
  'lines.ndjson': '1\n[2]\n',
  'molecules.hocl': '1, A:"x", <2>^3',
  'empty.hocl': '<>',
  'use.hocl':
    'import hocl.sets;\nimport "./lib/shapes.hocl";\n< shapes.side(4), UNION:<1>:<1, 2>, union >',
  'lib/shapes.hocl': 'let side(n) = SIDE:n in\n',
})
afterAll(() => {
  folder[Symbol.dispose]()
})
const run = (...args: string[]) => hocl(['run', ...args], { cwd: folder.path })

describe('a run', () => {
  test.concurrent('prints the result to the standard output and the rest elsewhere', async () => {
    const { code, stdout, stderr } = await run('max.hocl')
    expect({ code, stdout }).toEqual({ code: 0, stdout: '<9, max>\n' })
    expect(stderr).toMatch(/^inert after 4 reactions · \d+ ms · seed 1 · strategy fast\n$/)
  })

  test.concurrent('needs no word `run`, and `-` is the standard input', async () => {
    const { stdout } = await hocl(['-', '--quiet'], { input: '< 1, 2, replace x, y by x + y >' })
    expect(stdout).toBe('<3, (replace x, y by x + y)>\n')
    expect((await hocl(['max.hocl', '-q'], { cwd: folder.path })).stderr).toBe('')
  })

  test.concurrent.each(['vm', 'reference'])('is the same on %s', async (engine) => {
    const { stdout } = await run(
      'max.hocl',
      '--engine',
      engine,
      '--strategy',
      'random',
      '--seed',
      '7',
    )
    expect(stdout).toBe('<9, max>\n')
  })

  test.concurrent('gives one JSON object', async () => {
    const { stdout } = await run('max.hocl', '--json')
    const { elapsedMs, ...object } = JSON.parse(stdout)
    expect(elapsedMs).toBeTypeOf('number')
    expect(object).toEqual({
      outcome: 'inert',
      solution: [
        [9, 1],
        [{ rule: 'max' }, 1],
      ],
      reactions: 4,
      seed: 1,
      strategy: 'fast',
    })
  })

  test.concurrent('finds modules beside the program and in the standard library', async () => {
    expect((await run('use.hocl')).stdout).toBe('<SIDE:4, <1, 2>, union>\n')
  })

  test.concurrent('reports the seed that was drawn', async () => {
    expect((await run('max.hocl', '--seed', 'random')).stderr).toMatch(/seed \d+ · strategy/)
  })

  test.concurrent('traces each reaction as a line of JSON', async () => {
    await run('max.hocl', '--trace=steps.ndjson')
    const lines = readFileSync(join(folder.path, 'steps.ndjson'), 'utf8').trim().split('\n')
    const steps = lines.map((line) => JSON.parse(line) as { reaction: number; rule: string })
    expect(steps.map(({ reaction, rule }) => [reaction, rule])).toEqual(
      [1, 2, 3, 4].map((n) => [n, 'max']),
    )
    expect(steps[0]).toMatchObject({
      level: 0,
      reactants: expect.any(Array),
      products: [[expect.any(Number), 1]],
    })
    const { stdout, stderr } = await run('--trace', 'max.hocl')
    expect(stdout).toBe('<9, max>\n')
    expect(stderr.split('\n').filter((line) => line.startsWith('{"reaction"'))).toHaveLength(4)
  })

  test.concurrent('counts reactions by rule', async () => {
    const { stderr } = await run('max.hocl', '--stats')
    expect(stderr).toMatch(/\n {2}max +4 reactions\n/)
  })

  test.concurrent('prints a result that is a program', async () => {
    const { stdout } = await run('max.hocl', '--standalone')
    const again = await hocl(['-', '--inject', '12'], { input: stdout })
    expect(again.stdout).toBe('<12, max>\n')
  })
})

describe('data', () => {
  test.concurrent('comes from files, by their suffix, with a name before it', async () => {
    const { stdout } = await run(
      'rows.hocl',
      '--in',
      'R=rows.csv',
      '--in',
      'lines.txt',
      '--in',
      'lines.ndjson',
    )
    expect(stdout).toBe('<1, "or not", "to be", R:"all":3, [2], total>\n')
  })

  test.concurrent('is exact, and comes in every format', async () => {
    const { stdout } = await run('empty.hocl', '--in', 'numbers.json', '--in', 'molecules.hocl')
    expect(stdout).toBe('<1, 1, 2.5, 9007199254740993, A:"x", <2>, <2>, <2>, <"a":NULL>>\n')
  })

  test.concurrent('comes from the standard input', async () => {
    const args = [
      'run',
      'empty.hocl',
      '--in',
      'N=-',
      '--in-format',
      'csv',
      '--no-header',
      '--separator',
      ';',
    ]
    const { stdout } = await hocl(args, { cwd: folder.path, input: '1;2\n3;"4"\n' })
    expect(stdout).toBe('<N:1:2, N:3:"4">\n')
  })

  test.concurrent('goes out, comes back, and is the same', async () => {
    const { stdout } = await run('max.hocl', '--json', '--inject', 'A^-2, 2.5:<1>^4')
    const args = [
      'run',
      'max.hocl',
      '--in',
      '-',
      '--in-format',
      'hocl-json',
      '--max-reactions',
      '0',
    ]
    const again = await hocl(args, { cwd: folder.path, input: stdout })
    expect(again.code).toBe(3)
    expect(again.stdout).toContain('A^-2')
  })

  test.concurrent.each([
    ['hocl', '1,\nA:"x",\n<2>,\n<2>,\n<2>\n'],
    ['ndjson', '1\n["A","x"]\n[2]\n[2]\n[2]\n'],
    ['csv', '1\nA,x\n<2>\n<2>\n<2>\n'],
  ])('goes out as %s', async (format, text) => {
    const { stdout, code } = await run(
      'empty.hocl',
      '--in',
      'molecules.hocl',
      '--out-format',
      format,
    )
    expect(code).toBe(0)
    if (format !== 'ndjson') expect(stdout).toBe(text)
    else expect(stdout.trim().split('\n')).toHaveLength(5)
  })

  test.concurrent('can be written on the command line, in the scope of the program', async () => {
    expect((await run('max.hocl', '--inject', '12', '--inject', 'let a = 20 in a, a')).stdout).toBe(
      '<20, max>\n',
    )
  })
})

describe('a limit', () => {
  test.concurrent.each([
    [
      ['grow.hocl', '--max-reactions', '3'],
      'limit on reactions after 3 reactions',
      '--max-reactions',
    ],
    [['grow.hocl', '--max-molecules', '1_0'], 'limit on molecules', '--max-molecules 10'],
    [['nest.hocl', '--max-depth', '7'], 'limit on nesting', '--max-depth'],
    [['doubled.hocl', '--max-characters', '20'], 'size of one value', '--max-characters 20'],
    [['grow.hocl', '--timeout', '50ms'], 'time limit', '--timeout'],
    [
      ['max.hocl', '--max-molecules', '3'],
      'limit on molecules after 0 reactions',
      'the solution starts with 6 molecules',
    ],
    [
      ['deep.hocl', '--max-depth', '3'],
      'limit on nesting after 0 reactions',
      'molecules nest to 4 levels from the start',
    ],
    [
      ['empty.hocl', '--in', 'deep.json', '--max-depth', '2', '--engine', 'reference'],
      'limit on nesting after 0 reactions',
      'molecules nest to 3 levels from the start',
    ],
  ])('%j ends with 3 and says what can be done', async (args, said, advice) => {
    const { code, stdout, stderr } = await run(...args)
    expect(code).toBe(3)
    expect(stdout).toMatch(/^</)
    expect(stderr).toContain(said)
    expect(stderr).toContain(advice)
  })

  test.concurrent('on nesting is as deep as the molecules are', async () => {
    expect((await run('deep.hocl', '--max-depth', '4')).code).toBe(0)
    expect((await run('empty.hocl', '--in', 'deep.json', '--max-depth', '3')).code).toBe(0)
  })
})

test.concurrent(
  'a failing product shows rule, reactants and place, and loses nothing',
  async () => {
    const { code, stdout, stderr } = await run('fail.hocl')
    expect(code).toBe(4)
    expect(stdout).toBe('<0, 1, ratio>\n')
    expect(stderr).toContain(
      'error[HOCL310]: `x / (y - y)` has no value, while reacting `ratio` with',
    )
    expect(stderr).toContain('fail.hocl:1:29')
    expect(stderr).toContain('^^^^^')
    const { outcome, error, solution } = JSON.parse((await run('fail.hocl', '--json')).stdout)
    expect({ outcome, length: solution.length }).toEqual({ outcome: 'failed', length: 3 })
    expect(error).toMatchObject({ code: 'HOCL310', rule: 'ratio', reactants: expect.any(Array) })
  },
)
