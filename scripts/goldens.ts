/*
 * `npm run goldens`: writes what the programs under `test/` give now into their expectations. Read
 * the diff: each changed line is a changed promise.
 */
import { existing, run } from './tools.ts'

process.env['HOCL_GOLDENS'] = 'update'
const folders = existing(['test/conformance', 'test/diagnostics', 'test/plans'])
if (folders.length === 0) {
  console.log('There are no goldens yet.')
} else {
  const args = ['run', '--update', ...folders, ...process.argv.slice(2)]
  const { succeeded } = await run({ tool: 'vitest', args }, { show: true })
  if (!succeeded) process.exitCode = 1
}
