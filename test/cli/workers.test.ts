import fc from 'fast-check'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, describe, expect, test } from 'vitest'
import { print } from '../../interpreter/index.ts'
import type { Outcome } from '../../interpreter/index.ts'
import { Machine } from '../../vm/index.ts'
import type { MachineOptions } from '../../vm/index.ts'
import { ended, Folder, hocl, started, written } from '../support/command-line.ts'
import { asyncLaws } from '../support/laws.ts'
import { options, solutionIn } from '../support/runs.ts'
import { some, withThreads } from '../support/workers.ts'

const folder = new Folder()
afterAll(() => {
  folder[Symbol.dispose]()
})

/** Solutions of so many numbers, each with a rule, in a program. */
function program(definitions: string, rule: string, sizes: readonly number[]): string {
  const solutions = sizes.map((size, at) => {
    const numbers = Array.from({ length: size }, (_, i) => 1 + ((i * 7919 + at * 104_729) % 9973))
    return `<${rule}, ${numbers.join(', ')}>`
  })
  return `${definitions}\n< ${solutions.join(',\n')} >\n`
}

const hundreds = Array.from({ length: 20 }, () => 600)
/** Looks at all pairs; which numbers are left depends on the order. */
const less = 'let less = replace x, y by x - y if x > y && (x * y) % 997 == 1 in'

async function run(text: string, args: readonly string[]): ReturnType<typeof hocl> {
  return hocl(['run', '-', ...args], { input: text, cwd: folder.path })
}

describe('`--workers`', () => {
  test.concurrent.each(['fast', 'random'])(
    'gives one result with any number of threads, under %s',
    async (strategy) => {
      const text = program(less, 'less', hundreds)
      const args = ['--json', '--strategy', strategy, '--seed', '7', '--workers']
      const results = new Set<string>()
      for (const workers of ['1', '2', '3']) {
        const { stdout, code } = await run(text, [...args, workers])
        expect(code).toBe(0)
        results.add(stdout.replace(/"elapsedMs":[\d.]+/, ''))
      }
      expect(results.size).toBe(1)
    },
    60_000,
  )

  test.concurrent('tells with `--stats` what was reduced apart', async () => {
    const { stderr } = await run(program(less, 'less', hundreds), ['--workers', '2', '--stats'])
    expect(stderr).toMatch(/reduced apart +20 solutions in \d+ groups, /)
    const { stderr: few } = await run('<<1>>', ['--workers', '2', '--stats'])
    expect(few).toMatch(/reduced apart +nothing/)
  })

  test.concurrent(
    'shows a product without a value with its rule and what it would have taken',
    async () => {
      const failing = 'let share = replace x, y by x / (y - y) if x == 1 && y == 7920 in'
      const outputs = new Set<string>()
      for (const workers of ['1', '3']) {
        const { stderr, stdout, code } = await run(program(failing, 'share', hundreds), [
          '--workers',
          workers,
        ])
        expect(code).toBe(4)
        expect(stderr).toMatch(
          /x \/ \(y - y\).*has no value, while reacting `share` with 1 and 7920/,
        )
        outputs.add(stdout)
      }
      expect(outputs.size).toBe(1)
    },
  )

  test.concurrent(
    'keeps a limit on reactions to the letter',
    async () => {
      const endless = program('let turn = replace x by x in', 'turn', hundreds)
      for (const limit of [1000, 400_000, 2_500_001]) {
        const args = ['--workers', '2', '--json', '--max-reactions', String(limit)]
        const { stdout, code } = await run(endless, args)
        expect(code).toBe(3)
        expect(JSON.parse(stdout)).toMatchObject({ outcome: 'reaction-limit', reactions: limit })
      }
    },
    60_000,
  )

  test.concurrent('ends at a timeout with all molecules there', async () => {
    const endless = program('let turn = replace x by x in', 'turn', hundreds)
    const { stdout, code } = await run(endless, ['--workers', '3', '--json', '--timeout', '1s'])
    expect(code).toBe(3)
    const { outcome, solution } = JSON.parse(stdout) as {
      outcome: string
      solution: [{ solution: [unknown, number][] }, number][]
    }
    expect(outcome).toBe('time-limit')
    const inside = solution.flatMap(([each, times]) => each.solution.map(([, n]) => n * times))
    expect(inside.reduce((sum, n) => sum + n, 0)).toBe(20 * 601)
  })

  test.concurrent(
    'stops at Ctrl-C, prints what there is, and leaves no thread behind',
    async () => {
      const endless = program('let turn = replace x by x in', 'turn', hundreds)
      // A warning is told when signals are listened to.
      folder.write('endless.hocl', `let unused = 1 in\n${endless}`)
      const child = started(['run', 'endless.hocl', '--workers', '3'], { cwd: folder.path })
      const end = ended(child)
      await written(child, 'not used')
      await new Promise((resolve) => setTimeout(resolve, 1500))
      child.kill('SIGINT')
      const { code, stdout, stderr } = await end
      expect(code).toBe(130)
      expect(stdout).toMatch(/^<\s+</)
      expect(stderr).toContain('interrupted')
    },
  )

  test.concurrent.each([
    [['--workers', 'two'], '`--workers` takes a whole number, not `two`'],
    [['--workers', '-1'], '`--workers` takes a whole number, not `-1`'],
    [['--workers', '65'], '`--workers` goes up to 64'],
    [['--workers', '2', '--trace'], '`--workers` and `--trace` do not go together'],
    [['--workers', '2', '--verify'], '`--workers` and `--verify` do not go together'],
    [['--workers', '2', '--engine', 'reference'], '`--workers` and `--engine reference` do not'],
    [['--workers', '2', '--max-molecules', '9'], '`--workers` and `--max-molecules` do not'],
    [['--workers', '2', '--strategy', 'uniform'], '`--workers` and `--strategy uniform` do not'],
  ])('%s is refused', async (args, message) => {
    const { code, stderr, stdout } = await run('<1>', args)
    expect(code).toBe(2)
    expect(stdout).toBe('')
    expect(stderr).toContain(message)
  })
})

const rules = `let less = replace x, y by x - y if x > y && (x * y) % 7 == 1 in
let more(n) = replace x by x + n if x < n in
let open = replace <less, ω>, x by <x, ω> in
let split = replace A:x by <less, x, x + 3>, <B:[x, 2.5, "t", true]> if x > 2 in
let divide = replace x, y by x / (x - y) if x % 5 == 4 && y % 5 == 4 in
let loop = replace-one A by (replace-one B by C), B in
`
const within = fc.letrec<{ solution: string; molecule: string }>((tie) => ({
  molecule: fc.oneof(
    { depthSize: 'small', maxDepth: 3 },
    fc.integer({ min: -20, max: 40 }).map(String),
    fc.constantFrom(
      'A',
      'B',
      '"text"',
      '1.5',
      'true',
      '99999999999999999999',
      '[1, [A, 2.0]]',
      'C:4:"x"',
      '8^3',
      '6^-1',
    ),
    fc.integer({ min: 0, max: 9 }).map((n) => `A:${String(n)}`),
    fc.constantFrom('less', 'less', 'more(9)', 'more(3)', 'open', 'split', 'divide', 'loop'),
    tie('solution'),
    tie('solution').map((each) => `N:${each}:[${each}]`),
  ),
  solution: fc.array(tie('molecule'), { maxLength: 8 }).map((all) => `<${all.join(', ')}>`),
})).solution

function told({ kind, reactions, solution, failure }: Outcome): string {
  return `${kind} after ${String(reactions)}: ${print(solution)} ${failure?.message ?? ''}`
}

test('threads of Node do not change what comes of solutions', async () => {
  const { program: known, threads } = await withThreads(`${rules}<>`, 2)
  expect(threads.ready).toBe(2)
  let moved = 0
  try {
    const course = fc.record({
      seed: fc.integer({ min: 1, max: 2 ** 31 }),
      strategy: fc.constantFrom('fast', 'random'),
    })
    const property = fc.asyncProperty(
      fc.array(within, { minLength: 2, maxLength: 4 }),
      course,
      async (all, each) => {
        const first = solutionIn(known, `<${all.join(', ')}>`)
        const ending = async (more: Pick<MachineOptions, 'workers'>): Promise<string> => {
          const machine = new Machine(first, {
            ...options(each, { limits: { reactions: 300 } }),
            apart: 'always',
            ...more,
          })
          const outcome = await machine.run()
          moved += machine.apartReport?.moved ?? 0
          return told(outcome)
        }
        const alone = await ending({ workers: 'none' })
        for (const most of [1, 2])
          expect(await ending({ workers: some(threads, most) })).toBe(alone)
      },
    )
    await asyncLaws(400, property)
  } finally {
    await threads.close()
  }
  expect(moved).toBeGreaterThan(100)
}, 120_000)

describe('a thread', () => {
  const many = program(less, 'less', [300, 300, 300, 300])

  async function outcomes(url: URL): Promise<readonly [string, string]> {
    const { program: known, threads } = await withThreads(many, 2, url)
    const first = solutionIn(known, many.slice(many.indexOf('\n<') + 1))
    const how = { ...options({ seed: 3, strategy: 'fast' }), apart: 'always' } as const
    const expected = await new Machine(first, { ...how, workers: 'none' }).run()
    const outcome = await new Machine(first, { ...how, workers: threads }).run()
    await threads.close()
    return [told(outcome), told(expected)]
  }

  test.each([
    [
      'that crashes at its first task',
      "parentPort.on('message', () => { throw new Error('gone') })",
    ],
    ['that ends at its first task', "parentPort.on('message', () => process.exit(3))"],
    ['that never comes up', "throw new Error('no')"],
  ])('%s is done without', async (name, code) => {
    const file = join(folder.path, `${name.replaceAll(' ', '-')}.mjs`)
    const ready = name.includes('never') ? '' : "parentPort.postMessage({ kind: 'ready' })\n"
    writeFileSync(file, `import { parentPort } from 'node:worker_threads'\n${ready}${code}\n`)
    const [outcome, expected] = await outcomes(pathToFileURL(file))
    expect(outcome).toBe(expected)
  })
})
