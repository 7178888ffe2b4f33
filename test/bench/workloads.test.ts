import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { Lehmer } from '../../bench/lehmer.ts'
import { loadProgram, machineFor, resultOf, runOptions } from '../../bench/load.ts'
import type { FormName } from '../../bench/workload.ts'
import { workloads } from '../../bench/workloads/index.ts'
import { diagnosticsOf } from '../../interpreter/index.ts'
import type { Strategy } from '../../interpreter/index.ts'
import { root } from '../../scripts/tools.ts'
import { engines } from '../support/engines.ts'

/*
 * What is measured must be right first: each program and its variant, on each machine, give what the
 * hand-written JavaScript gives. Nothing here looks at the time.
 */

const forms: readonly FormName[] = ['program', 'variant']

/** So small that the reference, which looks at everything again after each reaction, is through soon. */
const tiny: Readonly<Record<string, number>> = {
  closure: 4,
  dag: 5,
  fib: 7,
  gcd: 4,
  nested: 3,
  'nested-100': 1,
}
const small: Readonly<Record<string, number>> = { closure: 12, fib: 15, gcd: 40, sort: 40 }

const [simulated, reacting] = [true, false].map((isSimulated) =>
  workloads.filter((each) => (each.task(1).events !== undefined) === isSimulated),
)

describe.each(reacting!)('$name', (workload) => {
  describe.each(forms)('%s', (form) => {
    for (const { name, make } of engines) {
      const isReference = name === 'reference'
      const size = (isReference ? tiny : small)[workload.name] ?? (isReference ? 6 : 100)
      const strategies: readonly Strategy[] = isReference ? ['fast'] : ['fast', 'random']
      test.each(strategies)(`the ${name} gives the result by hand (%s)`, async (strategy) => {
        for (const task of [workload.task(size), workload.peerTask(size)]) {
          const { first, rule } = loadProgram(workload, form)
          const machine = make(first, { ...runOptions, strategy })
          for (const batch of task.batches(form, rule)) machine.inject(batch)
          expect(resultOf(task, form, await machine.run())).toBe(task.expected())
        }
      })
    }
  })
})

test.each(workloads)('nothing is wrong or odd about $name', (workload) => {
  for (const form of forms)
    expect(diagnosticsOf(loadProgram(workload, form).program, { isOpen: true })).toEqual([])
})

describe.each(simulated!)('$name', (workload) => {
  test.each(forms)('%s has as many events as by hand, and a likely result', async (form) => {
    const task = workload.task(20_000)
    const result = resultOf(
      task,
      form,
      await machineFor(task, loadProgram(workload, form).first).run(),
    )
    expect(result).toMatch(/^20000-/)
    expect(task.isRight(result)).toBe(true)
    for (const wrong of ['19999-10000-10000', '20000-0-10000', '20000-10000', 'inert'])
      expect(task.isRight(wrong)).toBe(false)
  })
})

test('everybody draws the same numbers', () => {
  const random = new Lehmer()
  let state = 42
  for (let i = 0; i < 100_000; i++) {
    state = (state * 48_271) % 2_147_483_647
    if (random.next() !== state) expect.fail(`number ${i} is not ${state}`)
  }
})

/** What the programs of all peers print for 1000, their fib for 20, closure for 100. */
const printed: Readonly<Record<string, string>> = {
  max: '2147363501',
  sum: '495998',
  sieve: '168',
  gcd: '6',
  sort: '231147606',
  fib: '6765',
  closure: '6034',
  paths: '984-204861',
  words: '100-11132',
  philosophers: '1000-1000',
  dag: '1000-281903',
  nested: '953445876',
  'lotka-volterra': '1000-9977-10042',
}

test.each(workloads.filter(({ peerSizes }) => peerSizes.length > 0))(
  'what $name gives by hand is what peers print',
  ({ name, peerTask }) => {
    const size = { fib: 20, closure: 100 }[name] ?? 1000
    expect(peerTask(size).expected()).toBe(printed[name])
  },
)

test('each program has a variant, and is measured', () => {
  const files = (folder: string): string[] => readdirSync(join(root, 'bench', folder)).sort()
  expect(files('variants')).toEqual(files('programs'))
  expect(files('programs')).toEqual(
    [...new Set(workloads.map(({ file }) => `${file}.hocl`))].sort(),
  )
})
