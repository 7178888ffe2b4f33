import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse, Source } from '../../grammar/index.ts'
import {
  documentationOf,
  examplesIn,
  golden,
  lowerSource,
  prelude,
  readGolden,
} from '../../interpreter/index.ts'
import type { ModuleLoader } from '../../interpreter/index.ts'
import { stdlibText } from '../../scripts/build-stdlib.ts'
import { root } from '../../scripts/tools.ts'
import { standardModules } from '../../stdlib/index.ts'
import { engines } from '../support/engines.ts'

/* Each module says what it is, and each of its definitions shows it with a program that is run here. */

const modules: ModuleLoader = {
  standard: (path) => {
    const text = standardModules.get(path)
    return text === undefined ? undefined : new Source(path, text)
  },
  file: () => undefined,
  standardNames: [...standardModules.keys()],
}

test('stdlib/index.ts is what scripts/build-stdlib.ts makes of the modules', () => {
  expect(readFileSync(join(root, 'stdlib/index.ts'), 'utf8')).toBe(stdlibText())
})

describe.each([...standardModules])('%s', (name, text) => {
  const source = new Source(name, text)
  const documentation = documentationOf(source, parse(source).program)

  test('is without mistakes', () => {
    const { diagnostics } = lowerSource(source, { host: prelude, modules })
    expect(diagnostics.map(({ code, title }) => `${code} ${title}`)).toEqual([])
  })

  test('says what it is, and so does each definition', () => {
    expect(documentation.head).not.toBe('')
    const silent = documentation.definitions.filter(({ comment }) => comment === '')
    expect(silent.map((definition) => definition.name)).toEqual([])
  })

  const examples = examplesIn(documentation)
  test.each(examples)('$definition does what its example says', async (example) => {
    const program = lowerSource(new Source(example.definition, example.text), {
      host: prelude,
      modules,
    })
    for (const { make, courses } of engines) {
      const run = { make, courses, clock: () => 0 }
      expect(await golden(readGolden(program.source), program, run)).toEqual([])
    }
  })
})

test('the texts are a map, read as they are asked for', () => {
  const names = [...standardModules.keys()]
  expect([...standardModules.entries()].map(([name]) => name)).toEqual(names)
  expect([...standardModules.values()]).toEqual(names.map((name) => standardModules.get(name)))
  const visited: string[] = []
  standardModules.forEach((text, name) => {
    if (text === standardModules.get(name)) visited.push(name)
  })
  expect(visited).toEqual(names)
  expect(standardModules.size).toBe(names.length)
  expect(standardModules.has('hocl.nowhere')).toBe(false)
  expect(standardModules.get('hocl.nowhere')).toBeUndefined()
})
