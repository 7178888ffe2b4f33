/*
 * `npm test`: the static checks, then all tests. The last line is always `N passed, N failed`, where
 * a static check counts as one. `npm test -- test/grammar` gives its arguments to vitest and leaves
 * the static checks out.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { run, staticChecks, type StaticCheck } from './tools.ts'

interface Count {
  readonly passed: number
  readonly failed: number
}

/** What we read of vitest's JSON report. */
interface Report {
  readonly numPassedTests: number
  readonly numFailedTests: number
  readonly testResults: readonly {
    readonly status: string
    readonly assertionResults: readonly unknown[]
  }[]
}

const args = process.argv.slice(2)
const counts: Count[] = []
if (args.length === 0) counts.push(...(await Promise.all(staticChecks.map(runCheck))))
counts.push(await runTests(args))

const passed = counts.reduce((sum, count) => sum + count.passed, 0)
const failed = counts.reduce((sum, count) => sum + count.failed, 0)
process.exitCode = failed === 0 && passed > 0 ? 0 : 1
console.log(`${String(passed)} passed, ${String(failed)} failed`)

async function runCheck(check: StaticCheck): Promise<Count> {
  const start = performance.now()
  const runs = []
  for (const command of check.commands) runs.push(await run(command, { show: false }))
  const seconds = ((performance.now() - start) / 1000).toFixed(1)
  const failures = runs.filter((each) => !each.succeeded)
  for (const failure of failures) console.log(failure.output.trimEnd())
  const hasPassed = failures.length === 0
  console.log(`${hasPassed ? '✓' : '✗'} ${check.name} (${seconds} s)`)
  return hasPassed ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 }
}

async function runTests(forwarded: readonly string[]): Promise<Count> {
  const folder = mkdtempSync(join(tmpdir(), 'hocl-test-'))
  try {
    const file = join(folder, 'report.json')
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
    const command = { tool: 'vitest', args: ['run', ...reporters, ...forwarded] }
    const { succeeded } = await run(command, { show: true })
    const count = countReport(file)
    // Vitest can fail without a failing test: an error after the last one, or no test found.
    return succeeded || count.failed > 0 ? count : { ...count, failed: 1 }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function countReport(file: string): Count {
  let report: Report
  try {
    report = JSON.parse(readFileSync(file, 'utf8')) as Report
  } catch {
    return { passed: 0, failed: 1 }
  }
  // A file that could not be loaded has no tests to count: it is one failure itself.
  const unloaded = report.testResults.filter(
    (result) => result.status === 'failed' && result.assertionResults.length === 0,
  )
  return { passed: report.numPassedTests, failed: report.numFailedTests + unloaded.length }
}
