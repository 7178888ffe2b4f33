import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Folder, hocl } from '../support/command-line.ts'
import { isAbsent } from '../support/parts.ts'

const folder = new Folder({
  'max.hocl': '<1>',
  'my prog.hocl': '<1>',
  'data.csv': '1\n',
  'host.ts': 'export const a = 1\n',
  'examples/a.hocl': '<1>',
})
afterAll(() => {
  folder[Symbol.dispose]()
})

const shells = [
  ['bash', '-n'],
  ['zsh', '-n'],
  ['fish', '--no-execute'],
] as const

beforeAll(async () => {
  for (const shell of [...shells.map(([shell]) => shell), 'powershell'])
    writeFileSync(join(folder.path, `c.${shell}`), (await hocl(['completion', shell])).stdout)
})

/** What bash offers for the last of these words, sorted. */
function offered(...words: readonly string[]): readonly string[] {
  const quoted = words.map((word) => `'${word}'`).join(' ')
  const script = `source c.bash; COMP_WORDS=(${quoted}); COMP_CWORD=${words.length - 1}; _hocl; printf '%s\\n' "\${COMPREPLY[@]}"`
  const { stdout } = spawnSync('bash', ['-c', script], { cwd: folder.path, encoding: 'utf8' })
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .sort()
}

describe.skipIf(isAbsent('bash'))('bash completes', () => {
  test('commands, programs and flags at the start', () => {
    expect(offered('hocl', 're')).toEqual(['repl'])
    expect(offered('hocl', 'm')).toEqual(['max.hocl', 'my prog.hocl'])
    expect(offered('hocl', '--c')).toEqual(['--color', '--columns'])
    expect(offered('hocl', '-q', 'che')).toEqual(['check'])
  })

  test('flags of the command, wherever it stands', () => {
    expect(offered('hocl', '-q', 'run', '--e')).toEqual(['--engine'])
    expect(offered('hocl', '--color', 'never', 'test', '--f')).toEqual(['--filter'])
    expect(offered('hocl', '--color', '=', 'never', 'fmt', '--ch')).toEqual(['--check'])
    expect(offered('hocl', 'max.hocl', '--std')).toEqual([])
    expect(offered('hocl', 'max.hocl', '--stan')).toEqual(['--standalone'])
  })

  test('the values of flags, with and without `=`', () => {
    expect(offered('hocl', 'run', '--strategy', 'f')).toEqual(['fast'])
    expect(offered('hocl', 'run', '--strategy', '=')).toContain('random')
    expect(offered('hocl', 'run', '--strategy', '=', 'ran')).toEqual(['random'])
    expect(offered('hocl', 'run', '--seed', '')).toEqual(['random'])
    expect(offered('hocl', 'run', '--timeout', '')).toEqual([])
    expect(offered('hocl', 'run', '--host', '')).toEqual(['examples', 'host.ts'])
    expect(offered('hocl', 'run', '--in', 'd')).toEqual(['data.csv'])
    expect(offered('hocl', 'run', '--trace', '=', 'd')).toEqual(['data.csv'])
    expect(offered('hocl', 'run', '--trace', 'd')).toEqual([])
  })

  test('the arguments of each command', () => {
    expect(offered('hocl', 'run', '')).toEqual(['examples', 'max.hocl', 'my prog.hocl'])
    expect(offered('hocl', 'completion', '')).toEqual(['bash', 'fish', 'powershell', 'zsh'])
    expect(offered('hocl', 'help', 'da')).toEqual(['data'])
    expect(offered('hocl', 'help', 'ru')).toEqual(['run'])
    expect(offered('hocl', 'explain', 'HOCL20')).toContain('HOCL203')
    expect(offered('hocl', 'doc', 'hocl.se')).toEqual(['hocl.sets'])
    expect(offered('hocl', 'doc', 'ma')).toEqual(['max.hocl'])
    expect(offered('hocl', 'init', '')).toEqual(['examples'])
  })
})

describe.each(shells)('%s', (shell, check) => {
  test.skipIf(isAbsent(shell))('can read its script', () => {
    const { stderr, status } = spawnSync(shell, [check, `c.${shell}`], { cwd: folder.path })
    expect({ stderr: stderr.toString(), status }).toEqual({ stderr: '', status: 0 })
  })
})
