import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { root } from '../../scripts/tools.ts'
import { hocl } from '../support/command-line.ts'

/*
 * What a visitor opens first has nothing to complain about, says at its head what it is, and stands in
 * the one layout. What the small ones give is written in them.
 */

const examples = readdirSync(join(root, 'examples')).filter((file) => file.endsWith('.hocl'))

function text(file: string): string {
  return readFileSync(join(root, 'examples', file), 'utf8')
}

describe('the examples', () => {
  test.each(examples)('%s begins with what it shows', (file) => {
    expect(text(file)).toMatch(/^\/\/ [A-Z]/)
  })

  test('are in the one layout', async () => {
    expect(await hocl(['fmt', '--check', '--quiet', 'examples'], { cwd: root })).toMatchObject({
      code: 0,
      stdout: '',
    })
  })

  test('have no mistakes, and nothing to warn of', async () => {
    const { code, stdout } = await hocl(['check', '--json', 'examples'], { cwd: root })
    const { errors, warnings } = JSON.parse(stdout)
    expect({ code, errors, warnings }).toEqual({ code: 0, errors: 0, warnings: 0 })
  })

  test.each(['vm', 'reference'])('give what their marks say on %s', async (engine) => {
    const args = ['test', 'examples', '--engine', engine, '--seeds', '3']
    const { code, stdout } = await hocl(args, { cwd: root })
    const marked = examples.filter((file) => /\/\/=[>?]/.test(text(file))).length
    expect({ code, stdout }).toEqual({ code: 0, stdout: `${String(marked)} passed, 0 failed\n` })
  })
})
