import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { Source } from '../../grammar/index.ts'
import { checkProgram, diagnosticsOf, lowerSource, prelude } from '../../interpreter/index.ts'
import { existing, root } from '../../scripts/tools.ts'
import { standardModules } from '../../stdlib/index.ts'
import { goldensUnder, programOf } from '../support/goldens.ts'

/*
 * The checker gives no false alarm: of all programs here it warns of those that say so, `//=? warns`,
 * and each of these was looked at.
 */

const goldens = goldensUnder(import.meta.dirname)

test.each(goldens)('$area/$name: the checker is right', (golden) => {
  const program = programOf(golden)
  const isOpen = golden.injections.length > 0
  const found = checkProgram(program, { isOpen }).map(({ code }) => code)
  const expected = golden.properties.flatMap(({ kind, text }) => (kind === 'warns' ? [text] : []))
  expect([...new Set(found)].filter((code) => !expected.includes(code))).toEqual([])
})

describe.each(existing(['examples', 'stdlib']))('the programs of %s', (folder) => {
  const files = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
  test.each(files.filter((file) => file.endsWith('.hocl')))('%s has no warnings', (file) => {
    const path = join(root, folder, file)
    const modules = {
      standard: sourceOf,
      file: () => undefined,
      standardNames: [...standardModules.keys()],
    }
    const source = new Source(file, readFileSync(path, 'utf8'))
    const found = diagnosticsOf(lowerSource(source, { host: prelude, modules }))
    expect(found.map(({ code, title }) => `${code} ${title}`)).toEqual([])
  })
})

function sourceOf(path: string): Source | undefined {
  const text = standardModules.get(path)
  return text === undefined ? undefined : new Source(path, text)
}
