import { describe, expect, test } from 'vitest'
import { notOnNodes } from '../../cli/cluster/request.ts'
import { Folder, hocl } from '../support/command-line.ts'

const values: Readonly<Record<string, string>> = {
  '--engine': 'reference',
  '--strategy': 'uniform',
  '--workers': '2',
  '--max-molecules': '9',
  '--until': '3',
  '--sample': '1',
  '--out': 'counts.csv',
  '--plot': 'counts.svg',
  '--columns': 'tags',
  '--trace': 'trace.json',
}

describe('what one machine alone can do', () => {
  test.each([...notOnNodes])('%s is refused on nodes, and nothing runs', async (name) => {
    using folder = new Folder({ 'one.hocl': '<1>' })
    const value = values[name]
    const flags = value === undefined ? [name] : [`${name}=${value}`]
    const { code, stdout, stderr } = await hocl(['cluster', 'run', 'one.hocl', ...flags], {
      cwd: folder.path,
    })
    expect(stderr).toContain(name)
    expect(stderr).toContain('= hint: ')
    expect([code, stdout]).toEqual([2, ''])
  })

  test('is not offered by the help', async () => {
    const { stdout } = await hocl(['cluster', 'run', '--help'])
    expect(stdout).toContain('--max-reactions')
    for (const name of notOnNodes) expect(stdout).not.toMatch(new RegExp(`${name}(?!-)`))
  })
})
