import { writeFileSync } from 'node:fs'
import {
  compare,
  equal,
  goldenOutcomes,
  print,
  printBriefly,
  reachableResults,
  readGolden,
} from '../interpreter/index.ts'
import type { Golden, GoldenFinding, SolutionValue } from '../interpreter/index.ts'
import { unreadable } from './files.ts'
import { withHosts } from './host-trouble.ts'
import { programOf, runOf, runTest } from './test-files.ts'
import type { ProgramTest, TestSettings } from './test-files.ts'

/** What became of a test whose mark was to be written anew, and what is still other than it says. */
export interface Updated {
  readonly kind: 'right' | 'written' | 'left'
  readonly findings: readonly GoldenFinding[]
}

/**
 * Writes what comes out into the mark `//=>` of a program that becomes inert, and always in the same way.
 * Any other program is left alone: what it does is not what somebody wants to have written down.
 */
export async function update(test: ProgramTest, settings: TestSettings): Promise<Updated> {
  const findings = await runTest(test, settings)
  if (findings.length === 0) return { kind: 'right', findings }
  const left = (more?: GoldenFinding): Updated => ({
    kind: 'left',
    findings: more === undefined ? findings : [...findings, more],
  })
  const { program } = await programOf(test, settings)
  const expected = readGolden(program.source)
  const { result } = expected
  const isRefused = findings.some(({ diagnostic }) => diagnostic !== undefined)
  if (isRefused || result === undefined || !endsInert(expected)) return left()
  if (test.isExample) return left({ text: 'an example in a comment is for people to mend' })

  const { value: outcomes } = await withHosts((signal) =>
    goldenOutcomes(expected, program, runOf(settings, signal)),
  )
  if (outcomes.some(({ kind }) => kind !== 'inert')) return left()
  const results = outcomes.map(({ solution }) => solution)
  const [only, ...others] = distinct([...results, ...(reachableResults(expected, program) ?? [])])
  if (only === undefined) return left()
  if (others.length > 0) return left({ text: severalText([only, ...others]), line: result.line })
  const text = rewritten(test.text, expected, only)
  if (text === test.text) return left()
  write(test.file, text)
  return { kind: 'written', findings: await runTest({ ...test, text }, settings) }
}

/** Whether the marks can be read, and none says that it ends otherwise. */
function endsInert({ complaints, refusal, endless }: Golden): boolean {
  return complaints.length === 0 && refusal === undefined && endless === undefined
}

/** Each once, in canonical order. */
function distinct(results: readonly SolutionValue[]): readonly SolutionValue[] {
  const sorted = results.toSorted(compare)
  return sorted.filter((each, i) => {
    const before = sorted[i - 1]
    return before === undefined || !equal(before, each)
  })
}

function severalText(results: readonly SolutionValue[]): string {
  const shown = results.slice(0, 5).map((each) => printBriefly(each, 100))
  const more = results.length > shown.length ? ' and others' : ''
  return `it has more than one result: ${shown.join(' or ')}${more}; write a line \`//=|\` for each`
}

/** The text with another result, on the line of the mark, whose further lines go. */
function rewritten(text: string, { result }: Golden, solution: SolutionValue): string {
  if (result === undefined) return text
  const first = result.line - 1
  let further = result.text.split('\n').length - 1
  return text
    .split(/(?<=\r\n|\n|\r(?!\n))/)
    .flatMap((line, i) => {
      const [, indent = '', end = ''] = /^(\s*)\/\/=>[^\r\n]*(\r?\n?)$/.exec(line) ?? []
      if (i === first) return [`${indent}//=> ${print(solution, { width: Infinity })}${end}`]
      const goes = i > first && further > 0 && isResultLine(line)
      if (goes) further--
      return goes ? [] : [line]
    })
    .join('')
}

function isResultLine(line: string): boolean {
  return /^\s*\/\/=>(?!\s*limit \d+\s*$)/.test(line)
}

function write(file: string, text: string): void {
  try {
    writeFileSync(file, text)
  } catch (error) {
    throw unreadable(file, error)
  }
}
