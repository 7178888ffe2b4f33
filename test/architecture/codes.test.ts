import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { Source, syntaxCodes } from '../../grammar/index.ts'
import {
  DEFAULT_DEPTH,
  Reference,
  firstSolution,
  lowerSource,
  noModules,
  prelude,
} from '../../interpreter/index.ts'
import { existing, root } from '../../scripts/tools.ts'
import { asynchronousCalls, Simulation } from '../../vm/index.ts'
import { diagnosticGoldens, diagnosticsIn } from '../support/diagnostic-goldens.ts'
import { testHost } from '../support/host.ts'

/*
 * A code, the page about it and a golden that shows it are one thing: what is in the source is
 * explained under docs/codes and triggered by a program under test/diagnostics, and nothing else is.
 */

const layers = existing(['grammar', 'interpreter', 'vm', 'distribution', 'stdlib', 'editor', 'cli'])
const sources = layers.flatMap(sourcesUnder)
const codes = unique([...Object.keys(syntaxCodes), ...sources.flatMap(codesIn)])
const goldens = diagnosticGoldens('HOCL')
const pages = readdirSync(join(root, 'docs/codes')).filter((name) => name.endsWith('.md'))

test('every code in the source has a page, and every page a code', () => {
  expect(pages.map((name) => name.slice(0, 7)).sort()).toEqual(codes)
})

test('every code in the source has a golden, and every golden a code', () => {
  expect(unique(goldens.map(({ code }) => code))).toEqual(codes)
})

test('a page begins with its code and a title', () => {
  const odd = pages.filter((name) => {
    const [title = ''] = pageText(name).split('\n')
    return !new RegExp(`^# ${name.slice(0, 7)}: [^A-Z.].{3,}[^.]$`).test(title)
  })
  expect(odd).toEqual([])
})

/** Faults of data, of host modules and of runs have no program that shows them. */
const ofPrograms = pages.filter((name) => /^HOCL([23]|401|60[1-5])/.test(name))

const ofSimulations = new Set(['HOCL313', 'HOCL314'])

describe.each(ofPrograms)('the examples of %s', (name) => {
  const code = name.slice(0, 7)
  const blocks = [...pageText(name).matchAll(/```hocl( error)?\n([^]*?)```/g)]
  const wrong = blocks.filter((block) => block[1] !== undefined).map((block) => block[2] ?? '')
  const right = blocks.filter((block) => block[1] === undefined).map((block) => block[2] ?? '')

  test('are a mistake and its mending', () => {
    expect(wrong.length).toBeGreaterThan(0)
    expect(right.length).toBeGreaterThan(0)
  })

  test('trigger the code where they say so', async () => {
    const found = await Promise.all(
      wrong.map(ofSimulations.has(code) ? codesWhileSimulating : codesOf),
    )
    expect(found.map(unique)).toEqual(wrong.map(() => [code]))
  })

  test('have nothing wrong where they are mended', async () => {
    expect((await Promise.all(right.map(codesOf))).flat()).toEqual([])
    if (ofSimulations.has(code))
      expect((await Promise.all(right.map(codesWhileSimulating))).flat()).toEqual([])
  })
})

test('titles are short, begin in lower case, and have no full stop', () => {
  for (const { title } of goldens.flatMap((golden) => diagnosticsIn(golden))) {
    expect(title).toMatch(/^(?:[a-z`∞^∅]|HOCL )/)
    expect(title.replaceAll(/`[^`]*`/g, '').length, title).toBeLessThanOrEqual(60)
    expect(title).not.toMatch(/\.$/)
  }
})

test('no message scolds or speaks of the parser', () => {
  const unwanted = /\b(invalid|illegal|please|oops|sorry|NoViableAlt|unexpected token)\b/i
  for (const golden of goldens)
    for (const { title, labels, hint = '' } of diagnosticsIn(golden))
      for (const text of [title, ...labels.map((label) => label.text), hint])
        expect(text, golden.name).not.toMatch(unwanted)
})

/** What is said before the program runs, and while it does. */
async function codesOf(text: string): Promise<readonly string[]> {
  const found = diagnosticsIn({
    name: 'circle.hocl',
    text,
    usesHost: true,
    files: new Map(),
  }).map(({ code }) => code)
  return found.length > 0 ? found : codesWhileReacting(text)
}

/** Said with `--stochastic` only. */
async function codesWhileSimulating(text: string): Promise<readonly string[]> {
  const program = lowerSource(new Source('page.hocl', text), { host: testHost, modules: noModules })
  const { value } = firstSolution(program, 1)
  if (value === undefined) return []
  const refused = asynchronousCalls(value.contents().entries())
  if (refused.length > 0) return refused.map(({ code }) => code)
  const limits = { reactions: 50, depth: DEFAULT_DEPTH }
  const { failure } = await new Simulation(value, { seed: 1, limits, clock: () => 0 }).run()
  return failure?.isRate === true ? ['HOCL314'] : []
}

async function codesWhileReacting(text: string): Promise<readonly string[]> {
  const program = lowerSource(new Source('page.hocl', text), { host: prelude, modules: noModules })
  if (program.solution === undefined) return []
  const { value } = firstSolution(program, 1)
  if (value === undefined) return []
  const limits = { reactions: 50, depth: DEFAULT_DEPTH }
  const machine = new Reference(value, { seed: 1, strategy: 'fast', limits, clock: () => 0 })
  const { kind } = await machine.run()
  return kind === 'failed' ? ['HOCL310'] : []
}

function pageText(name: string): string {
  return readFileSync(join(root, 'docs/codes', name), 'utf8')
}

function sourcesUnder(layer: string): readonly string[] {
  return readdirSync(join(root, layer), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .map((path) => readFileSync(join(root, layer, path), 'utf8'))
}

/** Codes that are given to a diagnostic or an error, not those that a comment names. */
function codesIn(source: string): readonly string[] {
  return [...source.matchAll(/'(HOCL\d{3})'/g)].flatMap((match) => match[1] ?? [])
}

function unique(all: readonly string[]): readonly string[] {
  return [...new Set(all)].sort()
}
