import { writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { parse, Source } from '../grammar/index.ts'
import {
  DEFAULT_DEPTH,
  documentationOf,
  examplesIn,
  firstSolution,
  golden,
  hasMarks,
  print,
  readGolden,
} from '../interpreter/index.ts'
import { readText } from './files.ts'
import { hoclFiles, isFolder } from './hocl-files.ts'
import { loadText } from './load.ts'
import type { Loaded } from './load.ts'
import type { MakeMachine } from './machine.ts'

/** A program with marks: a file, or an example in the `///` comments of one. */
export interface ProgramTest {
  readonly name: string
  readonly file: string
  readonly text: string
  readonly isExample: boolean
}

export interface TestSettings {
  readonly make: MakeMachine
  readonly seeds: number
  readonly hosts: readonly string[]
}

/**
 * The tests that paths name. In a folder, files without a mark are other things; one that is named itself
 * and has no mark is a test that expects nothing, which fails.
 */
export function findTests(paths: readonly string[]): readonly ProgramTest[] {
  const named = new Set(paths.filter((path) => !isFolder(path)))
  return hoclFiles(paths).flatMap((file) => {
    const text = readText(file)
    const examples = examplesOf(file, text)
    const isTest = hasMarks(text) || (named.has(file) && examples.length === 0)
    return isTest ? [{ name: file, file, text, isExample: false }, ...examples] : examples
  })
}

function examplesOf(file: string, text: string): readonly ProgramTest[] {
  if (!text.includes('///')) return []
  const source = new Source(file, text)
  return examplesIn(documentationOf(source, parse(source).program)).map((example) => ({
    name: `${file} · ${example.definition}`,
    file,
    text: example.text,
    isExample: true,
  }))
}

/** What a program does other than its marks say; empty where all is as they say. */
export async function runTest(
  test: ProgramTest,
  { make, seeds, hosts }: TestSettings,
): Promise<readonly string[]> {
  const { program } = await programOf(test, hosts)
  const courses = Array.from({ length: seeds }, (_, i) => [
    { seed: i + 1, strategy: 'fast' as const },
    { seed: i + 1, strategy: 'random' as const },
  ]).flat()
  return golden(readGolden(program.source), program, {
    make,
    courses,
    clock: () => performance.now(),
  })
}

function programOf({ name, file, text }: ProgramTest, hosts: readonly string[]): Promise<Loaded> {
  return loadText(name, text, { hosts, folder: dirname(file) })
}

/** Writes what comes out with seed 1 into the one mark `//=>` of a file. Other marks are left alone. */
export async function update(test: ProgramTest, { make, hosts }: TestSettings): Promise<void> {
  const { program } = await programOf(test, hosts)
  const { result, refusal } = readGolden(program.source)
  if (test.isExample || result === undefined || refusal !== undefined) return
  const { value } = firstSolution(program, 1)
  if (value === undefined) return
  const machine = make(value, {
    seed: 1,
    strategy: 'fast',
    limits: { depth: DEFAULT_DEPTH },
    clock: () => performance.now(),
  })
  const { kind, solution } = await machine.run()
  if (kind !== 'inert') return
  let isWritten = false
  const lines = test.text.split('\n').flatMap((line) => {
    const [, indent] = /^(\s*)\/\/=> /.exec(line) ?? []
    if (indent === undefined) return [line]
    if (isWritten) return []
    isWritten = true
    return [`${indent}//=> ${print(solution, { width: Infinity })}`]
  })
  const text = lines.join('\n')
  if (text !== test.text) writeFileSync(test.file, text)
}
