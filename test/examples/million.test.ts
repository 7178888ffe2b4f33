import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hocl } from '../support/command-line.ts'

/* A million molecules load and react, whatever form they come in. How fast is not asked here. */

const million = 1_000_000
/** A machine that does a dozen other things as well still gets there. */
const patience = 150_000

/** The i-th number: all remainders of 1,000 about equally often, in no order that helps. */
function number(i: number): number {
  return (i * 7919) % 1_000_003
}

let folder = ''
const file = (name: string): string => join(folder, name)

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'hocl-million-'))
})
afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

function write(name: string, line: (i: number) => string): string {
  const path = file(name)
  const descriptor = openSync(path, 'w')
  for (let from = 0; from < million; from += 10_000) {
    const lines = Array.from({ length: 10_000 }, (_, i) => line(from + i))
    writeSync(descriptor, `${lines.join('\n')}\n`)
  }
  closeSync(descriptor)
  return path
}

function expected(): { readonly largest: number; readonly sums: ReadonlyMap<number, number> } {
  const sums = new Map<number, number>()
  let largest = 0
  for (let i = 0; i < million; i++) {
    const n = number(i)
    largest = Math.max(largest, n)
    sums.set(n % 1000, (sums.get(n % 1000) ?? 0) + n)
  }
  return { largest, sums }
}

async function run(program: string, args: readonly string[]): Promise<string> {
  const given = { input: program }
  const { code, stdout, stderr } = await hocl(['run', '-', ...args, '--timeout', '2m'], given)
  expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringMatching(/^inert after/) })
  return stdout
}

const max = 'let max = replace x::Int, y::Int by x if x >= y in\n< max >'
const total = 'let total = replace K:k:m, K:k:n by K:k:(m + n) in\n< total >'

describe('a million molecules', { timeout: patience }, () => {
  const { largest, sums } = expected()

  test('of NDJSON become the largest one', async () => {
    const data = write('numbers.ndjson', (i) => String(number(i)))
    expect(await run(max, ['--in', data])).toBe(`<${String(largest)}, max>\n`)
  })

  test('of HOCL become the largest one', async () => {
    const data = write('numbers.hocl', (i) => `${String(number(i))},`)
    expect(await run(max, ['--in', data])).toBe(`<${String(largest)}, max>\n`)
  })

  test('of CSV are summed up by key', async () => {
    const data = write('rows.csv', (i) => `${String(number(i) % 1000)},${String(number(i))}`)
    const args = ['--in', `K=${data}`, '--no-header', '--out-format', 'csv']
    const rows = (await run(total, args)).trim().split('\n')
    const found = rows.map((row) => row.split(',').slice(-2).map(Number))
    expect(new Map(found as [number, number][])).toEqual(sums)
  })

  test('of text are counted', async () => {
    const data = write('words.txt', (i) => `w${String(number(i) % 1000)}`)
    const count = 'let count = replace w::String^n by w:n in\n< count >'
    const printed = await run(count, ['--in', data, '--out-format', 'ndjson'])
    expect(printed.trim().split('\n')).toHaveLength(1000)
  })
})
