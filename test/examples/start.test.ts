import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from '../../scripts/tools.ts'

test('`npm start` shows rules, what they did, and a result', () => {
  const args = [join(root, 'scripts/start.ts')]
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' })
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  expect(stdout).toContain('  let tally = replace word::String^n by word:n in\n')
  expect(stdout).toMatch(/^ {2}inert after [\d,]+ reactions · .+ · seed 1 · strategy fast$/m)
  expect(stdout).toMatch(/^ {3}1 {2}and +5,669 {2}█{40}$/m)
})
