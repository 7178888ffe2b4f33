import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { root } from '../../scripts/tools.ts'
import { hocl } from '../support/command-line.ts'

const trip = join(root, 'examples/trip.json')
const host = ['--host', join(root, 'examples/travel.ts')]
const folder = mkdtempSync(join(tmpdir(), 'hocl-workflow-'))
afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

test.concurrent(
  'hocl workflow runs a description, with what took the place of what failed',
  async () => {
    const { code, stdout } = await hocl(['workflow', trip, ...host])
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({
      outcome: 'inert',
      result: 202.5,
      tasks: {
        Hotel: { state: 'removed' },
        Hostel: { state: 'done', result: 105 },
        AsIs: { state: 'skipped' },
      },
    })
  },
)

test.concurrent('the program of a description does the same', async () => {
  const { stdout } = await hocl(['workflow', trip, '--hocl'])
  const file = join(folder, 'trip.hocl')
  writeFileSync(file, stdout)
  const run = await hocl(['run', file, ...host])
  expect(run.code).toBe(0)
  expect(run.stdout).toContain('RESULT:Offer:202.5')
})

test.concurrent('it is drawn, before and after a run', async () => {
  expect((await hocl(['workflow', trip, '--dot'])).stdout).toMatch(/^digraph workflow \{/)
  const { code, stdout } = await hocl(['workflow', trip, ...host, '--run', '--svg'])
  expect(code).toBe(0)
  expect(stdout).toContain('<title>Hotel: hotel (removed)</title>')
  expect(stdout).toContain('<title>Price: total (done)</title>')
})

test.concurrent.each([
  ['{"tasks": {"a": {}}}', [], 1, '`a` is no name of a task'],
  [
    '{"tasks": {"A": {"service": "f", "arguments": []}}, "result": "A"}',
    [],
    4,
    '`A` failed: there is no function `f`',
  ],
  ['{"tasks": {"A": {"after": ["B"]}}, "result": "A"}', [], 4, '`A` has no result'],
  ['{"tasks": {}}', ['--dot', '--svg'], 2, 'are two pictures'],
] as const)('%s %s ends with %i', async (input, flags, expected, message) => {
  const { code, stderr } = await hocl(['workflow', '-', ...flags], { input })
  expect({ code, stderr }).toEqual({
    code: expected,
    stderr: expect.stringContaining(message) as string,
  })
})
