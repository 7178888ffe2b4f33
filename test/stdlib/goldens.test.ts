import { readFileSync, readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { Source } from '../../grammar/index.ts'
import { golden, lowerSource, prelude, readGolden } from '../../interpreter/index.ts'
import type { ModuleLoader } from '../../interpreter/index.ts'
import { standardModules } from '../../stdlib/index.ts'
import { engines } from '../support/engines.ts'

/*
 * What the standard modules do at the edges: nothing to work on, duplicates, copies of every sign, molecules of
 * mixed types, two rules side by side. A folder for each module, run on every engine with several seeds.
 */

const modules: ModuleLoader = {
  standard: (path) => {
    const text = standardModules.get(path)
    return text === undefined ? undefined : new Source(path, text)
  },
  file: () => undefined,
  standardNames: [...standardModules.keys()],
}

const names = [...standardModules.keys()].map((path) => path.replace('hocl.', ''))

test('there are goldens for each module, and for no other', () => {
  const folders = readdirSync(import.meta.dirname, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
  expect(folders.sort()).toEqual(names.sort())
})

describe.each(names)('%s', (name) => {
  const folder = join(import.meta.dirname, name)
  const files = readdirSync(folder).filter((file) => file.endsWith('.hocl'))

  test.each(files.map((file) => basename(file, '.hocl')))('%s', async (file) => {
    const path = join(folder, `${file}.hocl`)
    const source = new Source(path, readFileSync(path, 'utf8'))
    expect(source.text).toMatch(/^\/\/ \S/)
    const program = lowerSource(source, { host: prelude, modules })
    const expected = readGolden(program.source)
    for (const { make, courses } of engines) {
      const run = { make, courses, clock: (): number => 0 }
      expect(await golden(expected, program, run)).toEqual([])
    }
  })
})
