import { dirname } from 'node:path'
import { parse, Source } from '../grammar/index.ts'
import { documentationOf, examplesIn, golden, hasMarks, readGolden } from '../interpreter/index.ts'
import type { GoldenFinding, GoldenRun } from '../interpreter/index.ts'
import { readText } from './files.ts'
import { withHosts } from './host-trouble.ts'
import { hoclFiles, isFolder } from './hocl-files.ts'
import { loadText } from './load.ts'
import type { Loaded } from './load.ts'
import type { MakeMachine } from './machine.ts'
import { UsageError } from './usage-error.ts'

/** A program with marks: a file, or an example in the `///` comments of one. */
export interface ProgramTest {
  readonly name: string
  readonly file: string
  readonly text: string
  readonly isExample: boolean
  /** Why the file cannot be read: then it fails. */
  readonly trouble?: Error
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
  const found = new Map<string, readonly ProgramTest[]>()
  for (const path of new Set(paths)) {
    const isNamed = !isFolder(path)
    try {
      for (const file of hoclFiles([path]))
        if (isNamed || !found.has(file)) found.set(file, testsIn(file, isNamed))
    } catch (trouble) {
      if (!(trouble instanceof UsageError)) throw trouble
      found.set(path, [unreadableTest(path, trouble)])
    }
  }
  return [...found.values()].flat()
}

function testsIn(file: string, isNamed: boolean): readonly ProgramTest[] {
  let text: string
  try {
    text = readText(file)
  } catch (trouble) {
    if (!(trouble instanceof Error)) throw trouble
    return [unreadableTest(file, trouble)]
  }
  const examples = examplesOf(file, text)
  const isTest = hasMarks(text) || (isNamed && examples.length === 0)
  return isTest ? [{ name: file, file, text, isExample: false }, ...examples] : examples
}

function unreadableTest(file: string, trouble: Error): ProgramTest {
  return { name: file, file, text: '', isExample: false, trouble }
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
  settings: TestSettings,
): Promise<readonly GoldenFinding[]> {
  const { program } = await programOf(test, settings)
  const { value, trouble } = await withHosts((signal) =>
    golden(readGolden(program.source), program, runOf(settings, signal)),
  )
  return trouble === undefined ? value : [{ text: trouble }, ...value]
}

/** The program of a test, which may have errors. */
export function programOf(
  { name, file, text, trouble }: ProgramTest,
  { hosts }: TestSettings,
): Promise<Loaded> {
  if (trouble !== undefined) throw trouble
  return loadText(name, text, { hosts, folder: dirname(file) })
}

/** Each seed with both strategies. */
export function runOf({ make, seeds }: TestSettings, signal: AbortSignal): GoldenRun {
  const courses = Array.from({ length: seeds }, (_, i) => [
    { seed: i + 1, strategy: 'fast' as const },
    { seed: i + 1, strategy: 'random' as const },
  ]).flat()
  return { make, courses, clock: () => performance.now(), signal }
}
