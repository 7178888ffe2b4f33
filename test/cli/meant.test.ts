import { expect, test } from 'vitest'
import { meant, meantFile } from '../../cli/meant.ts'
import { Folder, hocl } from '../support/command-line.ts'

test.each([
  ['rnd', ['fast', 'random'], 'random'],
  ['fats', ['fast', 'random'], 'fast'],
  ['rnd', ['random', 'round-robin'], undefined],
  ['r', ['random'], undefined],
  ['slow', ['fast', 'random'], undefined],
])('%s among %j is %s', (word, words, expected) => {
  expect(meant(word, words)).toBe(expected)
})

test.each([
  ['nofile.hocl', ['five.hocl', 'a.txt'], undefined],
  ['w.hocl', ['b.hocl'], undefined],
  ['mxa.hocl', ['max.hocl', 'min.hocl'], 'max.hocl'],
  ['max.hcl', ['max.hocl', 'max.txt'], 'max.hocl'],
  ['max', ['max.hocl'], 'max.hocl'],
  ['max', ['max.hocl', 'max.txt'], undefined],
  ['data.2.csv', ['data.1.csv'], 'data.1.csv'],
  ['examplse', ['examples'], 'examples'],
])('the file %s among %j is perhaps %s', (name, names, expected) => {
  expect(meantFile(name, names)).toBe(expected)
})

test.concurrent('what is far from all is not taken for the nearest', async () => {
  using folder = new Folder({ 'five.hocl': '<5>' })
  const { path: cwd } = folder
  expect((await hocl(['nofile.hocl'], { cwd })).stderr).not.toContain('did you mean')
  expect((await hocl(['fiev.hocl'], { cwd })).stderr).toContain('did you mean `five.hocl`?')
  expect((await hocl(['explain', 'HOCL999'])).stderr).not.toContain('did you mean')
  expect((await hocl(['explain', 'HCL203'])).stderr).toContain('did you mean `HOCL203`?')
})

test.concurrent('a rule without a name is called the same everywhere', async () => {
  const input = '<1, replace 1 by 2, replace-one 2 by 2 / 0>'
  expect((await hocl(['plan', '-'], { input })).stdout).toContain('anonymous')
  const run = await hocl(['run', '-', '--stats'], { input })
  expect(run.stderr).toContain('while reacting an anonymous rule with 2')
  expect(run.stderr).toMatch(/^ {2}anonymous +1 reaction$/m)
  const session = await hocl(['repl'], { input: '1, replace 1 by 2\n:step\n' })
  expect(session.stderr).toContain('anonymous: 1 → 2')
})
